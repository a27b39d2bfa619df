"""Who asks for a seat: coordinators with the lists of their villages, a few people for themselves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from balai.common.ids import derived
from balai.courses.models import CourseVersion
from balai.log.record import Deed
from balai.programmes.entries import EnrolmentAsked
from balai.programmes.seats.entries import EnrolmentApproved, EnrolmentDeclined, EnrolmentWithdrawn

from .delegates import Delegate
from .month import Calendar
from .programme import BEGINNERS, FIRST, PROGRAMME, THEMES, Part, Sessions, session

_REASON = "Kuota kampung untuk tema ini sudah terisi; silakan memilih tema lain."
_GIVES_UP = "Pindah tugas ke kecamatan lain."


@dataclass(frozen=True)
class Request:
    """``who`` is to take part in the course called ``slug``: asked for so many days ago, in which part of the day."""

    who: Delegate
    slug: str
    part: Part
    ago: int
    clock: str
    by: UUID

    @property
    def id(self) -> UUID:
        return derived(self.who.id, "enrolment", self.slug)

    def deed(self, calendar: Calendar, version: CourseVersion) -> Deed:
        outside = self.slug == BEGINNERS
        where = None if outside else session(FIRST, self.part)
        payload = EnrolmentAsked(version.course_id, version.pk, PROGRAMME, where)
        moment = calendar.at(self.ago, self.clock)
        return Deed("enrolment.asked", payload, self.by, self.who.id, self.who.region, id=self.id, made_at=moment)

    def answered(self, kind: str, payload: object, calendar: Calendar, ago: int, by: UUID) -> Deed:
        """What a coordinator, or the person, says to it."""
        who, id = self.who, derived(self.id, kind)
        return Deed(kind, payload, by, who.id, who.region, id=id, made_at=calendar.at(ago, "10:15"))


def of_delegates(delegates: Sequence[Delegate], by: UUID, ago: int) -> Iterator[Request]:
    """Every delegate in the first theme; two in five in another one as well, by turns; beginners with their phone."""
    for one in delegates:
        random = one.random
        part: Part = random.choices(("morning", "noon", "evening"), (45, 25, 30))[0]
        yield Request(one, THEMES[0], part, ago, "09:30", by)
        if random.random() < 0.4:
            other: Part = random.choice(("noon", "evening"))
            yield Request(one, random.choice(THEMES[1:]), other, ago, "09:45", by)
        if one.starts and random.random() < 0.22:
            yield Request(one, BEGINNERS, "morning", ago - 1, "19:10", one.id)


def seats_for(requests: Sequence[Request], short: int) -> Sessions:
    """So many seats that up to ``short`` people find the morning full, and nobody the noon or the evening."""
    wanted = {part: sum(one.part == part and one.slug != BEGINNERS for one in requests)
              for part in ("morning", "noon", "evening")}  # fmt: skip
    rounded = {part: -(-count // 10) * 10 + 20 for part, count in wanted.items()}
    return Sessions(wanted["morning"] - min(short, wanted["morning"] // 4), rounded["noon"], rounded["evening"])


def approved(one: Request, calendar: Calendar, ago: int, by: UUID) -> Deed:
    return one.answered("enrolment.approved", EnrolmentApproved(one.id), calendar, ago, by)


def declined(one: Request, calendar: Calendar, ago: int, by: UUID) -> Deed:
    return one.answered("enrolment.declined", EnrolmentDeclined(one.id, _REASON), calendar, ago, by)


def withdrawn(one: Request, calendar: Calendar, ago: int) -> Deed:
    return one.answered("enrolment.withdrawn", EnrolmentWithdrawn(one.id, _GIVES_UP), calendar, ago, one.who.id)
