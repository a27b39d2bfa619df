"""Marking: a pure function from answers and keys to marks. The hub's word; a phone's for practice.

In JavaScript: ``web/static/js/marking.mjs``. Both are held to ``vectors/marking.json``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from . import choice  # noqa: F401  (registers the kinds of question)
from .published import Key
from .question_kinds import FULL, QUESTION_KINDS

Answers = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Marks:
    """Per mille of every question on the paper, by its slug, and of the whole."""

    score: int
    questions: dict[str, int]


def mark(answers: Answers, keys: Mapping[str, Key]) -> Marks:
    """The marks for ``answers``, one for each of ``keys`` (the keys of the questions on the paper).

    Each question weighs the same, one without an answer earns nothing, an answer to a question that is not
    on the paper is passed over. The score is rounded down, so no rounding makes a pass.
    """
    questions = {slug: _mark(answers.get(slug, ()), key) for slug, key in keys.items()}
    return Marks(sum(questions.values()) // max(len(questions), 1), questions)


def _mark(chosen: Sequence[str], key: Key) -> int:
    return QUESTION_KINDS[key.kind].mark(set(chosen), set(key.right), set(key.wrong)) if chosen else 0


def result(marks: int) -> str:
    """What the marks of one question mean: "right", "partial" or "wrong"."""
    if marks == FULL:
        return "right"
    return "partial" if marks else "wrong"


def passes(score: int, passing: int) -> bool:
    """Whether a score per mille reaches ``passing`` percent."""
    return score >= passing * 10
