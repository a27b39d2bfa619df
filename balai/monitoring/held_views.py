"""The page of entries that are kept and not applied."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from balai.common.problems import NOT_FOUND, Refusal
from balai.log.models import Conflict
from balai.people.access import Visit
from balai.people.models import Person
from balai.people.reach import CHANGE_PERSONS

from . import held, pairs


def _coordinator(request: Visit) -> Person:
    person = request.person
    if person is None or not person.reach.holds(*CHANGE_PERSONS):
        raise Refusal(NOT_FOUND)
    return person


@require_safe
def page(request: Visit) -> HttpResponse:
    """What waits for a decision; by tabs everything that is held, and conflicts."""
    person = _coordinator(request)
    conflicts = pairs.within_reach(person)
    tab = next((name for name in ("semua", "bertentangan") if name in request.GET), "")
    context = {"tab": tab, "conflicts": conflicts.count()}
    rows = _pairs(request, conflicts) if tab == "bertentangan" else _lines(request, person, tab)
    return render(request, "monitoring/held.html", context | rows)


def _lines(request: Visit, person: Person, tab: str) -> dict[str, Any]:
    chosen = held.within_reach(person) if tab else held.to_decide(person)
    listed = Paginator(held.lines(chosen), 50).get_page(request.GET.get("halaman"))
    return {"page": listed, "lines": [held.line(standing) for standing in listed.object_list]}


def _pairs(request: Visit, conflicts: QuerySet[Conflict]) -> dict[str, Any]:
    listed = Paginator(pairs.named(conflicts), 20).get_page(request.GET.get("halaman"))
    return {"page": listed, "pairs": [pairs.pair(row) for row in listed.object_list]}


@require_POST
def ruling(request: Visit, entry: UUID) -> HttpResponse:
    """Somebody decides about one held entry."""
    person = _coordinator(request)
    admit = request.POST.get("keputusan") == "terima"
    held.rule(person, entry, admit=admit, reason=request.POST.get("alasan", "")[:200])
    messages.success(request, _("Catatan diterima dan diterapkan.") if admit else _("Catatan ditolak."))
    return redirect("monitoring:held")
