"""Jobs of the hub: marking attempts that arrived from elsewhere, or that a crash left unmarked."""

from collections.abc import Set
from uuid import UUID

import msgspec
from django.db import transaction

from balai.log import kinds
from balai.log.models import Entry
from balai.log.nodekeys import this_node
from balai.log.record import record_many

from . import judging
from .contents import content
from .history import History
from .marking import Given
from .models import Attempt


def mark_attempts(ids: list[UUID]) -> None:
    """Mark every attempt of ``ids`` that has no mark, with all that wait beside it. Repeatable."""
    unmarked = Attempt.objects.filter(pk__in=ids).unmarked().select_related("person")
    waiting = {(a.person.merged_into_id or a.person_id, a.test_id) for a in unmarked}
    for person, test in sorted(waiting):
        _mark_all(person, test)


def _mark_all(person: UUID, test: UUID) -> None:
    """First come, first counted: one person's attempts at a test are decided in the hub's order, one at a time."""
    with transaction.atomic():
        judging.lock(person)
        history = History.of(person, content(test))
        used = history.used
        entries = Entry.objects.select_related("standing").in_bulk([one.id for one in history.waiting])
        decisions = []
        for attempt in sorted(history.waiting, key=lambda one: (entries[one.id].standing.received_at, one.id)):
            given = msgspec.convert(attempt.answers, list[Given])
            ours = entries[attempt.id].node == this_node().id
            decision = judging.decide(content(attempt.test_id), attempt.id, given, used, ours)
            used += decision.outcome in {"passed", "failed"}
            decisions.append(judging.deed(decision, attempt.person_id, entries[attempt.id].audience))
        record_many(decisions)


def _alone(taken: kinds.Taken, batch: Set[UUID]) -> bool:
    """Whether it came without its mark; what is submitted here brings it along."""
    return judging.mark_id(taken.id) not in batch


kinds.follow("attempt.submitted", mark_attempts, when=_alone)
