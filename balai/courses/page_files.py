"""Writing the pages of open lessons and their pictures where the middleware finds them (see ``static_pages``)."""

import gzip
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from uuid import UUID

import brotli
import msgspec
from csp.utils import build_policy
from django.conf import settings

from balai.log import blobs

from .inlining import with_drawings
from .lesson_pages import LessonPage
from .models import CourseVersion, LessonItem

#: Kinds that are as small as they get.
_PACKED = ("png", "jpg", "webp")


@dataclass(frozen=True)
class Variant:
    """One way in which a lesson's page is shown."""

    language: str
    theme: str

    @property
    def name(self) -> str:
        return f"{self.language}-{self.theme or 'auto'}"


@lru_cache(maxsize=1)
def policy() -> str:
    """The Content-Security-Policy of every page."""
    return build_policy() or ""


def public() -> Path:
    """The folder of what anyone may read."""
    return Path(settings.BALAI_DATA) / "public"


def page_path(slug: str, number: str | int, lesson: str, variant: Variant) -> Path:
    """Where a lesson's page lies, or would."""
    return public() / frame() / "materi" / slug / str(number) / f"{lesson}.{variant.name}.html"


def frame() -> str:
    """The hash of what is baked into every page, besides the lesson."""
    return _frame(settings.BALAI_DEMO)


@lru_cache(maxsize=2)
def _frame(demo: bool) -> str:
    """Rendered once a process, with a lesson that says nothing."""
    lesson = {"type": "lesson", "id": str(UUID(int=0)), "slug": "m", "title": "m", "minutes": 1, "bytes": 1}
    lesson["sha256"] = ""
    units = [{"title": "u", "items": [lesson]}]
    version = CourseVersion(number=1, slug="s", title="t", language="id", jp=1, units=units, lesson_count=1)
    page = LessonPage(version, version.lessons[0], "")
    shown = "".join(page.render(language, "") for language in dict(settings.LANGUAGES))
    return blobs.name((shown + policy()).encode())[:12]


def write_version(version: CourseVersion) -> int:
    """Write every lesson of an open version in every language, and its pictures. Returns how many pages."""
    if not version.open:
        return 0
    _write_pictures(version)
    pages = 0
    for lesson in version.lessons:
        for language in dict(settings.LANGUAGES):
            write_page(version, lesson, Variant(language, ""))
            pages += 1
    return pages


def write_page(version: CourseVersion, lesson: LessonItem, variant: Variant) -> Path:
    """Write one page of an open version."""
    page = LessonPage(version, lesson, with_drawings(blobs.read(lesson.sha256).decode()))
    path = page_path(version.slug, version.number, lesson.slug, variant)
    _write(path, page.render(variant.language, variant.theme).encode())
    return path


def _write_pictures(version: CourseVersion) -> None:
    for name in pictures_of(version):
        path = public() / "berkas" / name
        if not _whole(path):
            _write(path, blobs.read(name[:64]))


def pictures_of(version: CourseVersion) -> list[str]:
    """The names (hash and kind) of the pictures of a version."""
    return _pictures_of(version.manifest)


@lru_cache(maxsize=64)
def _pictures_of(manifest: str) -> list[str]:
    files = msgspec.json.decode(blobs.read(manifest))["files"]
    return [file["path"].removeprefix("pictures/") for file in files if file["path"].startswith("pictures/")]


def _write(path: Path, content: bytes) -> None:
    """The plain file last: whoever finds it finds the packed ones too."""
    if not path.name.endswith(_PACKED):
        blobs.write(Path(f"{path}.br"), brotli.compress(content, quality=11), durable=False)
        blobs.write(Path(f"{path}.gz"), gzip.compress(content, 9, mtime=0), durable=False)
    blobs.write(path, content, durable=False)


def refresh() -> Iterator[CourseVersion]:
    """After an upgrade: write the open versions that are not there in the frame of now, then drop older frames.

    Yields each version that it wrote.
    """
    for version in CourseVersion.objects.filter(open=True).order_by("course", "-number"):
        if not _complete(version):
            write_version(version)
            yield version
    for folder in public().glob("*/materi"):
        if folder.parent.name != frame():
            shutil.rmtree(folder.parent, ignore_errors=True)


def _complete(version: CourseVersion) -> bool:
    pages = [
        page_path(version.slug, version.number, lesson.slug, Variant(language, ""))
        for lesson in version.lessons
        for language in dict(settings.LANGUAGES)
    ]
    return all(map(_whole, pages + [public() / "berkas" / name for name in pictures_of(version)]))


def _whole(path: Path) -> bool:
    """Whether the file is there with its bytes, which a power cut may have taken."""
    return path.exists() and path.stat().st_size > 0
