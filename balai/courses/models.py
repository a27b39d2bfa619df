"""Courses, their published versions, what learners completed; and, local to this node, authors' drafts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from balai.common import clock
from balai.common.ids import uuid7
from balai.log import blobs
from balai.log.models import SyncedModel
from balai.people.models import Person

from . import access
from .source import Source


class CourseQuerySet(models.QuerySet["Course"]):
    def admitting(self, person: Person | None) -> "CourseQuerySet":
        """Courses to which the person was admitted (see ``access``)."""
        admitted = Q(pk__in=())
        if person is not None:
            for source in access.SOURCES:
                admitted |= Q(pk__in=source(person))
        return self.filter(admitted)

    def readable_by(self, person: Person | None) -> "CourseQuerySet":
        """Open courses, and restricted ones to which the person was admitted."""
        return self.filter(Q(current__open=True) | Q(pk__in=self.admitting(person).values("pk")))

    def catalogue(self) -> "CourseQuerySet":
        """Everything that may be known to exist, by title: restricted courses can be asked for."""
        return self.filter(current__isnull=False).select_related("current").order_by("current__title", "pk")


class Course(SyncedModel):
    """A course; what it teaches stands in its versions. ``current`` is the newest; ``slug`` never changes."""

    slug = models.CharField(max_length=60, db_index=True)
    current = models.ForeignKey("CourseVersion", models.PROTECT, null=True, related_name="+")

    objects = CourseQuerySet.as_manager()

    def __str__(self) -> str:
        return self.slug

    @property
    def newest(self) -> "CourseVersion":
        """The version that is out now: a published course has one."""
        if self.current is None:
            raise CourseVersion.DoesNotExist
        return self.current


@dataclass(frozen=True)
class LessonItem:
    """A lesson in a version: ``id`` is the same in all versions; ``bytes`` is what a phone downloads."""

    id: UUID
    slug: str
    title: str
    minutes: int
    bytes: int
    sha256: str
    unit: int
    place: int


@dataclass(frozen=True)
class TestItem:
    """A test in a version; its questions belong to the room of tests."""

    id: UUID
    slug: str
    title: str
    unit: int


Item = LessonItem | TestItem


@dataclass(frozen=True)
class Unit:
    title: str
    items: tuple[Item, ...]


class CourseVersion(SyncedModel):
    """A frozen, numbered version: never changes, and learners in the middle of it keep it.

    ``units`` is the order of study as it was published; ``certificates`` the rules
    ({kind, lessons, test, months}, each kind once); ``manifest`` and ``description`` are names in the file
    store; ``bytes`` is about the whole download.
    """

    course = models.ForeignKey(Course, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    slug = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=240, blank=True)
    language = models.CharField(max_length=5)
    jp = models.PositiveSmallIntegerField()
    open = models.BooleanField()
    units = models.JSONField()
    certificates = models.JSONField(default=list)
    description = models.CharField(max_length=64)
    manifest = models.CharField(max_length=64)
    lesson_count = models.PositiveSmallIntegerField()
    minutes = models.PositiveIntegerField()
    bytes = models.PositiveBigIntegerField()
    published_at = models.DateTimeField()
    published_by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["course", "number"], name="version_of_course")]

    def __str__(self) -> str:
        return f"{self.slug} {self.number}"

    @cached_property
    def outline(self) -> list[Unit]:
        """The units with their lessons and tests, in the order of study."""
        places = iter(range(1, 10_000))
        return [
            Unit(unit["title"], tuple(_item(raw, number, places) for raw in unit["items"]))
            for number, unit in enumerate(self.units, 1)
        ]

    @cached_property
    def items(self) -> list[Item]:
        return [item for unit in self.outline for item in unit.items]

    @cached_property
    def lessons(self) -> list[LessonItem]:
        return [item for item in self.items if isinstance(item, LessonItem)]

    def lesson(self, slug: str) -> LessonItem | None:
        return next((lesson for lesson in self.lessons if lesson.slug == slug), None)

    def holds(self, lesson: UUID) -> bool:
        return any(item.id == lesson for item in self.lessons)

    def after(self, item: Item) -> Item | None:
        """What is studied after ``item``."""
        place = self.items.index(item)
        return self.items[place + 1] if place + 1 < len(self.items) else None

    def before(self, item: Item) -> Item | None:
        """What is studied before ``item``."""
        place = self.items.index(item)
        return self.items[place - 1] if place else None

    def needed_lessons(self) -> int:
        """How many lessons the certificates ask for; all when none asks for any."""
        return self.share(max((rule["lessons"] for rule in self.certificates), default=0) or 100)

    def share(self, percent: int) -> int:
        """How many lessons ``percent`` of them are, rounded up."""
        return -(-self.lesson_count * percent // 100)

    def description_html(self) -> str:
        return blobs.read(self.description).decode()


def _item(raw: dict[str, Any], unit: int, places: Iterator[int]) -> Item:
    common = {"id": UUID(raw["id"]), "slug": raw["slug"], "title": raw["title"], "unit": unit}
    if raw["type"] == "test":
        return TestItem(**common)
    size = {"minutes": raw["minutes"], "bytes": raw["bytes"], "sha256": raw["sha256"]}
    return LessonItem(**common, **size, place=next(places))


class Lesson(SyncedModel):
    """A lesson through all versions of its course, with the title that it last had."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="lessons")
    slug = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    minutes = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return self.title


