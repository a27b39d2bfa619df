"""What an author's folder says the course is: its data and the order of study, before anything is rendered."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext as _

from balai.common.ids import derived
from balai.common.problems import Refusal

from . import certificate_rules, frontmatter, problems
from .certificate_rules import CertificateRule
from .faults import Faults
from .frontmatter import Head
from .markdown import Text
from .source import COURSE_FILE, Source

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
MAXIMUM_JP = 400
MAXIMUM_MINUTES = 600
#: Slugs that are addresses of their own below /pelatihan.
RESERVED = ("naskah",)
_COURSE_KEYS = ("id", "slug", "judul", "ringkasan", "bahasa", "jp", "terbuka", "modul", "sertifikat")


@dataclass(frozen=True)
class LessonDraft:
    """A lesson: ``id`` stays the same in every version; ``minutes`` to study."""

    id: UUID
    slug: str
    title: str
    minutes: int
    text: Text


@dataclass(frozen=True)
class TestDraft:
    """A test, by what the outline needs of it; its questions are read by the room that knows tests."""

    id: UUID
    slug: str
    title: str
    path: str


@dataclass(frozen=True)
class UnitDraft:
    title: str
    items: tuple[LessonDraft | TestDraft, ...]


@dataclass(frozen=True)
class Outline:
    """A course as its author wrote it down."""

    id: UUID
    slug: str
    title: str
    summary: str
    language: str
    jp: int
    is_open: bool
    units: tuple[UnitDraft, ...]
    certificates: tuple[CertificateRule, ...]
    description: Text

    @property
    def items(self) -> Iterator[LessonDraft | TestDraft]:
        for unit in self.units:
            yield from unit.items

    @cached_property
    def lessons(self) -> dict[str, LessonDraft]:
        """The lessons by path, in their order."""
        return {item.text.path: item for item in self.items if isinstance(item, LessonDraft)}

    @cached_property
    def tests(self) -> dict[str, TestDraft]:
        """The tests by path, in their order."""
        return {item.path: item for item in self.items if isinstance(item, TestDraft)}


def read(source: Source, faults: Faults) -> Outline:
    """The outline of ``source``; what is wrong is noted in ``faults``.

    Raises ``Refusal`` when not even the course's id, slug and title can be read.
    """
    head = _read_head(source, COURSE_FILE, faults)
    id = _identity(head, faults)
    head.known(*_COURSE_KEYS)
    reader = _Reader(source, id, faults)
    units = tuple(reader.units(head))
    reader.unlisted()
    return Outline(
        id=id,
        slug=head.text("slug"),
        title=head.text("judul", 120),
        summary=head.text("ringkasan", 240),
        language=head.choice("bahasa", ("id", "en"), "id"),
        jp=head.number("jp", 1, MAXIMUM_JP),
        is_open=head.choice("terbuka", (True, False), True),
        units=units,
        certificates=certificate_rules.read(head, _tests(units)),
        description=Text(COURSE_FILE, head.body_line, head.body),
    )


@dataclass(frozen=True)
class Identity:
    """What tells a course from another, and how it is called."""

    id: UUID
    slug: str
    title: str


def identity(source: Source) -> Identity:
    """Read no more than the head of ``pelatihan.md``. Raises ``Refusal`` when it cannot be read."""
    faults = Faults()
    head = _read_head(source, COURSE_FILE, faults)
    return Identity(_identity(head, faults), head.text("slug"), head.text("judul", 120))


def _read_head(source: Source, path: str, faults: Faults) -> Head:
    try:
        return frontmatter.read(path, source.text(path), faults)
    except UnicodeDecodeError as error:
        line = source.files[path][: error.start].count(b"\n") + 1
        faults.add(path, line, _("Berkas ini bukan teks UTF-8. Simpan ulang sebagai UTF-8."))
        return Head(path, {}, {}, "", 1, faults)


def _identity(head: Head, faults: Faults) -> UUID:
    """The course's id. A draft without id, slug and title cannot be told from another."""
    try:
        id = UUID(str(head.values.get("id")))
    except ValueError:
        head.fault("id", _("“id” harus UUID, misalnya 01928d79-7400-73c1-b00c-329629c6dc47."))
        id = UUID(int=0)
    slug = head.text("slug", 60)
    if slug and not (SLUG.fullmatch(slug) and slug not in RESERVED):
        head.fault("slug", _("“slug” hanya boleh huruf kecil, angka, dan tanda hubung."))
    head.text("judul", 120)
    if faults.found:
        raise Refusal(problems.NO_IDENTITY, detail=str(faults.sorted()[0]))
    return id


