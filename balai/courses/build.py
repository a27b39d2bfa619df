"""Freezing a source into a package: HTML fragments and cleaned pictures by their hash, and the list of them.

Building writes nothing: the preview of a draft and its publication are the same build.
"""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from balai.common import canonical
from balai.common.ids import derived
from balai.log import blobs
from balai.log.record import Deed

from . import glossary, made, markdown, outline, pictures
from .faults import Fault, Faults
from .made import Ready
from .markdown import Shown, Text
from .outline import LessonDraft, Outline, TestDraft
from .source import COURSE_FILE, PICTURE_TYPES, Source

Part = Callable[[Source, "Build", UUID], list[Deed]]
_PARTS: list[Part] = []


def register_part(prepare: Part) -> None:
    """A higher room reads its own files of a folder at every build (preview and publication).

    ``prepare(source, build, version_id)`` renders with ``build.render``, adds files with ``build.add``, notes
    what is wrong in ``build.faults``, and returns deeds recorded together with the publication.
    """
    _PARTS.append(prepare)


@dataclass(frozen=True)
class PackedFile:
    """A file of the package: ``bytes`` is its length, ``wire`` about what a phone downloads (compressed)."""

    path: str
    sha: str
    bytes: int
    wire: int


@dataclass(frozen=True)
class PackedLesson:
    """A lesson of the package; ``wire`` counts its text and its pictures, in bytes as a phone downloads them."""

    draft: LessonDraft
    sha: str
    wire: int


