"""The registry of question kinds: how each is written, offered, answered and marked.

An answer is a set of strings for every kind, so drafts, forms and entries treat all alike: ids of chosen options;
``item:option`` for each pair that was matched; ``option:place`` for each place that was given; or what was typed.
"""

import re
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise

from .published import Key, Question

#: The marks of a question answered fully right. Scores are integers per mille everywhere.
FULL = 1000
#: "never": the author's order says something; "if_asked": when the test is shuffled; "always": it would be the key.
Shuffle = Literal["never", "if_asked", "always"]
Control = Literal["radio", "checkbox", "pairs", "places", "number", "text"]


@dataclass(frozen=True)
class Line:
    """One line of a source file, with its number (from 1)."""

    number: int
    text: str


class Misread(ValueError):
    """A question cannot be read: ``args`` are the line's number and what is wrong, in plain words."""


@dataclass(frozen=True)
class Written:
    """The answer part of a question as its author wrote it.

    ``options``: in Markdown. ``right``: the places of the right ones; for a matching question that of the partner
    of each of ``items`` (Markdown too), for an ordering question all, in their order. ``feedback``: Markdown by the
    place of its option, with its line. ``accepted``: what may be typed, the answer to show first, with its
    ``tolerance`` and ``unit``.
    """

    options: tuple[str, ...] = ()
    right: tuple[int, ...] = ()
    items: tuple[str, ...] = ()
    feedback: tuple[tuple[int, Line], ...] = ()
    accepted: tuple[str, ...] = ()
    tolerance: str = ""
    unit: str = ""


#: The right answers and the wrong ones, when the ids of the options and of the items are given.
Sides = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class QuestionKind:
    """One kind of question.

    ``starts``: what the first line of its answer part looks like. ``claims``: whether a part that starts so
    is of this kind (kinds are asked in the order of their registration). ``read`` raises ``Misread``.
    ``sides``: what ``Key.right`` and ``Key.wrong`` hold. ``fits``: whether something may be kept as an answer.
    ``mark``: the marks, 0 to ``FULL``. ``instruction`` is read out above the controls.
    """

    name: str
    starts: re.Pattern[str]
    claims: Callable[[Written], bool]
    read: Callable[[Sequence[Line]], Written]
    sides: Callable[[Written, Sequence[str], Sequence[str]], Sides]
    fits: Callable[[AbstractSet[str], Question], bool]
    mark: Callable[[AbstractSet[str], Key], int]
    shuffle: Shuffle
    instruction: Promise
    control: Control


QUESTION_KINDS: dict[str, QuestionKind] = {}


def register(kind: QuestionKind) -> None:
    """Enter ``kind``. Raises ``ValueError`` when its name is taken."""
    if kind.name in QUESTION_KINDS:
        raise ValueError(f"two kinds of question are named {kind.name}")
    QUESTION_KINDS[kind.name] = kind


def claims_all(written: Written) -> bool:
    """For a kind that nothing else starts like."""
    return True


def pairs_fit(chosen: AbstractSet[str], firsts: Sequence[str], seconds: Sequence[str]) -> bool:
    """Whether all of ``chosen`` are ``first:second`` out of what is offered, each first at most once."""
    pairs = [one.partition(":") for one in chosen]
    taken = [first for first, _colon, _second in pairs]
    known = all(first in firsts and second in seconds for first, _colon, second in pairs)
    return known and len(set(taken)) == len(taken)
