"""What a button on an author's page changes in the files of a draft: by path, ``None`` takes a file out."""

import re
from pathlib import PurePosixPath

from django.utils.text import slugify
from django.utils.translation import gettext as _

from balai.common.problems import Refusal

from . import frontmatter, glossary, pictures, problems, structure
from .faults import Faults
from .source import COURSE_FILE, PICTURE_TYPES, Source
from .structure import Plan, UnitPlan
from .writing import styled

Changes = dict[str, bytes | None]
TESTS = {
    "awal": "jenis: awal\nmenit: 15",
    "latihan": "jenis: latihan",
    "akhir": "jenis: akhir\nlulus: 70\nkesempatan: 2\nmenit: 20",
    "sertifikat": "jenis: sertifikat\nlulus: 70\nkesempatan: 3\nmenit: 30",
}
_NUMBER = re.compile(r"(\d+)-")


def reordered(source: Source, units: Plan) -> Changes:
    """``pelatihan.md`` with another order of study."""
    return {COURSE_FILE: _restyled(source, COURSE_FILE, structure.written(_text(source, COURSE_FILE), units))}


def with_unit(source: Source, title: str) -> Changes:
    """A unit at the end."""
    return reordered(source, (*structure.read(source), UnitPlan(title, ())))


def unit_named(source: Source, place: int, title: str) -> Changes:
    """Another title for the unit at ``place``."""
    units = structure.read(source)
    return reordered(source, tuple(UnitPlan(title, unit.paths) if n == place else unit for n, unit in enumerate(units)))


def without_unit(source: Source, place: int) -> Changes:
    """Without the unit at ``place`` and its files."""
    units = structure.read(source)
    gone = units[place].paths if 0 <= place < len(units) else ()
    left = tuple(unit for number, unit in enumerate(units) if number != place)
    return reordered(source, left) | {path: None for path in gone if path in source.files}


def with_lesson(source: Source, place: int, title: str) -> Changes:
    """A lesson, empty so far, at the end of the unit at ``place``."""
    slug = _free_slug(source, "materi", title)
    numbers = [int(found[1]) for path in source.files if (found := _NUMBER.match(path.removeprefix("materi/")))]
    path = f"materi/{max(numbers, default=0) + 1:02}-{slug}.md"
    text = f"---\nid: {slug}\njudul: {structure.quoted(title)}\nmenit: 10\n---\n"
    return {path: text.encode(), **_placed(source, place, path)}


def with_test(source: Source, place: int, title: str, kind: str) -> Changes:
    """A test without questions at the end of the unit at ``place``."""
    slug = _free_slug(source, "tes", title)
    path = f"tes/{slug}.md"
    rules = TESTS.get(kind, TESTS["latihan"])
    return {
        path: f"---\nid: {slug}\njudul: {structure.quoted(title)}\n{rules}\n---\n".encode(),
        **_placed(source, place, path),
    }


def _placed(source: Source, place: int, path: str) -> Changes:
    units = structure.read(source)
    if not 0 <= place < len(units):
        raise Refusal(problems.NEEDS_UNIT)
    return reordered(source, structure.added(units, place, path))


def listed(source: Source, path: str) -> Changes:
    """A text that was forgotten, at the end of the last unit."""
    return _placed(source, len(structure.read(source)) - 1, path) if path in source.files else {}


def named(source: Source, path: str, title: str) -> Changes:
    """Another title for a lesson or a test; its id stays, so progress stays."""
    if path not in source.files:
        return {}
    text = structure.with_value(_text(source, path), "judul", structure.quoted(title))
    return {path: _restyled(source, path, text)}


def without(source: Source, path: str) -> Changes:
    """Without a file, and without its place in the order of study."""
    if path not in source.files or path == COURSE_FILE:
        return {}
    units = structure.read(source)
    left = structure.without(units, path)
    return {path: None} | (reordered(source, left) if left != units else {})


def with_glossary(source: Source) -> Changes:
    """The page of words, with room for the first."""
    return {} if glossary.FILE in source.files else {glossary.FILE: f"## {_('istilah pertama')}\n".encode()}


def picture(source: Source, name: str, content: bytes) -> tuple[str, bytes]:
    """A free path for an uploaded picture, and what is kept of it. Raises ``Refusal``."""
    from . import photos  # see there

    try:
        found = pictures.read(content)
        # A drawing stays byte for byte as its author drew it; it is cleaned at publishing.
        kept = content if found.kind == "svg" else photos.kept(content, found)
    except pictures.BadPicture as error:
        raise Refusal(problems.NOT_A_PICTURE) from error
    stem = slugify(PurePosixPath(name).stem)[:60] or "gambar"
    taken = {path.rpartition(".")[0] for path in source.files if path.lower().endswith(PICTURE_TYPES)}
    return f"{_free(f'gambar/{stem}', taken)}.{found.kind}", kept


def shown(words: str, path: str) -> str:
    """The Markdown of a picture."""
    plain = words.replace("\\", "").replace("[", "(").replace("]", ")")
    return f"![{plain}]({path})"


def _free_slug(source: Source, folder: str, title: str) -> str:
    """An id that no file of the folder has."""
    paths = [path for path in source.files if path.startswith(f"{folder}/") and path.endswith(".md")]
    heads = [frontmatter.read(path, _text(source, path), Faults()) for path in paths]
    taken = {str(head.values.get("id")) for head in heads}
    taken |= {PurePosixPath(path).stem for path in paths}
    return _free(slugify(title)[:50].strip("-") or folder, taken)


def _free(wish: str, taken: set[str]) -> str:
    number, name = 1, wish
    while name in taken:
        number += 1
        name = f"{wish}-{number}"
    return name


def _text(source: Source, path: str) -> str:
    try:
        return source.text(path)
    except UnicodeDecodeError as error:
        raise Refusal(problems.NOT_TEXT, path=path) from error


def _restyled(source: Source, path: str, text: str) -> bytes:
    return styled(text, source.files[path])