@dataclass
class Build:
    """One build of one version. ``files`` by path in the package; ``contents`` by SHA-256, read with ``content``."""

    source: Source
    outline: Outline
    number: int
    faults: Faults
    deeds: list[Deed] = field(default_factory=list)
    files: dict[str, PackedFile] = field(default_factory=dict)
    contents: dict[str, bytes | Ready] = field(default_factory=dict)
    lessons: dict[UUID, PackedLesson] = field(default_factory=dict)
    description: str = ""
    _pictures: dict[str, Shown | None] = field(default_factory=dict)
    _wire: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, source: Source, number: int = 1) -> "Build":
        """Build all of ``source``; faults are noted. Raises ``Refusal`` when it has no readable identity."""
        faults = Faults()
        build = cls(source, outline.read(source, faults), number, faults)
        with translation.override(build.outline.language):
            build._pack()
        return build

    @classmethod
    def glance(cls, source: Source, path: str) -> tuple["Build", str]:
        """Build no more than the file ``path``: its faults while it is written, and its HTML ("" of a test)."""
        faults = Faults()
        build = cls(source, outline.read(source, faults), 1, faults)
        with translation.override(build.outline.language):
            return build, build._glance(path)

    def _glance(self, path: str) -> str:
        if lesson := self.outline.lessons.get(path):
            return self.render(lesson.text)
        if path == glossary.FILE:
            return glossary.rendered(self)
        if path == COURSE_FILE:
            return self.render(self.outline.description)
        for prepare in _PARTS:
            prepare(self.source, self, self.version_id)
        return ""

    @cached_property
    def version_id(self) -> UUID:
        """The id of the version that this build becomes: one number, one version."""
        return derived(self.outline.id, "version", str(self.number))

    @property
    def found(self) -> list[Fault]:
        """Everything that is wrong, by file and line."""
        return self.faults.sorted()

    def render(self, text: Text, lesson_base: str = "") -> str:
        """Safe HTML. ``lesson_base`` stands before the slug in links to lessons ("" on a lesson's own page)."""
        return markdown.render(text, _Library(self, text.path, lesson_base), self.faults)

    def lesson_at(self, path: str) -> LessonDraft | None:
        """The lesson written in the file ``path``."""
        return self.outline.lessons.get(path)

    def add(self, path: str, content: bytes) -> str:
        """Put a file into the package. Returns its SHA-256."""
        sha = blobs.name(content)
        wire = len(content) if path.endswith((".png", ".jpg", ".webp")) else len(zlib.compress(content, 9))
        self.files[path] = PackedFile(path, sha, len(content), wire)
        self.contents[sha] = content
        return sha

    def content(self, sha: str) -> bytes:
        """The bytes of a file of the package."""
        found = self.contents[sha]
        return found.read() if isinstance(found, Ready) else found

    def show(self, path: str, reader: str) -> Shown | None:
        """The picture ``path`` as pages show it, put into the package on first use by ``reader``."""
        if path not in self._pictures:
            self._pictures[path] = self._pack_picture(path)
        shown = self._pictures[path]
        if shown:
            name = shown.url.rpartition("/")[2]
            self._wire[reader] = self._wire.get(reader, 0) + self.files[f"pictures/{name}"].wire
        return shown

    def _pack(self) -> None:
        self.description = self.add("description.html", self.render(self.outline.description).encode())
        for lesson in self.outline.lessons.values():
            path = f"lessons/{lesson.slug}.html"
            sha = self.add(path, self.render(lesson.text).encode())
            wire = self.files[path].wire + self._wire.get(lesson.text.path, 0)
            self.lessons[lesson.id] = PackedLesson(lesson, sha, wire)
        if glossary.FILE in self.source.files:
            self.add(glossary.PACKED, glossary.rendered(self).encode())
        for prepare in _PARTS:
            self.deeds += prepare(self.source, self, self.version_id)

    def _pack_picture(self, path: str) -> Shown | None:
        if path not in self.source.files or not path.lower().endswith(PICTURE_TYPES):
            return None
        if drawn := made.of(self.source.name(path)):
            self._insist_light(path, drawn[-1].bytes)
            return _shown([(self._add_drawn(one), one.width) for one in drawn], drawn[-1].height)
        content = self.source.files[path]
        try:
            widths = _widths(content)
        except pictures.BadPicture as error:
            self.faults.add(path, error.line, _("Gambar ini rusak, atau bukan SVG, PNG, JPG, atau WebP."))
            return None
        self._insist_light(path, len(widths[-1].content))
        return _shown([(self._add_picture(picture), picture.width) for picture in widths], widths[-1].height)

    def _insist_light(self, path: str, size: int) -> None:
        if size > pictures.HEAVY:
            text = _("Gambar ini {size} KB; kecilkan sampai paling banyak {limit} KB agar ringan di HP.")
            self.faults.add(path, 0, text.format(size=size // 1024, limit=pictures.HEAVY // 1024))

    def _add_drawn(self, one: made.Made) -> str:
        name = f"{one.sha}.{one.kind}"
        self.files[f"pictures/{name}"] = PackedFile(f"pictures/{name}", one.sha, one.bytes, one.bytes)
        self.contents[one.sha] = Ready(one.path)
        return f"/berkas/{name}"

    def _add_picture(self, picture: pictures.Picture) -> str:
        name = f"{blobs.name(picture.content)}.{picture.kind}"
        self.add(f"pictures/{name}", picture.content)
        return f"/berkas/{name}"

    def manifest(self) -> str:
        """``manifest.json``: every file of the package with its SHA-256 and length."""
        return canonical.encode(
            {
                "format": 1,
                "course": self.outline.id,
                "version": self.version_id,
                "number": self.number,
                "slug": self.outline.slug,
                "files": [
                    {"path": file.path, "sha256": file.sha, "bytes": file.bytes}
                    for file in sorted(self.files.values(), key=lambda file: file.path)
                ],
            }
        )

    def source_digest(self) -> str:
        """SHA-256 over the texts and the pictures in use: whether there is anything new to publish."""
        used = {path for path, shown in self._pictures.items() if shown}
        used |= {glossary.FILE} & self.source.files.keys()
        used |= {COURSE_FILE, *self.outline.lessons, *self.outline.tests}
        listed = {path: self.source.name(path) for path in sorted(used)}
        return canonical.digest(canonical.encode(list(listed.items()))).hex()

    def wire(self) -> int:
        """About how many bytes a phone downloads for the whole package."""
        return sum(file.wire for file in self.files.values())

    def units(self) -> Iterator[tuple[str, list[PackedLesson | TestDraft]]]:
        """Titles of units with their packed items, in the order of study."""
        for unit in self.outline.units:
            yield unit.title, [self.lessons[i.id] if isinstance(i, LessonDraft) else i for i in unit.items]


def _shown(widths: list[tuple[str, int]], height: int) -> Shown:
    """A picture by the addresses of its widths, the widest last, with the pixels of each; ``height`` of the widest."""
    srcset = ", ".join(f"{url} {width}w" for url, width in widths)
    url, width = widths[-1]
    return Shown(url, width, height, srcset if len(widths) > 1 else "")


def _widths(content: bytes) -> list[pictures.Picture]:
    """A picture as it is published, in one width or several. Raises ``BadPicture``."""
    picture = pictures.read(content)
    if picture.kind not in {"png", "jpg"}:
        return [picture]
    from . import photos  # see there

    return photos.modern(content, picture)


@dataclass(frozen=True)
class _Library:
    """What the text at ``reader`` may point at."""

    build: Build
    reader: str
    lesson_base: str

    def picture(self, path: str) -> Shown | None:
        return self.build.show(path, self.reader)

    def page(self, path: str) -> str | None:
        lesson = self.build.outline.lessons.get(path)
        return self.lesson_base + lesson.slug if lesson else None
