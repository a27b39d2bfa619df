"""Is this file a table that can be opened? Decided from its bytes, never from its name."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from balai.common import formats
from balai.common import problems as common_problems
from balai.common.problems import Refusal, Text

from . import compound, delimited, limits, ods, problems, xls, xlsx
from .archives import Archive
from .extents import Extent


class Format(StrEnum):
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"


@dataclass(frozen=True)
class Inspected:
    """A file that may be opened: what it is, and the extent of each worksheet, in their order or by name."""

    path: Path
    format: Format
    extents: dict[str, Extent] | list[Extent]
    dialect: delimited.Dialect | None = None


_KNOWN: tuple[tuple[bytes, Text], ...] = (
    (b"MZ", problems.PROGRAM),
    (b"\x7fELF", problems.PROGRAM),
    (b"#!", problems.PROGRAM),
    (b"%PDF", problems.PDF),
    (b"\x89PNG", problems.PICTURE),
    (b"\xff\xd8\xff", problems.PICTURE),
    (b"GIF8", problems.PICTURE),
    (b"RIFF", problems.PICTURE),
    (b"Rar!", problems.PACKED),
    (b"7z\xbc\xaf", problems.PACKED),
    (b"\x1f\x8b", problems.PACKED),
    (b"{\\rtf", problems.WORD),
    (b"SQLite format 3", problems.DATABASE),
)
_MARKUP = (b"<!doctype", b"<html", b"<table", b"<head", b"<meta", b"<?xml", b"<body", b"<style", b"<script")


def inspect(path: Path) -> Inspected:
    """Look at the file at ``path``. Raises ``Refusal`` unless a reader may open it."""
    size = path.stat().st_size
    if size > limits.FILE_SIZE:
        raise Refusal(common_problems.TOO_LARGE, size=formats.size(size), limit=formats.limit(limits.FILE_SIZE))
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        raise Refusal(problems.EMPTY)
    if head.startswith(b"PK"):
        return _packed(path)
    if head.startswith(compound.SIGNATURE):
        return Inspected(path, Format.XLS, xls.inspect(path))
    _refuse_known(head)
    return Inspected(path, Format.CSV, [], delimited.inspect(path))


def _refuse_known(head: bytes) -> None:
    for start, found in _KNOWN:
        if head.startswith(start):
            raise Refusal(problems.NOT_A_TABLE, found=found)
    text = head.removeprefix(b"\xef\xbb\xbf").replace(b"\0", b"").lstrip(b"\xff\xfe \r\n\t").lower()
    if text.startswith(_MARKUP):
        raise Refusal(problems.NOT_A_TABLE, found=problems.WEB_PAGE)


def _packed(path: Path) -> Inspected:
    archive = Archive(path)
    try:
        if "xl/workbook.xml" in archive.names:
            return Inspected(path, Format.XLSX, xlsx.inspect(archive))
        if "content.xml" in archive.names and "spreadsheet" in archive.text("mimetype"):
            return Inspected(path, Format.ODS, ods.inspect(archive))
        raise Refusal(problems.NOT_A_TABLE, found=_packed_kind(archive.names))
    finally:
        archive.close()


def _packed_kind(names: list[str]) -> Text:
    for part, found in (
        ("word/document.xml", problems.WORD),
        ("ppt/presentation.xml", problems.SLIDES),
        ("xl/workbook.bin", problems.BINARY_WORKBOOK),
        ("AndroidManifest.xml", problems.PROGRAM),
    ):
        if part in names:
            return found
    return problems.PACKED
