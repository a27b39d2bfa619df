"""Trying a test that is still being written: its paper as learners get it, marked and explained. Nothing is recorded.

The keys are read from the author's own text, so all of this is for authors alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString

from balai.courses import outline
from balai.courses.build import Build
from balai.courses.faults import Faults
from balai.courses.models import CourseVersion, Draft
from balai.courses.outline import LessonDraft, Outline
from balai.courses.writing_views import drawn

from . import controls, fragments, publishing, sheets
from .contents import Content
from .marking import Given, fits, mark, passes
from .models import Attempt, Mark, Test
from .paper import Place, draw
from .published import Keys

Chosen = Mapping[str, Sequence[str]]


@dataclass(eq=False)
class Trial(Content):
    """A test of a draft as it would be published; ``lessons``: the address below which the draft's lessons lie."""

    known: Keys
    build: Build
    lessons: str

    lasting: ClassVar[bool] = False

    @property
    def keys(self) -> Keys:
        return self.known

    @property
    def styled(self) -> bool:
        """Whether a question is more than boxes to tick."""
        return any(controls.needs_style(question) for question in self.questions)

    def paper(self, attempt: UUID) -> tuple[Place, ...]:
        return draw(self.rules, self.questions, attempt)

    def lesson_url(self, question: str) -> str:
        lesson = self.lesson(question)
        return f"{self.lessons}{lesson.slug}" if lesson else ""

    def show_all(self) -> None:
        """From now on a paper holds every question, in the author's order."""
        self.rules = msgspec.structs.replace(self.rules, draw=None, pools=(), shuffle=False)

    def sheet(self, seed: UUID) -> SafeString:
        """The questions of the paper that ``seed`` draws."""
        asked = sheets.paper(self, Attempt(pk=seed), {})
        return self._ready("".join(fragments.question(self, q.slug, q.number, q.options, ()) for q in asked))

    def marked(self, seed: UUID, chosen: Chosen) -> dict[str, Any]:
        """What is told about ``chosen`` on that paper: every answer and explanation, as after the last attempt."""
        asked = [place.question for place in self.paper(seed)]
        given = [Given(slug, tuple(chosen[slug]), 0) for slug in asked if self._fits(slug, chosen.get(slug, ()))]
        marks = mark({one.question: one.chosen for one in given}, {slug: self.known[slug] for slug in asked})
        decision = Mark(questions=marks.questions, score=marks.score)
        told = sheets.marked(self, Attempt(pk=seed), decision, given, open_book=True)
        passed = passes(marks.score, self.rules.passing)
        return told | {"answers": self._ready(str(told["answers"])), "mark": decision, "passed": passed}

    def _fits(self, slug: str, ids: Sequence[str]) -> bool:
        """An answer to a question that its author changed meanwhile is none."""
        return bool(ids) and fits(ids, self.by_slug[slug])

    def _ready(self, html: str) -> SafeString:
        """Pictures in their places; links lead to the draft's lessons, as those of the next version are not there."""
        published = f'"/materi/{self.build.outline.slug}/{self.build.number}/'
        whole = drawn(html.replace(published, f'"{self.lessons}'), self.build)
        return SafeString(whole)  # cleaned while it was rendered


def of(draft: Draft, path: str) -> Trial | None:
    """The test written in the file ``path``, unless no unit lists it. What cannot be read yet is left out.

    Raises ``Refusal`` when not even the head of the course can be read.
    """
    faults = Faults()
    course = outline.read(draft.opened(), faults)
    written = course.tests.get(path)
    if written is None:
        return None
    build = Build(draft.opened(), course, 1, faults)
    with translation.override(course.language):
        payload, keys = publishing.written(build.source, build, build.version_id, written)
    row = Test(identity=written.id, version=_version(course), slug=written.slug, title=written.title, kind=payload.kind)
    lessons = reverse("courses:draft", args=[draft.pk]) + "/materi/"
    found = Trial(row, payload.rules, payload.questions, keys, build, lessons)
    if any(fault.path == path for fault in faults.found):
        found.show_all()  # its rules may ask for questions that cannot be read yet
    return found


def _version(course: Outline) -> CourseVersion:
    """As much of a version as a test's pages ask for."""
    units = [
        {"title": unit.title, "items": [_lesson(item) for item in unit.items if isinstance(item, LessonDraft)]}
        for unit in course.units
    ]
    return CourseVersion(slug=course.slug, title=course.title, language=course.language, units=units)


def _lesson(draft: LessonDraft) -> dict[str, Any]:
    shown = {"id": str(draft.id), "slug": draft.slug, "title": draft.title, "minutes": draft.minutes}
    return {"type": "lesson", "bytes": 0, "sha256": "", **shown}
