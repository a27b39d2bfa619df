"""Taking requests in: the hub answers each once, one cohort at a time, in the order of its log.

However many processes would answer at once, one sits at a cohort's desk, and under its lock (``promoting.locked``).
A request that was answered is known by the ids of the answers, which follow from the request.
"""

import logging
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from balai.common.ids import derived
from balai.log import kinds
from balai.log.followups import LeftToAnother
from balai.log.models import Entry, FollowUp
from balai.log.positions import hand_out
from balai.log.record import Deed, record_many
from balai.log.taking import DATABASE_AWAY
from balai.programmes.cohorts.models import Cohort

from . import promoting
from .desk import Desk, Request, hub_day
from .models import Approval, Enrolment

logger = logging.getLogger(__name__)
#: How many requests are answered in one transaction.
CHUNK = 500
#: From what the ids of the hub's answers to a request are derived.
ANSWERS = ("seat", "waiting", "declined")


class Due(NamedTuple):
    """A request whose turn it is, because of the entry ``entry``; ``agreed``: a coordinator said yes with it."""

    entry: UUID
    cohort: UUID
    enrolment: UUID
    agreed: bool


def take_in(ids: list[UUID]) -> None:
    """Answer every request to which an answer was promised, in the order of the log. Repeatable.

    ``ids``: the entries that asked or agreed just now; they are among those. Raises ``RuntimeError`` when one of them
    could not be answered, after all others were; ``LeftToAnother`` when another process is at that cohort's desk: it
    looks once more before it leaves, and this request is in the log already.
    """
    hand_out()
    stuck: set[UUID] = set()
    left: set[UUID] = set()
    away: set[UUID] = set()  # what comes later for a desk that somebody else sat at must not pass what was left there
    while due := _due(stuck | left):
        for cohort, requests in groupby(sorted(due, key=lambda one: one.cohort), key=lambda one: one.cohort):
            mine = list(requests)
            if cohort not in away:
                try:
                    stuck |= _answer(cohort, mine)
                except LeftToAnother:
                    away.add(cohort)
            if cohort in away:
                left |= {one.entry for one in mine}
    if not stuck.isdisjoint(ids):
        raise RuntimeError("some requests were not answered; the program's log says why")
    if not left.isdisjoint(ids):
        raise LeftToAnother


JOB = f"{take_in.__module__}.{take_in.__qualname__}"


def _due(stuck: set[UUID]) -> list[Due]:
    """The next requests, by position.

    Positions are given in one step, so whoever sees one sees every earlier one: nobody is passed over.
    """
    promised = FollowUp.objects.filter(job=JOB, entry__standing__position__isnull=False).exclude(entry__in=stuck)
    entries = list(promised.order_by("entry__standing__position").values_list("entry", flat=True)[:CHUNK])
    agreed = dict(Approval.objects.filter(pk__in=entries).values_list("pk", "enrolment"))
    wanted = [(entry, agreed.get(entry, entry)) for entry in entries]
    inside = Enrolment.objects.filter(pk__in=[enrolment for _entry, enrolment in wanted], session__isnull=False)
    cohorts = dict(inside.values_list("pk", "session__batch__cohort"))
    _forget(entry for entry, enrolment in wanted if enrolment not in cohorts)
    return [Due(entry, cohorts[one], one, entry in agreed) for entry, one in wanted if one in cohorts]


def _forget(entries: Iterable[UUID]) -> None:
    """The promise is kept: whoever else made it finds nothing left to do."""
    FollowUp.objects.filter(job=JOB, entry__in=list(entries)).delete()


def _answer(cohort: UUID, due: Sequence[Due]) -> set[UUID]:
    """Answer ``due``; halved where it fails, so that one broken request stands alone. Returns the entries left."""
    try:
        with transaction.atomic():
            _sit_down(cohort)
            _answer_together(promoting.locked(cohort), due)
    except (*DATABASE_AWAY, LeftToAnother):
        raise
    except Exception:
        if len(due) == 1:
            logger.exception("the request behind the entry %s was not answered", due[0].entry)
            return {due[0].entry}
        middle = len(due) // 2
        return _answer(cohort, due[:middle]) | _answer(cohort, due[middle:])
    return set()


def _sit_down(cohort: UUID) -> None:
    """One process at a time answers a cohort's requests; raises ``LeftToAnother`` when one does already.

    Else thousands who ask at once would hold every process of the server in the line for the cohort's lock, each for
    its own request; so the one at the desk answers them together. (SQLite has one writer at a time anyway.)
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [cohort.int % 2**63])
            if not cursor.fetchone()[0]:
                raise LeftToAnother


def _answer_together(cohort: Cohort, due: Sequence[Due]) -> None:
    promoting.catch_up(cohort)  # whoever waits for a seat that a change made free comes before who asks now
    requests = _unanswered(cohort, due)
    if requests:  # else another process answered them while this one waited for the lock
        record_many(_answers(Desk(cohort, requests, hub_day()), requests))
    _forget(one.entry for one in due)


def _answers(desk: Desk, requests: Iterable[Request]) -> list[Deed]:
    """What becomes of each request; of one that stands there twice only once."""
    deeds: dict[UUID, Deed] = {}
    for request in requests:
        deed = None if request.enrolment.pk in deeds else desk.answer(request)
        if deed:
            deeds[request.enrolment.pk] = deed
    return list(deeds.values())


def _unanswered(cohort: Cohort, due: Sequence[Due]) -> list[Request]:
    """The requests of ``due`` that nobody answered and nobody took back, in their order.

    One stands there twice when it was asked and agreed to meanwhile: its turn is that of the entry that made it ready.
    """
    answers = {derived(one.enrolment, word): one.enrolment for one in due for word in ANSWERS}
    answered = {answers[id] for id in Entry.objects.filter(pk__in=answers).values_list("pk", flat=True)}
    wanted = {one.enrolment for one in due} - answered
    going = Enrolment.objects.going().select_related("person__region").in_bulk(wanted)
    free = cohort.asking == Cohort.Asking.OPEN
    at_desk = [(going[one.enrolment], one.agreed) for one in due if one.enrolment in going]
    return [Request.of(one, approved=free or agreed or not one.by_oneself) for one, agreed in at_desk]


def _is_for_a_cohort(taken: kinds.Taken, batch: object) -> bool:
    """Outside any cohort there is no turn: ``enrolling.give_seats`` answers."""
    return taken.entry.kind == "enrolment.approved" or taken.payload.session is not None


for _kind in ("enrolment.asked", "enrolment.approved"):
    kinds.follow(_kind, take_in, _is_for_a_cohort)
