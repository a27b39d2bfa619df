"""The people's rows of an uploaded table, for whoever asks more of a row than who it is: a theme, a certificate."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from balai.common.problems import Refusal
from balai.people.spreadsheets import headers
from balai.people.spreadsheets.books import Book, Cell, Sheet
from balai.people.spreadsheets.headers import Field, Header

from .lines import Line, Lines
from .problems import NO_NAME_COLUMN, NO_ROWS, TOO_MANY_ROWS

#: One table has at most so many rows: a large kabupaten with all its themes.
LIMIT = 20_000
_SAMPLE = headers.DEPTH + 5


@dataclass(frozen=True)
class Typed:
    """A person's row as it stands in the table.

    ``extra``: what stands in the further columns that were asked for; ``places``: the letters of all columns.
    """

    sheet: str
    line: Line
    extra: dict[str, Cell] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)


def rows(path: Path, wanted: Mapping[str, re.Pattern[str]]) -> list[Typed]:
    """Every person's row of the sheets that are about people. Raises ``Refusal``.

    ``wanted``: further columns, each with what its title looks like; the first that fits wins, in the order of
    ``wanted``, and also over what ``headers`` would make of the title ("Nama Pelatihan").
    """
    book = Book(path)
    try:
        several = len(book.sheet_names) > 1
        found = list(islice(_rows(book, wanted, several), LIMIT + 1))
    finally:
        book.close()
    if len(found) > LIMIT:
        raise Refusal(TOO_MANY_ROWS, limit=LIMIT)
    if not found:
        raise Refusal(NO_ROWS)
    return found


def _rows(book: Book, wanted: Mapping[str, re.Pattern[str]], several: bool) -> Iterator[Typed]:
    known = []
    for name in book.sheet_names:
        found = headers.find(list(islice(book.sheet(name).rows(), _SAMPLE)))
        extra = _columns(found, wanted)
        header = Header(found.row, found.titles, _people(found, extra))
        if header.is_certain:
            known.append((name, header, extra))
    if not known:
        raise Refusal(NO_NAME_COLUMN)
    for name, header, extra in known:
        yield from _of_sheet(book.sheet(name), name if several else "", header, extra)


def _columns(header: Header, wanted: Mapping[str, re.Pattern[str]]) -> dict[str, int]:
    """The further columns by their keys."""
    found: dict[str, int] = {}
    for key, pattern in wanted.items():
        titled = (c for c, title in header.titles.items() if pattern.search(title) and c not in found.values())
        column = next(titled, None)
        if column is not None:
            found[key] = column
    return found


def _people(header: Header, extra: Mapping[str, int]) -> dict[int, Field]:
    """What the other columns hold, once those of ``extra`` are taken."""
    found: dict[int, Field] = {}
    for column, title in header.titles.items():
        held = None if column in extra.values() else headers.field_of(title)
        if held and held not in found.values():
            found[column] = held
    return found


def _of_sheet(sheet: Sheet, shown: str, header: Header, extra: Mapping[str, int]) -> Iterator[Typed]:
    places = {key: letter(column) for key, column in extra.items()}
    places |= {str(held): letter(column) for column, held in header.columns.items()}
    further = {row.number: {key: row[column] for key, column in extra.items()} for row in sheet.rows()} if extra else {}
    for line in Lines(sheet, header.row, header.columns):
        yield Typed(shown, line, further.get(line.number, {}), places)


def letter(column: int) -> str:
    """``A`` for the first column (0), ``AA`` for the 27th."""
    above, rest = divmod(column, 26)
    return (letter(above - 1) if above else "") + chr(ord("A") + rest)
