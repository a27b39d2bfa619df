"""Reading an .xlsx workbook row by row, with the memory of a few rows: the table itself is never held.

The readers at hand hold a whole sheet, half a kilobyte a row.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from balai.common.problems import Refusal

from . import limits, markup, problems, xlsx
from .archives import Archive
from .number_formats import NumberFormats, Value
from .shared_strings import SharedStrings

_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
Cell = str | bool | Value


class XlsxBook:
    """An inspected workbook: its visible worksheets in their order, and their rows. Raises ``Refusal``."""

    def __init__(self, path: Path) -> None:
        self._archive = Archive(path)
        self._parts = {sheet.name: sheet.part for sheet in xlsx.sheets(self._archive) if sheet.is_visible}
        self._strings = SharedStrings(self._archive, xlsx.part_of(self._archive, "sharedStrings"))
        styles, from_1904 = xlsx.part_of(self._archive, "styles"), xlsx.counts_from_1904(self._archive)
        self._formats = NumberFormats(self._archive, styles, from_1904=from_1904)

    @property
    def names(self) -> list[str]:
        return list(self._parts)

    def rows(self, name: str) -> Iterator[tuple[int, list[Cell]]]:
        """Each row's number (from 1) and cells, down to the last filled one; rows left out are empty."""
        sheet = _Sheet(self._strings, self._formats)
        last = 0
        for _chunk in markup.walk(self._archive, self._parts[name], sheet):
            for number, cells in sheet.rows:
                if number <= last:
                    raise Refusal(problems.DAMAGED)
                yield from ((gap, []) for gap in range(last + 1, number))
                yield number, cells
                last = number
            sheet.rows.clear()

    def close(self) -> None:
        self._strings.close()
        self._archive.close()


class _Sheet(markup.Texts):
    """Collects filled rows as their ends are met."""

    def __init__(self, strings: SharedStrings, formats: NumberFormats) -> None:
        super().__init__()
        self.rows: list[tuple[int, list[Cell]]] = []
        self._strings, self._formats = strings, formats
        self._row = self._column = self._style = 0
        self._type = ""
        self._cells: list[Cell] = []
        self._columns: dict[str, int] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._begin_cell(attributes)
        elif tag == "row":
            self._row = markup.number(attributes.get("r")) or self._row + 1
            self._column, self._cells = -1, []
        else:
            self.listen(tag)

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self.clear()
        self._type = attributes.get("t", "")
        self._style = markup.number(attributes.get("s"))
        place = _PLACE.fullmatch(attributes.get("r", ""))
        self._column = self._place(place[1]) if place else self._column + 1

    def _place(self, letters: str) -> int:
        if letters not in self._columns:
            self._columns[letters] = xlsx.column(letters.encode()) - 1
        return self._columns[letters]

    def end(self, tag: str) -> None:
        if tag == "c":
            self._end_cell()
        elif tag == "row":
            if self._cells:
                self.rows.append((self._row, self._cells))
        else:
            self.hush(tag)

    def _end_cell(self) -> None:
        cell = self._cell(self.text)
        if cell == "":
            return
        if self._column >= limits.COLUMNS or self._row > limits.ROWS:
            raise Refusal(problems.TOO_MANY_CELLS, rows=self._row, columns=self._column + 1)
        if self._column < len(self._cells):
            raise Refusal(problems.DAMAGED)
        self._cells += [""] * (self._column - len(self._cells))
        self._cells.append(cell)

    def _cell(self, said: str) -> Cell:
        """What a cell of the type at hand (ECMA-376 part 1, 18.18.11) means. An error is no value."""
        if self._type in {"inlineStr", "str"}:
            return said
        if self._type == "e" or not said.strip():
            return ""
        if self._type == "s":
            return self._strings.at(markup.number(said))
        if self._type == "b":
            return said.strip() == "1"
        return said if self._type == "d" else self._number(said)

    def _number(self, said: str) -> Cell:
        try:
            return self._formats.read(float(said), self._style)
        except ValueError:
            return said
