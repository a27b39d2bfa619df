"""A region and what is right below it, read from the tallies: a few queries, whatever the size of the country."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from balai.regions import codes
from balai.regions.models import Region

from . import suppressing
from .catching_up import glance
from .counts import Counts
from .models import ALL, Reading, Tally, TallyQuerySet

#: These are known of persons, not of what they study.
_OF_PERSONS = ("people", "invited", "signed_in")


@dataclass(frozen=True)
class Row:
    """A region with what is counted there and below; ``hidden`` from who asks: it, or a group beside it, is small."""

    region: Region
    counts: Counts
    hidden: bool = False


@dataclass(frozen=True)
class Picture:
    """A region and the regions right below it, as the log was read at ``as_of`` (``None``: never yet).

    ``own`` are those who belong to the region itself and to none below it (the staff of a kabupaten). ``closed``:
    whoever asks is not even told the total; ``gain_hidden``: nor the gain, which so few took both tests for here or
    beside that it would tell theirs.
    """

    region: Region | None
    total: Counts
    rows: list[Row]
    own: Counts
    as_of: datetime | None
    own_hidden: bool = False
    closed: bool = False
    gain_hidden: bool = False

    @property
    def silent(self) -> list[Row]:
        """Regions with registered people of whom nobody has signed in."""
        return [row for row in self.rows if row.counts.people and not row.counts.signed_in]

    @property
    def covered(self) -> int:
        """How many of the regions below have anybody registered."""
        return sum(1 for row in self.rows if row.counts.people)


def picture(region: Region | None, course: UUID | None = None, *, top: str | None = None) -> Picture:
    """The picture of ``region`` (``None`` is the nation), of one course or of all, in three queries.

    For who sees totals only, ``top`` is the code of the highest region above of which they do ("" for the nation):
    small groups are hidden, which takes one query more.
    """
    glance()
    code = region.code if region else ""
    told = _told(Tally.objects.around(code), course)
    rows = [Row(child, told.get(child.code, Counts())) for child in right_below(region)]
    total = told.get(code, Counts())
    found = Picture(region, total, rows, total - _sum(row.counts for row in rows), as_of())
    return found if top is None else _veiled(found, top, course)


def right_below(region: Region | None) -> list[Region]:
    """The regions right below ``region``, by code; those above it come along in the same query, as its parents."""
    if region is None:
        return list(Region.objects.children_of(None).current())
    above = Q(code__in=codes.ancestors_of(region.code))
    below = codes.below(region.code) & Q(level=region.level + 1)
    found = list(Region.objects.current().filter(above | below).order_by("-level", "code", "id"))
    region.parents = [one for one in found if one.level < region.level]
    return [one for one in found if one.level > region.level]


def as_of() -> datetime | None:
    """Until when what happened is counted."""
    reading = Reading.objects.first()
    return reading.watched_until if reading else None


def _veiled(found: Picture, top: str, course: UUID | None) -> Picture:
    """``found`` for who sees totals only."""
    code = found.region.code if found.region else ""
    sizes = {row.region.code: row.counts.people for row in found.rows}
    hidden = suppressing.hidden(sizes | {code: found.own.people})
    rows = [replace(row, hidden=row.region.code in hidden) for row in found.rows]
    told = _told(Tally.objects.along(suppressing.asked(code, top)), course)
    closed, gain_hidden = (suppressing.closed(code, top, _families(told, number)) for number in ("people", "paired"))
    return replace(found, rows=rows, own_hidden=code in hidden, closed=closed, gain_hidden=gain_hidden)


def _families(told: dict[str, Counts], number: str) -> suppressing.Families:
    """How many there are, of ``number``, in each region right below one, and in that region alone."""

    def family(code: str) -> suppressing.Family:
        parts = {place: getattr(counts, number) for place, counts in told.items() if place and place != code}
        below = {place: size for place, size in parts.items() if codes.parent_of(place) == code}
        return below | {code: getattr(told.get(code, Counts()), number) - sum(below.values())}

    return family


def by_village(region: Region | None, course: UUID | None = None) -> list[Row]:
    """Every region below ``region`` to which people belong, however deep, by code: the table for Excel.

    Whose region is no more stands with the nearest one above that is.
    """
    counted, current = _belonging(region, course)
    return [Row(current[place], counted[place]) for place in sorted(counted.keys() & current.keys())]


def by_region(region: Region | None, course: UUID | None = None, *, top: str) -> list[Row]:
    """Every region below ``region`` that the pages tell to who sees totals only, each with all below it, by code.

    For ``top`` see ``picture``.
    """
    code = region.code if region else ""
    counted, current = _belonging(region, course)
    if _is_closed(code, top):
        return []
    told = suppressing.told_whole({place: counts.people for place, counts in counted.items()}, code)
    whole: dict[str, Counts] = defaultdict(Counts)
    for place, counts in counted.items():
        for one in told & {place, *codes.ancestors_of(place)}:
            whole[one] += counts
    return [Row(current[place], whole[place]) for place in sorted(told & current.keys())]


def _belonging(region: Region | None, course: UUID | None) -> tuple[dict[str, Counts], dict[str, Region]]:
    """What is counted of those who belong to each region itself, and the regions that there are, by code."""
    glance()
    code = region.code if region else ""
    own = _own(_told(Tally.objects.inside(code), course))
    current = {place.code: place for place in Region.objects.filter(code__in=_with_above(own)).current()}
    counted: dict[str, Counts] = defaultdict(Counts)
    for place, counts in own.items():
        counted[next((one for one in (place, *codes.ancestors_of(place)) if one in current), code)] += counts
    return counted, current


def _is_closed(code: str, top: str) -> bool:
    told = _told(Tally.objects.along(suppressing.asked(code, top)), None)
    return suppressing.closed(code, top, _families(told, "people"))


def _own(inclusive: dict[str, Counts]) -> dict[str, Counts]:
    """Of everybody who belongs to the region itself, wherever there is somebody."""
    below: dict[str, Counts] = defaultdict(Counts)
    for place, counts in inclusive.items():
        if place:
            below[codes.parent_of(place)] += counts
    own = {place: counts - below[place] if place in below else counts for place, counts in inclusive.items()}
    return {place: counts for place, counts in own.items() if counts.people}


def _with_above(places: Iterable[str]) -> set[str]:
    return {one for place in places for one in (place, *codes.ancestors_of(place))}


def _sum(parts: Iterable[Counts]) -> Counts:
    total = Counts()
    for part in parts:
        total += part
    return total


def _told(tallies: TallyQuerySet, course: UUID | None) -> dict[str, Counts]:
    """Counts by place."""
    found: dict[tuple[str, UUID], Counts] = {}
    wanted = tallies.filter(course__in={ALL, course or ALL})
    for place, about, kept in wanted.values_list("place", "course", "kept"):
        found[place, about] = Counts.read(kept)
    return {place: _about(found, place, course or ALL) for place, _course in found}


def _about(found: dict[tuple[str, UUID], Counts], place: str, course: UUID) -> Counts:
    counts = found.get((place, course), Counts())
    if course != ALL:
        everybody = found.get((place, ALL), Counts())
        for name in _OF_PERSONS:
            setattr(counts, name, getattr(everybody, name))
    return counts
