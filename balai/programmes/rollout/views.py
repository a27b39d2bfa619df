"""A programme in a region: how far it is, who carries it, what proves it; and saying so."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.common.problems import NOT_FOUND, Refusal
from balai.log import blobs
from balai.people.access import Request, holding
from balai.people.reach import CHANGE_PERSONS, SEE_PERSONS
from balai.programmes import problems, rules

from . import pages, reporting
from .forms import CommitmentForm, SheetForm, StepForm
from .models import Commitment, StatusReport
from .papers import download_name
from .sheets import FIELDS, Sheet
from .standing import standing
from .team import team_of

A_PAGE = 20
#: So many leaders sign for one region at most; the latest are shown.
PAPERS = 100


@require_safe
@holding(*rules.WATCHERS)
def rollout(request: Request, id: UUID, code: str) -> HttpResponse:
    """How far the programme is in the region; for who sees persons also who said so, and the papers."""
    seen = pages.seen(request, id, code)
    found = standing(seen.programme.pk, [seen.region.pk])[seen.region.pk]
    here = {"rollout__programme": seen.programme, "rollout__region": seen.region}
    reports = StatusReport.objects.filter(**here).order_by("-on", "-reported_at", "-pk")
    context: dict[str, Any] = {
        "seen": seen,
        "standing": found,
        "steps": pages.steps(found, reports.counting().values_list("status", "on")),
        "sheet": [(str(label), found.sheet[field]) for field, (label, _help) in FIELDS.items()],
        "crumbs": seen.crumbs,
    }
    if seen.persons:
        kept = reporting.rollout_of(seen.programme, seen.region)
        page = Paginator(reports.prefetch_related("withdrawals"), A_PAGE).get_page(request.GET.get("halaman"))
        team = team_of(seen.region, request.person)
        papers = Commitment.objects.filter(**here).order_by("-signed_on", "-reported_at", "-pk")
        context |= {
            "page": page,
            "reports": pages.told(page.object_list),
            "papers": pages.told(papers.prefetch_related("withdrawals")[:PAPERS]),
            "team": team,
            "sheet": Sheet(kept.pk if kept else None),
            "next": pages.next_of(seen, found, any(post.members for post in team)) if seen.edits else None,
        }
    return render(request, "programmes/rollout.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*CHANGE_PERSONS)
def step(request: Request, id: UUID, code: str) -> HttpResponse:
    """Report a step that the region reached."""
    seen = pages.edited(request, id, code)
    form = StepForm(*_sent(request))
    if request.method == "POST" and form.is_valid():
        is_new = reporting.report(request.person, seen.programme, seen.region, form.payload)
        messages.success(request, _("Laporan tersimpan.") if is_new else _("Laporan ini sudah tersimpan sebelumnya."))
        return redirect(seen.url)
    return _form(request, seen, form, _("Laporkan langkah"))


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*CHANGE_PERSONS)
def commitment(request: Request, id: UUID, code: str) -> HttpResponse:
    """Upload what a leader of the region signed."""
    seen = pages.edited(request, id, code)
    form = CommitmentForm(*_sent(request))
    if request.method == "POST" and form.is_valid():
        is_new = reporting.sign(request.person, seen.programme, seen.region, form.payload)
        said = _("Komitmen tersimpan.") if is_new else _("Komitmen ini sudah tersimpan sebelumnya.")
        messages.success(request, said)
        return redirect(seen.url)
    return _form(request, seen, form, _("Unggah komitmen pimpinan"))


def _sent(request: Request) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _form(request: Request, seen: pages.Seen, form: Any, heading: str) -> HttpResponse:
    context = {"seen": seen, "form": form, "heading": heading, "crumbs": seen.crumbs_below}
    context["lost_file"] = bool(form.errors) and bool(request.FILES)
    status = 422 if request.method == "POST" else 200
    return render(request, "programmes/rollout_form.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*CHANGE_PERSONS)
def sheet(request: Request, id: UUID, code: str) -> HttpResponse:
    """Edit the sustainability sheet."""
    seen = pages.edited(request, id, code)
    kept = reporting.rollout_of(seen.programme, seen.region)
    written = Sheet(kept.pk if kept else None)
    form = SheetForm(written, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        changes = form.changes
        if changes:
            reporting.write(request.person, seen.programme, seen.region, changes)
        messages.success(request, _("Lembar tersimpan.") if changes else _("Tidak ada yang berubah."))
        return redirect(seen.url)
    context = {"seen": seen, "form": form, "heading": _("Lembar keberlanjutan"), "crumbs": seen.crumbs_below}
    return render(request, "programmes/sheet.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@holding(*CHANGE_PERSONS)
def decision(request: Request, id: UUID, code: str) -> HttpResponse:
    """Two texts of one field: one is chosen."""
    seen = pages.edited(request, id, code)
    kept = reporting.rollout_of(seen.programme, seen.region)
    field = request.POST.get("isian", "")
    try:
        entry = UUID(request.POST.get("versi", ""))
    except ValueError as error:
        raise Refusal(NOT_FOUND) from error
    change = Sheet(kept.pk).settled(field, entry) if kept else None
    if change is None:
        messages.warning(request, _("Isian ini sudah diputuskan."))
    else:
        reporting.write(request.person, seen.programme, seen.region, {field: change})
        messages.success(request, _("Keputusan Anda tersimpan. Versi yang lain tetap ada di riwayat."))
    return redirect(seen.url)


@require_safe
@holding(*SEE_PERSONS)
def history(request: Request, id: UUID, code: str) -> HttpResponse:
    """Who wrote what into the sheet, and when."""
    seen = pages.with_persons(request, id, code)
    kept = reporting.rollout_of(seen.programme, seen.region)
    found = Sheet(kept.pk).history if kept else []
    page = Paginator(found, A_PAGE).get_page(request.GET.get("halaman"))
    context = {"seen": seen, "page": page, "heading": _("Riwayat lembar keberlanjutan"), "crumbs": seen.crumbs_below}
    return render(request, "programmes/sheet_history.html", context)


@require_safe
@holding(*SEE_PERSONS)
def file(request: Request, id: UUID, code: str, paper: UUID) -> HttpResponse:
    """What proves a step or what a leader signed, as a download."""
    found = pages.paper(pages.with_persons(request, id, code), paper)
    if not found.file:
        raise Refusal(NOT_FOUND)
    if found.withdrawals.exists():
        raise Refusal(problems.WITHDRAWN)
    try:
        content = blobs.read(found.file)
    except FileNotFoundError as error:
        raise Refusal(problems.FILE_AWAY) from error
    response = HttpResponse(content, content_type=found.media_type)
    response["Content-Disposition"] = f'attachment; filename="{download_name(found, paper)}"'
    return response


@require_POST
@holding(*CHANGE_PERSONS)
def withdrawal(request: Request, id: UUID, code: str, paper: UUID) -> HttpResponse:
    """A step or a paper was a mistake."""
    seen = pages.edited(request, id, code)
    found = pages.paper(seen, paper)
    reporting.take_back(request.person, found, " ".join(request.POST.get("alasan", "").split())[:200])
    messages.success(request, _("Ditarik. Tetap tampak di riwayat, tetapi tidak dihitung lagi."))
    return redirect(seen.url)
