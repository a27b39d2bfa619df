"""Whoever waits moves up when a seat is free: in the order in which the hub took them in."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from balai.log import kinds
from balai.log.models import Entry, FollowUp
from balai.log.record import record_many
from balai.programmes.cohorts.models import Cohort, Deviation, Session
from balai.programmes.cohorts.quotas import Bucket
from balai.regions import codes

from .counting import held_in_sessions
from .desk import Desk, Request, hub_day
from .models import Waiting, WaitingQuerySet

#: How many of those who wait are looked at together.
CHUNK = 500


def locked(cohort: UUID) -> Cohort:
    """The cohort, held until the transaction ends: whoever gives its seats does it alone.

    Rows that point at it may still be written meanwhile (PostgreSQL's "no key" lock).
    """
    return Cohort.objects.select_for_update(no_key=True).get(pk=cohort)


def reconsider(ids: list[UUID]) -> None:
    """After a capacity, a quota or the courses of a cohort changed: whoever fits now moves up. Repeatable."""
    subjects = Entry.objects.filter(pk__in=ids).values("subject")
    cohorts = set(Deviation.objects.filter(pk__in=ids).values_list("cohort", flat=True))
    cohorts |= set(Session.objects.filter(pk__in=subjects).values_list("batch__cohort", flat=True))
    cohorts |= set(Cohort.objects.filter(pk__in=subjects).values_list("pk", flat=True))
    for cohort in sorted(cohorts):
        with transaction.atomic():
            promote(locked(cohort))


_JOB = f"{reconsider.__module__}.{reconsider.__qualname__}"


def catch_up(cohort: Cohort) -> None:
    """Whatever ``reconsider`` still has to do is done for ``cohort`` now. Under its lock."""
    if FollowUp.objects.filter(job=_JOB).exists():
        promote(cohort)


def promote(cohort: Cohort, sessions: Iterable[UUID] = (), buckets: Iterable[Bucket] = ()) -> None:
    """Give free seats to those who wait, under the cohort's lock.

    ``sessions`` and ``buckets``: where something became free, so that only those are looked at whom it may help.
    """
    waiting = Waiting.objects.still().filter(cohort=cohort)
    helped = _in_buckets(buckets) | Q(session__in=list(sessions))
    waiting = waiting.filter(helped) if sessions or buckets else waiting
    free = _free_sessions(cohort)
    turn = 0
    while free and (some := _next(waiting, free, turn)):
        desk = Desk(cohort, some, hub_day())
        record_many([deed for request in some if (deed := desk.promote(request))])
        free = [session for session in free if desk.free(session) > 0]
        turn = some[-1].turn or 0


def _next(waiting: WaitingQuerySet, sessions: list[UUID], turn: int) -> list[Request]:
    rows = waiting.filter(session__in=sessions, turn__gt=turn).select_related("enrolment__person__region")
    return [Request.of(row.enrolment, turn=row.turn) for row in rows.order_by("turn")[:CHUNK]]


def _free_sessions(cohort: Cohort) -> list[UUID]:
    capacities = dict(Session.objects.filter(batch__cohort=cohort).values_list("pk", "capacity"))
    held = held_in_sessions(capacities)
    return [session for session, capacity in capacities.items() if held[session] < capacity]


def _in_buckets(buckets: Iterable[Bucket]) -> Q:
    wanted = Q(pk__in=())
    for course, _level, code in buckets:
        wanted |= Q(course=course) & (codes.below(code, "region__code") if code else Q())
    return wanted


for _kind in ("session.changed", "cohort.changed", "quota.deviated"):
    kinds.follow(_kind, reconsider)
