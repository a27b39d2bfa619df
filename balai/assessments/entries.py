"""The kinds of this room: a test is published, an attempt submitted, an attempt marked."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec

from balai.courses.rules import may_publish
from balai.log import handlers, kinds
from balai.log.models import Entry
from balai.people.rules import only_oneself

from .contents import content
from .marking import Given
from .models import Attempt, Mark, Test
from .published import Keys, Question, Rules

TestKind = Literal["practice", "certificate"]
Decision = Literal["passed", "failed", "over_limit", "unproven"]
PerMille = Annotated[int, msgspec.Meta(ge=0, le=1000)]


class TestPublished(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A test as one course version freezes it.

    ``test`` is the id that all versions of the test share, ``version`` the course's. Of ``keys`` (practice)
    and ``sealed`` (base64, sealed to the hub) one is given.
    """

    test: UUID
    version: UUID
    slug: str
    title: str
    kind: TestKind
    rules: Rules
    questions: tuple[Question, ...]
    keys: Keys | None = None
    sealed: str = ""


class AttemptSubmitted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody answered, in the order of saving. The entry's id is the attempt's and draws its paper.

    ``test`` is the id of the published test; ``Given.at`` counts seconds from ``started_at``.
    """

    test: UUID
    started_at: Annotated[datetime, msgspec.Meta(tz=True)]
    answers: Annotated[tuple[Given, ...], msgspec.Meta(max_length=2_000)]


class AttemptMarked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The hub's decision: scores per mille, of the whole and of every question on the paper."""

    attempt: UUID
    outcome: Decision
    score: PerMille
    questions: dict[str, PerMille]


def _test(taken: kinds.Taken) -> dict[str, Any]:
    payload: TestPublished = taken.payload
    return {
        "identity": payload.test,
        "version_id": payload.version,
        "slug": payload.slug,
        "title": payload.title,
        "kind": payload.kind,
        "rules": msgspec.to_builtins(payload.rules),
        "questions": msgspec.to_builtins(payload.questions),
        "keys": msgspec.to_builtins(payload.keys),
        "sealed": payload.sealed,
    }


_insert_tests = handlers.fact(Test, _test)


def _apply_tests(group: list[kinds.Taken]) -> None:
    _insert_tests(group)
    content.cache_clear()  # ids follow from course and number: a data folder that was put back may reuse them


def _attempt(taken: kinds.Taken) -> dict[str, Any]:
    payload: AttemptSubmitted = taken.payload
    return {
        "person_id": taken.subject,
        "test_id": payload.test,
        "answers": msgspec.to_builtins(payload.answers),
        "started_at": payload.started_at,
        "submitted_at": taken.made_at,
    }


def _mark(taken: kinds.Taken) -> dict[str, Any]:
    payload: AttemptMarked = taken.payload
    return {
        "attempt_id": payload.attempt,
        "outcome": payload.outcome,
        "score": payload.score,
        "questions": payload.questions,
        "marked_at": taken.made_at,
    }


kinds.register(
    kinds.Kind(
        name="test.published",
        payloads=(TestPublished,),
        apply=_apply_tests,
        may=may_publish,
        proof=Entry.Proof.HUB,
        needs=lambda taken: [("course.version_published", taken.payload.version)],
        withdraw=handlers.withdraw_rows(Test),
    )
)
kinds.register(
    kinds.Kind(
        name="attempt.submitted",
        payloads=(AttemptSubmitted,),
        apply=handlers.fact(Attempt, _attempt),
        may=only_oneself,
        proof=Entry.Proof.PERSON,
        needs=lambda taken: [("person.registered", taken.subject), ("test.published", taken.payload.test)],
        withdraw=handlers.withdraw_rows(Attempt),
    )
)
kinds.register(
    kinds.Kind(
        name="attempt.marked",
        payloads=(AttemptMarked,),
        apply=handlers.fact(Mark, _mark),
        may=kinds.only_hub,
        proof=Entry.Proof.HUB,
        needs=lambda taken: [("attempt.submitted", taken.payload.attempt)],
        withdraw=handlers.withdraw_rows(Mark),
    )
)
