"""Making an evaluation of a region, and opening those that one has made."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from balai.common import clock
from balai.monitoring.models import Evaluation
from balai.monitoring.picture import picture as picture_of
from balai.monitoring.seen import Seen, attached, crumbs
from balai.monitoring.seen import seen as seen_by
from balai.monitoring.workbook import CONTENT_TYPE
from balai.people.access import Request, signed_in

from . import asking, papers, periods, workbooks
from .forms import EvaluationForm

#: So many of the latest are listed.
_SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def page(request: Request, code: str = "") -> HttpResponse:
    """The form, and the evaluations of this region that whoever asks has made."""
    seen = seen_by(request, code)
    if picture_of(seen.region, top=seen.top).closed:
        context = {"seen": seen, "crumbs": crumbs(request.person, seen.region)}
        return render(request, "monitoring/closed.html", context)
    language = get_language() or "id"
    offered = periods.offered(timezone.localdate(clock.wall()), language)
    posted = request.method == "POST"
    form = EvaluationForm(offered, seen.persons, request.POST if posted else None)
    if posted and form.is_valid() and _ask(request, seen, form, language):
        messages.success(request, _("Evaluasi sedang dihitung. Halaman ini boleh ditutup; hasilnya tetap di sini."))
        return redirect(f"{seen.address}/evaluasi")
    made = list(_mine(request).filter(place=seen.code).order_by("-asked_at")[:_SHOWN])
    context = _context(request, seen, form, made)
    return render(request, "monitoring/evaluations.html", context, status=422 if posted else 200)


def _ask(request: Request, seen: Seen, form: EvaluationForm, language: str) -> bool:
    """Whether what the form asks for is being worked out, or was a moment ago; if not, the form says why."""
    first, last = form.days
    wanted = Evaluation(  # type: ignore[misc]
        place=seen.code,
        first=first,
        last=last,
        note=form.cleaned_data["note"],
        language=language,
        asked_by=request.person.id,
        top=seen.top,
    )
    if asking.ask(wanted, request.person.identities):
        return True
    form.add_error(None, _("Evaluasi Anda yang lain masih dihitung. Tunggu sampai selesai, lalu kirim lagi."))
    return False


def _mine(request: Request) -> Any:
    return Evaluation.objects.filter(asked_by__in=request.person.identities)


def _context(request: Request, seen: Seen, form: EvaluationForm, made: list[Evaluation]) -> dict[str, Any]:
    return {
        "seen": seen,
        "form": form,
        "made": made,
        "going": any(one.ended_at is None for one in made),
        "crumbs": crumbs(request.person, seen.region, itself=True),
        "heading": _("Evaluasi berkala"),
    }


@require_safe
@signed_in
def pdf(request: Request, id: UUID) -> HttpResponse:
    """The paper."""
    evaluation, seen = _reached(request, id)
    with translation.override(evaluation.language):
        content = papers.pdf(evaluation, seen.region, request.person.name)
    return attached(content, "application/pdf", seen, "-evaluasi.pdf")


@require_safe
@signed_in
def excel(request: Request, id: UUID) -> HttpResponse:
    """The workbook."""
    evaluation, seen = _reached(request, id)
    with translation.override(evaluation.language):
        content = workbooks.workbook(evaluation, seen.region)
    return attached(content, CONTENT_TYPE, seen, "-evaluasi.xlsx")


def _reached(request: Request, id: UUID) -> tuple[Evaluation, Seen]:
    """One's own evaluation of a region that one still sees as one did. Raises ``Http404``, ``Refusal``."""
    evaluation = _mine(request).filter(pk=id, figures__isnull=False).first()
    if evaluation is None or evaluation.unjudged:
        raise Http404
    seen = seen_by(request, evaluation.place)
    if not seen.persons and evaluation.top != seen.top:
        raise Http404
    return evaluation, seen
