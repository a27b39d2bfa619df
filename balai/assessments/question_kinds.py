"""The registry of question kinds: how each is written, shuffled, answered and marked.

An answer is a list of strings for every kind: the ids of the chosen options, or what was typed.
"""

import re
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from django.utils.functional import Promise

#: The marks of a question answered fully right. Scores are integers per mille everywhere.
FULL = 1000


@dataclass(frozen=True)
class Line:
    """One line of a source file, with its number (from 1)."""

    number: int
    text: str


class Misread(ValueError):
    """A question cannot be read: ``args`` are the line's number and what is wrong, in plain words."""


@dataclass(frozen=True)
class Written:
    """The answer part of a question as its author wrote it: options in Markdown, and which are right."""

    options: tuple[str, ...]
    right: frozenset[int]


@dataclass(frozen=True)
class QuestionKind:
    """One kind of question.

    ``starts``: what the first line of its answer part looks like. ``claims``: whether a part that starts so
    is of this kind (kinds are asked in the order of their registration). ``read`` raises ``Misread``.
    ``mark``: the marks, 0 to ``FULL``, for what was chosen when ``right`` and ``wrong`` could be.
    ``instruction`` is read out above the options. ``control``: the type of the HTML input.
    """

    name: str
    starts: re.Pattern[str]
    claims: Callable[[Written], bool]
    read: Callable[[Sequence[Line]], Written]
    mark: Callable[[AbstractSet[str], AbstractSet[str], AbstractSet[str]], int]
    may_shuffle: bool
    instruction: Promise
    control: str


QUESTION_KINDS: dict[str, QuestionKind] = {}


def register(kind: QuestionKind) -> None:
    """Enter ``kind``. Raises ``ValueError`` when its name is taken."""
    if kind.name in QUESTION_KINDS:
        raise ValueError(f"two kinds of question are named {kind.name}")
    QUESTION_KINDS[kind.name] = kind
