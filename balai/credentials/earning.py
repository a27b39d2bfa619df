"""What somebody has earned in a course, and what is still missing: by the rules of the version that they study.

The facts are lesson completions and passed marks; both may arrive in any order.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from balai.assessments.models import Mark
from balai.courses import progress
from balai.courses.models import Course, CourseVersion, Item
from balai.courses.progress import Study
from balai.people.models import Person

from .certificate_kinds import Kind
from .models import Certificate

KindName = Literal["pelatihan", "kompetensi"]
Passes = dict[UUID, list[Mark]]


@dataclass(frozen=True)
class Earned:
    """What somebody earned. ``score`` in per mille, ``None`` where no test is asked for.

    ``months``: how long it is valid, 0 for good; ``passes``: the passed attempts at the test, the first first.
    """

    version: CourseVersion
    kind: KindName
    started_at: datetime
    finished_at: datetime
    score: int | None
    months: int = 0
    passes: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Standing:
    """How far somebody is with one rule of a course."""

    study: Study
    rule: dict[str, Any]
    marks: tuple[Mark, ...]
    certificate: Certificate | None = None

    @property
    def kind(self) -> Kind:
        return Kind(self.rule["kind"])

    @property
    def version(self) -> CourseVersion:
        return self.study.version

    @property
    def needed(self) -> int:
        """How many lessons the rule asks for."""
        return self.version.share(self.rule["lessons"])

    @property
    def missing_lessons(self) -> int:
        return max(self.needed - len(self.study.finished_lessons), 0)

    @property
    def test(self) -> Item | None:
        """The test that the rule asks for, as the version names it."""
        return next((item for item in self.version.items if str(item.id) == self.rule["test"]), None)

    @property
    def missing_test(self) -> Item | None:
        return None if self.marks else self.test

    @property
    def earned(self) -> Earned | None:
        """What is earned by now, if it is."""
        rule, done = self.rule, sorted(self.study.done[lesson.id] for lesson in self.study.finished_lessons)
        if self.missing_lessons or (rule["test"] and not self.marks) or not (done or self.marks):
            return None
        passes = tuple(sorted(self.marks, key=lambda mark: (mark.attempt.submitted_at, mark.pk)))
        first = [mark.attempt for mark in passes[:1]]
        counted = done[max(self.needed, 1) - 1 :][:1] if self.needed or not first else []
        return Earned(
            version=self.version,
            kind=rule["kind"],
            started_at=min([*done[:1], *(attempt.started_at for attempt in first)]),
            finished_at=max([*counted, *(attempt.submitted_at for attempt in first)]),
            score=max(mark.score for mark in passes) if passes else None,
            months=rule["months"],
            passes=passes,
        )


def standings(person: Person | None, studies: Iterable[Study]) -> list[Standing]:
    """One for every rule of the versions studied, in their order; three queries."""
    studies = list(studies)
    given = _given(person, {study.version.course_id for study in studies})
    return [
        replace(standing, certificate=given.get((standing.version.course_id, standing.kind)))
        for standing in _measured(person, studies)
    ]


def earned(person: Person, course: Course) -> list[Earned]:
    """All that ``person`` has earned in ``course`` by now."""
    found = (standing.earned for standing in _measured(person, [progress.study(person, course)]))
    return [one for one in found if one]


def _measured(person: Person | None, studies: list[Study]) -> list[Standing]:
    """Without certificates; at most one query."""
    found = [Standing(study, rule, ()) for study in studies for rule in study.version.certificates]
    passes = _passed(person, {UUID(one.rule["test"]) for one in found if one.rule["test"]})
    return [replace(one, marks=_of(passes, one.rule)) for one in found]


def _of(passes: Passes, rule: dict[str, Any]) -> tuple[Mark, ...]:
    return tuple(passes.get(UUID(rule["test"]), ())) if rule["test"] else ()


def _passed(person: Person | None, tests: set[UUID]) -> Passes:
    found: Passes = {}
    if person is None or not tests:
        return found
    marks = Mark.objects.passed().filter(attempt__person__in=person.identities, attempt__test__identity__in=tests)
    for mark in marks.select_related("attempt__test"):
        found.setdefault(mark.attempt.test.identity, []).append(mark)
    return found


def _given(person: Person | None, courses: set[UUID]) -> dict[tuple[UUID, str], Certificate]:
    """The one that counts now, by course and kind."""
    if person is None:
        return {}
    rows = Certificate.objects.of(person).filter(course__in=courses).with_ends()
    return {(row.course, row.kind): row for row in Certificate.latest(rows)}
