"""The empty table to download, and a table with what became of each row: the same columns, so that it can be mended
and brought again.
"""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _

from balai.people.imports import vault
from balai.people.imports.labels import label
from balai.people.spreadsheets.cells import text
from balai.people.spreadsheets.headers import Field
from balai.programmes.workbooks import CONTENT_TYPE

from .models import ArchiveRow

__all__ = ["CONTENT_TYPE", "empty", "result"]

_PEOPLE = (Field.NAME, Field.NIK, Field.PHONE, Field.VILLAGE, Field.DISTRICT, Field.CODE)
_WIDTHS = (34, 20, 18, 24, 24, 16, 44, 28, 10, 18)


def _columns() -> list[tuple[str, str]]:
    """Keys and titles, in their order."""
    further = [("title", _("Judul pelatihan")), ("certificate", _("Nomor sertifikat"))]
    further += [("hours", _("Lama (JP)")), ("issued_on", _("Tanggal sertifikat"))]
    return [*((str(field), str(label(field))) for field in _PEOPLE), *further]


def empty() -> bytes:
    """An .xlsx with the sheets Data (text columns: Excel keeps every digit) and Petunjuk."""
    return _book([], outcomes=False)


def result(rows: Iterable[ArchiveRow]) -> bytes:
    """The rows as they were typed, each with what became of it."""
    return _book(rows, outcomes=True)


def _book(rows: Iterable[ArchiveRow], *, outcomes: bool) -> bytes:
    import xlsxwriter  # 10 MB of memory that most processes never need

    buffer = BytesIO()
    # Texts stay texts: a name that begins with "=" is not run as a formula by whoever opens the file.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        head = book.add_format({"bold": True, "bg_color": "#E3EFEC", "bottom": 1, "text_wrap": True})
        sheet = book.add_worksheet(_("Data"))
        _write_head(book, sheet, head, outcomes=outcomes)
        for place, row in enumerate(rows, 1):
            for column, word in enumerate([*_typed(row), *_told(row)]):
                sheet.write_string(place, column, word)
        if not outcomes:
            _write_help(book, head)
    return buffer.getvalue()


def _write_head(book: Any, sheet: Any, head: Any, *, outcomes: bool) -> None:
    as_text = book.add_format({"num_format": "@"})
    for column, ((_key, title), width) in enumerate(zip(_columns(), _WIDTHS, strict=True)):
        sheet.set_column(column, column, width, as_text)
        sheet.write_string(0, column, title, head)
    if outcomes:
        for column, (title, width) in enumerate(((_("Hasil"), 16), (_("Keterangan"), 80)), len(_WIDTHS)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, head)
    sheet.freeze_panes(1, 1)


def _typed(row: ArchiveRow) -> list[str]:
    cells = row.cells | {"nik": vault.unlock_cell(bytes(row.nik))}
    cells.setdefault("issued_on", cells.get("dated", ""))
    return [text(cells.get(key, "")) for key, _title in _columns()]


def _told(row: ArchiveRow) -> list[str]:
    refusal = row.refusal
    place = _("Sel {cell}: ").format(cell=row.place) if refusal and row.place else ""
    return [outcome(row), f"{place}{refusal.title} {refusal.cure} ({refusal.problem.code})" if refusal else ""]


def outcome(row: ArchiveRow) -> str:
    """What became of ``row``, in words."""
    if row.taken_back:
        return _("Dibatalkan")
    return _("Tercatat") if row.entry else str(ArchiveRow.Outcome(row.outcome).label)


def _write_help(book: Any, head: Any) -> None:
    sheet = book.add_worksheet(_("Petunjuk"))
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90, book.add_format({"text_wrap": True, "valign": "top"}))
    sheet.write_row(0, 0, [_("Kolom"), _("Cara mengisi")], head)
    lines = [
        (_("Nama"), _("Wajib. Orangnya harus sudah ada di Balai.")),
        (_("NIK, nomor HP, desa, kecamatan"), _("Isi salah satu supaya jelas siapa orangnya. NIK yang paling pasti.")),
        (_("Judul pelatihan"), _("Seperti tercetak. Boleh kosong bila diisi sekali untuk semua saat mengunggah.")),
        (_("Nomor sertifikat"), _("Wajib, seperti tercetak.")),
        (_("Lama (JP)"), _("Jumlah jam pelajaran, misalnya 32.")),
        (_("Tanggal sertifikat"), _("Misalnya 17/10/2019 atau 17 Oktober 2019.")),
    ]
    for line, (column, words) in enumerate(lines, 1):
        sheet.write_string(line, 0, column)
        sheet.write_string(line, 1, words)
