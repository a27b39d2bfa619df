"""What is counted of a region: numbers that add up from the villages to the nation."""

from collections import Counter
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from math import sqrt

#: How many weeks of learning a sparkline shows.
WEEKS = 12


@dataclass
class Counts:
    """Persons on each step of the way, each once; a gain, as sums that add up; lessons by the Monday of their week.

    ``paired`` people have a counted pre-test and post-test, whose scores (per mille) add up to ``before`` and
    ``after``; ``gain_squares`` is the sum of the squares of what each of them gained.
    """

    people: int = 0
    invited: int = 0
    signed_in: int = 0
    enrolled: int = 0
    seated: int = 0
    started: int = 0
    finished: int = 0
    trained: int = 0
    competent: int = 0
    paired: int = 0
    before: int = 0
    after: int = 0
    gain_squares: int = 0
    weeks: Counter[str] = field(default_factory=Counter)

    def __iadd__(self, other: "Counts") -> "Counts":
        for name in NUMBERS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.weeks.update(other.weeks)
        return self

    def __add__(self, other: "Counts") -> "Counts":
        total = Counts()
        total += self
        total += other
        return total

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in NUMBERS) or any(self.weeks.values())

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

    def lately(self, today: date, weeks: int = WEEKS) -> list[int]:
        """Lessons completed in each of the last ``weeks`` weeks, this one last."""
        monday = today - timedelta(days=today.weekday())
        return [self.weeks.get((monday - timedelta(weeks=ago)).isoformat(), 0) for ago in range(weeks - 1, -1, -1)]


#: The fields that are plain numbers.
NUMBERS = tuple(each.name for each in fields(Counts) if each.name != "weeks")
