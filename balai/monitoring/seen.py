"""A region as one person sees it: who, or only how many."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.utils.text import slugify

from balai.common import clock
from balai.common.problems import NOT_FOUND, Refusal
from balai.courses.models import Course
from balai.people.access import UNKEPT, Visit
from balai.people.models import Person
from balai.people.reach import SEE_PERSONS, Reach, covers
from balai.people.roles import Role
from balai.regions.models import Region

#: Roles that see totals of their regions.
SEE_TOTALS = (*SEE_PERSONS, Role.Name.PARTNER)


@dataclass(frozen=True)
class Seen:
    """A region as one person sees it; ``None`` is the nation.

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

    @property
    def code(self) -> str:
        return self.region.code if self.region else ""

    @property
    def address(self) -> str:
        """Under which address the pages of the region lie."""
        return f"/wilayah/{self.code or 'indonesia'}"

    @property
    def home(self) -> str:
        """The address of the region's own page."""
        return f"/wilayah/{self.code}" if self.code else "/wilayah"


def seen(request: Visit, code: str) -> Seen:
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


def crumbs(person: Person | None, region: Region | None, *, itself: bool = False) -> list[tuple[str, str]]:
    """The regions above that this person may see, and with ``itself`` the region too: title and address."""
    if person is None:
        return []
    above = [*reversed(region.parents), *([region] if itself else [])] if region else []
    return [(r.title, f"/wilayah/{r.code}") for r in above if person.reach.covers(r.code, *SEE_TOTALS)]


def attached(content: bytes, kind: str, seen: Seen, suffix: str) -> HttpResponse:
    """``content`` to be downloaded, named for the region and the day."""
    name = slugify(seen.region.title if seen.region else "indonesia")
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}-{clock.wall():%Y-%m-%d}{suffix}"'
    response["Cache-Control"] = UNKEPT
    return response
