"""/orang/mungkin-sama: pairs of people who may be one, and one pair after another to decide about."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from balai.common import clock
from balai.common.problems import NOT_FOUND, Refusal
from balai.people.access import Request, holding
from balai.people.models import Apart, Pair, Person
from balai.people.persons import merge_views, side_by_side
from balai.people.reach import CHANGE_PERSONS

from . import listing
from .listing import Wish


@require_safe
@holding(*CHANGE_PERSONS)
def pairs(request: Request) -> HttpResponse:
    """Every pair within reach."""
    wish = Wish.of(request.GET.dict())
    page: Paginator = listing.Pages(wish.pairs(request.person))  # type: ignore[type-arg]
    shown = page.get_page(request.GET.get("halaman"))
    context = {
        "page": shown,
        "lines": listing.lines(list(shown.object_list)),
        "wish": wish,
        "more": page.count == listing.MOST,
        "heading": _("Orang yang mungkin sama"),
        "crumbs": [(_("Orang"), "/orang")],
    }
    return render(request, "pairs/pairs.html", context)


@require_safe
@holding(*CHANGE_PERSONS)
def excel(request: Request) -> HttpResponse:
    """The list as a workbook, at most ``listing.MOST`` pairs."""
    found = Wish.of(request.GET.dict()).pairs(request.person)[: listing.MOST]
    response = HttpResponse(listing.workbook(listing.lines(list(found))), content_type=listing.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="mungkin-sama-{clock.wall():%Y-%m-%d}.xlsx"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*CHANGE_PERSONS)
def pair(request: Request, id: int) -> HttpResponse:
    """Two records side by side; POST decides and goes on to the next pair of the list."""
    wish = Wish.of(request.GET.dict())
    found = _reached(request.person, id)
    following = wish.after(request.person, found)
    kept, other = side_by_side.order(found.first, found.second)
    if request.method == "POST":
        merge_views.decide(request, kept, other)
        return redirect(_address(following, wish))
    context = {
        **merge_views.compared(request.person, kept, other),
        "line": listing.Line(found),
        "decided": Apart.objects.filter(first=found.first, second=found.second).order_by("decided_at").last(),
        "next_url": _address(following, wish),
        "is_last": following is None,
        "crumbs": [(_("Orang"), "/orang"), (_("Mungkin sama"), _address(None, wish))],
    }
    return render(request, "persons/merge.html", context)


def _reached(viewer: Person, id: int) -> Pair:
    """The pair, of people whom ``viewer`` may both change. Raises ``Refusal`` (404)."""
    reachable = Pair.objects.within(viewer.reach.prefixes(*CHANGE_PERSONS))
    joined = [f"{one}__{what}" for one in ("first", "second") for what in ("region", "account", "nik_key")]
    found: Pair | None = reachable.select_related(*joined).filter(pk=id).first()
    if found is None:
        raise Refusal(NOT_FOUND)
    return found


def _address(pair: Pair | None, wish: Wish) -> str:
    """The page of ``pair``, else of the list, keeping what was wished."""
    url = reverse("pairs:pair", args=[pair.pk]) if pair else reverse("pairs:pairs")
    return f"{url}?{wish.query}" if wish.query else url
