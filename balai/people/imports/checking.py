"""From the uploaded file to examined rows: the columns found, every row staged with what will happen."""

from collections.abc import Iterator
from itertools import islice
from uuid import UUID

from django.db import transaction

from balai.common.problems import Refusal
from balai.people.spreadsheets import headers
from balai.people.spreadsheets.books import Book
from balai.people.spreadsheets.cells import storable
from balai.people.spreadsheets.headers import Field

from . import problems, vault
from .examining import Examiner
from .lines import Line, Lines
from .models import Import, Row, Run

CHUNK = 1_000
#: How many rows under a header are shown as examples.
_SAMPLE = headers.DEPTH + 5
#: What a row keeps of its cells besides the NIK, which is locked.
_FIELDS = tuple(field for field in Field if field != Field.NIK)


def describe(batch: Import) -> None:
    """Find the header of every worksheet; those that are certainly about people are chosen. Raises ``Refusal``."""
    with vault.opened(batch.id) as path:
        book = Book(path)
        try:
            sheets = [_described(book, name) for name in book.sheet_names]
        finally:
            book.close()
    batch.sheets = [sheet for sheet in sheets if sheet["rows"]]
    if not batch.sheets:
        raise Refusal(problems.NO_ROWS)
    batch.save(update_fields=["sheets"])


def _described(book: Book, name: str) -> dict[str, object]:
    sheet = book.sheet(name)
    rows = list(islice(sheet.rows(), _SAMPLE))
    found = headers.find(rows)
    return {
        "name": name,
        "rows": max(sheet.extent.rows, rows[-1].number if rows else 0),
        "header": found.row,
        "columns": {str(column): str(field) for column, field in found.columns.items()},
        "chosen": found.is_certain,
    }


def is_certain(batch: Import) -> bool:
    """Whether nobody needs to look at the columns first: every chosen sheet has all that a person needs."""
    chosen = [sheet for sheet in batch.sheets if sheet["chosen"]]
    places = {Field.VILLAGE, Field.CODE, Field.DISTRICT}
    return (
        bool(chosen)
        and len(chosen) == len(batch.sheets)
        and all(Field.NAME in sheet["columns"].values() and places & set(sheet["columns"].values()) for sheet in chosen)
    )


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
        with transaction.atomic():
            Row.objects.bulk_create(chunk, batch_size=CHUNK)
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
