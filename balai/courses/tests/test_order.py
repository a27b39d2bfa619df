"""Versions and completions in any order, any number of times, in any pieces: the same tables."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.common.ids import derived
from balai.courses.entries import (
    LessonCompleted,
    PublishedLesson,
    PublishedTest,
    PublishedUnit,
    VersionPublished,
)
from balai.courses.models import Course, CourseVersion, Lesson, LessonCompletion
from balai.log.entries import Ruled
from balai.log.models import Conflict, Standing
from balai.log.receive import receive
from balai.log.record import Deed, _entry
from balai.log.tests.test_receive import enveloped
from balai.people.entries import PersonRegistered

pytestmark = pytest.mark.django_db
START = datetime(2026, 1, 1, tzinfo=UTC)
COURSES = [UUID(int=1), UUID(int=2)]
SLUGS = ["satu", "dua", "tiga"]


@st.composite
def histories(draw: st.DrawFn) -> list[Deed]:
    """Courses with a few versions that hold some lessons each; people who finished some, one on two phones."""
    versions = [
        _version(course, number, draw(st.lists(st.sampled_from(SLUGS), unique=True, min_size=1)))
        for course in COURSES[: draw(st.integers(1, 2))]
        for number in range(1, draw(st.integers(1, 3)) + 1)
    ]
    people = [
        Deed(
            "person.registered", PersonRegistered(f"Orang {n}", None), id=UUID(int=100 + n), proof="hub", made_at=START
        )
        for n in range(2)
    ]
    completions = [_completion(draw, versions, n) for n in range(draw(st.integers(0, 6)))]
    deeds = versions + people + completions
    if draw(st.booleans()):
        target = draw(st.sampled_from(deeds))
        deeds.append(Deed("entry.erased", Ruled((target.id,)), id=UUID(int=999), proof="hub", made_at=START))
    return deeds


def _version(course: UUID, number: int, slugs: list[str]) -> Deed:
    lessons = tuple(
        PublishedLesson(derived(course, "lesson", slug), slug, f"{slug} {number}", number, 9, "0" * 64)
        for slug in slugs
    )
    items = (*lessons, PublishedTest(derived(course, "test", "tes"), "tes", "Tes"))
    payload = VersionPublished(
        course=course, number=number, slug=f"kursus-{course.int}", title="K", summary="", language="id", jp=1,
        open=True, units=(PublishedUnit("Modul", items),), certificates=(), description="0" * 64,
        manifest="0" * 64, bytes=9,
    )  # fmt: skip
    id = derived(course, "version", str(number))
    return Deed("course.version_published", payload, id=id, proof="hub", made_at=START + timedelta(days=number))


def _completion(draw: st.DrawFn, versions: list[Deed], number: int) -> Deed:
    version = draw(st.sampled_from(versions))
    lesson = draw(st.sampled_from(version.payload.lessons)).id
    person = UUID(int=100 + draw(st.integers(0, 1)))
    payload = LessonCompleted(lesson=lesson, version=version.id)
    made_at = START + timedelta(hours=number)
    return Deed("lesson.completed", payload, person, person, id=UUID(int=500 + number), proof="hub", made_at=made_at)


def after(batches: list[list[Deed]]) -> dict[str, list[tuple[object, ...]]]:
    """The tables after these batches arrived; nothing of it stays."""
    with transaction.atomic():
        for batch in batches:
            receive([enveloped([_entry(deed) for deed in {deed.id: deed for deed in batch}.values()])])
        found = {
            model.__name__: list(model.objects.order_by("pk").values_list())
            for model in (Course, CourseVersion, Lesson, LessonCompletion)
        }
        found["standings"] = list(Standing.objects.order_by("pk").values_list("entry_id", "state"))
        transaction.set_rollback(True)
    return found


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_order_duplication_and_split_ends_in_the_same_tables(data: st.DataObject) -> None:
    deeds = data.draw(histories())
    straight = after([deeds])
    shuffled = data.draw(st.permutations(deeds + data.draw(st.lists(st.sampled_from(deeds), max_size=4))))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(shuffled)), max_size=5)) | {0, len(shuffled)})
    assert after([shuffled[a:b] for a, b in pairwise(cuts) if a < b]) == straight
    assert not Conflict.objects.exists()


def test_the_newest_version_says_what_a_lesson_is_called() -> None:
    course = COURSES[0]
    found = after([[_version(course, 2, ["dua"])], [_version(course, 1, ["satu", "dua"])]])
    assert [(row[2], row[3]) for row in sorted(found["Lesson"], key=lambda row: str(row[2]))] == [
        ("dua", "dua 2"), ("satu", "satu 1"),
    ]  # fmt: skip
    assert found["Course"] == [(course, "kursus-1", derived(course, "version", "2"))]


def test_a_completion_of_a_lesson_that_the_version_lacks_is_refused() -> None:
    version = _version(COURSES[0], 1, ["satu"])
    person = UUID(int=100)
    stray = LessonCompleted(lesson=UUID(int=5), version=version.id)
    receive([enveloped([_entry(deed) for deed in (
        version,
        Deed("person.registered", PersonRegistered("Siti", None), id=person, proof="hub", made_at=START),
        Deed("lesson.completed", stray, person, person, id=UUID(int=501), made_at=START),
        Deed("lesson.completed", stray, UUID(int=101), person, id=UUID(int=502), made_at=START),
    )])])  # fmt: skip
    answers = Standing.objects.filter(entry__kind="lesson.completed").order_by("pk").values_list("state", "reason")
    assert list(answers) == [("refused", "B3012"), ("refused", "B2202")]
