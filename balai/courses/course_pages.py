"""What a course's page shows one person: every lesson and test in order, and the one next step."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _

from . import glossary
from .models import Course, CourseVersion, LessonItem, TestItem
from .panels import Panel, TestRow
from .progress import Study


@dataclass(frozen=True)
class Line:
    """One line of the outline: a lesson with when it was completed, or a test with what its room says."""

    item: LessonItem | TestItem
    url: str
    done_at: datetime | None = None
    test: TestRow | None = None

    @property
    def is_test(self) -> bool:
        return isinstance(self.item, TestItem)

    @property
    def done(self) -> bool:
        return self.done_at is not None or (self.test is not None and self.test.done)


@dataclass(frozen=True)
class CoursePage:
    """``readable``: whether this person may open the lessons; ``visitor``: nobody is signed in.

    ``sits``: whether they may sit the tests. An author reads a restricted course without being a participant.
    """

    course: Course
    study: Study
    readable: bool
    panel: Panel
    visitor: bool = False
    sits: bool = True

    @property
    def version(self) -> CourseVersion:
        return self.study.version

    @cached_property
    def units(self) -> list[tuple[str, list[Line]]]:
        """Titles of units with their lines, in the order of study."""
        return [(unit.title, [self._line(item) for item in unit.items]) for unit in self.version.outline]

    @cached_property
    def next_line(self) -> Line | None:
        """The first thing not done after the last thing done, else the first not done at all."""
        lines = [line for _title, lines in self.units for line in lines if line.url and self._is_step(line)]
        last = max((place for place, line in enumerate(lines) if line.done), default=-1)
        left = [line for line in lines[last + 1 :] + lines[: last + 1] if not line.done]
        return left[0] if left else None

    def _is_step(self, line: Line) -> bool:
        """A visitor is led from lesson to lesson: most tests would only ask them to sign in."""
        return not (self.visitor and line.is_test)

    @property
    def next_words(self) -> str:
        """The words on the one button."""
        if self.next_line is None:
            return ""
        verb = _("Lanjutkan: {title}") if self.study.started else _("Mulai: {title}")
        return verb.format(title=self.next_line.item.title)

    @property
    def newer(self) -> CourseVersion | None:
        """A version newer than the one that this person is in."""
        return self.course.current if self.course.current_id != self.version.pk else None

    @property
    def newer_url(self) -> str:
        """Where the newer version goes on: finishing a lesson there moves this person over."""
        newer = Study(self.newer, self.study.done) if self.newer else None
        if newer is None or not newer.version.lessons:
            return ""
        lesson = newer.next_lesson or newer.version.lessons[0]
        return lesson_url(newer.version, lesson)

    @property
    def has_glossary(self) -> bool:
        """Whether this person can look up the words of the course."""
        return self.readable and bool(glossary.name_in(self.version))

    def _line(self, item: LessonItem | TestItem) -> Line:
        if isinstance(item, TestItem):
            row = self.panel.rows.get(item.id)
            return Line(item, row.url if row and self.readable and self.sits else "", test=row)
        url = lesson_url(self.version, item) if self.readable else ""
        return Line(item, url, self.study.done.get(item.id))


def lesson_url(version: CourseVersion, lesson: LessonItem) -> str:
    """The address of a lesson's page."""
    return f"/materi/{version.slug}/{version.number}/{lesson.slug}"
