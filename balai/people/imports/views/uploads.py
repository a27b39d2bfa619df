"""/orang/impor: earlier imports, the form for the next one, the empty table to fill in."""

import tempfile
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from balai.common import formats
from balai.common import problems as common_problems
from balai.common.problems import Refusal
from balai.people.access import Request, holding
from balai.people.imports import blank_table, jobs, problems, vault
from balai.people.imports.forms import FileForm
from balai.people.imports.models import Import, Run
from balai.people.reach import CHANGE_PERSONS
from balai.people.spreadsheets import limits
from balai.people.spreadsheets.inspection import inspect

#: Of a form around the file.
_MARGIN = 64 * 1024


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*CHANGE_PERSONS)
def imports(request: Request) -> HttpResponse:
    """The form and one's own imports; POST takes a file in."""
    if request.method == "POST":
        return redirect("imports:batch", _receive(request).pk)
    jobs.forget_old()
    mine = Import.objects.filter(owner=request.person).prefetch_related("runs").order_by("-uploaded_at")[:20]
    context = {"form": FileForm(), "imports": [_summary(batch) for batch in mine], "crumbs": [(_("Orang"), "/orang")]}
    return render(request, "imports/imports.html", context)


def _summary(batch: Import) -> dict[str, Any]:
    runs = sorted(batch.runs.all(), key=lambda run: run.started_at)
    done = {run.work: run for run in runs if run.ended_at and not run.problem}
    return {"batch": batch, "saved": done.get(Run.Work.APPLY), "undone": done.get(Run.Work.UNDO), "last": runs[-1]}


def _receive(request: Request) -> Import:
    """Look at the file before anything opens it, keep it locked, and have it read. Raises ``Refusal``."""
    _refuse_size(int(request.headers.get("Content-Length") or 0), _MARGIN)
    upload = request.FILES.get("file")
    if not isinstance(upload, UploadedFile):
        raise Refusal(problems.NO_FILE)
    _refuse_size(upload.size or 0)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        inspect(path)
        batch = Import.objects.create(
            owner=request.person, file_name=Path(upload.name or "").name[:200], size=upload.size or 0
        )
        with path.open("rb") as file:
            vault.keep(batch.id, file)
    jobs.start(batch, Run.Work.READ)
    return batch


def _refuse_size(size: int, margin: int = 0) -> None:
    if size > limits.FILE_SIZE + margin:
        facts = {"size": formats.size(size), "limit": formats.limit(limits.FILE_SIZE)}
        raise Refusal(common_problems.TOO_LARGE, **facts)


@require_safe
@holding(*CHANGE_PERSONS)
def template(request: Request) -> HttpResponse:
    """The empty table, with the villages of one's own reach."""
    regions = request.person.reach.regions(*CHANGE_PERSONS).current()
    return workbook(blank_table.workbook(regions), _("daftar-orang.xlsx"))


def workbook(content: bytes, name: str) -> HttpResponse:
    """``content`` as an Excel file to download."""
    response = HttpResponse(content, content_type=blank_table.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
