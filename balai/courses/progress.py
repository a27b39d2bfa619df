"""How far a person is: from completions, which count for every version that holds the lesson."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count
from django.db.models.functions import Coalesce

from balai.log.models import Entry
from balai.log.record import record
from balai.people.models import Person

from .entries import LessonCompleted
from .models import Course, CourseVersion, LessonCompletion, LessonItem

Done = dict[UUID, datetime]


@dataclass(frozen=True)
class Study:
    """One person's way through one version; ``done`` is when each lesson was first completed."""

    version: CourseVersion
    done: Done

    @property
    def finished_lessons(self) -> list[LessonItem]:
        return [lesson for lesson in self.version.lessons if lesson.id in self.done]

    @property
    def percent(self) -> int:
        """0 to 100, rounded down, so that 100 means all."""
        count = self.version.lesson_count
        return len(self.finished_lessons) * 100 // count if count else 0

    @property
    def started(self) -> bool:
        return bool(self.done)

    @property
    def finished(self) -> bool:
        """Whether as many lessons are done as the version's certificate asks for."""
        return len(self.finished_lessons) >= self.version.needed_lessons()

    @property
    def next_lesson(self) -> LessonItem | None:
        """The first lesson not done after the last one done, else the first not done at all."""
        lessons = self.version.lessons
        last = max((n for n, lesson in enumerate(lessons) if lesson.id in self.done), default=-1)
        left = [lesson for lesson in lessons[last + 1 :] + lessons[: last + 1] if lesson.id not in self.done]
        return left[0] if left else None

    @property
    def saved_at(self) -> datetime | None:
        """When the last lesson was completed."""
        return max(self.done.values(), default=None)


def of(person: Person) -> dict[str, dict[str, str]]:
    """A person's part of ``/saya.json``: ``{course id: {lesson id: when completed, ISO 8601 in UTC}}``."""
    found: dict[str, dict[str, str]] = {}
    for completion in _completions(person):
        lessons = found.setdefault(str(completion.course_id), {})
        lessons.setdefault(str(completion.lesson_id), completion.completed_at.isoformat(timespec="seconds"))
    return found


def study(person: Person | None, course: Course) -> Study:
    """The person's way through ``course``, in the version that they are in."""
    return studies(person, [course])[course.pk]


def studies(person: Person | None, courses: Iterable[Course]) -> dict[UUID, Study]:
    """The same for many, by course, in at most two queries. Who did nothing yet is in the newest version."""
    courses = list(courses)
    done: dict[UUID, Done] = defaultdict(dict)
    latest: dict[UUID, UUID] = {}
    if person is not None:
        for completion in _completions(person).filter(course__in=courses):
            done[completion.course_id].setdefault(completion.lesson_id, completion.completed_at)
            latest[completion.course_id] = completion.version_id
    older = {latest[c.pk] for c in courses if c.pk in latest and latest[c.pk] != c.current_id}
    versions = CourseVersion.objects.in_bulk(older)
    return {c.pk: Study(versions.get(latest.get(c.pk, c.pk), c.current), done[c.pk]) for c in courses if c.current}


def started(person: Person) -> list[Study]:
    """Every course in which the person completed something, the latest first: what home continues with."""
    courses = Course.objects.filter(pk__in=_completions(person).order_by().values("course"))
    found = studies(person, courses.select_related("current")).values()
    return sorted(found, key=lambda study: study.saved_at or study.version.published_at, reverse=True)


def midway(course: UUID) -> int:
    """How many people began ``course`` and have not finished the version that they are in. A merged person is one."""
    rows = LessonCompletion.objects.filter(course=course).order_by()
    rows = rows.annotate(owner=Coalesce("person__merged_into", "person"))
    under_way: set[UUID] = set()
    for version in CourseVersion.objects.filter(course=course).order_by("number"):
        here = set(rows.filter(version=version).values_list("owner", flat=True))
        mine = rows.filter(lesson__in=[lesson.id for lesson in version.lessons]).values("owner")
        done = mine.annotate(lessons=Count("lesson", distinct=True)).filter(lessons__gte=version.needed_lessons())
        if here:
            under_way = (under_way | here) - (here & set(done.values_list("owner", flat=True)))
    return len(under_way)


def complete(person: Person, version: CourseVersion, lesson: LessonItem) -> Entry | None:
    """Record that ``person`` finished ``lesson``; nothing when that is recorded already. Raises ``Refusal``.

    A tap on two phones at the same moment gives two entries, which add up to one lesson done.
    """
    if _completions(person).filter(lesson=lesson.id).exists():
        return None
    payload = LessonCompleted(lesson=lesson.id, version=version.pk)
    region = person.region_id
    return record("lesson.completed", payload, actor=person.id, subject=person.id, audience=region)


def _completions(person: Person):  # type: ignore[no-untyped-def]
    """Oldest first, of this person and of those merged into it."""
    found = LessonCompletion.objects.filter(person__in=person.identities)
    return found.order_by("completed_at", "pk")
