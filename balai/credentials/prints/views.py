"""/sertifikat/cetak: certificates of many people as files to print."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.common.problems import NOT_FOUND, Refusal
from balai.courses.models import Course
from balai.credentials import problems
from balai.people.access import Request, holding
from balai.people.reach import CHANGE_PERSONS, covers
from balai.programmes.cohorts.models import Batch
from balai.regions.fields import RegionField

from . import jobs, packing
from .choosing import Choice
from .models import PrintRun

_SHOWN = 10


class ChoiceForm(forms.Form):
    """Which certificates; nothing chosen is all within reach."""

    pelatihan = forms.ChoiceField(label=gettext_lazy("Pelatihan"), required=False)
    tahap = forms.ChoiceField(label=gettext_lazy("Tahap"), required=False)
    wilayah = RegionField(label=gettext_lazy("Wilayah"), required=False)

    def __init__(self, request: Request, data: Any) -> None:
        super().__init__(data)
        self._person = request.person
        self._courses = {one.slug: one for one in Course.objects.catalogue().exclude(current__certificates=[])}
        prefixes = request.person.reach.prefixes(*CHANGE_PERSONS)
        batches = Batch.objects.select_related("cohort__programme__region").order_by("-registered_at", "pk")
        self._batches = {str(one.pk): one for one in batches if _concerns(one, prefixes)}
        if len(prefixes) == 1:
            self.fields["wilayah"].narrow(prefixes[0])  # type: ignore[attr-defined]
        courses = [(slug, one.newest.title) for slug, one in self._courses.items()]
        waves = [
            (id, f"{one.cohort.programme.name}, {one.cohort.name}, {one.name}") for id, one in self._batches.items()
        ]
        for name, choices in (("pelatihan", courses), ("tahap", waves)):
            self.fields[name].choices = [("", _("Semua")), *choices]  # type: ignore[attr-defined]

    @property
    def choice(self) -> Choice:
        """What was chosen, once the form is valid."""
        said = self.cleaned_data
        courses, batches = self._courses, self._batches
        return Choice(self._person, courses.get(said["pelatihan"]), said["wilayah"], batches.get(said["tahap"]))


def _concerns(batch: Batch, prefixes: list[str]) -> bool:
    """Whether its programme is for one of those regions, a part of one, or a wider one."""
    code = batch.cohort.programme.code
    return any(covers(prefix, code) or covers(code, prefix) for prefix in prefixes)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*CHANGE_PERSONS)
def runs(request: Request) -> HttpResponse:
    """Choose, see how many that is, have them drawn; and what was drawn before."""
    given = request.POST if request.method == "POST" else request.GET
    form = ChoiceForm(request, given if ChoiceForm.base_fields.keys() & given.keys() else None)
    valid = form.is_bound and form.is_valid()
    if request.method == "POST" and valid:
        return redirect("credentials:print-run", jobs.start(form.choice).pk)
    context = {
        "form": form,
        "heading": _("Cetak banyak sertifikat"),
        "runs": PrintRun.objects.filter(owner=request.person).order_by("-started_at")[:_SHOWN],
        "limit": jobs.LIMIT,
    }
    if valid:
        count = form.choice.certificates().count()
        context |= {"choice": form.choice, "count": count, "size": count * jobs.EACH, "parts": -(-count // jobs.PART)}
    return render(request, "credentials/print_runs.html", context, status=422 if form.errors else 200)


@require_safe
@holding(*CHANGE_PERSONS)
def run(request: Request, id: UUID) -> HttpResponse:
    """One run: how far it is, and the files that are there."""
    found = _own(request, id)
    return render(request, "credentials/print_run.html", {"run": found, "parts": found.parts.order_by("number")})


@require_safe
@holding(*CHANGE_PERSONS)  # type: ignore[arg-type]  # what streams a file is no HttpResponse to the types
def part(request: Request, id: UUID, number: int) -> FileResponse:
    """One file. Raises ``Refusal``."""
    found = _own(request, id)
    path = packing.file(found.pk, number)
    if not found.parts.filter(number=number).exclude(made_at=None).exists() or not path.exists():
        raise Refusal(problems.PRINT_NOT_READY)
    name = f"sertifikat-{found.started_at:%Y-%m-%d}-{number:02}.zip"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="application/zip")


@require_POST
@holding(*CHANGE_PERSONS)
def discarding(request: Request, id: UUID) -> HttpResponse:
    """The run and its files are not needed any more, also while it is drawn."""
    jobs.discard(_own(request, id))
    messages.success(request, _("Berkas cetak dihapus. Sertifikatnya sendiri tetap ada."))
    return redirect("credentials:print-runs")


def _own(request: Request, id: UUID) -> PrintRun:
    """One's own run, while all its regions are still one's own to look after. Raises ``Refusal`` (404)."""
    found = PrintRun.objects.filter(pk=id, owner=request.person).first()
    held = request.person.reach.prefixes(*CHANGE_PERSONS)
    if found is None or not all(any(covers(prefix, code) for prefix in held) for code in found.prefixes):
        raise Refusal(NOT_FOUND)
    return found
