"""A programme, a cohort, its batch and sessions, recorded by the hub; and asking for seats in them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from balai.courses.models import Course
from balai.log.record import record
from balai.people.models import Person
from balai.programmes import enrolling
from balai.programmes.cohorts.entries import (
    BatchRegistered,
    CohortChanged,
    CohortRegistered,
    QuotaDeviated,
    SessionChanged,
    SessionRegistered,
)
from balai.programmes.cohorts.models import Batch, Cohort, Session
from balai.programmes.entries import ProgrammeRegistered
from balai.programmes.models import Enrolment, Programme, Seat, Waiting
from balai.programmes.rollout.entries import (
    CommitmentSigned,
    File,
    RolloutChanged,
    RolloutRegistered,
    StatusReported,
)
from balai.programmes.seats.entries import EnrolmentApproved, EnrolmentDeclined, EnrolmentWithdrawn

#: Two delegates a village and theme.
TWO_A_VILLAGE = ({"level": 4, "number": 2},)
PARTS = ("morning", "noon", "evening")


def said(kind: str, payload: Any, subject: UUID | None = None, actor: Person | None = None) -> UUID:
    """Recorded by ``actor``, or by the hub itself."""
    proof = "person" if actor else "hub"
    return record(kind, payload, subject=subject, actor=actor.id if actor else None, proof=proof).id


@dataclass
class Intake:
    """A cohort with one batch, and its sessions in their order."""

    programme: Programme
    cohort: Cohort
    batch: Batch
    sessions: list[Session]

    @property
    def session(self) -> Session:
        return self.sessions[0]

    def ask(self, person: Person, by: Person | None = None, session: Session | None = None) -> Enrolment:
        """``by`` (themselves, unless said) asks for a seat for ``person`` in the first course of the cohort."""
        session = Session.objects.select_related("batch__cohort__programme__region").get(
            pk=(session or self.session).pk
        )
        course = Course.objects.get(pk=self.cohort.courses[0])
        asked = enrolling.request(by or person, [person], course, session)
        assert not asked.against, asked.against
        return Enrolment.objects.get(pk=asked.sent[person.pk])

    def seated(self) -> list[str]:
        """Names of who holds a seat, by their turns."""
        return list(
            Seat.objects.held().filter(cohort=self.cohort).order_by("turn").values_list("person__name", flat=True)
        )

    def waiting(self) -> list[str]:
        """Names of who waits, by their turns."""
        waiting = Waiting.objects.still().filter(cohort=self.cohort)
        return list(waiting.order_by("turn").values_list("person__name", flat=True))

    def resize(self, capacity: int, session: Session | None = None) -> None:
        """Another capacity."""
        changed_session = (session or self.session).pk
        changes = {"capacity": {"value": capacity, "bases": [str(changed_session)]}}
        said("session.changed", msgspec.convert({"changes": changes}, SessionChanged), changed_session)

    def change(self, **fields: Any) -> None:
        """Other values of the cohort."""
        changes = {field: {"value": value, "bases": [str(self.cohort.pk)]} for field, value in fields.items()}
        said("cohort.changed", msgspec.convert({"changes": changes}, CohortChanged), self.cohort.pk)
        self.cohort.refresh_from_db()

    def deviate(self, region: UUID, number: int) -> None:
        """A region with a quota of its own."""
        said("quota.deviated", QuotaDeviated(self.cohort.pk, region, number))


def intake(
    course: UUID,
    *,
    capacity: int = 30,
    sessions: int = 1,
    quotas: Any = TWO_A_VILLAGE,
    asking: str = "open",
    region: UUID | None = None,
    courses: tuple[UUID, ...] = (),
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    ends_on: date | None = None,
) -> Intake:
    """A cohort for ``course`` (and ``courses``)."""
    offered = (course, *courses)
    programme = said("programme.registered", ProgrammeRegistered("LMS Pamong Desa", courses=offered, region=region))
    window = {"opens_at": opens_at, "closes_at": closes_at}
    fields = {"programme": programme, "name": "Angkatan 2026", "courses": offered, "asking": asking, "quotas": quotas}
    cohort = said("cohort.registered", msgspec.convert({**fields, **window}, CohortRegistered))
    batch = said("batch.registered", BatchRegistered(cohort, "Tahap 1", ends_on=ends_on))
    made = [
        said("session.registered", SessionRegistered(batch, PARTS[n % 3], capacity, "08:00", "10:00", "WIB", (1, 2, 3)))  # type: ignore[arg-type]
        for n in range(sessions)
    ]
    return Intake(
        Programme.objects.get(pk=programme),
        Cohort.objects.get(pk=cohort),
        Batch.objects.get(pk=batch),
        [Session.objects.get(pk=one) for one in made],
    )


def approve(enrolment: Enrolment, by: Person) -> None:
    said("enrolment.approved", EnrolmentApproved(enrolment.pk), enrolment.person_id, by)


def decline(enrolment: Enrolment, by: Person, reason: str = "Sudah ada utusan lain") -> None:
    said("enrolment.declined", EnrolmentDeclined(enrolment.pk, reason), enrolment.person_id, by)


def withdraw(enrolment: Enrolment, by: Person) -> None:
    said("enrolment.withdrawn", EnrolmentWithdrawn(enrolment.pk), enrolment.person_id, by)


def rolled_out(programme: UUID, region: UUID, by: Person | None = None, **sheet: str) -> UUID:
    """The programme is kept for the region, with these fields of the sheet. The roll-out's id."""
    made = said("rollout.registered", RolloutRegistered(programme, region), actor=by)
    if sheet:
        changes = {field: {"value": value, "bases": [str(made)]} for field, value in sheet.items()}
        said("rollout.changed", msgspec.convert({"changes": changes}, RolloutChanged), made, by)
    return made


def step(rollout: UUID, status: str, on: date, by: Person | None = None, **rest: Any) -> UUID:
    """The region reached a step."""
    return said("rollout.status_reported", StatusReported(status, on, **rest), rollout, by)  # type: ignore[arg-type]


def signed(rollout: UUID, on: date, by: Person | None = None, leader: str = "Sulaiman") -> UUID:
    """A leader signed a paper."""
    paper = File("b" * 64, "komitmen.pdf", "application/pdf", 900)
    return said("rollout.commitment_signed", CommitmentSigned(leader, "Bupati", on, paper), rollout, by)
