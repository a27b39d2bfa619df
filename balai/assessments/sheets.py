"""What the pages of an attempt show: the questions of its paper, and later what became of the answers."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from .contents import Content
from .marking import Given, in_time, result
from .models import Mark
from .question_kinds import QUESTION_KINDS, QuestionKind

_LAST_PARAGRAPH = re.compile(r"(?P<before>.*)<p>(?P<last>(?:(?!<p>).)*)</p>\s*", re.DOTALL)
_RESULTS = {"right": _("Benar"), "partial": _("Sebagian benar"), "wrong": _("Belum tepat")}


@dataclass(frozen=True)
class Shown:
    """One option as shown. ``html`` was cleaned at publishing."""

    id: str
    html: SafeString
    chosen: bool


@dataclass(frozen=True)
class Asked:
    """One question on the paper, from place 1. ``base``: what was saved when the page was made."""

    number: int
    slug: str
    kind: QuestionKind
    before: SafeString
    stem: SafeString
    options: tuple[Shown, ...]

    @property
    def answered(self) -> bool:
        return any(option.chosen for option in self.options)

    @property
    def base(self) -> str:
        return ",".join(sorted(option.id for option in self.options if option.chosen))


@dataclass(frozen=True)
class Answered:
    """One question of a marked attempt. ``right`` and ``explanation`` are empty while they must stay hidden."""

    asked: Asked
    result: str
    right: tuple[SafeString, ...]
    explanation: SafeString
    lesson_url: str

    @property
    def label(self) -> str | Promise:
        return _RESULTS[self.result] if self.asked.answered else _("Tidak dijawab")


def questions(test: Content, attempt: UUID, chosen: Mapping[str, Sequence[str]]) -> list[Asked]:
    """The paper of ``attempt`` with what was chosen so far."""
    return list(_questions(test, attempt, chosen))


def _questions(test: Content, attempt: UUID, chosen: Mapping[str, Sequence[str]]) -> Iterator[Asked]:
    for number, place in enumerate(test.paper(attempt), 1):
        question = test.by_slug[place.question]
        html = {option.id: option.html for option in question.options}
        taken = set(chosen.get(place.question, ()))
        before, stem = _split(question.stem)
        options = tuple(Shown(id, mark_safe(html[id]), id in taken) for id in place.options)  # noqa: S308
        yield Asked(number, place.question, QUESTION_KINDS[question.kind], before, stem, options)


def _split(stem: str) -> tuple[SafeString, SafeString]:
    """What is shown above, and the last paragraph: the question itself, which names the group of options."""
    found = _LAST_PARAGRAPH.fullmatch(stem)
    if found:
        return mark_safe(found["before"]), mark_safe(found["last"])  # noqa: S308  (cleaned at publishing)
    return mark_safe(stem), mark_safe("")  # noqa: S308


def answers(test: Content, mark: Mark, given: Sequence[Given], open_book: bool) -> list[Answered]:
    """The marked questions. The right options and why are shown with ``open_book``, or when they were found.

    While a sealed test may still be repeated, a wrong answer shows only where to read again.
    """
    found = []
    for asked in questions(test, mark.attempt_id, in_time(given, test.rules)):
        outcome = result(mark.questions[asked.slug])
        shown = open_book or outcome == "right"
        key = test.keys[asked.slug]
        lesson = test.by_slug[asked.slug].lesson
        found.append(
            Answered(
                asked,
                outcome,
                tuple(option.html for option in asked.options if shown and option.id in key.right),
                mark_safe(key.explanation if shown else ""),  # noqa: S308  (cleaned at publishing)
                f"{test.lessons_url}{lesson}" if lesson else "",
            )
        )
    return found