class _Reader:
    """Reads units and their files; every file and every slug may be used once."""

    def __init__(self, source: Source, course: UUID, faults: Faults) -> None:
        self.source, self.course, self.faults = source, course, faults
        self.used: set[str] = set()
        self.slugs: set[tuple[str, str]] = set()

    def units(self, head: Head) -> Iterator[UnitDraft]:
        units = head.values.get("modul")
        if not isinstance(units, list) or not units:
            head.fault("modul", _("“modul” harus daftar, masing-masing dengan judul dan isi."))
            return
        for number, unit in enumerate(units):
            place = f"modul[{number}]"
            if not isinstance(unit, dict) or not isinstance(unit.get("judul"), str):
                head.fault(place, _("Modul ini perlu “judul”."))
            elif not isinstance(unit.get("isi"), list) or not unit["isi"]:
                head.fault(place, _("Modul ini perlu “isi”: daftar berkas materi dan tes."))
            else:
                title = " ".join(unit["judul"].split())[:120]
                yield UnitDraft(title, tuple(self.items(head, f"{place}.isi", unit["isi"])))

    def items(self, head: Head, place: str, paths: list[object]) -> Iterator[LessonDraft | TestDraft]:
        for number, path in enumerate(paths):
            where = f"{place}[{number}]"
            if not isinstance(path, str) or path not in self.source.files:
                head.fault(where, _("Berkas {path} tidak ada di map ini.").format(path=path))
            elif path in self.used:
                head.fault(where, _("Berkas {path} sudah dipakai di atas.").format(path=path))
            elif not path.startswith(("materi/", "tes/")) or not path.endswith(".md"):
                head.fault(where, _("Isi modul hanya berkas .md di map materi/ atau tes/."))
            else:
                self.used.add(path)
                yield self.item(path)

    def item(self, path: str) -> LessonDraft | TestDraft:
        head = _read_head(self.source, path, self.faults)
        kind = "lesson" if path.startswith("materi/") else "test"
        slug, title = self.slug(head, kind), head.text("judul", 120)
        id = derived(self.course, kind, slug)
        if kind == "test":
            return TestDraft(id, slug, title, path)
        head.known("id", "judul", "menit")
        if head.values and not head.body.strip():
            self.faults.add(path, head.body_line, _("Materi ini belum berisi tulisan."))
        minutes = head.number("menit", 1, MAXIMUM_MINUTES)
        return LessonDraft(id, slug, title, minutes, Text(path, head.body_line, head.body))

    def slug(self, head: Head, kind: str) -> str:
        slug = head.text("id", 60)
        if slug and not SLUG.fullmatch(slug):
            head.fault("id", _("“id” hanya boleh huruf kecil, angka, dan tanda hubung."))
        elif slug and (kind, slug) in self.slugs:
            head.fault("id", _("“id” {slug} sudah dipakai berkas lain.").format(slug=slug))
        self.slugs.add((kind, slug))
        return slug

    def unlisted(self) -> None:
        """A text that is in the folder and not in the order of study is most likely forgotten."""
        for path in self.source.files:
            if path.startswith(("materi/", "tes/")) and path.endswith(".md") and path not in self.used:
                self.faults.add(path, 0, _("Berkas ini belum tercantum di “modul” pada pelatihan.md."))


def _tests(units: tuple[UnitDraft, ...]) -> set[str]:
    return {item.path for unit in units for item in unit.items if isinstance(item, TestDraft)}
