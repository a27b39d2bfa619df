"""What was answered to a question, counted: each option, pair and place, or what was typed."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.utils.html import strip_tags

from . import telling
from .analysis import Figures
from .contents import Content
from .published import Key, Question
from .question_kinds import QUESTION_KINDS
from .remarks import Remark, remarks


@dataclass(frozen=True)
class Share:
    """An answer as clean HTML, whether it is right, how many gave it, and which percentage of all asked."""

    html: str
    right: bool
    count: int
    percent: int

    @property
    def text(self) -> str:
        return strip_tags(self.html)


@dataclass
class Row:
    """One question with its figures, ``number`` in the order of the file. ``mend``: where its author changes it."""

    test: Content
    figures: Figures
    number: int
    mend: str = ""

    @property
    def question(self) -> Question:
        return self.test.by_slug[self.figures.slug]

    @property
    def key(self) -> Key:
        return self.test.keys[self.figures.slug]

    @property
    def stem(self) -> str:
        """The words of the question, in one line."""
        return " ".join(strip_tags(self.question.stem).split())

    @property
    def facility(self) -> float | None:
        """0 to 1."""
        return None if self.figures.facility is None else self.figures.facility / 1000

    @property
    def discrimination(self) -> float | None:
        """-1 to 1."""
        return None if self.figures.discrimination is None else self.figures.discrimination / 1000

    @property
    def remarks(self) -> list[Remark]:
        return remarks(self.figures)

    @cached_property
    def shares(self) -> list[Share]:
        """Every option with its share; of each pair and place the right one and the wrong one that most gave; what was
        typed often, the most frequent first.
        """
        given = self.figures.chosen
        control = QUESTION_KINDS[self.question.kind].control
        if control in {"pairs", "places"}:
            return [share for right in self.key.right for share in self._about(right.partition(":")[0])]
        if control in {"number", "text"}:
            frequent = sorted(given, key=lambda one: (-given[one], one))
            return [share for answer in frequent for share in self._told(answer)]
        return [share for option in self.question.options for share in self._told(option.id)]

    def _about(self, item: str) -> list[Share]:
        """Of one item: its own partner or place, and the frequent mistake."""
        answers = [answer for answer in self.figures.chosen if answer.partition(":")[0] == item]
        found = [share for answer in answers for share in self._told(answer)]
        wrong = sorted((share for share in found if not share.right), key=lambda share: (-share.count, share.html))
        return [share for share in found if share.right] + wrong[:1]

    def _told(self, answer: str) -> Iterator[Share]:
        count = self.figures.chosen.get(answer, 0)
        for told in telling.given(self.question, self.key, (answer,)):
            yield Share(told.html, told.right, count, count * 100 // max(self.figures.people, 1))
