"""What somebody gained between the pre-test and the post-test of a course."""

from dataclasses import dataclass

from balai.people.models import Person

from .contents import Content
from .models import Attempt, Mark

_COUNTS = (Mark.Outcome.PASSED, Mark.Outcome.FAILED)


@dataclass(frozen=True)
class Gain:
    """Two scores, 0 to 100."""

    before: int
    after: int

    @property
    def points(self) -> int:
        """How many points more; fewer when negative."""
        return self.after - self.before

    @property
    def fewer(self) -> int:
        return -self.points

    @property
    def room(self) -> int:
        """How many points there were to gain."""
        return 100 - self.before

    @property
    def normalised(self) -> int | None:
        """The share of what could be gained that was gained, in percent, rounded down.

        Hake (1998), American Journal of Physics 66, page 64. ``None`` where there was nothing to gain, or less.
        """
        return self.points * 100 // self.room if self.room and self.points >= 0 else None


def of(person: Person, test: Content, mark: Mark) -> Gain | None:
    """The gain at a marked attempt of the post-test ``test``; ``None`` without a pre-test that counts.

    Compared with the first attempt at the pre-test: later ones may have been taken after reading.
    """
    if test.pretest is None or not mark.counts:
        return None
    taken = Attempt.objects.of(person).at(test.pretest).filter(mark__outcome__in=_COUNTS)
    score = taken.order_by("submitted_at", "pk").values_list("mark__score", flat=True).first()
    return None if score is None else Gain(score // 10, mark.percent)
