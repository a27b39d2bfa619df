"""The table as it was sent, with what happened with each row, and what is wrong at its cell."""

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from balai.common.problems import Refusal
from balai.people.spreadsheets.books import Book, Cell, Sheet
from balai.people.spreadsheets.cells import text
from balai.people.spreadsheets.headers import Field

from . import labels, problems, vault
from .findings import Finding, Level
from .models import Import, Row

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

#: What each level looks like: background colours of ``interface.md``.
_COLOURS = {Level.ERROR: "#F9E6E2", Level.LOOK: "#FCF1DA", Level.NOTE: "#E3EFEC"}
#: A comment is a small drawing; beyond so many Excel opens slowly, and the last column says it all anyway.
_COMMENTS = 5_000
_WIDTH = 18


def workbook(batch: Import) -> bytes:
    """An .xlsx with the chosen sheets. Whatever was typed is written as text or number, never as a formula.

    Raises ``Refusal`` once the file is gone.
    """
    import xlsxwriter  # 10 MB of memory that most processes never need

    buffer = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    try:
        with vault.opened(batch.id) as path, xlsxwriter.Workbook(buffer, options) as book:
            source = Book(path)
            try:
                for place, sheet in enumerate(batch.sheets):
                    if sheet["chosen"]:
                        _Copy(batch, book, place, sheet).write(source.sheet(sheet["name"]))
            finally:
                source.close()
    except FileNotFoundError as error:
        raise Refusal(problems.LATE) from error
    return buffer.getvalue()


class _Copy:
    """One sheet being copied and marked."""

    def __init__(self, batch: Import, book: "Workbook", place: int, sheet: dict[str, Any]) -> None:
        self._header = sheet["header"]
        self._columns = {field: int(column) for column, field in sheet["columns"].items()}
        self._edge = max([*map(int, sheet["titles"]), *self._columns.values()], default=0) + 1
        self._formats = {level: book.add_format({"bg_color": colour}) for level, colour in _COLOURS.items()}
        self._bold = book.add_format({"bold": True, "text_wrap": True})
        self._date = book.add_format({"num_format": "dd/mm/yyyy"})
        self._target: Worksheet = book.add_worksheet((sheet["name"] or _("Data"))[:31])
        self._target.set_column(0, self._edge, _WIDTH)
        self._target.set_column(self._edge + 1, self._edge + 1, 80)
        self._rows = _Staged(batch, place)
        self._comments = 0

    def write(self, source: Sheet) -> None:
        for line in source.rows():
            staged = self._rows.at(line.number)
            for column, cell in enumerate(line.cells):
                self._write(line.number - 1, column, cell)
            if staged:
                self._mark(line.number - 1, staged)
            elif line.number == self._header:
                self._target.write_string(line.number - 1, self._edge, _("Hasil"), self._bold)
                self._target.write_string(line.number - 1, self._edge + 1, _("Keterangan"), self._bold)

    def _write(self, row: int, column: int, cell: Cell, style: Any = None) -> None:
        if isinstance(cell, bool) or cell in ("", None):
            return
        if isinstance(cell, int | float):
            self._target.write_number(row, column, cell, style)
        elif isinstance(cell, date | datetime):
            self._target.write_datetime(row, column, cell, style or self._date)
        else:
            self._target.write_string(row, column, text(cell), style)

    def _mark(self, at: int, staged: Row) -> None:
        """Corrected cells in place of the sent ones, colours and comments at cells, the outcome at the edge."""
        found = [Finding.from_json(one) for one in staged.findings]
        for field, column in self._columns.items():
            own = [finding for finding in found if self._column_of(finding) == column]
            if own or staged.edited_at:
                self._write(at, column, _cell(staged, field) or " ", self._formats[own[0].level] if own else None)
            if own and self._comments < _COMMENTS:
                self._comments += 1
                self._target.write_comment(at, column, "\n".join(_said(finding) for finding in own))
        worst = min((list(Level).index(finding.level) for finding in found), default=None)
        style = None if worst is None else self._formats[list(Level)[worst]]
        self._target.write_string(at, self._edge, _outcome(staged), style)
        said = [f"{labels.label(finding.field)}: {_said(finding)}" for finding in found]
        said += [
            f"{labels.label(field)}: {old or '–'} → {new}"
            for field, (old, new) in staged.changes.items()
            if field != "region"
        ]
        self._target.write_string(at, self._edge + 1, " ".join(said))

    def _column_of(self, finding: Finding) -> int | None:
        """Where a finding stands; about a place, at the first column that says where."""
        if finding.field in self._columns:
            return self._columns[finding.field]
        places = [self._columns[field] for field in labels.PLACES if field in self._columns]
        return places[0] if finding.field in labels.PLACES and places else None


def _cell(row: Row, field: str) -> Cell:
    """The cell as it was typed, corrections included: the owner's own table, to be corrected further."""
    return vault.unlock_cell(bytes(row.nik)) if field == Field.NIK else row.cells.get(field, "")


def _said(finding: Finding) -> str:
    return f"{finding.text} {finding.cure}".strip()


def _outcome(row: Row) -> str:
    label = str(Row.Outcome(row.outcome).label)
    if not hasattr(row, "saved"):
        return label
    return (
        _("{outcome}, sudah dibatalkan").format(outcome=label)
        if hasattr(row.saved, "undone")
        else _("{outcome}, tersimpan").format(outcome=label)
    )


class _Staged:
    """The staged rows of a sheet, walked along with the sheet's own."""

    def __init__(self, batch: Import, sheet: int) -> None:
        rows = batch.rows.filter(sheet=sheet).select_related("saved__undone").order_by("number")
        self._rows: Iterator[Row] = rows.iterator(chunk_size=500)
        self._next = next(self._rows, None)

    def at(self, number: int) -> Row | None:
        """The row with this number, asked for in rising order."""
        while self._next and self._next.number < number:
            self._next = next(self._rows, None)
        return self._next if self._next and self._next.number == number else None
