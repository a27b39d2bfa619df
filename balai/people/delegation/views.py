"""/hak: who may do what in one's regions; /orang/<id>/hak: giving and taking back, downward only."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.common.problems import NOT_FOUND, Refusal
from balai.log.record import record
from balai.people import problems
from balai.people.access import holding, person_in_reach
from balai.people.accounts import picking
from balai.people.accounts.walking import walk
from balai.people.entries import RoleGranted, RoleRevoked
from balai.people.models import Person, Role, RoleScope
from balai.people.reach import CHANGE_PERSONS
from balai.regions.models import Region, attach_parents

from . import rank

#: How the whole country is written among the codes of chosen regions.
NATION = "nasional"
A_PAGE = 50


@require_safe
@holding(*CHANGE_PERSONS)
def holders(request: HttpRequest) -> HttpResponse:
    """Who holds what in one's regions, by role and region."""
    place, name = walk(request), request.GET.get("peran", "")
    prefixes = [place.code] if place.region else request.person.reach.prefixes(*CHANGE_PERSONS)
    found = Role.objects.current().over(prefixes).select_related("person__region").prefetch_related("scopes__region")
    if name in Role.Name.values:
        found = found.filter(name=name)
    page = Paginator(found.order_by("name", "person__name_key", "pk"), A_PAGE).get_page(request.GET.get("halaman"))
    context = {"place": place, "page": page, "name": name, "names": Role.Name.choices}
    return render(request, "delegation/holders.html", context)


@dataclass(frozen=True)
class Team:
    """A region right below, and who coordinates it."""

    region: Region
    members: list[Person]


@require_safe
@holding(*CHANGE_PERSONS)
def teams(request: HttpRequest) -> HttpResponse:
    """The regions right below one's own, each with its team, or with nobody yet."""
    place = walk(request)
    scopes = RoleScope.objects.filter(
        role__in=Role.objects.current().filter(name=Role.Name.COORDINATOR), region__in=place.down
    )
    members: dict[UUID, list[Person]] = {}
    for scope in scopes.select_related("role__person").order_by("role__granted_at"):
        members.setdefault(scope.region_id, []).append(scope.role.person)
    found = [Team(region, members.get(region.pk, [])) for region in place.down]
    context = {"place": place, "teams": found, "named": sum(bool(team.members) for team in found)}
    return render(request, "delegation/teams.html", context)


@require_safe
@holding(*CHANGE_PERSONS)
def candidates(request: HttpRequest) -> HttpResponse:
    """Whom to name: the people of a region, by name."""
    place, text = walk(request), request.GET.get("cari", "")
    page = Paginator(picking.in_region(request, place, text), A_PAGE).get_page(request.GET.get("halaman"))
    attach_parents(person.region for person in page.object_list)
    return render(request, "delegation/candidates.html", {"place": place, "page": page, "text": text})


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*CHANGE_PERSONS)
def roles(request: HttpRequest, id: UUID) -> HttpResponse:
    """What a person holds; what may be given and over which regions. POST gives it."""
    person = person_in_reach(request, id)
    if request.method == "POST":
        return _grant(request, person)
    held = Role.objects.current().filter(person__in=person.identities).prefetch_related("scopes__region")
    place = walk(request, "di")
    chosen = list(_regions(request.GET.getlist("wilayah")))
    attach_parents(chosen)
    names = rank.grantable(request.person.reach.roles)
    context = {
        "person": person,
        "held": [(role, rank.revocable(request.person, role)) for role in held.order_by("granted_at")],
        "names": [(name, Role.Name(name).label) for name in names],
        "name": request.GET.get("peran", ""),
        "place": place,
        "chosen": chosen,
        "offered": [one for one in ([place.region] if place.region else []) + (place.found or place.down)
                    if one not in chosen],
        "nation": "" in request.person.reach.prefixes(*CHANGE_PERSONS),
        "whole": NATION in request.GET.getlist("wilayah"),
    }  # fmt: skip
    return render(request, "delegation/roles.html", context)


def _regions(codes: Iterable[str]) -> Iterable[Region]:
    return Region.objects.current().filter(code__in=[code for code in codes if code != NATION]).order_by("code")


def _grant(request: HttpRequest, person: Person) -> HttpResponse:
    name, codes = request.POST.get("peran", ""), request.POST.getlist("wilayah")
    regions = list(_regions(codes))
    wanted = {region.code: region.pk for region in regions} | ({"": None} if NATION in codes else {})
    if name not in Role.Name.values or not wanted:
        messages.error(request, _("Pilih satu hak akses dan paling sedikit satu wilayah."))
        return redirect("delegation:roles", person.pk)
    if not all(rank.gives(request.person.reach.roles, name, code) for code in wanted):
        raise Refusal(problems.ROLE_TOO_HIGH)
    payload = RoleGranted(role=name, regions=tuple(wanted.values()))
    record("role.granted", payload, actor=request.person.pk, subject=person.pk, audience=person.region_id)
    places = ", ".join([region.title for region in regions] or [_("seluruh Indonesia")])
    said = _("{name} sekarang {role} untuk {places}.")
    messages.success(request, said.format(name=person.name, role=Role.Name(name).label, places=places))
    return redirect("delegation:roles", person.pk)


@require_POST
@holding(*CHANGE_PERSONS)
def revoke(request: HttpRequest, id: UUID, role: UUID) -> HttpResponse:
    """Take a role back."""
    person = person_in_reach(request, id)
    found = Role.objects.current().filter(pk=role, person__in=person.identities).first()
    if found is None:
        raise Refusal(NOT_FOUND)
    if not rank.revocable(request.person, found):
        raise Refusal(problems.ROLE_TOO_HIGH)
    payload = RoleRevoked(role_id=found.pk)
    record("role.revoked", payload, actor=request.person.pk, subject=found.person_id, audience=person.region_id)
    said = _("Hak {role} milik {name} dicabut.").format(role=found.get_name_display(), name=person.name)
    messages.success(request, said)
    return redirect("delegation:roles", person.pk)
