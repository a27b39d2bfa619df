"""The kinds of this room: a test is published, an attempt submitted, an attempt marked."""

from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec

from balai.courses.rules import may_publish
from balai.log import handlers, kinds
from balai.log.models import Entry
from balai.people.rules import only_oneself

from .contents import content
from .marking import Given
from .models import Attempt, Extension, Mark, Test
from .published import Keys, Moment, Question, Rules
from .rules import may_extend

TestKind = Literal["pretest", "practice", "posttest", "certificate"]
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
    started_at: Moment
    answers: Annotated[tuple[Given, ...], msgspec.Meta(max_length=2_000)]


class AttemptMarked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The hub's decision: scores per mille, of the whole and of every question on the paper.

    ``seconds``: how long after the start answers counted; ``None`` without a limit.
    """

    attempt: UUID
    outcome: Decision
    score: PerMille
    questions: dict[str, PerMille]
    seconds: Annotated[int, msgspec.Meta(ge=0)] | None = None


Reason = Annotated[str, msgspec.Meta(min_length=3, max_length=300)]


#: A week: for a village that the road or the network left out.
ExtraMinutes = Annotated[int, msgspec.Meta(ge=0, le=7 * 24 * 60)]
ExtraAttempts = Annotated[int, msgspec.Meta(ge=0, le=3)]


class AttemptExtended(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The subject has ``minutes`` more for the test (the id that all its versions share), or more attempts at it."""

    test: UUID
    reason: Reason
    minutes: ExtraMinutes = 0
    attempts: ExtraAttempts = 0


class TestExtended(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The same for everybody of a region, or of the nation (``None``)."""

    test: UUID
    region: UUID | None
    reason: Reason
    minutes: ExtraMinutes = 0
    attempts: ExtraAttempts = 0


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
        "seconds": payload.seconds,
        "marked_at": taken.made_at,
    }


def _extension(taken: kinds.Taken) -> dict[str, Any]:
    payload: AttemptExtended | TestExtended = taken.payload
    return {
        "identity": payload.test,
        "person_id": taken.subject if isinstance(payload, AttemptExtended) else None,
        "region_id": payload.region if isinstance(payload, TestExtended) else None,
        "minutes": payload.minutes,
        "attempts": payload.attempts,
        "reason": payload.reason,
        "given_by": taken.actor,
        "given_at": taken.made_at,
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
kinds.register(
    kinds.Kind(
        name="attempt.extended",
        payloads=(AttemptExtended,),
        apply=handlers.fact(Extension, _extension),
        may=may_extend,
        proof=Entry.Proof.PERSON,
        needs=lambda taken: [("person.registered", taken.subject)],
        withdraw=handlers.withdraw_rows(Extension),
    )
)
kinds.register(
    kinds.Kind(
        name="test.extended",
        payloads=(TestExtended,),
        apply=handlers.fact(Extension, _extension),
        may=may_extend,
        proof=Entry.Proof.PERSON,
        needs=lambda taken: [("region.changed", taken.payload.region)] if taken.payload.region else [],
        withdraw=handlers.withdraw_rows(Extension),
    )
)
