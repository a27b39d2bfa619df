"""What the pages of an attempt show: its paper while it is written, and later what became of the answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from . import controls, fragments, frames, limits
from .contents import Content
from .drafts import Draft, DraftAnswer
from .marking import Given, in_time, late_count, result
from .models import Attempt, Mark

#: Seconds before a deadline in which its hour alone says enough.
_NEAR = 8 * 60 * 60


@dataclass(frozen=True)
class Asked:
    """One question on a paper, with the options in their order and those chosen so far."""

    number: int
    slug: str
    options: tuple[str, ...]
    chosen: tuple[str, ...]


def paper(test: Content, attempt: Attempt | Draft, chosen: Mapping[str, Sequence[str]]) -> list[Asked]:
    """The questions of the paper of ``attempt``, from number 1."""
    return [
        Asked(number, place.question, place.options, tuple(chosen.get(place.question, ())))
        for number, place in enumerate(test.paper(attempt.pk), 1)
    ]


@dataclass
class Sheet:
    """A paper that is being written, at ``moment``."""

    test: Content
    draft: Draft
    saved: Sequence[DraftAnswer]
    moment: datetime

    @cached_property
    def asked(self) -> list[Asked]:
        return paper(self.test, self.draft, {one.question: one.chosen for one in self.saved})

    @property
    def answered(self) -> int:
        return sum(bool(one.chosen) for one in self.asked)

    @property
    def unanswered(self) -> list[int]:
        """The numbers of the questions without an answer."""
        return [one.number for one in self.asked if not one.chosen]

    @property
    def saved_at(self) -> datetime | None:
        """When the last answer was saved."""
        return max((one.saved_at for one in self.saved), default=None)

    @property
    def lengthened(self) -> bool:
        """Whether there is more time than the rules give: after an outage."""
        usual = limits.deadline(self.test.rules, self.draft.started_at, ())
        return usual is not None and self.draft.deadline is not None and self.draft.deadline > usual

    @property
    def until(self) -> SafeString:
        """The deadline: its hour, with the day unless it is near."""
        near = self.draft.seconds_left(self.moment) < _NEAR
        return frames.shown(self.draft.deadline, "clocktime" if near else "moment")

    @property
    def late(self) -> bool:
        return self.draft.late(self.moment)

    @property
    def questions(self) -> SafeString:
        """All questions as HTML (cleaned at publishing)."""
        parts = (fragments.question(self.test, q.slug, q.number, q.options, q.chosen) for q in self.asked)
        return mark_safe("".join(parts))  # noqa: S308

    def shown(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """For its page: what follows from the test and the state of the paper, and what differs from paper to paper."""
        same = {
            "test": self.test,
            "late": self.late,
            "timed": self.draft.deadline is not None,
            "saved": self.saved_at is not None,
            "styled": self.styled,
            "lengthened": self.lengthened,
        }
        gaps = {
            "attempt": self.draft.pk,
            "left": self.draft.seconds_left(self.moment),
            "until": self.until,
            "answered": self.answered,
            "saved_at": frames.shown(self.saved_at, "clocktime"),
            "questions": self.questions,
        }
        return same, gaps

    @property
    def styled(self) -> bool:
        """Whether a question on the paper is more than boxes to tick."""
        return _styled(self.test, self.asked)

    @property
    def words(self) -> SafeString:
        return fragments.words()

    @property
    def overview(self) -> SafeString:
        return fragments.overview(len(self.asked), self.test.practice)


def _styled(test: Content, asked: Sequence[Asked]) -> bool:
    return any(controls.needs_style(test.by_slug[one.slug]) for one in asked)


def marked(test: Content, attempt: Attempt, mark: Mark, given: Sequence[Given], open_book: bool) -> dict[str, object]:
    """The marked answers as HTML, and what is told about them as a whole.

    With ``open_book`` every right option and explanation is shown. While a sealed test may still be repeated, a
    question not fully right shows only where to read again.
    """
    asked = paper(test, attempt, in_time(given, mark.seconds))
    results = {one.slug: result(mark.questions[one.slug]) for one in asked}
    missed = [one.slug for one in asked if results[one.slug] != "right"]
    parts = (
        fragments.answer(test, q.slug, q.number, q.chosen, results[q.slug], open_book or results[q.slug] == "right")
        for q in asked
    )
    return {
        "answers": mark_safe("".join(parts)),  # noqa: S308  (cleaned at publishing)
        "styled": _styled(test, asked),
        "all": len(asked),
        "right": len(asked) - len(missed),
        "late_count": late_count(given, mark.seconds),
        "again_url": next((test.lesson_url(slug) for slug in missed if test.lesson_url(slug)), ""),
    }
