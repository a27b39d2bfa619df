"""The shapes of a test as it is published: what a browser may see, and the keys, which it may see or not."""

from datetime import datetime
from typing import Annotated

import msgspec

Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Pool(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A group of questions, by their slugs, of which ``draw`` are on every paper."""

    draw: int
    questions: tuple[str, ...]


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """How a test is taken, frozen at publishing.

    ``passing``: the least score, in percent; 0 for a test that only measures. ``draw``: how many questions a paper
    holds (all when ``None``).
    ``pools``: instead, how many of each group; every question is in one. ``shuffle``: whether questions and options
    change places. ``attempts``: how many count (no limit when ``None``). ``minutes``: the time from start to last
    answer (no limit when ``None``). ``opens`` and ``closes``: the window in which it is taken, when there is one.
    """

    passing: int
    draw: int | None = None
    shuffle: bool = False
    attempts: int | None = None
    minutes: int | None = None
    pools: tuple[Pool, ...] = ()
    opens: Moment | None = None
    closes: Moment | None = None


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One option. ``id`` follows from its text and says nothing about being right; ``html`` is clean."""

    id: str
    html: str


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The public part of a question. ``lesson`` is the slug of the lesson to read again, or empty.

    ``items``: what is matched with ``options``. ``unit``: that of the number asked for.
    """

    slug: str
    kind: str
    stem: str
    options: tuple[Option, ...] = ()
    lesson: str = ""
    items: tuple[Option, ...] = ()
    unit: str = ""


class Key(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What marks a question, and why: sealed to the hub unless the test is for practice.

    ``right`` is a full answer, ``wrong`` what else may be chosen (see the question's kind); ``also``: other texts
    that are as right. ``tolerance`` and ``unit`` belong to a number. ``explanation``, and ``feedback`` by the id of
    its option, are clean HTML.
    """

    kind: str
    right: tuple[str, ...]
    wrong: tuple[str, ...] = ()
    explanation: str = ""
    feedback: dict[str, str] = {}
    also: tuple[str, ...] = ()
    tolerance: str = ""
    unit: str = ""


Keys = dict[str, Key]
