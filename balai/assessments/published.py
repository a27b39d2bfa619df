"""The shapes of a test as it is published: what a browser may see, and the keys, which it may see or not."""

import msgspec


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a test is taken, frozen at publishing.

    ``passing``: the least score, in percent. ``draw``: how many questions a paper holds (all when ``None``).
    ``shuffle``: whether questions and options change places. ``attempts``: how many count (no limit when
    ``None``). ``minutes``: the time from start to last answer (no limit when ``None``).
    """

    passing: int
    draw: int | None = None
    shuffle: bool = False
    attempts: int | None = None
    minutes: int | None = None


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One option. ``id`` follows from its text and says nothing about being right; ``html`` is clean."""

    id: str
    html: str


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The public part of a question. ``lesson`` is the slug of the lesson to read again, or empty."""

    slug: str
    kind: str
    stem: str
    options: tuple[Option, ...] = ()
    lesson: str = ""


class Key(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What marks a question, and why: sealed to the hub unless the test is for practice.

    ``right`` and ``wrong`` are what may be chosen (see the question's kind); ``explanation`` is clean HTML.
    """

    kind: str
    right: tuple[str, ...]
    wrong: tuple[str, ...] = ()
    explanation: str = ""


Keys = dict[str, Key]
