"""``glosarium.md``: the words of a course and what they mean, a heading each; published as a page of its own."""

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

import msgspec
from django.utils.text import slugify
from django.utils.translation import gettext as _

from balai.log import blobs

from .markdown import Text

if TYPE_CHECKING:
    from .build import Build
    from .models import CourseVersion

FILE = "glosarium.md"
#: Its path in the package.
PACKED = "glossary.html"
_HEADING = re.compile(r"##\s+(.+?)\s*#*\s*")


def rendered(build: "Build") -> str:
    """The safe HTML of the words, in alphabetical order; what is wrong is noted in the build."""
    entries = {}
    for term, text in _entries(build):
        if not text.body.strip():
            build.faults.add(FILE, text.line - 1, _("Istilah {term} belum dijelaskan.").format(term=term))
        if term.casefold() in entries:
            build.faults.add(FILE, text.line - 1, _("Istilah {term} sudah ada di atas.").format(term=term))
        html = build.render(text, f"/materi/{build.outline.slug}/{build.number}/")
        entries[term.casefold()] = f'<div id="{slugify(term)}"><dt>{escape(term)}</dt><dd>{html}</dd></div>'
    return f'<dl class="glossary">{"".join(entries[key] for key in sorted(entries))}</dl>'


def _entries(build: "Build") -> Iterator[tuple[str, Text]]:
    """Every word with its text; what stands before the first word is noted."""
    lines = _lines(build)
    starts = [number for number, line in enumerate(lines) if _HEADING.fullmatch(line)]
    if any(line.strip() for line in lines[: starts[0] if starts else None]):
        build.faults.add(FILE, 1, _("Glosarium dimulai dengan “## istilah”, lalu penjelasannya."))
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        heading = _HEADING.fullmatch(lines[start])
        if heading:
            yield heading[1], Text(FILE, start + 2, "\n".join(lines[start + 1 : end]))


def _lines(build: "Build") -> list[str]:
    try:
        return build.source.text(FILE).split("\n")
    except UnicodeDecodeError:
        build.faults.add(FILE, 0, _("Berkas ini bukan teks UTF-8. Simpan ulang sebagai UTF-8."))
        return []


def name_in(version: "CourseVersion") -> str:
    """The name in the file store of a version's glossary, or nothing."""
    return _name_in(version.manifest) if version.manifest else ""


@lru_cache(maxsize=256)
def _name_in(manifest: str) -> str:
    files = msgspec.json.decode(blobs.read(manifest))["files"]
    return next((file["sha256"] for file in files if file["path"] == PACKED), "")
