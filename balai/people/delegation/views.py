"""/hak: who may do what in one's regions; /orang/<id>/hak: giving and taking back, downward only."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.common.problems import NOT_FOUND, Refusal
from balai.log.record import record
from balai.people import problems
from balai.people.access import Request, holding, person_in_reach
from balai.people.accounts import picking
from balai.people.accounts.signing_in import safe_next
from balai.people.accounts.walking import walk
from balai.people.entries import RoleGranted, RoleRevoked
from balai.people.models import Person, Role, RoleScope
from balai.people.reach import CHANGE_PERSONS, SEE_RIGHTS
from balai.regions.fields import RegionField
from balai.regions.models import Region, attach_parents

from . import rank

#: How the whole country is written among the codes of chosen regions.
NATION = "nasional"
A_PAGE = 50


@require_safe
@holding(*SEE_RIGHTS)
def holders(request: Request) -> HttpResponse:
    """Who holds what in one's regions, by role and region; an auditor only looks."""
    place, name = walk(request, SEE_RIGHTS), request.GET.get("peran", "")
    reach = request.person.reach
    prefixes = [place.code] if place.region else reach.prefixes(*SEE_RIGHTS)
    found = Role.objects.current().over(prefixes).select_related("person__region").prefetch_related("scopes__region")
    if name in Role.Name.values:
        found = found.filter(name=name)
    page = Paginator(found.order_by("name", "person__sort_name", "pk"), A_PAGE).get_page(request.GET.get("halaman"))
    may_change = reach.covers(place.code, *CHANGE_PERSONS) if place.region else reach.holds(*CHANGE_PERSONS)
    context = {"place": place, "page": page, "name": name, "names": Role.Name.choices, "may_change": may_change}
    return render(request, "delegation/holders.html", context)


@dataclass(frozen=True)
class Team:
    """A region right below, and who coordinates it."""

    region: Region
    members: list[Person]


@require_safe
@holding(*CHANGE_PERSONS)
def teams(request: Request) -> HttpResponse:
    """The regions right below one's own, each with its team, or with nobody yet."""
    place = walk(request)
    scopes = RoleScope.objects.filter(
        role__in=Role.objects.current().filter(name=Role.Name.COORDINATOR), region__in=place.down
    )
    members: dict[UUID | None, list[Person]] = {}
    for scope in scopes.select_related("role__person").order_by("role__granted_at"):
        members.setdefault(scope.region_id, []).append(scope.role.person)
    found = [Team(region, members.get(region.pk, [])) for region in place.down]
    context = {"place": place, "teams": found, "named": sum(bool(team.members) for team in found)}
    return render(request, "delegation/teams.html", context)


@require_safe
@holding(*CHANGE_PERSONS)
def candidates(request: Request) -> HttpResponse:
    """Whom to name: the people of a region, by name; ``peran``: as what, ``lanjut``: where one goes on afterwards."""
    place, text = walk(request), request.GET.get("cari", "")
    name = request.GET.get("peran", "")
    role = Role.Name(name) if name in Role.Name.values else Role.Name.COORDINATOR
    page = Paginator(picking.in_region(request, place, text), A_PAGE).get_page(request.GET.get("halaman"))
    attach_parents(person.region for person in page.object_list)
    context = {"place": place, "page": page, "text": text, "role": role, "then": request.GET.get("lanjut", "")}
    return render(request, "delegation/candidates.html", context)


class GrantForm(forms.Form):
    """Which role, over which regions: ticked (``wilayah``), typed (``other``), or the whole country."""

    other = RegionField(label=gettext_lazy("Atau ketik nama wilayah"), required=False)

    def __init__(self, data: QueryDict | None, by: Person, chosen: list[str], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.by = by
        self.nation = NATION in chosen
        self.ticked = list(Region.objects.current().filter(code__in=chosen).order_by("code"))
        names = rank.grantable(by.reach.roles)
        self.fields["role"] = forms.ChoiceField(
            label=_("Sebagai"), widget=forms.RadioSelect, choices=[(name, Role.Name(name).label) for name in names]
        )

    def clean(self) -> dict[str, Any]:
        regions = [*self.ticked, *filter(None, [self.cleaned_data.get("other")])]
        self.cleaned_data["regions"] = regions
        name = self.cleaned_data.get("role", "")
        codes = [region.code for region in regions] + [""] * self.nation
        if not codes and "other" not in self.errors:
            raise forms.ValidationError(_("Pilih paling sedikit satu wilayah."))
        if name and not all(rank.gives(self.by.reach.roles, name, code) for code in codes):
            raise Refusal(problems.ROLE_TOO_HIGH)
        return self.cleaned_data


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*CHANGE_PERSONS)
def roles(request: Request, id: UUID) -> HttpResponse:
    """What a person holds; what may be given and over which regions. POST gives it and goes on to ``lanjut``."""
    person = person_in_reach(request, id)
    given = request.POST if request.method == "POST" else request.GET
    chosen, then = given.getlist("wilayah"), given.get("lanjut", "")
    form = GrantForm(request.POST or None, request.person, chosen, initial={"role": request.GET.get("peran")})
    if form.is_valid():
        _grant(request, person, form)
        return redirect(safe_next(then)) if then else redirect("delegation:roles", person.pk)
    held = Role.objects.current().filter(person__in=person.identities).prefetch_related("scopes__region")
    attach_parents(form.ticked)
    context = {
        "person": person,
        "held": [(role, rank.revocable(request.person, role)) for role in held.order_by("granted_at")],
        "form": form,
        "offered": [region for region in _offered(request.person) if region not in form.ticked],
        "nation": "" in request.person.reach.prefixes(*CHANGE_PERSONS),
        "then": then,
    }
    return render(request, "delegation/roles.html", context, status=422 if form.errors else 200)


def _offered(by: Person) -> list[Region]:
    """The regions of one's own roles, and those right below."""
    prefixes = by.reach.prefixes(*CHANGE_PERSONS)
    own = list(Region.objects.current().filter(code__in=prefixes).order_by("code"))
    above: list[Region | None] = [None] if "" in prefixes else []
    return [*own, *(below for region in [*above, *own] for below in Region.objects.current().children_of(region))]


def _grant(request: Request, person: Person, form: GrantForm) -> None:
    regions: list[Region] = form.cleaned_data["regions"]
    scopes = (*(region.pk for region in regions), *([None] if form.nation else []))
    payload = RoleGranted(role=form.cleaned_data["role"], regions=scopes)
    record("role.granted", payload, actor=request.person.pk, subject=person.pk, audience=person.region_id)
    places = [region.title for region in regions] + ([_("seluruh Indonesia")] if form.nation else [])
    said = _("{name} sekarang {role} untuk {places}.")
    role = Role.Name(form.cleaned_data["role"]).label
    messages.success(request, said.format(name=person.name, role=role, places=", ".join(places)))


@require_POST
@holding(*CHANGE_PERSONS)
def revoke(request: Request, id: UUID, role: UUID) -> HttpResponse:
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
