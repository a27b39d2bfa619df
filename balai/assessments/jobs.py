"""Jobs of the hub: marking attempts that arrived from elsewhere or that a crash left unmarked, and more time."""

from collections.abc import Set
from uuid import UUID

import msgspec
from django.db import transaction

from balai.log import kinds
from balai.log.models import Entry
from balai.log.nodekeys import this_node
from balai.log.record import record_many

from . import judging, limits
from .contents import Content, content
from .drafts import Draft
from .history import History
from .marking import Given
from .models import Attempt, Extension


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
        used, allowed = history.used, history.allowed
        entries = Entry.objects.select_related("standing").in_bulk([one.id for one in history.waiting])
        decisions = []
        for attempt in sorted(history.waiting, key=lambda one: (entries[one.id].standing.received_at, one.id)):
            given = msgspec.convert(attempt.answers, list[Given])
            ours = entries[attempt.id].node == this_node().id
            seconds = _seconds(content(attempt.test_id), attempt, history)
            may = allowed is None or used < allowed
            decision = judging.decide(content(attempt.test_id), attempt.id, given, may, seconds, ours)
            used += decision.outcome in {"passed", "failed"}
            decisions.append(judging.deed(decision, attempt.person_id, entries[attempt.id].audience))
        record_many(decisions)


def _seconds(test: Content, attempt: Attempt, history: History) -> int | None:
    """How long answers count in an attempt that comes without its mark."""
    timed = test.rules.minutes is not None or test.rules.closes is not None
    end = limits.deadline(test.rules, attempt.started_at, history.extensions) if timed else None
    return limits.seconds(attempt.started_at, end)


def lengthen(ids: list[UUID]) -> None:
    """Whoever is at a test when more time is given has it from now on. Repeatable, in any order."""
    for given in Extension.objects.filter(pk__in=ids, minutes__gt=0).select_related("person", "region"):
        at_once = list(Extension.objects.at(given.identity).select_related("person", "region"))
        running = Draft.objects.open().filter(given.reach("person"), identity=given.identity, deadline__isnull=False)
        changed = list(running.select_related("person__region"))
        for draft in changed:
            theirs = [one for one in at_once if one.is_for(draft.person)]
            draft.deadline = limits.deadline(content(draft.test).rules, draft.started_at, theirs)
        Draft.objects.bulk_update(changed, ["deadline"], batch_size=500)


def _alone(taken: kinds.Taken, batch: Set[UUID]) -> bool:
    """Whether it came without its mark; what is submitted here brings it along."""
    return judging.mark_id(taken.id) not in batch


kinds.follow("attempt.submitted", mark_attempts, when=_alone)
kinds.follow("attempt.extended", lengthen)
kinds.follow("test.extended", lengthen)
