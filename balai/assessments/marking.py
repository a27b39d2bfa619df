"""Marking: a pure function from answers and keys to marks. The hub's word; a phone's for practice.

In JavaScript: ``web/static/js/marking.mjs``. Both are held to ``vectors/marking.json``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec

from . import choice, matching, ordering, typed  # noqa: F401  (each registers its kinds of question)
from .published import Key, Question
from .question_kinds import FULL, QUESTION_KINDS

Answers = Mapping[str, Sequence[str]]
#: Seconds after the deadline in which an answer still counts: the way of the last one over a slow network.
GRACE = 30


class Given(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One answer as it was saved: what was chosen, and when, in seconds after the start."""

    question: str
    chosen: tuple[str, ...]
    at: int


@dataclass(frozen=True)
class Marks:
    """Per mille of every question on the paper, by its slug, and of the whole."""

    score: int
    questions: dict[str, int]


def in_time(given: Sequence[Given], seconds: int | None) -> dict[str, tuple[str, ...]]:
    """The answers that count: of every question the last one saved within ``seconds`` after the start.

    A late answer is kept with the attempt and not counted; the one saved before it is.
    """
    counted = [one for one in given if _counts(one, seconds)]
    return {one.question: one.chosen for one in sorted(counted, key=lambda one: one.at)}


def late_count(given: Sequence[Given], seconds: int | None) -> int:
    """How many answers came too late to count."""
    return sum(not _counts(one, seconds) for one in given)


def _counts(one: Given, seconds: int | None) -> bool:
    return seconds is None or one.at <= seconds + GRACE


def mark(answers: Answers, keys: Mapping[str, Key]) -> Marks:
    """The marks for ``answers``, one for each of ``keys`` (the keys of the questions on the paper).

    Each question weighs the same, one without an answer earns nothing, an answer to a question that is not
    on the paper is passed over. The score is rounded down, so no rounding makes a pass.
    """
    questions = {slug: _mark(answers.get(slug, ()), key) for slug, key in keys.items()}
    return Marks(sum(questions.values()) // max(len(questions), 1), questions)


def _mark(chosen: Sequence[str], key: Key) -> int:
    return QUESTION_KINDS[key.kind].mark(set(chosen), key) if chosen else 0


def fits(chosen: Sequence[str], question: Question) -> bool:
    """Whether ``chosen`` may be kept as an answer to ``question``, right or wrong."""
    return QUESTION_KINDS[question.kind].fits(set(chosen), question)


def result(marks: int) -> str:
    """What the marks of one question mean: "right", "partial" or "wrong"."""
    if marks == FULL:
        return "right"
    return "partial" if marks else "wrong"


def passes(score: int, passing: int) -> bool:
    """Whether a score per mille reaches ``passing`` percent."""
    return score >= passing * 10
