"""The rows of an uploaded table: names, numbers, places, and the theme where a column tells it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from balai.common.problems import Refusal
from balai.people.imports.lines import Line, Lines
from balai.people.imports.problems import NO_NAME_COLUMN, NO_ROWS
from balai.people.spreadsheets import headers
from balai.people.spreadsheets.books import Book, Sheet
from balai.people.spreadsheets.cells import text

from .problems import TOO_MANY_ROWS

#: One list has at most so many rows: a large kabupaten with all its themes.
LIMIT = 20_000
_SAMPLE = headers.DEPTH + 5
_THEME = re.compile(r"\b(tema|pelatihan|materi|course)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Typed:
    """A person's row as it stands in the table; ``theme``: what its theme column says."""

    sheet: str
    line: Line
    theme: str


def rows(path: Path) -> list[Typed]:
    """Every person's row of the sheets that are about people. Raises ``Refusal``."""
    book = Book(path)
    try:
        several = len(book.sheet_names) > 1
        found = list(islice(_rows(book, several), LIMIT + 1))
    finally:
        book.close()
    if len(found) > LIMIT:
        raise Refusal(TOO_MANY_ROWS, limit=LIMIT)
    if not found:
        raise Refusal(NO_ROWS)
    return found


def _rows(book: Book, several: bool) -> Iterator[Typed]:
    known = [(name, header) for name in book.sheet_names if (header := _header(book.sheet(name))).is_certain]
    if not known:
        raise Refusal(NO_NAME_COLUMN)
    for name, header in known:
        themes = _themes(book.sheet(name), header)
        for line in Lines(book.sheet(name), header.row, header.columns):
            yield Typed(name if several else "", line, themes.get(line.number, ""))


def _header(sheet: Sheet) -> headers.Header:
    return headers.find(list(islice(sheet.rows(), _SAMPLE)))


def _themes(sheet: Sheet, header: headers.Header) -> dict[int, str]:
    """What the theme column says in each row; nothing where there is none."""
    titled = (column for column, title in header.titles.items() if _THEME.search(title))
    column = next((one for one in titled if one not in header.columns), None)
    if column is None:
        return {}
    return {row.number: text(row[column]) for row in sheet.rows() if row.number > header.row}
