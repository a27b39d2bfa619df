"""The hub's decision on an attempt: its marks, and whether it counts."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connections, router

from balai.common.ids import derived
from balai.log.record import Deed
from balai.people.models import Person

from .contents import Content
from .entries import AttemptMarked, Decision
from .marking import Given, in_time, mark, passes


def decide(
    content: Content, attempt: UUID, given: Sequence[Given], may: bool, seconds: int | None, ours: bool
) -> AttemptMarked:
    """The decision on ``attempt``, of which answers counted for ``seconds`` after its start.

    ``may``: whether this person had an attempt left. ``ours``: the hub itself started it and received every answer.
    A sealed test taken elsewhere is marked and does not count until a person decides, because nobody vouches for its
    time and its paper.
    """
    keys = {place.question: content.keys[place.question] for place in content.paper(attempt)}
    marks = mark(in_time(given, seconds), keys)
    return AttemptMarked(attempt, _outcome(content, marks.score, may, ours), marks.score, marks.questions, seconds)


def _outcome(content: Content, score: int, may: bool, ours: bool) -> Decision:
    if not (ours or content.practice):
        return "unproven"
    if not may:
        return "over_limit"
    return "passed" if passes(score, content.rules.passing) else "failed"


def deed(decision: AttemptMarked, person: UUID, audience: UUID | None) -> Deed:
    """The decision as a deed of the hub; its id follows from the attempt, so that it is taken once."""
    return Deed(
        "attempt.marked",
        decision,
        subject=person,
        audience=audience,
        proof="hub",
        id=mark_id(decision.attempt),
    )


def mark_id(attempt: UUID) -> UUID:
    """The id of the decision on ``attempt``."""
    return derived(attempt, "mark")


def lock(person: UUID) -> None:
    """Hold the row of ``person`` until the transaction ends, so that nobody else counts their attempts.

    SQLite has one writer at a time and no rows to lock.
    """
    if connections[router.db_for_write(Person)].features.has_select_for_update:
        Person.objects.select_for_update(no_key=True).values_list("pk").get(pk=person)
