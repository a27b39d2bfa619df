"""/sertifikat/arsip: certificates of earlier years from an office's own table, looked at before they are recorded."""

import tempfile
from pathlib import Path
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

from balai.common import formats
from balai.common import problems as common_problems
from balai.common.problems import NOT_FOUND, Refusal
from balai.credentials.forms import PastDayField
from balai.people.access import Request, holding
from balai.people.imports import vault
from balai.people.imports.problems import NO_FILE
from balai.people.reach import CHANGE_PERSONS
from balai.people.spreadsheets.inspection import inspect

from . import jobs, workbooks
from .columns import LONGEST_TITLE, MOST_HOURS
from .models import ArchiveImport, ArchiveRow

A_PAGE, _SHOWN = 50, 20
#: A list of certificates is small; a photo of one is not a list.
LARGEST = 10 * 1024 * 1024
_Outcome = ArchiveRow.Outcome
_TABS = {"baru": _Outcome.NEW, "ada": _Outcome.THERE, "lihat": _Outcome.LOOK, "ditolak": _Outcome.REFUSED}


class TableForm(forms.Form):
    """The file, and what holds for all rows that say nothing of their own."""

    file = forms.FileField(
        label=gettext_lazy("Berkas Excel atau CSV"),
        help_text=gettext_lazy("Kolom: nama, lalu NIK, nomor HP, atau desa; judul, nomor, lama, tanggal sertifikat."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
    )
    title = forms.CharField(label=gettext_lazy("Judul untuk semua baris"), max_length=LONGEST_TITLE, required=False)
    hours = forms.IntegerField(
        label=gettext_lazy("Lama (JP) untuk semua baris"), min_value=0, max_value=MOST_HOURS, required=False
    )
    issued_on = PastDayField(label=gettext_lazy("Tanggal untuk semua baris"), required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*CHANGE_PERSONS)
def tables(request: Request) -> HttpResponse:
    """The form and one's own earlier tables; POST takes a file in."""
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = TableForm(*sent)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("credentials:archive", _receive(request, form).pk)
        except Refusal as refusal:
            # Here and not on a page of its own: what was typed for all rows stays.
            form.add_error("file", f"{refusal.title} {refusal.cure}")
    context = {
        "form": form,
        "heading": _("Sertifikat tahun lalu dari Excel"),
        "tables": ArchiveImport.objects.filter(owner=request.person).order_by("-uploaded_at")[:_SHOWN],
    }
    return render(request, "credentials/archives.html", context, status=422 if request.method == "POST" else 200)


def _receive(request: Request, form: TableForm) -> ArchiveImport:
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
        said = {name: value for name, value in form.cleaned_data.items() if name != "file"}
        name = Path(upload.name or "").name[:200]
        batch = ArchiveImport.objects.create(owner=request.person, file_name=name, **said)
        with path.open("rb") as file:
            vault.keep(batch.pk, file)
    jobs.start(batch, ArchiveImport.Work.READ)
    return batch


@require_safe
@holding(*CHANGE_PERSONS)
def template(request: Request) -> HttpResponse:
    """The empty table."""
    return _workbook(workbooks.empty(), "sertifikat-lama.xlsx")


@require_safe
@holding(*CHANGE_PERSONS)
def table(request: Request, id: UUID) -> HttpResponse:
    """One table, as far as it is: being worked on, to be looked at, or recorded."""
    batch = _own(request, id)
    if batch.is_going:
        return render(request, "credentials/archive_going.html", {"batch": batch})
    chosen = request.GET.get("hasil", "")
    page = Paginator(_filtered(batch, chosen), A_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "batch": batch,
        "page": page,
        "lines": [(row, workbooks.outcome(row)) for row in page.object_list],
        "counts": _counts(batch),
        "chosen": chosen,
    }
    return render(request, "credentials/archive.html", context)


def _filtered(batch: ArchiveImport, chosen: str) -> QuerySet[ArchiveRow]:
    rows = batch.rows.order_by("pk")
    return rows.filter(outcome=_TABS[chosen]) if chosen in _TABS else rows


def _counts(batch: ArchiveImport) -> dict[str, int]:
    open_ones = Q(entry=None)
    return batch.rows.aggregate(
        all=Count("pk"),
        new=Count("pk", filter=Q(outcome=_Outcome.NEW)),
        there=Count("pk", filter=Q(outcome=_Outcome.THERE)),
        look=Count("pk", filter=Q(outcome=_Outcome.LOOK)),
        refused=Count("pk", filter=Q(outcome=_Outcome.REFUSED)),
        ready=Count("pk", filter=Q(outcome=_Outcome.NEW) & open_ones),
        doubtful=Count("pk", filter=Q(outcome=_Outcome.LOOK) & open_ones),
        recorded=Count("pk", filter=~open_ones & Q(taken_back=False)),
        taken_back=Count("pk", filter=Q(taken_back=True)),
    )


@require_POST
@holding(*CHANGE_PERSONS)
def recording(request: Request, id: UUID) -> HttpResponse:
    """Record what is new; and, where that was ticked, what is worth a look."""
    batch = _own(request, id)
    ArchiveImport.objects.filter(pk=batch.pk, work="").update(doubtful_too="ikut" in request.POST)
    jobs.start(batch, ArchiveImport.Work.SAVE)
    return redirect("credentials:archive", batch.pk)


@require_POST
@holding(*CHANGE_PERSONS)
def undoing(request: Request, id: UUID) -> HttpResponse:
    """Take all of it back."""
    batch = _own(request, id)
    jobs.start(batch, ArchiveImport.Work.UNDO)
    return redirect("credentials:archive", batch.pk)


@require_POST
@holding(*CHANGE_PERSONS)
def discarding(request: Request, id: UUID) -> HttpResponse:
    """Throw the staged rows away. What was recorded stays recorded."""
    batch = _own(request, id)
    if batch.is_going:
        return redirect("credentials:archive", batch.pk)
    vault.forget(batch.pk)
    batch.delete()
    messages.success(request, _("Daftarnya dihapus. Yang sudah dicatat tetap tercatat."))
    return redirect("credentials:archives")


@require_safe
@holding(*CHANGE_PERSONS)
def result(request: Request, id: UUID) -> HttpResponse:
    """Every row with what became of it, to be mended and brought again."""
    batch = _own(request, id)
    content = workbooks.result(batch.rows.order_by("pk").iterator(chunk_size=500))
    return _workbook(content, f"hasil-sertifikat-lama-{batch.uploaded_at:%Y-%m-%d}.xlsx")


def _own(request: Request, id: UUID) -> ArchiveImport:
    """The asker's own table with this id. Raises ``Refusal`` (404)."""
    found = ArchiveImport.objects.filter(pk=id, owner=request.person).first()
    if found is None:
        raise Refusal(NOT_FOUND)
    return found


def _workbook(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=workbooks.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
