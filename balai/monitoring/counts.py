"""What is counted of a region: numbers that add up from the villages to the nation."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from math import sqrt
from typing import Any

#: How many weeks of learning a sparkline shows.
WEEKS = 12
#: The numbers, in the order in which they are kept.
NUMBERS = (
    "people",
    "invited",
    "signed_in",
    "enrolled",
    "seated",
    "started",
    "finished",
    "certified",
    "trained",
    "competent",
    "paired",
    "before",
    "after",
    "gain_squares",
    "villages",
    "net_none",
    "net_2g",
    "net_3g",
    "net_4g",
    "asked",
    "failed",
)
#: Classes of connection, worst first, as their numbers are named.
NETWORKS = ("net_none", "net_2g", "net_3g", "net_4g")


class _Number:
    """One of ``NUMBERS`` by its name: they lie in a list because hundreds of thousands of them are added up."""

    def __set_name__(self, owner: type[Counts], name: str) -> None:
        self.place = NUMBERS.index(name)

    def __get__(self, counts: Counts, owner: type[Counts]) -> int:
        return counts.numbers[self.place]

    def __set__(self, counts: Counts, value: int) -> None:
        counts.numbers[self.place] = value


class Counts:
    """Persons on each step of the way, each once; a gain, as sums that add up; lessons by the Monday of their week.

    ``paired`` people have a counted pre-test and post-test, whose scores (per mille) add up to ``before`` and
    ``after``; ``gain_squares`` is the sum of the squares of what each of them gained. ``villages`` have anybody
    registered. ``net_…`` are villages by how phones there reached the hub lately, ``asked`` and ``failed`` how many
    requests those phones made, ``seen_on`` the latest day of it ("" for never).
    """

    __slots__ = ("numbers", "seen_on", "weeks")

    people = _Number()
    invited = _Number()
    signed_in = _Number()
    enrolled = _Number()
    seated = _Number()
    started = _Number()
    finished = _Number()
    certified = _Number()
    trained = _Number()
    competent = _Number()
    paired = _Number()
    before = _Number()
    after = _Number()
    gain_squares = _Number()
    villages = _Number()
    net_none = _Number()
    net_2g = _Number()
    net_3g = _Number()
    net_4g = _Number()
    asked = _Number()
    failed = _Number()

    def __init__(self, weeks: dict[str, int] | None = None, seen_on: str = "", **numbers: int) -> None:
        self.numbers = [0] * len(NUMBERS)
        self.weeks: Counter[str] = Counter(weeks)
        self.seen_on = seen_on
        for name, value in numbers.items():
            setattr(self, name, value)

    @classmethod
    def read(cls, kept: dict[str, Any]) -> Counts:
        """What ``kept`` gave."""
        counts = cls(weeks=kept.get("weeks"), seen_on=kept.get("seen_on", ""))
        counts.numbers[: len(kept["numbers"])] = kept["numbers"]
        return counts

    @property
    def kept(self) -> dict[str, Any]:
        """As plain values, to be stored."""
        kept: dict[str, Any] = {"numbers": self.numbers}
        if self.weeks:
            kept["weeks"] = dict(self.weeks)
        if self.seen_on:
            kept["seen_on"] = self.seen_on
        return kept

    def __iadd__(self, other: Counts) -> Counts:
        self.numbers = [mine + more for mine, more in zip(self.numbers, other.numbers, strict=True)]
        if other.weeks:
            self.weeks.update(other.weeks)
        self.seen_on = max(self.seen_on, other.seen_on)
        return self

    def __add__(self, other: Counts) -> Counts:
        total = Counts()
        total += self
        total += other
        return total

    def __sub__(self, other: Counts) -> Counts:
        """What is left when ``other`` was counted with it; a week without any is not kept, nor the latest day."""
        left = Counts(weeks=self.weeks - other.weeks)
        left.numbers = [mine - less for mine, less in zip(self.numbers, other.numbers, strict=True)]
        return left

    def __bool__(self) -> bool:
        return any(self.numbers) or bool(self.weeks)  # a latest day never stands alone

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Counts) and self.kept == other.kept

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        told = {name: value for name, value in zip(NUMBERS, self.numbers, strict=True) if value}
        return f"Counts({told}, {dict(self.weeks)}, {self.seen_on!r})"

    @property
    def gain(self) -> float | None:
        """The mean gain from pre-test to post-test, in points of 100; ``None`` when nobody took both."""
        return (self.after - self.before) / self.paired / 10 if self.paired else None

    @property
    def gain_spread(self) -> float | None:
        """The sample standard deviation of the gains, in points of 100; needs two people."""
        if self.paired < 2:
            return None
        total = self.after - self.before
        return sqrt(max(self.gain_squares - total * total / self.paired, 0) / (self.paired - 1)) / 10

    @property
    def seen_villages(self) -> int:
        """In how many villages phones told lately how they reached the hub."""
        return sum(getattr(self, name) for name in NETWORKS)

    @property
    def median_network(self) -> str:
        """The class (one of ``NETWORKS``) of the village in the middle, the worse of two; "" when none was seen."""
        return median({name: getattr(self, name) for name in NETWORKS})

    def lately(self, today: date, weeks: int = WEEKS) -> list[int]:
        """Lessons completed in each of the last ``weeks`` weeks, this one last."""
        monday = today - timedelta(days=today.weekday())
        return [self.weeks.get((monday - timedelta(weeks=ago)).isoformat(), 0) for ago in range(weeks - 1, -1, -1)]


def median(sizes: dict[str, int]) -> str:
    """The name in the middle, of names in their order and how often each is there; of two the first. "" of none."""
    middle = (sum(sizes.values()) + 1) // 2
    passed = 0
    for name, size in sizes.items():
        passed += size
        if middle and passed >= middle:
            return name
    return ""
