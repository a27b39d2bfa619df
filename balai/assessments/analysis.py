"""Item analysis: how hard each question of a test was, whether it tells the able from others, what was chosen.

Facility index: the mean share of the marks that was earned, 0 to 1. Discrimination index: the correlation of the
marks of a question with the mean of the other questions on the same paper (item-rest correlation, for right-or-wrong
questions the corrected point-biserial), -1 to 1. See Crocker and Algina (1986), Introduction to Classical and Modern
Test Theory, chapter 14. Everybody counts once, with their first attempt that counts: later ones are practice.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import sqrt

import msgspec

from .question_kinds import FULL

#: With fewer people the indices jump about.
FEW = 30
#: An answer that was typed is shown once so many gave it: it may say who wrote it.
SHARED = 3
#: Discrimination from here down is reversed. Around nought it is chance: of a hundred answers a question that tells
#: nobody from anybody is as often at -0.02 as at 0.02, and sending an author after its key would be a false alarm.
REVERSED = -50
#: Facility outside of these says little about anybody.
HARDEST, EASIEST = 200, 950
_MOST_TYPED = 8


class Figures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question, as it is kept: ``facility`` and ``discrimination`` per mille, ``None`` where there is none.

    ``blank``: how many gave no answer; ``chosen``: how many gave each one (see ``question_kinds``).
    """

    slug: str
    people: int
    facility: int | None
    discrimination: int | None
    blank: int
    chosen: dict[str, int]

    @property
    def few(self) -> bool:
        return self.people < FEW

    @property
    def reversed(self) -> bool:
        """Whether those who know more answer it worse."""
        return self.discrimination is not None and self.discrimination <= REVERSED

    @property
    def too_hard(self) -> bool:
        return self.facility is not None and self.facility < HARDEST

    @property
    def too_easy(self) -> bool:
        return self.facility is not None and self.facility > EASIEST

    @property
    def flagged(self) -> bool:
        return self.reversed or self.too_hard or self.too_easy


@dataclass
class _Sums:
    """Of one question: ``x`` are its marks, ``y`` the mean of the others on the same paper, in thousandths.

    Whole numbers, so that no order of adding makes a difference.
    """

    n: int = 0
    x: int = 0
    y: int = 0
    xx: int = 0
    yy: int = 0
    xy: int = 0
    blank: int = 0
    chosen: Counter[str] = field(default_factory=Counter)

    def add(self, marks: int, others: int, answer: Iterable[str]) -> None:
        given = list(answer)
        self.n += 1
        self.x += marks
        self.y += others
        self.xx += marks * marks
        self.yy += others * others
        self.xy += marks * others
        self.blank += not given
        self.chosen.update(given)

    @property
    def facility(self) -> int | None:
        return self.x // self.n if self.n else None

    @property
    def discrimination(self) -> int | None:
        spread = (self.n * self.xx - self.x**2) * (self.n * self.yy - self.y**2)
        return round(FULL * (self.n * self.xy - self.x * self.y) / sqrt(spread)) if spread else None


class Count:
    """Adds attempts up, one after the other. ``typed``: the questions whose answers are typed."""

    def __init__(self, slugs: Iterable[str], typed: Iterable[str] = ()) -> None:
        self._sums = {slug: _Sums() for slug in slugs}
        self._typed = frozenset(typed)

    def add(self, marks: Mapping[str, int], answers: Mapping[str, Iterable[str]]) -> None:
        """One person's paper: the marks of its questions, and the answers that counted."""
        total, others = sum(marks.values()), max(len(marks) - 1, 1)
        for slug, earned in marks.items():
            if slug in self._sums:
                given = answers.get(slug, ())
                given = [" ".join(text.lower().split()) for text in given] if slug in self._typed else given
                self._sums[slug].add(earned, (total - earned) * 1000 // others, given)

    @property
    def figures(self) -> list[Figures]:
        """The questions in their order."""
        return [
            Figures(slug, sums.n, sums.facility, sums.discrimination, sums.blank, self._shown(slug, sums.chosen))
            for slug, sums in self._sums.items()
        ]

    def _shown(self, slug: str, chosen: Counter[str]) -> dict[str, int]:
        if slug not in self._typed:
            return dict(sorted(chosen.items()))
        frequent = [(text, count) for text, count in chosen.items() if count >= SHARED]
        return dict(sorted(frequent, key=lambda one: (-one[1], one[0]))[:_MOST_TYPED])
