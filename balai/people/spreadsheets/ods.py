"""Looking into .ods files: macros, links to elsewhere, how far the cells reach, where formulas stand."""

import html
import re

from balai.common.problems import Refusal

from . import problems
from .archives import Archive
from .extents import Extent

_TAG = re.compile(rb"<(/?)table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^<>]*)>")
_REPEATED = re.compile(rb'table:number-(?:rows|columns)-repeated="(\d{1,9})"')
_NAME = re.compile(rb'table:name="([^"]*)"')
_FETCHES = re.compile(rb"<(?:table:table-source|table:dde-link|office:dde-source|table:database-source-[a-z]+)\b")
_SCRIPTS = re.compile(rb"<script:|<ooo:libraries|<office:script\b")


def inspect(archive: Archive) -> dict[str, Extent]:
    """The extent of each sheet by its name. Raises ``Refusal`` for macros, links, entities and bombs."""
    if "encryption-data" in archive.text("META-INF/manifest.xml"):
        raise Refusal(problems.PASSWORD)
    if any(name.startswith(("Basic/", "Scripts/", "Dialogs/")) and not name.endswith("/") for name in archive.names):
        raise Refusal(problems.MACROS)
    archive.refuse_declarations()
    return _extents(archive)


def _extents(archive: Archive) -> dict[str, Extent]:
    walk = _Walk()
    left = b""
    for chunk in archive.chunks("content.xml"):
        fresh = left + chunk
        if _FETCHES.search(fresh):
            raise Refusal(problems.EXTERNAL, found="content.xml")
        if _SCRIPTS.search(fresh):
            raise Refusal(problems.MACROS)
        cut = fresh.rfind(b">") + 1
        for closing, tag, attributes in _TAG.findall(fresh[:cut]):
            walk.take(closing == b"/", tag, attributes)
        left = fresh[cut:]
    return walk.extents


class _Walk:
    """Counts rows and columns as an .ods repeats them."""

    def __init__(self) -> None:
        self.extents: dict[str, Extent] = {}
        self._extent = Extent()
        self._row = self._column = 0
        self._rows = 1

    def take(self, closing: bool, tag: bytes, attributes: bytes) -> None:
        if closing:
            return
        repeated = _REPEATED.search(attributes)
        times = int(repeated[1]) if repeated else 1
        if tag == b"table":
            self._start_table(attributes)
        elif tag == b"table-row":
            self._row, self._rows, self._column = self._row + self._rows, times, 0
        else:
            self._cell(attributes, times)

    def _start_table(self, attributes: bytes) -> None:
        name = _NAME.search(attributes)
        self._extent = self.extents.setdefault(html.unescape(name[1].decode() if name else ""), Extent())
        self._row, self._rows = 0, 1

    def _cell(self, attributes: bytes, times: int) -> None:
        if b"office:value" in attributes or b"table:formula" in attributes:
            self._extent.reach(self._row + self._rows - 1, self._column + times)
        if b"table:formula" in attributes:
            self._extent.add_formula(self._row, self._column + 1)
        self._column += times
