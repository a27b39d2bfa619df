"""A cohort: what it offers and how full it is; and setting it up."""

from uuid import UUID

import msgspec
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from balai.common import clock
from balai.log.record import record
from balai.people.access import Request, Visit, holding
from balai.programmes import programme_views, rules
from balai.programmes.course_list import courses_of
from balai.programmes.documents import edit
from balai.programmes.seats import standing

from . import pages
from .entries import CohortChanged, CohortRegistered, QuotaDeviated
from .forms import CohortForm, DeviationForm
from .models import Deviation


@require_safe
def cohort(request: Visit, id: UUID) -> HttpResponse:
    """Its window, themes, sessions and rules; one's own place in it; what a coordinator can do here."""
    found, person = pages.one(id), request.person
    now = clock.wall()
    enrols = rules.enrols_for(person, found.programme.code)
    context = {
        "cohort": found,
        "is_open": found.is_open(now),
        "is_early": found.is_early(now),
        "courses": courses_of(found.courses),
        "batches": pages.batches_of(found),
        "rules": pages.rules_in_words(found),
        "mine": standing.of_person(person, found) if person else [],
        "may_ask": person is not None and bool(standing.left_for(person, found, now)),
        "steers": rules.steers(person, found.programme.code),
        "enrols": enrols,
        "to_answer": standing.to_answer(person, found).count() if person and enrols else 0,
        "crumbs": pages.crumbs_of(found),
    }
    return render(request, "programmes/cohort.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*rules.STEERERS)
def add(request: Request, id: UUID) -> HttpResponse:
    """A new cohort of a programme."""
    programme = programme_views.steered(request.person, id)
    form = CohortForm(programme.courses, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        payload = msgspec.convert({**form.values(), "programme": str(programme.pk)}, CohortRegistered)
        actor, audience = request.person.pk, programme.region_id
        entry = record("cohort.registered", payload, actor=actor, audience=audience)
        messages.success(request, _("Angkatan tersimpan. Langkah berikutnya: tambah tahap dan sesinya."))
        return redirect("programmes:cohort", entry.id)
    crumbs = [(_("Program"), "/program"), (programme.name, f"/program/{programme.pk}")]
    context = {"form": form, "heading": _("Angkatan baru"), "crumbs": crumbs}
    return render(request, "programmes/cohort_form.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*rules.STEERERS)
def change(request: Request, id: UUID) -> HttpResponse:
    """Change a cohort: who waits may get a seat by it."""
    found = pages.steered(request.person, id)
    form = CohortForm(found.programme.courses, found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        audience = found.programme.region_id
        edited = edit("cohort.changed", CohortChanged, found.pk, form.edited(), request.person, audience)
        messages.success(request, _("Tersimpan.") if edited else _("Tidak ada yang berubah."))
        return redirect("programmes:cohort", found.pk)
    context = {"form": form, "heading": _("Ubah angkatan"), "crumbs": pages.crumbs_of(found, here=True)}
    return render(request, "programmes/cohort_form.html", context, status=422 if request.method == "POST" else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*rules.STEERERS)
def deviations(request: Request, id: UUID) -> HttpResponse:
    """Regions whose quota differs from the rule; POST adds one, which counts from now on."""
    found = pages.steered(request.person, id)
    form = DeviationForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        region, cleaned = form.cleaned_data["region"], form.cleaned_data
        payload = QuotaDeviated(found.pk, region.pk, cleaned["number"], form.theme, cleaned["reason"])
        record("quota.deviated", payload, actor=request.person.pk, audience=region.pk)
        messages.success(request, _("Kuota {region} tersimpan.").format(region=region.title))
        return redirect("programmes:deviations", found.pk)
    rows = Deviation.objects.filter(cohort=found).select_related("region").order_by("-decided_at", "-pk")
    context = {
        "cohort": found,
        "form": form,
        "rules": pages.rules_in_words(found),
        "lines": _current(list(rows), dict(form.fields["course"].choices)),  # type: ignore[attr-defined]
        "heading": _("Kuota khusus"),
        "crumbs": pages.crumbs_of(found, here=True),
    }
    return render(request, "programmes/deviations.html", context, status=422 if request.method == "POST" else 200)


def _current(rows: list[Deviation], titles: dict[str, str]) -> list[tuple[Deviation, str, bool]]:
    """Each with the theme that it is about, and whether it still counts: the latest of its region and theme does."""
    seen: set[tuple[UUID, UUID | None]] = set()
    found = []
    for row in rows:
        place = row.region_id, row.course
        found.append((row, titles.get(str(row.course or ""), "–"), place not in seen))
        seen.add(place)
    return found
