"""Pages of the tree: finding a region, what it is and was, and recording what happened to it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from balai.common import canonical
from balai.common.problems import NOT_FOUND, Refusal
from balai.log.record import Deed, record_many

from . import codes, rules
from .changing import Act, affected
from .effects import SHOWN, effects
from .forms import CHANGES, ChangeForm
from .heads import disagreements
from .history import history
from .institutions import Institution, InstitutionQuerySet
from .models import Region, attach_parents
from .search import search

_FEW = 20


@require_safe
@login_required
def find(request: HttpRequest) -> HttpResponse:
    """Finding a region without JavaScript, and going down from the provinces."""
    text = request.GET.get("cari", "").strip()
    found = search(text, limit=_FEW) if text else list(Region.objects.current().children_of(None))
    return render(
        request,
        "regions/find.html",
        {"found": found, "text": text, "reads_institutions": rules.reads_institutions(rules.person_of(request))},
    )


@require_safe
@login_required
def found(request: HttpRequest) -> JsonResponse:
    """``{results: [{id, code, title, path, full_name}]}`` for ``q``, within the code ``di``, on level ``tingkat``."""
    return suggestions(request)


def suggestions(request: HttpRequest) -> JsonResponse:
    """What ``found`` answers; for rooms that open it to others. The tree itself is no secret."""
    level = request.GET.get("tingkat", "")
    regions = search(
        request.GET.get("q", ""),
        within=codes.dotted(request.GET.get("di", "")),
        level=int(level) if level in {"1", "2", "3", "4"} else None,
    )
    response = JsonResponse({"results": [_as_dict(region) for region in regions]})
    response["Cache-Control"] = "private, max-age=300"
    return response


def _as_dict(region: Region) -> dict[str, str]:
    return {
        "id": str(region.id),
        "code": region.code,
        "title": region.title,
        "path": region.path,
        "full_name": region.full_name,
    }


@require_safe
@login_required
def about(request: HttpRequest, key: str) -> HttpResponse:
    """What a region is, what lies in it, and what happened to it. ``key``: its code, or its id once it ended."""
    region, person = _region(key), rules.person_of(request)
    heirs, forebears = list(region.successors.order_by("code")), list(region.predecessors.order_by("code"))
    attach_parents([region])
    context = {
        "region": region,
        "parts": Region.objects.current().children_of(region),
        "institutions": _institutions(request, region),
        "heirs": heirs,
        "forebears": forebears,
        "history": history(region),
        "disagreements": disagreements(region.id),
        "may_watch": not region.ended_on and rules.watches(person, region),
        "reads_institutions": rules.reads_institutions(person),
        "changes": _changes(region) if rules.changes_tree(person) else [],
    }
    return render(request, "regions/about.html", context)


def _institutions(request: HttpRequest, region: Region) -> InstitutionQuerySet:
    """The first few that lie right in the region, as far as the person may see them."""
    person = rules.person_of(request)
    seen = Institution.objects.within(person.reach.prefixes(*rules.READERS) if person else [])
    return seen.open().filter(region=region).order_by("name")[:_FEW]


def _changes(region: Region) -> list[tuple[str, Any]]:
    if region.ended_on:
        return []
    return [(name, form.title) for name, form in CHANGES.items() if name != "wilayah-baru" or region.level < 4]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change(request: HttpRequest, key: str, event: str) -> HttpResponse:
    """Fill in, look at what it does, record."""
    region, person = _region(key), rules.person_of(request)
    if person is None or not rules.changes_tree(person) or event not in dict(_changes(region)):
        raise Refusal(NOT_FOUND)
    form = CHANGES[event](region, request.POST or None)
    deeds = _deeds(form, person.id) if form.is_valid() else []
    seen = _digest(form)
    if deeds and request.POST.get("dilihat") == seen:
        record_many(deeds)
        messages.success(request, _("Perubahan tercatat."))
        return redirect("regions:about", region.id)
    context = {
        "region": region,
        "form": form,
        "heading": form.title,
        "preview": effects(deeds),
        "more": max(0, len(deeds) - SHOWN),
        "affected": affected(region) if deeds else [],
        "seen": seen if deeds else "",
    }
    return render(request, "regions/change.html", context)


def _deeds(form: ChangeForm, actor: UUID) -> list[Deed]:
    """The deeds of a valid form; what the tree does not allow is said in the form."""
    act = Act(actor, form.cleaned_data["since"], form.cleaned_data["basis"])
    try:
        return form.deeds(act)
    except Refusal as refusal:
        form.add_error(None, f"{refusal.title} {refusal.cure} ({refusal.problem.code})")
        return []


def _digest(form: ChangeForm) -> str:
    """Stands for what was typed: only what was looked at is recorded."""
    typed = {name: str(form[name].data) for name in form.fields}
    return canonical.digest(canonical.encode(typed)).hex()[:16]


def _region(key: str) -> Region:
    """The region with this code or id. Raises ``Refusal`` (404)."""
    region = Region.objects.coded(key) if codes.dotted(key) else Region.objects.filter(pk=_uuid(key)).first()
    if region is None:
        raise Refusal(NOT_FOUND)
    return region


def _uuid(key: str) -> UUID:
    try:
        return UUID(key)
    except ValueError:
        raise Refusal(NOT_FOUND) from None
