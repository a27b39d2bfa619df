"""The kinds of this room: a version is published, a lesson is completed."""

from datetime import datetime
from uuid import UUID

import msgspec

from balai.log import handlers, kinds
from balai.log.models import Entry

from . import rules
from .models import Course, CourseVersion, Lesson, LessonCompletion


class Shape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A payload: nothing but what is named."""


class PublishedLesson(Shape, frozen=True, tag="lesson"):
    """``bytes``: about what a phone downloads; ``sha256``: the HTML fragment."""

    id: UUID
    slug: str
    title: str
    minutes: int
    bytes: int
    sha256: str


class PublishedTest(Shape, frozen=True, tag="test"):
    id: UUID
    slug: str
    title: str


class PublishedUnit(Shape, frozen=True):
    title: str
    items: tuple[PublishedLesson | PublishedTest, ...]


class CertificateRule(Shape, frozen=True):
    """``kind``: pelatihan or kompetensi; ``lessons``: percent to complete; ``test``: the one to pass.

    ``months``: how long the certificate is valid; 0 for good.
    """

    kind: str
    lessons: int
    test: UUID | None = None
    months: int = 0


class VersionPublished(Shape, frozen=True):
    """``jp``: learning hours of 45 minutes; ``bytes``: the whole package; hashes are names of files."""

    course: UUID
    number: int
    slug: str
    title: str
    summary: str
    language: str
    jp: int
    open: bool
    units: tuple[PublishedUnit, ...]
    certificates: tuple[CertificateRule, ...]
    description: str
    manifest: str
    bytes: int

    @property
    def lessons(self) -> list[PublishedLesson]:
        return [item for unit in self.units for item in unit.items if isinstance(item, PublishedLesson)]


class LessonCompleted(Shape, frozen=True):
    """``lesson``: its lasting id; ``version``: the one that was studied."""

    lesson: UUID
    version: UUID


def _apply_versions(group: list[kinds.Taken]) -> None:
    """The version as it is; the course and its lessons as the newest version that names them says."""
    courses = {taken.payload.course: taken.payload.slug for taken in group}
    Course.objects.bulk_create([Course(id=id, slug=slug) for id, slug in courses.items()], ignore_conflicts=True)
    CourseVersion.objects.bulk_create(
        [frozen(taken.id, taken.payload, taken.made_at, taken.actor) for taken in group], ignore_conflicts=True
    )
    _show(set(courses))


def _show(courses: set[UUID]) -> None:
    """Courses and lessons as the newest version that names them says; those that no version names go."""
    versions: dict[UUID, list[CourseVersion]] = {course: [] for course in courses}
    for version in CourseVersion.objects.filter(course__in=courses).order_by("number", "pk"):
        versions[version.course_id].append(version)
    for course in Course.objects.filter(pk__in=courses):
        lessons = _lessons(versions[course.pk])
        Lesson.objects.filter(course=course).exclude(pk__in=lessons).delete()
        Lesson.objects.bulk_create(
            lessons.values(), update_conflicts=True, unique_fields=["id"], update_fields=["slug", "title", "minutes"]
        )
        if versions[course.pk]:
            course.current, course.slug = versions[course.pk][-1], versions[course.pk][-1].slug
            course.save(update_fields=["current", "slug"])
        else:
            course.delete()


def _lessons(versions: list[CourseVersion]) -> dict[UUID, Lesson]:
    """Lowest number first: what a later version says of a lesson replaces what an earlier one said."""
    return {
        item.id: Lesson(id=item.id, course_id=version.course_id, slug=item.slug, title=item.title, minutes=item.minutes)
        for version in versions
        for item in version.lessons
    }


def _withdraw_versions(entries: list[Entry]) -> set[UUID]:
    """The versions go with what was done in them; the course falls back to the newest that is left."""
    ids = [entry.id for entry in entries]
    courses = set(CourseVersion.objects.filter(pk__in=ids).values_list("course", flat=True))
    Course.objects.filter(pk__in=courses).update(current=None)
    gone = handlers.withdraw_rows(CourseVersion)(entries)
    _show(courses)
    return gone


def frozen(id: UUID, payload: VersionPublished, published_at: datetime, published_by: UUID | None) -> CourseVersion:
    """The row of a version, not saved."""
    plain = ("number", "slug", "title", "summary", "language", "jp", "open", "description", "manifest", "bytes")
    return CourseVersion(
        id=id,
        course_id=payload.course,
        units=msgspec.to_builtins(payload.units),
        certificates=msgspec.to_builtins(payload.certificates),
        lesson_count=len(payload.lessons),
        minutes=sum(lesson.minutes for lesson in payload.lessons),
        published_at=published_at,
        published_by=published_by,
        **{name: getattr(payload, name) for name in plain},
    )


def _apply_completions(group: list[kinds.Taken]) -> None:
    versions = {taken.payload.version for taken in group}
    courses = dict(CourseVersion.objects.filter(pk__in=versions).values_list("pk", "course"))
    rows = [
        LessonCompletion(
            id=taken.id,
            person_id=taken.subject,  # type: ignore[misc]  # needed, so it is there
            course_id=courses[taken.payload.version],
            lesson_id=taken.payload.lesson,
            version_id=taken.payload.version,
            completed_at=taken.made_at,
        )
        for taken in group
    ]
    LessonCompletion.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


kinds.register(
    kinds.Kind(
        "course.version_published",
        (VersionPublished,),
        _apply_versions,
        rules.may_publish,
        Entry.Proof.HUB,
        _withdraw_versions,
    )
)
kinds.register(
    kinds.Kind(
        "lesson.completed",
        (LessonCompleted,),
        _apply_completions,
        rules.may_complete,
        Entry.Proof.PERSON,
        needs=lambda taken: [
            ("person.registered", taken.subject),
            ("course.version_published", taken.payload.version),
        ],
        withdraw=handlers.withdraw_rows(LessonCompletion),
    )
)
