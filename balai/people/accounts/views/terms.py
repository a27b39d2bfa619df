"""/orang/pilih, /orang/pindah, /orang/jabatan-berakhir: many officials at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from balai.common import clock
from balai.people.access import Request, holding
from balai.people.accounts import picking, terms
from balai.people.accounts.walking import walk
from balai.people.models import Person
from balai.people.reach import CHANGE_PERSONS, Reach
from balai.regions.fields import RegionField
from balai.regions.models import Region, attach_parents


def _date(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d")
    )


def _today() -> object:
    return timezone.localdate(clock.wall())


class EndForm(forms.Form):
    """When and why the terms ended."""

    on = _date(gettext_lazy("Tanggal berakhir"))
    reason = forms.CharField(label=gettext_lazy("Alasan"), max_length=200, required=False)


class MoveForm(forms.Form):
    """Where to, from when, and as what."""

    to = RegionField(label=gettext_lazy("Wilayah tujuan"))
    on = _date(gettext_lazy("Mulai tanggal"))
    title = forms.CharField(
        label=gettext_lazy("Jabatan baru"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Kosongkan bila jabatannya tetap."),
    )

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reach = reach

    def clean_to(self) -> Region:
        region: Region = self.cleaned_data["to"]
        if not self.reach.covers(region.code, *CHANGE_PERSONS):
            raise forms.ValidationError(_("Wilayah ini di luar wilayah tugas Anda."))
        return region


@require_safe
@holding(*CHANGE_PERSONS)
def pick(request: Request) -> HttpResponse:
    """Tick people, then choose what to do with them."""
    place = walk(request)
    text = request.GET.get("cari", "")
    page = Paginator(picking.in_region(request, place, text), picking.TICKED).get_page(request.GET.get("halaman"))
    context = {"place": place, "page": page, "people": _listed(page.object_list), "text": text}
    return render(request, "accounts/pick.html", context)


@dataclass(frozen=True)
class Listed:
    """A person on a list, with the titles of the positions held now."""

    person: Person
    titles: list[str]


def _listed(people: Iterable[Person]) -> list[Listed]:
    """Regions' parents and current titles, with two queries for all."""
    everybody = list(people)
    attach_parents(person.region for person in everybody)
    titles = terms.titles(person.pk for person in everybody)
    return [Listed(person, titles.get(person.pk, [])) for person in everybody]


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*CHANGE_PERSONS)
def end(request: Request) -> HttpResponse:
    """Positions end, roles are revoked, accounts stay."""
    people = picking.ticked(request)
    form = EndForm(request.POST or None, initial={"on": _today()})
    if form.is_valid():
        done = terms.end_terms(people, form.cleaned_data["on"], form.cleaned_data["reason"], request.person)
        messages.success(
            request,
            _("{people} orang: {positions} jabatan berakhir, {roles} hak akses dicabut.").format(
                people=done.people, positions=done.positions, roles=done.roles
            ),
        )
        for role in done.kept:
            messages.warning(
                request,
                _("Hak {role} milik {name} hanya dapat dicabut koordinator di atas Anda.").format(
                    role=role.get_name_display(), name=role.person.name
                ),
            )
        return HttpResponseRedirect(_back(request))
    context = {"people": _listed(people), "form": form}
    return render(request, "accounts/end.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*CHANGE_PERSONS)
def move(request: Request) -> HttpResponse:
    """People belong to another village from a day on."""
    people = picking.ticked(request)
    form = MoveForm(request.POST or None, initial={"on": _today()}, reach=request.person.reach)
    if form.is_valid():
        chosen = form.cleaned_data
        done = terms.move(people, chosen["to"], chosen["title"], chosen["on"], request.person)
        said = _("{people} orang dipindahkan ke {place}.").format(people=done.people, place=chosen["to"].title)
        messages.success(request, said)
        return HttpResponseRedirect(f"/orang/pilih?wilayah={chosen['to'].code}")
    context = {"people": _listed(people), "form": form}
    return render(request, "accounts/move.html", context, status=422 if form.errors else 200)


def _back(request: Request) -> str:
    code = request.POST.get("wilayah", "")
    return f"/orang/pilih?wilayah={code}" if code else "/orang/pilih"
