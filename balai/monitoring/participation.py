"""Who was invited, who signed in, who learns, who finished: counted for the regions right below one region."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Left

from balai.common import clock
from balai.courses.models import LessonCompletion
from balai.credentials.models import Certificate
from balai.people.accounts.models import AccessCode
from balai.people.models import Account, Person
from balai.regions import codes
from balai.regions.models import Region

from . import suppressing

#: How long the code of a region of each level is ("" for the nation).
_LENGTHS = (0, 2, 5, 8, 13)
#: What ``steps`` adds to people, in the order of the way.
STEPS = ("was_invited", "has_signed_in", "has_started", "has_finished")


@dataclass(frozen=True)
class Tally:
    """How many people are registered, and of them how many have come how far. Each step counts persons once."""

    people: int = 0
    invited: int = 0
    signed_in: int = 0
    started: int = 0
    finished: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(a + b for a, b in zip(self.values, other.values, strict=True)))

    @property
    def values(self) -> tuple[int, ...]:
        return self.people, self.invited, self.signed_in, self.started, self.finished


@dataclass(frozen=True)
class Row:
    """A region's tally; ``hidden`` from who asks, because it or a group beside it is too small."""

    region: Region
    tally: Tally
    hidden: bool = False


@dataclass(frozen=True)
class Picture:
    """A region and what is right below it, as it was counted at ``counted_at``.

    ``own`` are those who belong to the region itself and to none below it (the staff of a kabupaten). ``closed``:
    whoever asks is not even told the total.
    """

    region: Region | None
    rows: list[Row]
    own: Tally
    counted_at: datetime
    own_hidden: bool = False
    closed: bool = False

    @property
    def total(self) -> Tally:
        return sum((row.tally for row in self.rows), self.own)

    @property
    def silent(self) -> list[Row]:
        """Regions with registered people of whom nobody has signed in."""
        return [row for row in self.rows if row.tally.people and not row.tally.signed_in]

    @property
    def covered(self) -> int:
        """How many of the regions below have anybody registered."""
        return sum(1 for row in self.rows if row.tally.people)


def steps(people: QuerySet[Person], course: UUID | None = None) -> QuerySet[Person]:
    """``people`` with how far each has come: ``was_invited``, ``has_signed_in``, ``has_started``, ``has_finished``.

    With ``course`` the last two are about that course alone. What a merged identity did counts.
    """
    mine = Q(person=OuterRef("pk")) | Q(person__merged_into=OuterRef("pk"))
    about = {"course": course} if course else {}
    accounts = Account.objects.filter(mine)
    valid = Certificate.objects.filter(mine, revocations=None, **about)
    return people.annotate(
        was_invited=Exists(AccessCode.objects.filter(mine)) | Exists(accounts),
        has_signed_in=Exists(accounts.filter(first_signed_in_at__isnull=False)),
        has_started=Exists(LessonCompletion.objects.filter(mine, **about)),
        has_finished=Exists(valid),
    )


def picture(region: Region | None, course: UUID | None = None, *, top: str | None = None) -> Picture:
    """The picture of ``region`` (``None`` is the nation), in two queries.

    For who sees totals only, ``top`` is the code of the highest region above of which they do ("" for the nation):
    small groups are hidden, which takes two queries more for each level in between.
    """
    level = region.level if region else 0
    counted = _count(region, _LENGTHS[min(level + 1, 4)], course)
    below = Region.objects.children_of(region).current() if level < 4 else Region.objects.none()
    rows = [Row(child, counted.pop(child.code, Tally())) for child in below]
    found = Picture(region, rows, sum(counted.values(), Tally()), clock.wall())
    return found if top is None else _veiled(found, top)


def _veiled(found: Picture, top: str) -> Picture:
    """``found`` for who sees totals only."""
    code = found.region.code if found.region else ""
    sizes = {row.region.code: row.tally.people for row in found.rows}
    hidden = suppressing.hidden(sizes | {code: found.own.people})
    rows = [replace(row, hidden=row.region.code in hidden) for row in found.rows]
    closed = suppressing.closed(code, top, family)
    return replace(found, rows=rows, own_hidden=code in hidden, closed=closed)


def family(code: str) -> suppressing.Family:
    """How many people there are in each region right below the one with ``code``, and in that region alone."""
    inside = Person.objects.present().filter(codes.below(code, "region__code"))
    length = _LENGTHS[min(codes.level_of(code) + 1 if code else 1, 4)]
    counted = inside.values(place=Left("region__code", length)).annotate(people=Count("pk")).order_by()
    sizes = {place: people for place, people in counted.values_list("place", "people") if place}
    below = set(Region.objects.current().filter(code__in=sizes).values_list("code", flat=True)) - {code}
    own = sum(people for place, people in sizes.items() if place not in below)
    return {place: sizes[place] for place in below} | {code: own}


def by_village(region: Region | None, course: UUID | None = None, *, top: str | None = None) -> list[Row]:
    """Every region below ``region`` to which people belong, however deep, by code: the table for Excel.

    Whose region is no more stands with the nearest one above that is. For ``top`` see ``picture``.
    """
    code = region.code if region else ""
    if top is not None and suppressing.closed(code, top, family):
        return []
    counted = _count(region, _LENGTHS[4], course)
    wanted = {*counted, *(above for place in counted for above in codes.ancestors_of(place))}
    current = {place.code: place for place in Region.objects.filter(code__in=wanted).current()}
    tallies: dict[str, Tally] = defaultdict(Tally)
    for place, tally in counted.items():
        tallies[next((one for one in (place, *codes.ancestors_of(place)) if one in current), code)] += tally
    told = set(tallies) if top is None else suppressing.told({one: t.people for one, t in tallies.items()}, code)
    return [Row(current[place], tallies[place]) for place in sorted(told & current.keys())]


def _count(region: Region | None, length: int, course: UUID | None) -> dict[str, Tally]:
    """Tallies by the first ``length`` characters of the code of the people's region."""
    inside = Person.objects.present().filter(codes.below(region.code if region else "", "region__code"))
    flags = steps(inside, course)
    counts = flags.values(place=Left("region__code", length)).annotate(
        people=Count("pk"),
        invited=Count("pk", filter=Q(was_invited=True)),
        signed_in=Count("pk", filter=Q(has_signed_in=True)),
        started=Count("pk", filter=Q(has_started=True)),
        finished=Count("pk", filter=Q(has_finished=True)),
    )
    return {
        row["place"]: Tally(row["people"], row["invited"], row["signed_in"], row["started"], row["finished"])
        for row in counts.order_by()
        if row["place"]
    }


def people_of(region: Region, course: UUID | None = None) -> QuerySet[Person]:
    """The people of ``region`` and below with how far they came, by name; for those who see persons."""
    inside = Person.objects.present().filter(codes.below(region.code, "region__code"))
    return steps(inside, course).select_related("region", "account").order_by("name_key", "pk").annotate(
        place=F("region__name")
    )  # fmt: skip
