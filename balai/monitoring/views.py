"""The coordinator's picture of a region, its people, its Excel."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from balai.common import clock
from balai.common.problems import NOT_FOUND, Refusal
from balai.courses.models import Course
from balai.people.access import Visit
from balai.people.models import Person
from balai.people.reach import CHANGE_PERSONS, SEE_HELP
from balai.regions.models import Region, attach_parents

from . import factor_words, factors, participation, recap, sparkline, tiles, workbook
from .picture import picture as picture_of
from .seen import SEE_TOTALS, Seen, attached, crumbs
from .seen import seen as seen_by


@require_safe
def mine(request: Visit) -> HttpResponse:
    """The regions of whoever asks: straight to the only one, else a list."""
    reach = request.person.reach if request.person else None
    prefixes = reach.prefixes(*SEE_TOTALS) if reach else []
    if not prefixes:
        raise Refusal(NOT_FOUND)
    if "" in prefixes:
        return nation(request)
    if len(prefixes) == 1:
        return redirect("monitoring:region", prefixes[0])
    regions = list(Region.objects.current().filter(code__in=prefixes).order_by("code"))
    attach_parents(regions)
    return render(request, "monitoring/mine.html", {"regions": regions})


def nation(request: Visit) -> HttpResponse:
    """The whole country, by province."""
    return _page(request, seen_by(request, ""))


@require_safe
def region(request: Visit, code: str) -> HttpResponse:
    """One region and what is right below it."""
    return _page(request, seen_by(request, code))


def _page(request: Visit, seen: Seen) -> HttpResponse:
    picture = picture_of(seen.region, seen.course_id, top=seen.top)
    if picture.closed:
        return render(request, "monitoring/closed.html", {"seen": seen, "crumbs": crumbs(request.person, seen.region)})
    today = timezone.localdate(clock.wall())
    told = factor_words.told(factors.ground(picture).whole)
    rows = [
        (row, recap.steps(row.counts), sparkline.points(row.counts.lately(today)))
        for row in picture.rows
        if row.counts.people
    ]
    context = {
        "seen": seen,
        "picture": picture,
        "page": Paginator(rows, 50).get_page(request.GET.get("halaman")),
        "empty": [row.region for row in picture.rows if not row.counts.people],
        "own": recap.steps(picture.own),
        "steps": recap.steps(picture.total),
        "gain": "" if picture.gain_hidden else recap.gain(picture.total),
        "weeks": sparkline.points(picture.total.lately(today)),
        "map": tiles.drawn(picture),
        "next": recap.next_step(picture, _covers(request.person, seen.region, *CHANGE_PERSONS)),
        "share_url": recap.share_link(recap.text(picture, seen.course, f"{told.word.lower()}. {told.sentence}")),
        "courses": Course.objects.catalogue(),
        "sees_help": _covers(request.person, seen.region, *SEE_HELP),
        "may_print": _covers(request.person, seen.region, *CHANGE_PERSONS),
        "crumbs": crumbs(request.person, seen.region),
        "not_started": picture.total.people - picture.total.started,
        "factors": told,
    }
    if seen.persons and seen.region and seen.region.level == 4:
        people = participation.people_of(seen.region, seen.course_id)
        context["people"] = Paginator(people, 50).get_page(request.GET.get("halaman"))
    return render(request, "monitoring/region.html", context)


def _covers(person: Person | None, region: Region | None, *names: str) -> bool:
    return person is not None and person.reach.covers(region.code if region else "", *names)


@require_safe
def excel(request: Visit, code: str = "") -> HttpResponse:
    """The same as a workbook: by village, and by person for those who see persons."""
    seen = seen_by(request, code)
    content = workbook.written(seen.region, seen.course, top=seen.top)
    return attached(content, workbook.CONTENT_TYPE, seen, ".xlsx")
