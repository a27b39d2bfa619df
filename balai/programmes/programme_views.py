"""Programmes: the list, one programme, setting one up."""

from uuid import UUID

import msgspec
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from balai.common import clock
from balai.common.problems import NOT_FOUND, Refusal
from balai.log.record import record
from balai.people.access import Request, Visit, holding
from balai.people.models import Person

from . import rules
from .cohorts.models import Cohort
from .course_list import courses_of
from .documents import edit
from .entries import ProgrammeChanged, ProgrammeRegistered
from .models import Programme
from .programme_forms import ProgrammeForm
from .rollout.overview import own_lines
from .seats.desk import hub_day

A_PAGE = 30


@require_safe
def programmes(request: Visit) -> HttpResponse:
    """All programmes, the latest first, with the cohorts that can be joined now."""
    found = Programme.objects.select_related("region").order_by("-registered_at", "pk")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("halaman"))
    now = clock.wall()
    shown = list(page.object_list)
    cohorts = Cohort.objects.filter(programme__in=shown).order_by("closes_at", "pk")
    opened: dict[UUID, Cohort] = {}
    for cohort in cohorts:
        if cohort.is_open(now):
            opened.setdefault(cohort.programme_id, cohort)
    lines = [(programme, opened.get(programme.pk)) for programme in shown]
    context = {
        "page": page,
        "lines": lines,
        "heading": _("Program"),
        "may_add": request.person is not None and request.person.reach.holds(*rules.STEERERS),
    }
    return render(request, "programmes/programmes.html", context)


@require_safe
def programme(request: Visit, id: UUID) -> HttpResponse:
    """What a programme is for, how far its stages are, its courses and cohorts."""
    found = one(id)
    today, now = hub_day(), clock.wall()
    watches = rules.watches(request.person, found.code)
    context = {
        "programme": found,
        "stages": [(stage, stage.is_past(today), stage.is_now(today)) for stage in found.course_of_stages],
        "courses": courses_of(found.courses),
        "cohorts": [(cohort, cohort.is_open(now), cohort.is_early(now)) for cohort in _cohorts(found)],
        "steers": rules.steers(request.person, found.code),
        "watches": watches,
        "own": own_lines(request.person, found, today) if request.person and watches else [],
        "crumbs": [(_("Program"), "/program")],
    }
    return render(request, "programmes/programme.html", context)


def _cohorts(programme: Programme) -> list[Cohort]:
    return list(Cohort.objects.filter(programme=programme).order_by("-registered_at", "pk"))


def one(id: UUID) -> Programme:
    """The programme with this id. Raises ``Refusal`` (404)."""
    found = Programme.objects.select_related("region").filter(pk=id).first()
    if found is None:
        raise Refusal(NOT_FOUND)
    return found


def steered(person: Person, id: UUID) -> Programme:
    """The programme with this id, if ``person`` sets it up. Raises ``Refusal`` (404)."""
    found = one(id)
    if not rules.steers(person, found.code):
        raise Refusal(NOT_FOUND)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*rules.STEERERS)
def add(request: Request) -> HttpResponse:
    """A new programme."""
    form = ProgrammeForm(request.person, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        region = form.cleaned_data["region"]
        home = region.pk if region else None
        payload = msgspec.convert({**form.values(), "region": home}, ProgrammeRegistered)
        entry = record("programme.registered", payload, actor=request.person.pk, audience=home)
        messages.success(request, _("Program tersimpan. Langkah berikutnya: buat angkatan."))
        return redirect("programmes:programme", entry.id)
    context = {"form": form, "heading": _("Program baru"), "crumbs": [(_("Program"), "/program")]}
    return render(request, "programmes/programme_form.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*rules.STEERERS)
def change(request: Request, id: UUID) -> HttpResponse:
    """Change a programme."""
    found = steered(request.person, id)
    form = ProgrammeForm(request.person, found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        edited = edit("programme.changed", ProgrammeChanged, found.pk, form.edited(), request.person, found.region_id)
        messages.success(request, _("Tersimpan.") if edited else _("Tidak ada yang berubah."))
        return redirect("programmes:programme", found.pk)
    crumbs = [(_("Program"), "/program"), (found.name, f"/program/{found.pk}")]
    context = {"form": form, "heading": _("Ubah program"), "crumbs": crumbs}
    return render(request, "programmes/programme_form.html", context, status=422 if request.method == "POST" else 200)
