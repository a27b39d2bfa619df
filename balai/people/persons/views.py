"""The pages of people."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.common import clock, phone
from balai.common.problems import NOT_FOUND, Refusal
from balai.people.access import Request, holding, person_in_reach
from balai.people.accounts.models import AccessCode
from balai.people.joining import joining
from balai.people.models import Person
from balai.people.pairs import listing as pairs
from balai.people.reach import CHANGE_PERSONS, HELP_LEARNERS, SEE_PERSONS, SEE_RIGHTS
from balai.regions.models import Region, attach_parents

from . import editing, listing
from .forms import PersonForm


@require_safe
@holding(*SEE_PERSONS)
def people(request: Request) -> HttpResponse:
    """Everybody within reach, filtered."""
    chosen = listing.Filter.of(request.GET.dict())
    page = Paginator(chosen.people(request.person), 50).get_page(request.GET.get("halaman"))
    shown = list(page.object_list)
    attach_parents([person.region for person in shown if person.region])
    titles = listing.titles_of(shown)
    joined = joining.by_themselves([one.pk for one in shown])
    lines = [{"person": one, "title": titles.get(str(one.pk), ""), "joined": one.pk in joined} for one in shown]
    context = {
        "page": page,
        "lines": lines,
        "chosen": chosen,
        "heading": _("Orang"),
        "may_change": _may_change(request.person),
        "sees_rights": request.person.reach.holds(*SEE_RIGHTS),
        "alike": pairs.waiting(request.person, pairs.Wish(code=chosen.code)),
    }
    return render(request, "persons/people.html", context)


def _may_change(person: Person) -> bool:
    return person.reach.holds(*CHANGE_PERSONS)


@require_safe
@holding(*SEE_PERSONS)
def excel(request: Request) -> HttpResponse:
    """The filtered list as a workbook."""
    content = listing.workbook(listing.Filter.of(request.GET.dict()).people(request.person))
    response = HttpResponse(content, content_type=listing.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="orang-{clock.wall():%Y-%m-%d}.xlsx"'
    return response


@require_safe
@holding(*SEE_PERSONS)
def person(request: Request, id: UUID) -> HttpResponse:
    """One person, for whoever sees persons of that region."""
    reachable = request.person.reach.people(*SEE_PERSONS).select_related("region", "account")
    found = reachable.filter(pk=id).first()
    if found is None:
        return _where_it_went(request, id)
    reach, code = request.person.reach, found.region.code if found.region else ""
    may_change = reach.covers(code, *CHANGE_PERSONS)
    context = {
        "person": found,
        "position": editing.current_position(found),
        "account": getattr(found, "account", None),
        "invited": AccessCode.objects.filter(person=found).exists(),
        "by_oneself": bool(joining.by_themselves([found.pk])),
        "merged": Person.objects.filter(merged_into=found),
        "disagreements": editing.disagreements(found) if may_change else [],
        "may_change": may_change,
        "may_help": found != request.person and reach.covers(code, *HELP_LEARNERS),
        "crumbs": [(_("Orang"), "/orang")],
    }
    return render(request, "persons/person.html", context)


def _where_it_went(request: Request, id: UUID) -> HttpResponse:
    """A merged record leads to the one that stayed, for who may see that one."""
    reachable = request.person.reach.people(*SEE_PERSONS)
    stayed = reachable.filter(merged__pk=id).values_list("pk", flat=True).first()
    if stayed is None:
        raise Refusal(NOT_FOUND)
    return redirect("persons:person", stayed)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*CHANGE_PERSONS)
def new(request: Request) -> HttpResponse:
    """A new person. Who may be known already is shown side by side before anything is saved."""
    place = Region.objects.coded(request.GET.get("wilayah", ""))
    form = PersonForm(request.POST or None, viewer=request.person, initial={"region": place})
    alike: list[Any] = []
    if request.method == "POST" and form.is_valid():
        alike = [] if "baru" in request.POST else editing.likely(request.person, form.cleaned_data)
        if not alike:
            made = editing.register(request.person, form.cleaned_data)
            messages.success(request, _("{name} tersimpan.").format(name=made.name))
            return redirect("persons:person", made.pk)
    context = {"form": form, "alike": alike, "heading": _("Tambah orang"), "crumbs": [(_("Orang"), "/orang")]}
    return render(request, "persons/new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*CHANGE_PERSONS)
def edit(request: Request, id: UUID) -> HttpResponse:
    """Change a person's data."""
    found = person_in_reach(request, id)
    form = PersonForm(request.POST or None, viewer=request.person, initial=_initial(found))
    if request.method == "POST" and form.is_valid():
        today = timezone.localtime(clock.wall()).date()
        changed = editing.edit(request.person, found, {**form.cleaned_data, "today": today})
        messages.success(request, _("Tersimpan.") if changed else _("Tidak ada yang berubah."))
        return redirect("persons:person", found.pk)
    crumbs = [(_("Orang"), "/orang"), (found.name, f"/orang/{found.pk}")]
    context = {"form": form, "heading": _("Ubah data"), "person": found, "crumbs": crumbs}
    return render(request, "persons/edit.html", context, status=422 if form.errors else 200)


def _initial(person: Person) -> dict[str, Any]:
    held = editing.current_position(person)
    known = {field: getattr(person, field) for field in ("name", "sex", "email", "nip", "birth_date")}
    known["phone"] = phone.shown(person.phone)
    return {**known, "region": person.region, "title": held.title if held else ""}


@require_POST
@holding(*CHANGE_PERSONS)
def decision(request: Request, id: UUID) -> HttpResponse:
    """Two versions of a field: one is chosen."""
    found = person_in_reach(request, id)
    try:
        entry = UUID(request.POST.get("versi", ""))
    except ValueError as error:
        raise Refusal(NOT_FOUND) from error
    editing.settle(request.person, found, request.POST.get("isian", ""), entry)
    messages.success(request, _("Keputusan Anda tersimpan. Versi yang lain tetap ada di riwayat."))
    return redirect("persons:person", found.pk)
