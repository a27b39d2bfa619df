"""How far a person is: across versions, phones and merged persons, in a fixed number of queries."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from balai.common import clock
from balai.courses import progress
from balai.courses.entries import LessonCompleted
from balai.courses.models import Course, CourseVersion, LessonCompletion
from balai.log.record import record
from balai.people.models import Person

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 3, 5, 0, tzinfo=UTC)


def finish(person: Person, version: CourseVersion, *places: int) -> None:
    for place in places:
        progress.complete(person, version, version.lessons[place])


def test_the_next_lesson_follows_the_last_one_done(secretary: Person, published: Any) -> None:
    version = published(lessons=4)
    course = Course.objects.select_related("current").get()

    def where() -> tuple[int, str | None]:
        study = progress.study(secretary, course)
        return study.percent, study.next_lesson.slug if study.next_lesson else None

    assert where() == (0, "materi-1")
    finish(secretary, version, 1)
    assert where() == (25, "materi-3")
    finish(secretary, version, 2, 3)
    assert where() == (75, "materi-1")
    finish(secretary, version, 0)
    assert where() == (100, None)
    assert progress.study(secretary, course).finished


def test_finishing_twice_is_one_entry_and_two_phones_are_one_lesson(secretary: Person, published: Any) -> None:
    version = published()
    lesson = version.lessons[0]
    with clock.frozen(NOON):
        assert progress.complete(secretary, version, lesson) is not None
    assert progress.complete(secretary, version, lesson) is None
    payload = LessonCompleted(lesson=lesson.id, version=version.pk)
    record("lesson.completed", payload, actor=secretary.id, subject=secretary.id)
    assert LessonCompletion.objects.count() == 2
    course = Course.objects.select_related("current").get()
    assert progress.study(secretary, course).done == {lesson.id: NOON}
    assert progress.of(secretary) == {str(course.pk): {str(lesson.id): "2026-11-03T05:00:00+00:00"}}


def test_in_the_middle_is_who_began_and_has_not_finished_the_version_they_are_in(
    secretary: Person, colleague: Person, stranger: Person, published: Any
) -> None:
    version = published(lessons=2)
    assert progress.midway(version.course_id) == 0
    finish(secretary, version, 0, 1)
    finish(colleague, version, 0)
    finish(stranger, version, 1)
    assert progress.midway(version.course_id) == 2
    Person.objects.filter(pk=stranger.pk).update(merged_into=colleague)
    assert progress.midway(version.course_id) == 0  # what both did adds up
    longer = published(lessons=3)
    assert progress.midway(version.course_id) == 0  # nobody moved there
    Person.objects.filter(pk=stranger.pk).update(merged_into=None)
    moved = LessonCompletion.objects.filter(person=secretary)
    moved.update(version=longer)
    assert progress.midway(version.course_id) == 3


def test_a_learner_in_the_middle_keeps_the_version_and_progress_carries_over(
    secretary: Person, colleague: Person, published: Any
) -> None:
    old = published(lessons=2)
    finish(secretary, old, 0)
    new = published(lessons=3)
    course = Course.objects.select_related("current").get()
    assert progress.study(secretary, course).version == old
    assert progress.study(colleague, course).version == new
    finish(secretary, new, 2)
    study = progress.study(secretary, course)
    assert (study.version, study.percent) == (new, 66)


def test_others_see_nothing_of_it(secretary: Person, stranger: Person, published: Any) -> None:
    finish(secretary, published(), 0)
    assert progress.of(stranger) == {}
    assert progress.started(stranger) == []
    assert [study.percent for study in progress.started(secretary)] == [50]
    assert progress.study(None, Course.objects.select_related("current").get()).done == {}


def test_the_rule_of_the_certificate_says_how_many_lessons_are_needed(secretary: Person, published: Any) -> None:
    rule = "\nsertifikat:\n  jenis: pelatihan\n  materi: 50"
    version = published(lessons=3, certificate=rule)
    assert version.needed_lessons() == 2
    finish(secretary, version, 0)
    course = Course.objects.select_related("current").get()
    assert not progress.study(secretary, course).finished
    finish(secretary, version, 1)
    assert progress.study(secretary, course).finished


def test_many_courses_take_as_many_queries_as_one(
    secretary: Person, published: Any, queries: Callable[[Callable[[], object]], int]
) -> None:
    counts = []
    for numbers in (range(1), range(1, 30)):
        for number in numbers:
            version = published(course=UUID(int=1_000 + number), slug=f"kursus-{number}", lessons=1)
            finish(secretary, version, 0)
        person = Person.objects.get(pk=secretary.pk)
        counts.append(queries(lambda person=person: [study.version.title for study in progress.started(person)]))
    assert counts == [3, 3]
