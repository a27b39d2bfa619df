"""/orang/pilih, /orang/pindah, /orang/jabatan-berakhir: many officials at once."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from balai.common import clock
from balai.people.access import holding
from balai.people.accounts import picking, terms
from balai.people.accounts.walking import walk
from balai.people.models import Person, Position
from balai.people.reach import CHANGE_PERSONS
from balai.regions.models import attach_parents


def _date(label: object) -> forms.DateField:
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
    """From when, and as what."""

    on = _date(gettext_lazy("Mulai tanggal"))
    title = forms.CharField(
        label=gettext_lazy("Jabatan baru"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Kosongkan bila jabatannya tetap."),
    )


@require_safe
@holding(*CHANGE_PERSONS)
def pick(request: HttpRequest) -> HttpResponse:
    """Tick people, then choose what to do with them."""
    place = walk(request)
    text = request.GET.get("cari", "")
    page = Paginator(picking.in_region(request, place, text), picking.TICKED).get_page(request.GET.get("halaman"))
    _attach(page.object_list)
    return render(request, "accounts/pick.html", {"place": place, "page": page, "text": text})


def _attach(people: list[Person]) -> None:
    """Regions' parents and current titles, with two queries for all."""
    attach_parents(person.region for person in people)
    open_ones = Position.objects.filter(person__in=people, ends=None).order_by("held_at")
    titles: dict[object, list[str]] = {}
    for person, title in open_ones.values_list("person", "title"):
        titles.setdefault(person, []).append(title)
    for person in people:
        person.titles = titles.get(person.pk, [])


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*CHANGE_PERSONS)
def end(request: HttpRequest) -> HttpResponse:
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
    _attach(people)
    context = {"people": people, "form": form}
    return render(request, "accounts/end.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*CHANGE_PERSONS)
def move(request: HttpRequest) -> HttpResponse:
    """People belong to another village from a day on."""
    people = picking.ticked(request)
    place = walk(request, "tujuan")
    form = MoveForm(request.POST or None, initial={"on": _today()})
    if form.is_valid() and place.region:
        done = terms.move(people, place.region, form.cleaned_data["title"], form.cleaned_data["on"], request.person)
        said = _("{people} orang dipindahkan ke {place}.").format(people=done.people, place=place.title)
        messages.success(request, said)
        return HttpResponseRedirect(f"/orang/pilih?wilayah={place.code}")
    _attach(people)
    context = {"people": people, "form": form, "place": place}
    return render(request, "accounts/move.html", context, status=422 if form.errors else 200)


def _back(request: HttpRequest) -> str:
    code = request.POST.get("wilayah", "")
    return f"/orang/pilih?wilayah={code}" if code else "/orang/pilih"
