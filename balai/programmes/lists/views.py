"""/angkatan/<id>/daftar: sending delegates from an office's own list, with a look before anything is sent."""

import tempfile
from pathlib import Path
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.common import clock, formats
from balai.common import problems as common_problems
from balai.common.problems import NOT_FOUND, Refusal
from balai.people.access import Request, holding
from balai.people.imports import vault
from balai.people.imports.problems import NO_FILE
from balai.people.spreadsheets.inspection import inspect
from balai.programmes.cohorts import pages
from balai.programmes.cohorts.models import Cohort
from balai.programmes.course_list import courses_of, titles_of
from balai.programmes.rules import ENROLLERS
from balai.programmes.seats import standing
from balai.programmes.seats.coordinator_views import enrolled_by
from balai.programmes.seats.models import Enrolment
from balai.programmes.seats.queueing import queues_of
from balai.programmes.seats.views import SessionChoice

from . import jobs
from .models import ListRow, NameList
from .results import CONTENT_TYPE, Line, workbook

A_PAGE = 50
#: A list of names is small; a photo of one is not a list.
LARGEST = 10 * 1024 * 1024


class ListForm(SessionChoice):
    """The file, and the theme and session for its rows."""

    file = forms.FileField(
        label=gettext_lazy("Berkas Excel atau CSV"),
        help_text=gettext_lazy("Kolom: nama, lalu NIK, nomor HP, atau desa. Kolom “Tema” boleh ada."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*ENROLLERS)
def lists(request: Request, id: UUID) -> HttpResponse:
    """The form and one's own earlier lists; POST takes a file in."""
    cohort = enrolled_by(request.person, id)
    if not cohort.is_open(clock.wall()):
        return redirect("programmes:cohort", cohort.pk)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ListForm(courses_of(cohort.courses), pages.batches_of(cohort), *sent)
    if request.method == "POST" and form.is_valid():
        return redirect("programmes:list", _receive(request, cohort.pk, form).pk)
    jobs.forget_old()
    context = {
        "form": form,
        "heading": _("Daftarkan dari Excel"),
        "lists": NameList.objects.filter(owner=request.person, cohort=cohort).order_by("-uploaded_at")[:20],
        "crumbs": pages.crumbs_of(cohort, here=True),
    }
    return render(request, "programmes/lists.html", context, status=422 if request.method == "POST" else 200)


def _receive(request: Request, cohort: UUID, form: ListForm) -> NameList:
    """Look at the file before anything opens it, keep it locked, and have it read. Raises ``Refusal``."""
    upload = request.FILES.get("file")
    if not isinstance(upload, UploadedFile):
        raise Refusal(NO_FILE)
    if (upload.size or 0) > LARGEST:
        facts = {"size": formats.size(upload.size or 0), "limit": formats.limit(LARGEST)}
        raise Refusal(common_problems.TOO_LARGE, **facts)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        inspect(path)
        owned = NameList.objects.create(
            owner=request.person,
            cohort_id=cohort,
            course=form.course.pk,
            session=form.session.pk,
            file_name=Path(upload.name or "").name[:200],
        )
        with path.open("rb") as file:
            vault.keep(owned.pk, file)
    jobs.start(owned, NameList.Work.READ)
    return owned


def _own(request: Request, id: UUID) -> NameList:
    """The asker's own list with this id. Raises ``Refusal`` (404)."""
    mine = NameList.objects.filter(pk=id, owner=request.person)
    found = mine.select_related("cohort__programme__region").first()
    if found is None:
        raise Refusal(NOT_FOUND)
    return found


@require_safe
@holding(*ENROLLERS)
def name_list(request: Request, id: UUID) -> HttpResponse:
    """One list, as far as it is: being worked on, to be looked at, or sent."""
    found = _own(request, id)
    crumbs = [*pages.crumbs_of(found.cohort, here=True), (_("Dari Excel"), f"/angkatan/{found.cohort_id}/daftar")]
    context: dict[str, Any] = {"list": found, "crumbs": crumbs}
    if found.is_going:
        return render(request, "programmes/list_going.html", context)
    chosen = request.GET.get("hasil", "")
    page = Paginator(_filtered(found, chosen), A_PAGE).get_page(request.GET.get("halaman"))
    rows = list(page.object_list)
    context |= {
        "page": page,
        "lines": _lines(found.cohort, rows),
        "titles": titles_of({row.course for row in rows}),
        "counts": _counts(found),
        "chosen": chosen,
        "session": pages.session_of(found.session),
    }
    return render(request, "programmes/list.html", context)


def _filtered(found: NameList, chosen: str) -> QuerySet[ListRow]:
    wanted = {"siap": Q(problem="", may_wait=False), "tunggu": Q(problem="", may_wait=True), "ditolak": ~Q(problem="")}
    return found.rows.filter(wanted.get(chosen, Q())).order_by("pk")


def _counts(found: NameList) -> dict[str, int]:
    return found.rows.aggregate(
        all=Count("pk"),
        ready=Count("pk", filter=Q(problem="", enrolment=None)),
        sure=Count("pk", filter=Q(problem="", may_wait=False)),
        waits=Count("pk", filter=Q(problem="", may_wait=True)),
        refused=Count("pk", filter=~Q(problem="")),
        sent=Count("pk", filter=Q(enrolment__isnull=False)),
    )


def _lines(cohort: Cohort, rows: list[ListRow]) -> list[Line]:
    """Each row with how its request stands, once it was sent, and of who waits which turn and why."""
    asked = Enrolment.objects.filter(pk__in=[row.enrolment for row in rows if row.enrolment])
    found = {one.enrolment.pk: one for one in standing.standings(asked.select_related("session__batch__cohort"))}
    waiting = {id: one.waiting.pk for id, one in found.items() if one.waiting and one.state == "waiting"}
    queues = queues_of(cohort, waiting.values())
    in_line = {id: queues.get(one) for id, one in waiting.items()}
    sent = [(row, row.enrolment) for row in rows]
    return [Line(row, found.get(id), in_line.get(id)) if id else Line(row, None, None) for row, id in sent]


@require_POST
@holding(*ENROLLERS)
def sending(request: Request, id: UUID) -> HttpResponse:
    """Send everybody who was recognised."""
    found = _own(request, id)
    jobs.start(found, NameList.Work.SEND)
    return redirect("programmes:list", found.pk)


@require_POST
@holding(*ENROLLERS)
def discarding(request: Request, id: UUID) -> HttpResponse:
    """Throw the staged rows away. Who was sent stays sent."""
    found = _own(request, id)
    if found.is_going:
        return redirect("programmes:list", found.pk)
    vault.forget(found.pk)
    found.delete()
    messages.success(request, _("Daftarnya dihapus. Yang sudah didaftarkan tetap terdaftar."))
    return redirect("programmes:lists", found.cohort_id)


@require_safe
@holding(*ENROLLERS)
def result(request: Request, id: UUID) -> HttpResponse:
    """Every row with what became of it, as a workbook."""
    found = _own(request, id)
    response = HttpResponse(workbook(_lines(found.cohort, list(found.rows.order_by("pk")))), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="hasil-daftar-{found.uploaded_at:%Y-%m-%d}.xlsx"'
    response["Cache-Control"] = "no-store"
    return response
