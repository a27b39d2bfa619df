"""Asking for a place in a course, and the hub's answer where no cohort stands in between."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from balai.common import clock
from balai.common.ids import derived
from balai.common.problems import NOT_FOUND, Problem, Refusal
from balai.courses import access
from balai.courses.models import Course, CourseVersion
from balai.log import kinds
from balai.log.models import Entry
from balai.log.record import Deed, record, record_many
from balai.people.models import Person, PersonQuerySet

from . import problems
from .cohorts.models import Cohort, Session
from .entries import EnrolmentAsked
from .models import Decline, Enrolment, Seat, admitted
from .rules import ENROLLERS
from .seats.desk import declined, hub_day
from .seats.entries import SeatGiven


@dataclass(frozen=True)
class Enrolled:
    """One course that a person asked for: ``seated_at`` is None while the answer is out."""

    course: Course
    version: CourseVersion
    asked_at: datetime
    seated_at: datetime | None


def ask(actor: Person, person: Person, course: Course, programme: UUID | None = None) -> Entry:
    """``actor`` asks that ``person`` takes part in ``course``, outside any cohort. Raises ``Refusal``; asking twice is
    refused, and so is a course of which a cohort gives the seats.
    """
    has_seat = Seat.objects.held().filter(person__in=person.identities, course=course).exists()
    asked = Enrolment.objects.of(person).going().filter(course=course, asked_by=actor.id, session=None).exists()
    if has_seat or asked:
        raise Refusal(problems.ENROLLED_ALREADY, name=person.name)
    if governing(person, course.pk):
        raise Refusal(problems.NEEDS_A_SESSION)
    version = course.newest
    payload = EnrolmentAsked(course=course.pk, version=version.pk, programme=programme)
    return record("enrolment.asked", payload, actor=actor.id, subject=person.id, audience=person.region_id)


def governing(person: Person, course: UUID) -> list[Cohort]:
    """The cohorts that give the seats of ``course`` to people of that region, the latest first. One query."""
    code = person.region.code if person.region else ""
    found = Cohort.objects.governing(code, hub_day()).select_related("programme").order_by("-registered_at", "pk")
    return [cohort for cohort in found if cohort.offers(course)]


@dataclass(frozen=True)
class Asked:
    """What became of asking for several people: ``sent``: the request of each; ``against``: why not, of the others."""

    sent: dict[UUID, UUID]
    against: dict[UUID, Problem]


def request(actor: Person, people: Sequence[Person], course: Course, where: Session) -> Asked:
    """``actor`` asks for a seat in the session ``where`` for each of ``people`` (their regions loaded).

    Whoever can be asked for is recorded together. Raises ``Refusal`` when it is refused for all alike. A fixed number
    of queries.
    """
    cohort = where.batch.cohort
    _insist_open(actor, people, cohort, where)
    if not cohort.offers(course.pk):
        raise Refusal(problems.NOT_OFFERED)
    against = hindered(actor, people, course, cohort)
    version = course.newest
    payload = EnrolmentAsked(course.pk, version.pk, cohort.programme_id, where.pk)
    chosen = [person for person in people if person.pk not in against]
    deeds = [Deed("enrolment.asked", payload, actor.id, person.id, person.region_id) for person in chosen]
    entries = record_many(deeds) if deeds else []
    return Asked({person.pk: entry.id for person, entry in zip(chosen, entries, strict=True)}, against)


def session(id: UUID) -> Session:
    """The session with this id, with what a request for it is judged by. Raises ``Refusal`` (404)."""
    found = Session.objects.select_related("batch__cohort__programme__region").filter(pk=id).first()
    if found is None:
        raise Refusal(NOT_FOUND)
    return found


def _insist_open(actor: Person, people: Iterable[Person], cohort: Cohort, where: Session) -> None:
    now = clock.wall()
    if cohort.is_early(now) or cohort.is_late(now) or where.batch.is_over(hub_day()):
        raise Refusal(problems.NOT_OPEN)
    alone = any(person.pk == actor.pk for person in people)
    if alone and cohort.asking == Cohort.Asking.COORDINATOR:
        raise Refusal(problems.ONLY_BY_COORDINATOR)


def hindered(actor: Person, people: Sequence[Person], course: Course, cohort: Cohort) -> dict[UUID, Problem]:
    """Who takes part in ``course`` already, or asked for it, and who cannot be brought in by ``actor``."""
    ids = {person.pk for person in people}
    # Asked in two steps: in one, with "or", the database goes through all requests of the cohort for each new one.
    merged = dict(Person.objects.filter(merged_into__in=ids).values_list("pk", "merged_into"))
    going = Enrolment.objects.going().of_cohort(cohort).filter(course=course, person__in=ids | merged.keys())
    asked = going.values_list("person", flat=True)
    known = {id for person in asked for id in (person, merged.get(person)) if id in ids}
    against = dict.fromkeys(known, problems.TAKING_PART)
    code = cohort.programme.region.code if cohort.programme.region else ""
    for person in people:
        home = person.region.code if person.region else ""
        if code and not f"{home}.".startswith(f"{code}."):
            against[person.pk] = problems.NOT_FOR_THEM
        elif person.pk != actor.pk and not actor.reach.covers(home, *ENROLLERS):
            against[person.pk] = problems.OUT_OF_REACH
    return against


def give_seats(ids: list[UUID]) -> None:
    """Answer the requests with ``ids``, made outside any cohort: a seat at once; repeatable.

    A restricted course is not entered by asking: that request waits until a coordinator asks for the person too.
    Where a cohort gives the seats, the answer is no.
    """
    with transaction.atomic():
        asked = Enrolment.objects.waiting().filter(pk__in=ids).select_related("course__current", "person__region")
        at_once = [one for one in asked if one.course.newest.open or not one.by_oneself]
        governed = _governed(at_once)
        deeds = [declined(one, Decline.Rule.SESSION) if one.pk in governed else _seat(one) for one in at_once]
        if deeds:
            record_many(deeds)


def _governed(enrolments: Iterable[Enrolment]) -> set[UUID]:
    """Those of whose courses a cohort gives the seats. One query for each region among them."""
    known: dict[tuple[UUID | None, UUID], bool] = {}
    found = set()
    for one in enrolments:
        place = one.person.region_id, one.course_id
        if place not in known:
            known[place] = bool(governing(one.person, one.course_id))
        if known[place]:
            found.add(one.pk)
    return found


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
    held = Seat.objects.held().filter(person__in=person.identities)
    for course, given_at in held.values_list("course", "given_at"):
        seats[course] = min(given_at, seats.get(course, given_at))
    found: dict[UUID, Enrolled] = {}
    for row in Enrolment.objects.of(person).going().select_related("course__current"):
        enrolled_in = Enrolled(row.course, row.course.newest, row.asked_at, seats.get(row.course_id))
        found.setdefault(row.course_id, enrolled_in)
    return list(found.values())


def waiting_for(coordinator: Person, course: Course) -> list[Enrolment]:
    """Requests for ``course`` that people of the coordinator's regions made and that nobody answered yet."""
    people: PersonQuerySet = coordinator.reach.people(*ENROLLERS)
    waiting = Enrolment.objects.waiting().filter(course=course, person__in=people)
    return list(waiting.select_related("person__region").order_by("asked_at", "pk"))


access.register(admitted)
kinds.follow("enrolment.asked", give_seats, lambda taken, batch: taken.payload.session is None)
