"""Seats that are given back: the hub takes each back once, and lets the next one move up.

The cohort is locked before its seats are looked at: a seat that is being given this moment is seen, and taken back too.
"""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from balai.log import kinds
from balai.log.models import Entry
from balai.log.record import record_many
from balai.people.models import Person
from balai.programmes.cohorts.models import Cohort
from balai.programmes.cohorts.quotas import Quotas

from . import promoting
from .desk import released
from .models import Decline, Enrolment, EnrolmentQuerySet, Seat, SeatQuerySet, Withdrawal

Because = Seat.Because
Choose = Callable[[Iterable[Seat]], list[Seat]]


def let_go(ids: list[UUID]) -> None:
    """After requests were withdrawn or declined: their seats are free. Repeatable."""
    withdrawn = Withdrawal.objects.filter(pk__in=ids).values_list("enrolment", flat=True)
    _release(Enrolment.objects.filter(pk__in=list(withdrawn)), Because.WITHDRAWN)
    declined = Decline.objects.filter(pk__in=ids).values_list("enrolment", flat=True)
    _release(Enrolment.objects.filter(pk__in=list(declined)), Because.DECLINED)


def let_go_of_people(ids: list[UUID]) -> None:
    """After people's records were withdrawn: so are their seats. Repeatable."""
    people = list(Entry.objects.filter(pk__in=ids).values_list("subject", flat=True))
    _release(Enrolment.objects.filter(person__in=people, person__withdrawn_at__isnull=False), Because.GONE)


def let_go_of_doubles(ids: list[UUID]) -> None:
    """After two records turned out to be one person: of two seats for one course the first stays. Repeatable."""
    merged = Entry.objects.filter(pk__in=ids).values("subject")
    whole = list(Person.objects.filter(pk__in=merged).values_list("merged_into", flat=True))
    theirs = Q(person__in=whole) | Q(person__merged_into__in=whole)
    _release(Enrolment.objects.filter(theirs), Because.DOUBLE, _later_ones)


def _later_ones(seats: Iterable[Seat]) -> list[Seat]:
    """Of seats in the order of their turns: those of a person who already has one for that course."""
    first: dict[tuple[UUID, UUID], Seat] = {}
    return [
        seat
        for seat in seats
        if first.setdefault((seat.person.merged_into_id or seat.person_id, seat.course_id), seat) is not seat
    ]


def _release(enrolments: EnrolmentQuerySet, because: str, choose: Choose = list) -> None:
    """Take back those of the seats of ``enrolments`` that are held, cohort by cohort, each under its lock."""
    found = dict(enrolments.values_list("pk", "session__batch__cohort"))
    for cohort in sorted({one for one in found.values() if one}):
        with transaction.atomic():
            _release_in(promoting.locked(cohort), list(found), because, choose)
    outside = [pk for pk, cohort in found.items() if cohort is None]
    if outside and because != Because.DOUBLE:
        with transaction.atomic():
            _release_those(list(_held(outside).filter(cohort=None)), because)


def _held(enrolments: list[UUID]) -> SeatQuerySet:
    seats = Seat.objects.held().filter(enrolment__in=enrolments)
    return seats.select_related("person", "region").order_by("turn", "pk")


def _release_in(cohort: Cohort, enrolments: list[UUID], because: str, choose: Choose) -> None:
    seats = choose(_held(enrolments).filter(cohort=cohort))
    if seats:
        _release_those(seats, because)
        quotas = Quotas(cohort)
        freed = {bucket for seat in seats for bucket, _limit in quotas.buckets(seat.course_id, _code(seat))}
        promoting.promote(cohort, {seat.session_id for seat in seats if seat.session_id}, freed)


def _release_those(seats: list[Seat], because: str) -> None:
    record_many([released(seat, because) for seat in seats])


def _code(seat: Seat) -> str:
    return seat.region.code if seat.region else ""


def _said_by_somebody(taken: kinds.Taken, batch: object) -> bool:
    """Not by the hub, whose own no goes to who has no seat."""
    return not getattr(taken.payload, "rule", "")


for _kind in ("enrolment.withdrawn", "enrolment.declined"):
    kinds.follow(_kind, let_go, _said_by_somebody)
kinds.follow("person.withdrawn", let_go_of_people)
kinds.follow("person.merged", let_go_of_doubles)
