"""Publishing: a draft becomes a numbered version that never changes again."""

from dataclasses import dataclass
from uuid import UUID

import msgspec
from django.db import transaction

from balai.common import clock
from balai.common.problems import Refusal
from balai.log import blobs
from balai.log.record import Deed, record_many

from . import outline, problems
from .build import Build, PackedLesson, register_part
from .entries import (
    CertificateRule,
    PublishedLesson,
    PublishedTest,
    PublishedUnit,
    VersionPublished,
    frozen,
)
from .faults import Faults
from .models import Course, CourseVersion, Draft, Publication
from .outline import TestDraft
from .source import Source

__all__ = ["Plan", "plan", "preview", "publish", "register_part"]


@dataclass(frozen=True)
class Plan:
    """What publishing a source would do: ``build`` as it would be frozen, beside the version that is out now."""

    build: Build
    current: CourseVersion | None
    unchanged: bool

    @property
    def fresh(self) -> list[PackedLesson]:
        """Lessons that were not there before."""
        known = {lesson.id for lesson in self.current.lessons} if self.current else set()
        return [lesson for lesson in self.build.lessons.values() if lesson.draft.id not in known]

    @property
    def changed(self) -> list[PackedLesson]:
        """Lessons whose text or title is another one now."""
        known = {lesson.id: (lesson.sha256, lesson.title) for lesson in self.current.lessons} if self.current else {}
        lessons = self.build.lessons.values()
        return [ls for ls in lessons if ls.draft.id in known and known[ls.draft.id] != (ls.sha, ls.draft.title)]

    @property
    def gone(self) -> list[str]:
        """Titles of lessons that are left out now."""
        return [lesson.title for lesson in self.current.lessons if lesson.id not in self.build.lessons] \
            if self.current else []  # fmt: skip

    @property
    def moved_bytes(self) -> int:
        """About what a phone that has the current version downloads for the next one."""
        held = _files(self.current) if self.current else set()
        return sum(file.wire for file in self.build.files.values() if file.sha not in held)


def _files(version: CourseVersion) -> set[str]:
    manifest = msgspec.json.decode(blobs.read(version.manifest))
    return {file["sha256"] for file in manifest["files"]}


def plan(source: Source) -> Plan:
    """Build ``source`` as the next version without writing anything. Raises ``Refusal`` without an identity."""
    course = outline.read(source, Faults()).id
    current = CourseVersion.objects.filter(course=course).order_by("number", "pk").last()
    build = Build.of(source, current.number + 1 if current else 1)
    known = Publication.objects.filter(version=current).first() if current else None
    return Plan(build, current, known is not None and known.source_digest == build.source_digest())


def preview(build: Build) -> CourseVersion:
    """The version that ``build`` would become, not saved."""
    return frozen(build.version_id, _payload(build), clock.wall(), None)


def publish(source: Source, actor: UUID | None, draft: Draft | None = None) -> tuple[CourseVersion, bool]:
    """The version that ``source`` is now, and whether it is a new one: unchanged content changes nothing.

    ``actor`` is an author's person; ``None`` is the keeper of the hub at its command line. Raises ``Refusal``.
    """
    with transaction.atomic():
        planned = plan(source)
        build = planned.build
        _check(planned)
        if planned.unchanged and planned.current:
            return planned.current, False
        deeds = [_deed(build, actor), *build.deeds]
        for sha in build.contents:
            if not blobs.path(sha).exists():
                blobs.put(build.content(sha))
        record_many(deeds)
        version = CourseVersion.objects.get(pk=build.version_id)
        Publication.objects.create(version=version, source_digest=build.source_digest(), draft=draft)
    return version, True


def _check(planned: Plan) -> None:
    build = planned.build
    if build.found:
        raise Refusal(problems.FAULTY, count=len(build.found), first=build.found[0])
    slug = build.outline.slug
    if Course.objects.filter(slug=slug).exclude(pk=build.outline.id).exists():
        raise Refusal(problems.SLUG_TAKEN, slug=slug)
    if planned.current and planned.current.slug != slug:
        raise Refusal(problems.SLUG_CHANGED, old=planned.current.slug, new=slug)


def _deed(build: Build, actor: UUID | None) -> Deed:
    return Deed("course.version_published", _payload(build), actor=actor, id=build.version_id, proof="hub")


def _payload(build: Build) -> VersionPublished:
    course = build.outline
    return VersionPublished(
        course=course.id,
        number=build.number,
        slug=course.slug,
        title=course.title,
        summary=course.summary,
        language=course.language,
        jp=course.jp,
        open=course.is_open,
        units=tuple(PublishedUnit(title, tuple(map(_item, items))) for title, items in build.units()),
        certificates=_certificates(build),
        description=build.description,
        manifest=_manifest(build),
        bytes=build.wire(),
    )


def _manifest(build: Build) -> str:
    content = build.manifest().encode()
    build.contents[blobs.name(content)] = content
    return blobs.name(content)


def _item(item: PackedLesson | TestDraft) -> PublishedLesson | PublishedTest:
    if isinstance(item, TestDraft):
        return PublishedTest(id=item.id, slug=item.slug, title=item.title)
    draft = item.draft
    return PublishedLesson(
        id=draft.id, slug=draft.slug, title=draft.title, minutes=draft.minutes, bytes=item.wire, sha256=item.sha
    )


def _certificates(build: Build) -> tuple[CertificateRule, ...]:
    tests = build.outline.tests
    return tuple(
        CertificateRule(
            kind=rule.kind,
            lessons=rule.lessons,
            test=tests[rule.test].id if rule.test in tests else None,
            months=rule.months,
        )
        for rule in build.outline.certificates
    )
