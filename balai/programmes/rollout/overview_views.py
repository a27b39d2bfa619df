"""A programme in all regions below one's own: as a page and as a workbook."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from balai.common.problems import NOT_FOUND, Refusal
from balai.people.access import Request, holding
from balai.people.accounts.walking import Walk, walk
from balai.people.reach import covers
from balai.programmes import rules
from balai.programmes.models import Programme
from balai.programmes.programme_views import one
from balai.programmes.seats.desk import hub_day
from balai.programmes.wording import level_word

from . import pages
from .overview import ATTENTION, CONTENT_TYPE, DEPTHS, LEVELS, Overview, Scope, overview, scope_of, workbook
from .standing import Status

A_PAGE = 50


def _watched(request: Request, id: UUID) -> tuple[Programme, Walk, Scope]:
    """The programme, where the asker stands, what they see. Raises ``Refusal`` (404) for who has no region of its."""
    programme = one(id)
    if not rules.watches(request.person, programme.code):
        raise Refusal(NOT_FOUND)
    place = walk(request, rules.WATCHERS)
    if not (covers(place.code, programme.code) or covers(programme.code, place.code)):
        raise Refusal(NOT_FOUND)
    return programme, place, scope_of(request.person, programme, place)


@require_safe
@holding(*rules.WATCHERS)
def rollouts(request: Request, id: UUID) -> HttpResponse:
    """How many regions stand on each step, and which; ``keadaan`` filters, ``tingkat`` looks deeper."""
    programme, place, scope = _watched(request, id)
    if scope.region and not DEPTHS[scope.region.level]:
        return redirect("programmes:rollout", programme.pk, scope.region.code)
    found = overview(programme, scope, request.GET.get("tingkat", ""), hub_day())
    wish = request.GET.get("keadaan", "")
    context = {
        "programme": programme,
        "place": place,
        "region": scope.region,
        "above": found.above,
        "page": Paginator(found.chosen(wish), A_PAGE).get_page(request.GET.get("halaman")),
        "tabs": _tabs(found),
        "wish": wish if wish in {ATTENTION, *Status.values} else "",
        "levels": [(LEVELS[level], level_word(level), level == found.level) for level in found.levels],
        "persons": scope.persons,
        "crumbs": pages.overview_crumbs(programme),
    }
    return render(request, "programmes/rollouts.html", context)


def _tabs(found: Overview) -> list[tuple[str, str, int]]:
    """The filters: value, name, how many."""
    counts = found.counts
    steps = [(str(value), str(label), counts[value]) for value, label in Status.choices]
    return [("", _("Semua"), len(found.lines)), *steps, (ATTENTION, _("Perlu perhatian"), counts[ATTENTION])]


@require_safe
@holding(*rules.WATCHERS)
def excel(request: Request, id: UUID) -> HttpResponse:
    """The same, filtered the same way, as a workbook."""
    programme, place, scope = _watched(request, id)
    found = overview(programme, scope, request.GET.get("tingkat", ""), hub_day())
    lines = found.chosen(request.GET.get("keadaan", ""))
    response = HttpResponse(workbook(lines, scope.persons), content_type=CONTENT_TYPE)
    name = f"pelaksanaan-{place.code or 'indonesia'}-{hub_day():%Y-%m-%d}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
