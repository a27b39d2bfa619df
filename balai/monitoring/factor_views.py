"""A page for the three factors of a region, with the regions below, and its Excel."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from balai.common.problems import NOT_FOUND, Refusal
from balai.people.access import Visit
from balai.programmes.models import Programme
from balai.regions import codes

from . import factor_table, factor_words, factors
from .picture import picture as picture_of
from .seen import Seen, attached, crumbs
from .seen import seen as seen_by
from .workbook import CONTENT_TYPE

#: So many programmes are named.
_PROGRAMMES = 3


@require_safe
def page(request: Visit, code: str = "") -> HttpResponse:
    """The three factors of one region, what proves each, and those of the regions right below."""
    seen = seen_by(request, code)
    picture = picture_of(seen.region, top=seen.top)
    context = {"seen": seen, "crumbs": crumbs(request.person, seen.region, itself=True), "heading": _("Tiga faktor")}
    if picture.closed:
        return render(request, "monitoring/closed.html", context)
    ground = factors.ground(picture)
    context["programmes"] = _programmes(seen)
    context["told"] = factor_words.told(ground.whole, texts=seen.persons)
    context["page"] = Paginator(factor_table.lines(ground), 50).get_page(request.GET.get("halaman"))
    return render(request, "monitoring/factors.html", context)


def _programmes(seen: Seen) -> list[Programme]:
    """The latest programmes that reach the region: there its roll-out is told and proven."""
    if seen.region is None:
        return []
    places = [seen.code, *codes.ancestors_of(seen.code)]
    reaching = Programme.objects.filter(Q(region=None) | Q(region__code__in=places))
    return list(reaching.order_by("-registered_at", "pk")[:_PROGRAMMES])


@require_safe
def excel(request: Visit, code: str = "") -> HttpResponse:
    """The table as a workbook."""
    seen = seen_by(request, code)
    picture = picture_of(seen.region, top=seen.top)
    if picture.closed:
        raise Refusal(NOT_FOUND)
    return attached(factor_table.workbook(factors.ground(picture)), CONTENT_TYPE, seen, "-tiga-faktor.xlsx")
