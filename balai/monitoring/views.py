"""The coordinator's picture of a region, its people, its Excel."""

from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from balai.common import clock
from balai.common.problems import NOT_FOUND, Refusal
from balai.courses.models import Course
from balai.people.access import Visit
from balai.people.models import Person
from balai.people.reach import HELP_LEARNERS, SEE_PERSONS, Reach, covers
from balai.people.roles import Role
from balai.regions.models import Region, attach_parents

from . import participation, recap, sparkline, tiles, workbook
from .picture import picture as picture_of

#: Roles that see totals of their regions.
SEE_TOTALS = (*SEE_PERSONS, Role.Name.PARTNER)


@dataclass(frozen=True)
class Seen:
    """A region as one person sees it.

    ``top``: they see only how many, from the region with this code downward; ``None``: they see who.
    """

    region: Region | None
    top: str | None
    course: Course | None

    @property
    def persons(self) -> bool:
        return self.top is None

    @property
    def course_id(self) -> UUID | None:
        return self.course.pk if self.course else None


def _seen(request: Visit, code: str) -> Seen:
    """The region through the reach of who asks. Raises ``Refusal`` (404) for all others."""
    reach = request.person.reach if request.person else None
    region = Region.objects.coded(code) if code else None
    known = region.code if region else ""
    if reach is None or (code and region is None) or not reach.covers(known, *SEE_TOTALS):
        raise Refusal(NOT_FOUND)
    slug = request.GET.get("pelatihan", "")
    course = Course.objects.catalogue().filter(slug=slug).first() if slug else None
    return Seen(region, None if reach.covers(known, *SEE_PERSONS) else _top(reach, known), course)


def _top(reach: Reach, code: str) -> str:
    """The code of the highest region above ``code`` of which this person sees totals."""
    return min((prefix for prefix in reach.prefixes(*SEE_TOTALS) if covers(prefix, code)), key=len)


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
    return _page(request, _seen(request, ""))


@require_safe
def region(request: Visit, code: str) -> HttpResponse:
    """One region and what is right below it."""
    return _page(request, _seen(request, code))


def _page(request: Visit, seen: Seen) -> HttpResponse:
    picture = picture_of(seen.region, seen.course_id, top=seen.top)
    if picture.closed:
        return render(request, "monitoring/closed.html", {"seen": seen, "crumbs": _crumbs(request.person, seen.region)})
    today = timezone.localdate(clock.wall())
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
        "next": recap.next_step(picture, seen.persons),
        "share_url": recap.share_link(recap.text(picture, seen.course)),
        "courses": Course.objects.catalogue(),
        "may_help": _covers(request.person, seen.region, *HELP_LEARNERS),
        "crumbs": _crumbs(request.person, seen.region),
    }
    if seen.persons and seen.region and seen.region.level == 4:
        people = participation.people_of(seen.region, seen.course_id)
        context["people"] = Paginator(people, 50).get_page(request.GET.get("halaman"))
    return render(request, "monitoring/region.html", context)


def _covers(person: Person | None, region: Region | None, *names: str) -> bool:
    return person is not None and person.reach.covers(region.code if region else "", *names)


def _crumbs(person: Person | None, region: Region | None) -> list[tuple[str, str]]:
    """The regions above that this person may see."""
    if person is None:
        return []
    above = reversed(region.parents) if region else ()
    return [(r.title, f"/wilayah/{r.code}") for r in above if person.reach.covers(r.code, *SEE_TOTALS)]


@require_safe
def excel(request: Visit, code: str = "") -> HttpResponse:
    """The same as a workbook: by village, and by person for those who see persons."""
    seen = _seen(request, code)
    content = workbook.written(seen.region, seen.course, top=seen.top)
    name = slugify(seen.region.title if seen.region else "indonesia")
    response = HttpResponse(content, content_type=workbook.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}-{clock.wall():%Y-%m-%d}.xlsx"'
    response["Cache-Control"] = "no-store"
    return response
