"""Looking into .xlsx files: macros, links to elsewhere, how far the cells reach, where formulas stand."""

import html
import re
from dataclasses import dataclass

from balai.common.problems import Refusal

from . import problems
from .archives import Archive
from .extents import Extent

_CELL = re.compile(rb"""\sr=["']([A-Z]{1,3})([0-9]{1,7})["'][^<>]*>\s*<(?:\w+:)?(v|is|f)[\s>/]""")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s+ref=["']([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})["']""")
_PROPERTIES = re.compile(r"<(?:\w+:)?workbookPr\s([^>]*)>")
_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_OUTSIDE = ("xl/externallinks/", "xl/connections.xml", "xl/querytables/", "xl/embeddings/", "xl/model/")
_ACTIVE = ("xl/vba", "xl/macrosheets/", "xl/dialogsheets/", "xl/activex/", "customui/")


def inspect(archive: Archive) -> dict[str, Extent]:
    """The extent of each sheet by its name. Raises ``Refusal`` for macros, links, entities and bombs."""
    types = archive.text("[Content_Types].xml")
    if any(name.lower().startswith(_ACTIVE) for name in archive.names) or "macroEnabled" in types or "vba" in types:
        raise Refusal(problems.MACROS)
    outside = next((name for name in archive.names if name.lower().startswith(_OUTSIDE)), None)
    if outside:
        raise Refusal(problems.EXTERNAL, found=outside.split("/")[1])
    archive.refuse_declarations()
    return {sheet.name: _extent(archive, sheet.part) for sheet in sheets(archive)}


@dataclass(frozen=True)
class SheetPart:
    """A sheet as the workbook lists it: its name, where it is kept, whether people see it as a table."""

    name: str
    part: str
    is_visible: bool


def sheets(archive: Archive) -> list[SheetPart]:
    """The sheets in their order, as far as they are there."""
    relations = {attributes.get("Id", ""): attributes for attributes in _relations(archive)}
    found = []
    for listed in map(_attributes, _SHEET.findall(archive.text("xl/workbook.xml"))):
        relation = relations.get(next((value for key, value in listed.items() if key.endswith(":id")), ""), {})
        is_table = relation.get("Type", "/worksheet").endswith("/worksheet")
        is_visible = is_table and listed.get("state", "visible") == "visible"
        found.append(SheetPart(listed.get("name", ""), _target(relation), is_visible))
    return [sheet for sheet in found if sheet.part in archive.names]


def part_of(archive: Archive, kind: str) -> str:
    """Where the workbook keeps its ``sharedStrings`` or ``styles``; "" when it has none."""
    fitting = (_target(relation) for relation in _relations(archive) if relation.get("Type", "").endswith(f"/{kind}"))
    return next((part for part in fitting if part in archive.names), "")


def counts_from_1904(archive: Archive) -> bool:
    """Whether the days of dates are counted from 1904, as old Macs did."""
    said = _PROPERTIES.search(archive.text("xl/workbook.xml"))
    return said is not None and _attributes(said[1]).get("date1904", "") in {"1", "true"}


def _relations(archive: Archive) -> list[dict[str, str]]:
    return [_attributes(found) for found in _RELATION.findall(archive.text("xl/_rels/workbook.xml.rels"))]


def _target(relation: dict[str, str]) -> str:
    target = relation.get("Target", "")
    return target[1:] if target.startswith("/") else f"xl/{target}"


def _attributes(text: str) -> dict[str, str]:
    return {name: html.unescape(double or single) for name, double, single in _ATTRIBUTE.findall(text)}


def _extent(archive: Archive, part: str) -> Extent:
    extent = Extent()
    columns: dict[bytes, int] = {}
    for chunk in archive.windows(part):
        for letters, row, what in _CELL.findall(chunk):
            place = columns.get(letters) or columns.setdefault(letters, column(letters))
            if what == b"f":
                extent.add_formula(int(row), place)
            else:
                extent.reach(int(row), place)
        for left, top, right, bottom in _MERGED.findall(chunk):
            extent.add_merged((int(top) - 1, column(left) - 1, int(bottom) - 1, column(right) - 1))
    return extent


def column(letters: bytes) -> int:
    """The number (from 1) of a column: 1 for A, 28 for AB."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
