"""Asking for a place in a course, and the hub's answer."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from balai.common.ids import derived
from balai.common.problems import Refusal
from balai.courses import access
from balai.courses.models import Course, CourseVersion
from balai.log import kinds
from balai.log.models import Entry
from balai.log.record import Deed, record, record_many
from balai.people.models import Person, PersonQuerySet

from . import problems
from .entries import EnrolmentAsked, SeatGiven
from .models import Enrolment, Seat, admitted
from .rules import ENROLLERS


@dataclass(frozen=True)
class Enrolled:
    """One course that a person asked for: ``seated_at`` is None while the answer is out."""

    course: Course
    version: CourseVersion
    asked_at: datetime
    seated_at: datetime | None


def ask(actor: Person, person: Person, course: Course, programme: UUID | None = None) -> Entry:
    """``actor`` asks that ``person`` takes part in ``course``. Raises ``Refusal``; asking twice is refused."""
    has_seat = Seat.objects.filter(person__in=person.identities, course=course).exists()
    asked = Enrolment.objects.of(person).filter(course=course, asked_by=actor.id).exists()
    if has_seat or asked:
        raise Refusal(problems.ENROLLED_ALREADY, name=person.name)
    version = course.newest
    payload = EnrolmentAsked(course=course.pk, version=version.pk, programme=programme)
    return record("enrolment.asked", payload, actor=actor.id, subject=person.id, audience=person.region_id)


def give_seats(ids: list[UUID]) -> None:
    """Answer the requests with ``ids``: a seat at once, as no course has a quota yet; repeatable.

    A restricted course is not entered by asking: that request waits until a coordinator asks for the person too.
    """
    with transaction.atomic():
        asked = Enrolment.objects.waiting().filter(pk__in=ids).select_related("course__current", "person")
        deeds = [_seat(enrolment) for enrolment in asked if _answered_at_once(enrolment)]
        if deeds:
            record_many(deeds)


def _answered_at_once(enrolment: Enrolment) -> bool:
    return enrolment.course.newest.open or not enrolment.by_oneself


def _seat(enrolment: Enrolment) -> Deed:
    return Deed(
        "seat.given",
        SeatGiven(enrolment=enrolment.pk, course=enrolment.course_id),
        subject=enrolment.person_id,
        audience=enrolment.person.region_id,
        id=derived(enrolment.pk, "seat"),
        proof=Entry.Proof.HUB,
    )


def enrolled(person: Person) -> list[Enrolled]:
    """The courses that a person asked for or was brought into, the latest first, once each; two queries."""
    seats: dict[UUID, datetime] = {}
    for course, given_at in Seat.objects.filter(person__in=person.identities).values_list("course", "given_at"):
        seats[course] = min(given_at, seats.get(course, given_at))
    found: dict[UUID, Enrolled] = {}
    for row in Enrolment.objects.of(person).select_related("course__current"):
        enrolled_in = Enrolled(row.course, row.course.newest, row.asked_at, seats.get(row.course_id))
        found.setdefault(row.course_id, enrolled_in)
    return list(found.values())


def waiting_for(coordinator: Person, course: Course) -> list[Enrolment]:
    """Requests for ``course`` that people of the coordinator's regions made and that nobody answered yet."""
    people: PersonQuerySet = coordinator.reach.people(*ENROLLERS)
    waiting = Enrolment.objects.waiting().filter(course=course, person__in=people)
    return list(waiting.select_related("person__region").order_by("asked_at", "pk"))


access.register(admitted)
kinds.follow("enrolment.asked", give_seats)
