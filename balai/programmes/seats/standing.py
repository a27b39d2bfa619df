"""How a request stands: asked, agreed to, answered, waiting where, ended why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai.courses.models import Course
from balai.people.models import Person
from balai.people.reach import covers
from balai.programmes.cohorts.models import Cohort
from balai.programmes.course_list import courses_of
from balai.programmes.rules import ENROLLERS

from .models import Approval, Decline, Enrolment, EnrolmentQuerySet, Seat, Waiting, Withdrawal

#: Each state in words, and the tone of its pill.
STATES: dict[str, tuple[str | Promise, str]] = {
    "seated": (_("Mendapat tempat"), ""),
    "waiting": (_("Daftar tunggu"), "wait"),
    "asked": (_("Menunggu persetujuan"), "wait"),
    "sent": (_("Menunggu keputusan pusat"), "wait"),
    "declined": (_("Ditolak"), "bad"),
    "withdrawn": (_("Mundur"), "none"),
    "released": (_("Tempat dilepas"), "none"),
}


@dataclass(frozen=True)
class Standing:
    """A request and what became of it so far."""

    enrolment: Enrolment
    seat: Seat | None = None
    waiting: Waiting | None = None
    decline: Decline | None = None
    withdrawal: Withdrawal | None = None
    approved: bool = False

    @property
    def state(self) -> str:
        """A key of ``STATES``."""
        if self.withdrawal:
            return "withdrawn"
        if self.decline:
            return "declined"
        if self.seat:
            return "released" if self.seat.released_at else "seated"
        if self.waiting:
            return "waiting"
        return "asked" if self._needs_a_yes else "sent"

    @property
    def _needs_a_yes(self) -> bool:
        session = self.enrolment.session
        needed = session is not None and session.batch.cohort.asking == Cohort.Asking.APPROVAL
        return needed and self.enrolment.by_oneself and not self.approved

    @property
    def words(self) -> str:
        return str(STATES[self.state][0])

    @property
    def tone(self) -> str:
        return STATES[self.state][1]

    @property
    def is_going(self) -> bool:
        """Whether there is something to withdraw from."""
        return self.state in {"seated", "waiting", "asked", "sent"}


def standings(enrolments: Iterable[Enrolment]) -> list[Standing]:
    """How each of ``enrolments`` (their sessions loaded) stands, in their order. Five queries."""
    rows = list(enrolments)
    ids = [row.pk for row in rows]
    seats = {one.enrolment_id: one for one in Seat.objects.filter(enrolment__in=ids)}
    waiting = {one.enrolment_id: one for one in Waiting.objects.filter(enrolment__in=ids)}
    declines = {one.enrolment_id: one for one in Decline.objects.filter(enrolment__in=ids).order_by("-declined_at")}
    ends = {one.enrolment_id: one for one in Withdrawal.objects.filter(enrolment__in=ids)}
    agreed = set(Approval.objects.filter(enrolment__in=ids).values_list("enrolment", flat=True))
    return [
        Standing(
            row, seats.get(row.pk), waiting.get(row.pk), declines.get(row.pk), ends.get(row.pk), row.pk in agreed
        )
        for row in rows
    ]  # fmt: skip


def of_person(person: Person, cohort: Cohort) -> list[Standing]:
    """What ``person`` asked for in ``cohort``, or was brought into, the latest first."""
    mine = Enrolment.objects.of(person).of_cohort(cohort)
    return standings(mine.select_related("course__current", "session__batch__cohort"))


def left_for(person: Person, cohort: Cohort, at: datetime) -> list[Course]:
    """The themes for which ``person`` can ask for a seat themselves, at ``at``. Two queries."""
    code, home = cohort.programme.code, person.region.code if person.region else ""
    if not covers(code, home) or not cohort.is_open(at) or cohort.asking == Cohort.Asking.COORDINATOR:
        return []
    going = Enrolment.objects.of(person).going().of_cohort(cohort)
    taken = set(going.values_list("course", flat=True))
    return [course for course in courses_of(cohort.courses) if course.pk not in taken]


def to_answer(coordinator: Person, cohort: Cohort) -> EnrolmentQuerySet:
    """What people of the coordinator's regions asked for themselves, and nobody answered."""
    people = coordinator.reach.people(*ENROLLERS)
    return Enrolment.objects.of_cohort(cohort).unapproved().filter(person__in=people)


def of_enrolment(id: UUID) -> Standing | None:
    """The request with this id."""
    loaded = Enrolment.objects.select_related("course__current", "session__batch__cohort__programme", "person__region")
    found = standings(loaded.filter(pk=id))
    return found[0] if found else None
