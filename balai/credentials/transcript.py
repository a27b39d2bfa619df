"""What somebody has learned, year by year, in JP: certificates issued here, and those that an archive tells of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from balai.people.models import Person

from . import numbering
from .models import ArchivedCertificate, Certificate


@dataclass(frozen=True)
class Line:
    """One certificate. ``id``: of one that was issued here; ``archived``: of one that an archive tells of."""

    day: date
    title: str
    kind: str
    number: str
    hours: int
    id: UUID | None
    counts: bool = True
    archived: UUID | None = None


@dataclass(frozen=True)
class Year:
    """A year's certificates, the latest first."""

    year: int
    lines: tuple[Line, ...]

    @property
    def hours(self) -> int:
        """JP: of a course that gave two certificates in the year only once."""
        return sum(line.hours for line in self.lines if line.counts)


@dataclass(frozen=True)
class Transcript:
    """A person's years, the latest first."""

    person: Person
    years: tuple[Year, ...]

    @property
    def hours(self) -> int:
        return sum(year.hours for year in self.years)


def of(person: Person) -> Transcript:
    """The transcript of ``person``: without what was revoked or replaced. Five queries."""
    ours = list(Certificate.objects.of(person).with_ends())
    lines = sorted([*_issued(ours), *_archived(person, ours)], key=lambda line: (line.day, line.number), reverse=True)
    years = groupby(lines, key=lambda line: line.day.year)
    return Transcript(person, tuple(Year(year, tuple(found)) for year, found in years))


def _issued(rows: Iterable[Certificate]) -> Iterator[Line]:
    counted: set[UUID] = set()
    for row in sorted((one for one in rows if _stands(one)), key=lambda one: (one.finished_on, one.number)):
        # A renewal proves again what was learned before, and both certificates of a course tell of the same hours.
        counts = row.course not in counted
        counted.add(row.course)
        yield Line(row.finished_on, row.title, row.get_kind_display(), row.number, row.hours, row.pk, counts)


def _stands(certificate: Certificate) -> bool:
    return not (certificate.revocation or certificate.replacement)


def _archived(person: Person, ours: Iterable[Certificate]) -> Iterable[Line]:
    """What Balai issued itself is not told of twice, nor what it revoked by an archive."""
    found = ArchivedCertificate.objects.standing().filter(person__in=person.identities)
    known = {numbering.key(one.number) for one in ours}
    for row in _distinct(one for one in found.order_by("recorded_at", "pk") if numbering.key(one.number) not in known):
        yield Line(row.issued_on, row.title, "", row.number, row.hours, None, archived=row.pk)


def _distinct(rows: Iterable[ArchivedCertificate]) -> list[ArchivedCertificate]:
    """A number that two lists tell of is one certificate."""
    return list({numbering.key(row.number): row for row in rows}.values())
