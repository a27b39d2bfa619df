"""Looking into .xlsx files: macros, links to elsewhere, how far the cells reach, where formulas stand."""

import html
import re

from balai.common.problems import Refusal

from . import problems
from .archives import Archive
from .extents import Extent

_CELL = re.compile(rb"""\sr=["']([A-Z]{1,3})([0-9]{1,7})["'][^<>]*>\s*<(?:\w+:)?(v|is|f)[\s>/]""")
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
    return {name: _extent(archive, part) for name, part in _sheet_parts(archive).items() if part in archive.names}


def _sheet_parts(archive: Archive) -> dict[str, str]:
    relations = {}
    for attributes in map(_attributes, _RELATION.findall(archive.text("xl/_rels/workbook.xml.rels"))):
        target = attributes.get("Target", "")
        relations[attributes.get("Id", "")] = target[1:] if target.startswith("/") else f"xl/{target}"
    sheets = map(_attributes, _SHEET.findall(archive.text("xl/workbook.xml")))
    return {
        s.get("name", ""): relations.get(next((v for k, v in s.items() if k.endswith(":id")), ""), "") for s in sheets
    }


def _attributes(text: str) -> dict[str, str]:
    return {name: html.unescape(double or single) for name, double, single in _ATTRIBUTE.findall(text)}


def _extent(archive: Archive, part: str) -> Extent:
    extent = Extent()
    columns: dict[bytes, int] = {}
    for chunk in archive.windows(part):
        for letters, row, what in _CELL.findall(chunk):
            column = columns.get(letters) or columns.setdefault(letters, _column(letters))
            if what == b"f":
                extent.add_formula(int(row), column)
            else:
                extent.reach(int(row), column)
    return extent


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