class LessonCompletion(SyncedModel):
    """A person finished a lesson. Two phones may both say so: two rows, one lesson done."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="lesson_completions")
    course = models.ForeignKey(Course, models.PROTECT, related_name="completions")
    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="completions")
    version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="completions")
    completed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "course"], name="completions_of_person")]


class CourseDraftQuerySet(models.QuerySet["Draft"]):
    def standing(self) -> "CourseDraftQuerySet":
        """Without what was written past each other and is only kept."""
        return self.exclude(origin=Draft.Origin.ASIDE)

    def newest(self) -> "CourseDraftQuerySet":
        """The newest draft of each course."""
        rows = Draft.objects.standing().filter(course=models.OuterRef("course"), pk__gt=models.OuterRef("pk"))
        return self.standing().filter(~models.Exists(rows))


class Draft(models.Model):
    """A course folder as an author brought or wrote it, file by file. Local. A row is a version to go back to.

    What one author writes in the browser within a while is one row (``begun_at`` to ``imported_at``).
    """

    class Origin(models.TextChoices):
        IMPORT = "import", _("Diunggah")
        WRITTEN = "written", _("Ditulis")
        RESTORED = "restored", _("Dipakai lagi")
        ASIDE = "aside", _("Ditulis bersamaan, disimpan terpisah")

    id = models.UUIDField(primary_key=True, default=uuid7)
    course = models.UUIDField(db_index=True)
    slug = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    files = models.JSONField()
    imported_at = models.DateTimeField(default=clock.wall)
    imported_by = models.UUIDField(null=True)
    begun_at = models.DateTimeField(default=clock.wall)
    origin = models.CharField(max_length=8, choices=Origin.choices, default=Origin.IMPORT)

    objects = CourseDraftQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.slug} {self.imported_at:%Y-%m-%d %H:%M}"

    def source(self) -> Source:
        """The files of the folder, byte for byte."""
        return Source.of((path, blobs.read(sha)) for path, sha in self.files.items())

    def opened(self) -> Source:
        """The same, each file read when it is asked for: one text is edited without loading all pictures."""
        return Source(KeptFiles(self.files))


class KeptFiles(Mapping[str, bytes]):
    """Files of the store by path, from ``{path: name in the store}``."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = dict(sorted(names.items()))

    def __getitem__(self, path: str) -> bytes:
        return blobs.read(self.names[path])

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


class Publication(models.Model):
    """Which source a version was published from, so that the same source is not published twice. Local."""

    version = models.OneToOneField(CourseVersion, models.CASCADE, primary_key=True, db_constraint=False)
    source_digest = models.CharField(max_length=64)
    draft = models.ForeignKey(Draft, models.SET_NULL, null=True)
