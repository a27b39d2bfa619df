"""The page of entries that are kept and not applied."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from balai.common.problems import NOT_FOUND, Refusal
from balai.people.access import Visit
from balai.people.models import Person
from balai.people.reach import CHANGE_PERSONS

from . import held


def _coordinator(request: Visit) -> Person:
    person = request.person
    if person is None or not person.reach.holds(*CHANGE_PERSONS):
        raise Refusal(NOT_FOUND)
    return person


@require_safe
def page(request: Visit) -> HttpResponse:
    """What waits for a decision first, then everything else that is held, and conflicts."""
    person = _coordinator(request)
    chosen = held.within_reach(person) if "semua" in request.GET else held.to_decide(person)
    listed = Paginator(held.lines(chosen), 50).get_page(request.GET.get("halaman"))
    lines = [held.line(standing) for standing in listed.object_list]
    context = {
        "page": listed,
        "lines": lines,
        "everything": "semua" in request.GET,
        "conflicts": held.conflicts(person)[:20],
    }
    return render(request, "monitoring/held.html", context)


@require_POST
def ruling(request: Visit, entry: UUID) -> HttpResponse:
    """Somebody decides about one held entry."""
    person = _coordinator(request)
    admit = request.POST.get("keputusan") == "terima"
    held.rule(person, entry, admit=admit, reason=request.POST.get("alasan", "")[:200])
    messages.success(request, _("Catatan diterima dan diterapkan.") if admit else _("Catatan ditolak."))
    return redirect("monitoring:held")
