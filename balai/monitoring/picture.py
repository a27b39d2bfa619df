"""A region and what is right below it, read from the tallies: the same few queries whatever the size of the country."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from balai.regions.models import Region

from .counts import Counts
from .models import ALL, Reading, Tally

#: These are known of persons, not of what they study.
_OF_PERSONS = ("people", "invited", "signed_in")


@dataclass(frozen=True)
class Row:
    """A region with what is counted there and below."""

    region: Region
    counts: Counts


@dataclass(frozen=True)
class Picture:
    """A region and the regions right below it, as the log was read at ``as_of`` (``None``: never yet).

    ``own`` are those who belong to the region itself and to none below it (the staff of a kabupaten).
    """

    region: Region | None
    total: Counts
    rows: list[Row]
    own: Counts
    as_of: datetime | None

    @property
    def silent(self) -> list[Row]:
        """Regions with registered people of whom nobody has signed in."""
        return [row for row in self.rows if row.counts.people and not row.counts.signed_in]

    @property
    def covered(self) -> int:
        """How many of the regions below have anybody registered."""
        return sum(1 for row in self.rows if row.counts.people)


def picture(region: Region | None, course: UUID | None = None) -> Picture:
    """The picture of ``region`` (``None`` is the nation), of one course or of all; three queries."""
    code = region.code if region else ""
    told = _told(code, course)
    below = Region.objects.children_of(region).current() if not region or region.level < 4 else ()
    rows = [Row(child, told.get(child.code, Counts())) for child in below]
    total = told.get(code, Counts())
    reading = Reading.objects.first()
    return Picture(region, total, rows, total - _sum(rows), reading.watched_until if reading else None)


def _sum(rows: list[Row]) -> Counts:
    total = Counts()
    for row in rows:
        total += row.counts
    return total


def _told(code: str, course: UUID | None) -> dict[str, Counts]:
    """Counts by place, of the region with ``code`` and of those right below it."""
    wanted = {ALL, course or ALL}
    found: dict[tuple[str, UUID], Counts] = {}
    for tally in Tally.objects.around(code).filter(course__in=wanted):
        found[tally.place, tally.course] = tally.counts
    places = {place for place, _course in found}
    return {place: _about(found, place, course or ALL) for place in places}


def _about(found: dict[tuple[str, UUID], Counts], place: str, course: UUID) -> Counts:
    counts = found.get((place, course), Counts())
    if course != ALL:
        everybody = found.get((place, ALL), Counts())
        for name in _OF_PERSONS:
            setattr(counts, name, getattr(everybody, name))
    return counts
