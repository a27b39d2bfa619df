"""Pages of institutions, loaded through what a person may reach."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from balai.common.problems import NOT_FOUND, Refusal
from balai.log.record import record

from . import rules
from .heads import disagreements, edits
from .institution_forms import InstitutionForm
from .institutions import KINDS, Institution, InstitutionQuerySet
from .models import attach_parents
from .payloads import InstitutionChanged, InstitutionRegistered

_A_PAGE = 50


def _seen(request: HttpRequest) -> InstitutionQuerySet:
    """The institutions that this person may see. Raises ``Refusal`` (404) for who sees none by their roles."""
    person = rules.person_of(request)
    prefixes = person.reach.prefixes(*rules.READERS) if person else []
    if not prefixes:
        raise Refusal(NOT_FOUND)
    return Institution.objects.within(prefixes).select_related("region")


def _one(request: HttpRequest, id: UUID) -> Institution:
    found = _seen(request).filter(pk=id).first()
    if found is None:
        raise Refusal(NOT_FOUND)
    return found


def _keeper(request: HttpRequest) -> rules.Somebody:
    """Who asks, if they keep institutions anywhere. Raises ``Refusal`` (404)."""
    person = rules.person_of(request)
    if person is None or not rules.keeps_anywhere(person):
        raise Refusal(NOT_FOUND)
    return person


@require_safe
@login_required
def institutions(request: HttpRequest) -> HttpResponse:
    """All that are open, by region and name; ``cari`` and ``jenis`` narrow the list."""
    seen, kind = _seen(request).open(), request.GET.get("jenis", "")
    found = seen.called(request.GET.get("cari", ""))
    if kind in KINDS:
        found = found.filter(kind=kind)
    ordered = found.distinct().order_by("region__code", "name", "id")
    page = Paginator(ordered, _A_PAGE).get_page(request.GET.get("halaman"))
    attach_parents(item.region for item in page.object_list)
    context = {
        "page": page,
        "kinds": _kinds(seen),
        "kind": kind,
        "heading": _("Lembaga"),
        "may_add": rules.keeps_anywhere(rules.person_of(request)),
    }
    return render(request, "regions/institutions.html", context)


def _kinds(seen: InstitutionQuerySet) -> list[tuple[str, str | Promise]]:
    """The kinds that occur, in the order of the form."""
    there = set(seen.order_by().values_list("kind", flat=True).distinct())
    return [(kind, label) for kind, label in KINDS.items() if kind in there]


@require_safe
@login_required
def institution(request: HttpRequest, id: UUID) -> HttpResponse:
    """One institution."""
    found = _one(request, id)
    attach_parents([found.region])
    context = {
        "institution": found,
        "serves": found.serves.order_by("code"),
        "disagreements": disagreements(found.id),
        "may_change": rules.keeps(rules.person_of(request), found),
    }
    return render(request, "regions/institution.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def add(request: HttpRequest) -> HttpResponse:
    """Register an institution."""
    person = _keeper(request)
    form = InstitutionForm(person, data=request.POST or None)
    if form.is_valid():
        values = form.values()
        payload = InstitutionRegistered(
            kind=values["kind"],
            name=values["name"],
            region=UUID(values["region"]),
            serves=tuple(UUID(item) for item in values.get("serves", ())),
        )
        entry = record("institution.registered", payload, actor=person.id, audience=payload.region)
        messages.success(request, _("%(name)s tersimpan.") % {"name": payload.name})
        return redirect("regions:institution", entry.id)
    context = {"form": form, "heading": _("Tambah lembaga")}
    return render(request, "regions/institution_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change(request: HttpRequest, id: UUID) -> HttpResponse:
    """Edit an institution."""
    person, kept = _keeper(request), _one(request, id)
    if not rules.keeps(person, kept):
        raise Refusal(NOT_FOUND)
    attach_parents([kept.region])
    form = InstitutionForm(person, kept, request.POST or None)
    if form.is_valid():
        edited = form.edited()
        if edited:
            payload = InstitutionChanged(changes=edits({kept.id: edited})[kept.id])
            record("institution.changed", payload, actor=person.id, subject=kept.id, audience=kept.region_id)
            messages.success(request, _("Perubahan tersimpan."))
        return redirect("regions:institution", kept.id)
    context = {"form": form, "heading": _("Ubah lembaga"), "institution": kept}
    return render(request, "regions/institution_form.html", context, status=422 if form.errors else 200)
