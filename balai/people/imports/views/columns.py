"""/orang/impor/<id>/kolom: which worksheets are read, and what their columns hold."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from balai.common.problems import Refusal
from balai.people.access import Request, holding
from balai.people.imports import checking, jobs, problems
from balai.people.imports.forms import HomeForm, SheetForm
from balai.people.imports.models import Import, Run, Saved
from balai.people.reach import CHANGE_PERSONS
from balai.regions.models import Region

from . import own


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*CHANGE_PERSONS)
def columns(request: Request, id: UUID) -> HttpResponse:
    """Correct what was recognised; POST checks the rows (or, with another header row, shows its columns)."""
    batch = own(request, id)
    if Saved.objects.filter(row__batch=batch).exists():
        return redirect("imports:batch", batch.pk)
    data = request.POST if request.method == "POST" else None
    alone = len(batch.sheets) == 1
    forms = [SheetForm(sheet, data, prefix=f"s{place}", alone=alone) for place, sheet in enumerate(batch.sheets)]
    home = HomeForm(request.person.reach, data, initial={"home": _home(batch)})
    if data is not None and all(form.is_valid() for form in [*forms, home]):
        if _moved(batch, forms):
            return redirect("imports:columns", batch.pk)
        _choose(batch, forms, home)
        return redirect("imports:batch", batch.pk)
    crumbs = [(_("Orang"), "/orang"), (_("Impor"), "/orang/impor"), (batch.file_name, f"/orang/impor/{batch.pk}")]
    context = {"batch": batch, "forms": forms, "home": home, "crumbs": crumbs}
    return render(request, "imports/columns.html", context, status=200 if data is None else 422)


def _home(batch: Import) -> Region | None:
    return Region.objects.filter(pk=batch.home).first() if batch.home else None


def _moved(batch: Import, forms: list[SheetForm]) -> bool:
    """Whether another header row was named; then the sheets are read again with it."""
    rows = {form.sheet["name"]: form.cleaned_data["header"] for form in forms}
    if all(form.sheet["header"] == rows[form.sheet["name"]] for form in forms):
        return False
    said = {form.sheet["name"]: form.columns for form in forms}
    checking.describe(batch, rows)
    for sheet in batch.sheets:
        sheet["columns"] |= {
            column: field for column, field in said[sheet["name"]].items() if column in sheet["titles"]
        }
    batch.save(update_fields=["sheets"])
    return True


def _choose(batch: Import, forms: list[SheetForm], home: HomeForm) -> None:
    for sheet, form in zip(batch.sheets, forms, strict=True):
        sheet["chosen"] = form.cleaned_data["chosen"]
        sheet["columns"] = form.columns
    if not any(sheet["chosen"] for sheet in batch.sheets):
        raise Refusal(problems.NO_NAME_COLUMN)
    chosen = home.cleaned_data["home"]
    batch.home = chosen.pk if chosen else None
    batch.save(update_fields=["sheets", "home"])
    jobs.start(batch, Run.Work.CHECK)
