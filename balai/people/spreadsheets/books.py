"""Opening an inspected file: its worksheets, and their rows one by one."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Protocol

import python_calamine

from balai.common.problems import Refusal

from . import delimited, problems
from .extents import Extent
from .inspection import Format, Inspected, inspect
from .xlsx_rows import XlsxBook

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
    _source: "Source" = field(repr=False)

    def rows(self) -> Iterator[Row]:
        """Every row down to the last filled one. Raises ``Refusal``."""
        return self._source.rows(self)

    def is_formula(self, row: int, column: int) -> bool:
        """Whether the cell in ``row`` (from 1), ``column`` (from 0) is computed."""
        return self.extent.is_formula(row, column + 1)

    @property
    def has_merged(self) -> bool:
        """Whether some of its cells are merged; known once its rows are being read."""
        return bool(self.extent.merged)

    def last_merged(self, row: int, column: int) -> int:
        """The last row (from 1) of the merged cells that begin in ``row``, ``column`` (from 0); else ``row``."""
        merged = self.extent.merged.get((row - 1, column))
        return merged[2] + 1 if merged else row


class Source(Protocol):
    """What reads one format."""

    names: list[str]

    def extent(self, name: str) -> Extent: ...
    def rows(self, sheet: Sheet) -> Iterator[Row]: ...
    def close(self) -> None: ...


class Book:
    """An opened file. Raises ``Refusal`` when it may not or cannot be opened."""

    def __init__(self, path: Path) -> None:
        self.inspected: Inspected = inspect(path)
        self._source: Source = _SOURCES[self.inspected.format](self.inspected)

    @property
    def sheet_names(self) -> list[str]:
        """The visible worksheets in their order; a text file has one, named ""."""
        return self._source.names

    def sheet(self, name: str) -> Sheet:
        return Sheet(name, self._source.extent(name), self._source)

    def close(self) -> None:
        self._source.close()


class _Text:
    """A .csv file, read line by line."""

    def __init__(self, inspected: Inspected) -> None:
        self.names = [""]
        self._path = inspected.path
        self._dialect = inspected.dialect or delimited.Dialect("utf-8", ",")

    def extent(self, name: str) -> Extent:
        return Extent(rows=self._dialect.lines)

    def rows(self, sheet: Sheet) -> Iterator[Row]:
        for number, cells in enumerate(delimited.rows(self._path, self._dialect), 1 + self._dialect.skipped):
            yield Row(number, list(cells))

    def close(self) -> None:
        """Each reading opens and closes the file."""


class _Streamed:
    """An .xlsx file, read row by row."""

    def __init__(self, inspected: Inspected) -> None:
        self._extents = inspected.extents
        self._book = XlsxBook(inspected.path)
        self.names = self._book.names

    def extent(self, name: str) -> Extent:
        return self._extents[name] if isinstance(self._extents, dict) else Extent()

    def rows(self, sheet: Sheet) -> Iterator[Row]:
        return (Row(number, list(cells)) for number, cells in self._book.rows(sheet.name))

    def close(self) -> None:
        self._book.close()


class _Whole:
    """An .xls or .ods file: its reader holds a sheet at a time.

    An .xls has at most 65,536 rows. In both a row takes half a kilobyte, and ``limits.CELLS`` bounds them.
    """

    def __init__(self, inspected: Inspected) -> None:
        self._extents = inspected.extents
        self._book = _guarded(_open, inspected.path)
        self._tables = [s for s in self._book.sheets_metadata if s.typ == python_calamine.SheetTypeEnum.WorkSheet]
        self.names = [s.name for s in self._tables if s.visible == python_calamine.SheetVisibleEnum.Visible]

    def extent(self, name: str) -> Extent:
        """By name, or for .xls by the place among all worksheets."""
        if isinstance(self._extents, dict):
            return self._extents.get(name, Extent())
        place = [table.name for table in self._tables].index(name)
        return self._extents[place] if place < len(self._extents) else Extent()

    def rows(self, sheet: Sheet) -> Iterator[Row]:
        table = _guarded(self._book.get_sheet_by_name, sheet.name)
        for first, last in table.merged_cell_ranges or []:
            sheet.extent.add_merged((*first, *last))
        left: list[Cell] = [""] * (table.start[1] if table.start else 0)
        for number, cells in enumerate(table.iter_rows(), 1):
            yield Row(number, left + cells)

    def close(self) -> None:
        self._book.close()


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


_SOURCES: dict[Format, Callable[[Inspected], Source]] = {
    Format.CSV: _Text,
    Format.XLSX: _Streamed,
    Format.XLS: _Whole,
    Format.ODS: _Whole,
}
