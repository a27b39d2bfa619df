"""From the uploaded file to examined rows: the columns found, every row staged with what will happen."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any
from uuid import UUID

from balai.common.prepared import Insert
from balai.common.problems import Refusal
from balai.people.spreadsheets import headers
from balai.people.spreadsheets.books import Book
from balai.people.spreadsheets.cells import storable, text
from balai.people.spreadsheets.headers import Field

from . import problems, vault
from .examining import Examiner
from .lines import Line, Lines
from .models import Import, Row, Run

CHUNK = 1_000
#: How many rows of a sheet are looked at to find its header.
_SAMPLE = headers.DEPTH + 5
_SAMPLES, _TITLE, _LONG = 3, 60, 15
_stage = Insert(Row)
#: What a row keeps of its cells besides the NIK, which is locked.
_FIELDS = tuple(field for field in Field if field != Field.NIK)


def describe(batch: Import, headers_at: Mapping[str, int] | None = None) -> None:
    """Find the header of every worksheet (or take those of ``headers_at``, by sheet); choose those about people.

    Raises ``Refusal`` when there is nothing to read.
    """
    with vault.opened(batch.id) as path:
        book = Book(path)
        try:
            sheets = [_described(book, name, (headers_at or {}).get(name)) for name in book.sheet_names]
        finally:
            book.close()
    batch.sheets = [sheet for sheet in sheets if sheet["titles"]]
    if not batch.sheets:
        raise Refusal(problems.NO_ROWS)
    batch.save(update_fields=["sheets"])


def _described(book: Book, name: str, header: int | None) -> dict[str, Any]:
    """A worksheet as an import keeps it; ``samples`` are a few cells of each column, long numbers hidden."""
    sheet = book.sheet(name)
    rows = list(islice(sheet.rows(), max(_SAMPLE, (header or 0) + 5)))
    found = headers.find(rows) if header is None else headers.at(rows, header)
    below = [row for row in rows if row.number > found.row and not row.is_blank]
    width = max((len(row.cells) for row in rows), default=0)
    samples = {column: [text(row[column]) for row in below if text(row[column])][:_SAMPLES] for column in range(width)}
    filled = [column for column in range(width) if column in found.titles or samples[column]]
    return {
        "name": name,
        "rows": max(sheet.extent.rows, rows[-1].number if rows else 0),
        "header": found.row,
        "titles": {str(column): found.titles.get(column, "")[:_TITLE] for column in filled},
        "samples": {str(column): [_hidden(word) for word in samples[column]] for column in filled},
        "columns": {str(column): str(field) for column, field in found.columns.items()},
        "chosen": found.is_certain,
    }


def _hidden(word: str) -> str:
    """A number that is as long as a NIK is shown by its beginning only."""
    digits = sum(map(str.isdigit, word))
    return word[:6] + "•" * 10 if digits >= _LONG else word[:_TITLE]


def is_certain(batch: Import) -> bool:
    """Whether nobody needs to look at the columns first: one sheet is about people, with names and places."""
    places = {Field.VILLAGE, Field.CODE, Field.DISTRICT}
    chosen = [set(sheet["columns"].values()) for sheet in batch.sheets if sheet["chosen"]]
    return len(chosen) == 1 and bool(places & chosen[0])


def check(batch: Import, run: Run) -> None:
    """Read and examine every row of the chosen sheets, in place of what was staged before. Raises ``Refusal``."""
    batch.rows.all().delete()
    examiner = Examiner(batch)
    lines = staged(batch)
    done = 0
    run.total = sum(max(0, sheet["rows"] - sheet["header"]) for sheet in batch.sheets if sheet["chosen"])
    run.save(update_fields=["total"])
    while chunk := list(islice(lines, CHUNK)):
        examiner.examine(chunk)
        _stage(chunk)
        done += len(chunk)
        if not run.advance(done):
            return
    if not done:
        raise Refusal(problems.NO_ROWS)
    run.total = done
    run.save(update_fields=["total"])


def staged(batch: Import) -> Iterator[Row]:
    """Every person's row of the chosen sheets, unsaved and not examined yet. Raises ``Refusal``."""
    with vault.opened(batch.id) as path:
        book = Book(path)
        try:
            for place, sheet in enumerate(batch.sheets):
                if sheet["chosen"]:
                    columns = {int(column): Field(field) for column, field in sheet["columns"].items()}
                    for line in Lines(book.sheet(sheet["name"]), sheet["header"], columns):
                        yield _row(batch.id, place, line)
        finally:
            book.close()


def _row(batch: UUID, sheet: int, line: Line) -> Row:
    cells = {str(field): storable(line.cells[field]) for field in _FIELDS if line.cells.get(field, "") != ""}
    context: dict[str, object] = dict(line.context)
    if line.formulas:
        context["formulas"] = [str(field) for field in line.formulas]
    nik = vault.lock_cell(storable(line.cells.get(Field.NIK, "")))
    return Row(batch_id=batch, sheet=sheet, number=line.number, cells=cells, context=context, nik=nik)
