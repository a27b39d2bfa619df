"""Opening an inspected file: its worksheets, and their rows one by one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import python_calamine

from balai.common.problems import Refusal

from . import delimited, problems
from .extents import Extent
from .inspection import Format, Inspected, inspect

#: A cell as read. Empty cells are "".
Cell = str | int | float | bool | date | datetime | time | timedelta


@dataclass(frozen=True)
class Row:
    """A row and its number as the office sees it (from 1)."""

    number: int
    cells: list[Cell]

    def __getitem__(self, column: int) -> Cell:
        """The cell in ``column`` (from 0); "" beyond the end."""
        return self.cells[column] if column < len(self.cells) else ""

    @property
    def is_blank(self) -> bool:
        return all(cell in ("", None) for cell in self.cells)


@dataclass
class Sheet:
    """One worksheet, read once from top to bottom by ``rows()``."""

    name: str
    extent: Extent
    _source: "Book" = field(repr=False)
    #: Ranges of merged cells: first row, first column, last row, last column (from 0).
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    def rows(self) -> Iterator[Row]:
        """Every row down to the last filled one. Raises ``Refusal``."""
        return self._source.rows(self)

    def is_formula(self, row: int, column: int) -> bool:
        """Whether the cell in ``row`` (from 1), ``column`` (from 0) is computed."""
        return self.extent.is_formula(row, column + 1)


class Book:
    """An opened file. Raises ``Refusal`` when it may not or cannot be opened."""

    def __init__(self, path: Path) -> None:
        self.inspected: Inspected = inspect(path)
        self._workbook = None if self.inspected.format == Format.CSV else _guarded(_open, path)

    @property
    def sheet_names(self) -> list[str]:
        """The visible worksheets in their order; a text file has one, named ""."""
        if self._workbook is None:
            return [""]
        tables = python_calamine.SheetTypeEnum.WorkSheet
        shown = python_calamine.SheetVisibleEnum.Visible
        return [s.name for s in self._workbook.sheets_metadata if s.typ == tables and s.visible == shown]

    def sheet(self, name: str) -> Sheet:
        return Sheet(name, self._extent(name), self)

    def rows(self, sheet: Sheet) -> Iterator[Row]:
        """The rows of ``sheet``."""
        return self._text_rows() if self._workbook is None else self._table_rows(self._workbook, sheet)

    def _text_rows(self) -> Iterator[Row]:
        dialect = self.inspected.dialect or delimited.Dialect("utf-8", ",")
        for number, cells in enumerate(delimited.rows(self.inspected.path, dialect), 1 + dialect.skipped):
            yield Row(number, list(cells))

    def _table_rows(self, workbook: python_calamine.CalamineWorkbook, sheet: Sheet) -> Iterator[Row]:
        table = _guarded(workbook.get_sheet_by_name, sheet.name)
        sheet.merged = [(*first, *last) for first, last in table.merged_cell_ranges or []]
        left: list[Cell] = [""] * (table.start[1] if table.start else 0)
        for number, cells in enumerate(table.iter_rows(), 1):
            yield Row(number, left + cells)

    def _extent(self, name: str) -> Extent:
        extents = self.inspected.extents
        if self.inspected.dialect:
            return Extent(rows=self.inspected.dialect.lines)
        if isinstance(extents, dict):
            return extents.get(name, Extent())
        tables = [s.name for s in self._sheets() if s.typ == python_calamine.SheetTypeEnum.WorkSheet]
        place = tables.index(name) if name in tables else len(extents)
        return extents[place] if place < len(extents) else Extent()

    def _sheets(self) -> list[python_calamine.SheetMetadata]:
        return self._workbook.sheets_metadata if self._workbook else []

    def close(self) -> None:
        if self._workbook is not None:
            self._workbook.close()


def _open(path: Path) -> python_calamine.CalamineWorkbook:
    return python_calamine.CalamineWorkbook.from_path(path)


def _guarded(act: Callable[[Any], Any], argument: Any) -> Any:
    """What the reader refuses or trips over (a panic is no ``Exception``) is a damaged file."""
    try:
        return act(argument)
    except python_calamine.PasswordError as error:
        raise Refusal(problems.PASSWORD) from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise Refusal(problems.DAMAGED) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise Refusal(problems.DAMAGED) from error
        raise
