"""A transcript to hand in: as PDF and as Excel."""

from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from balai.common import formats, typesetting

from . import day
from .transcript import Line, Transcript

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TEMPLATE = Path(__file__).parent / "transcript.typ"


def kind(line: Line) -> str:
    """What a certificate is; one of an archive says so."""
    return line.kind if line.id else _("Dicatat dari arsip")


def pdf(transcript: Transcript) -> bytes:
    """A4, as many pages as it takes."""
    person = transcript.person
    return typesetting.pdf(
        _TEMPLATE,
        {
            "title": _("Transkrip pelatihan"),
            "name": person.name,
            "place": person.region.full_name if person.region else "",
            "made": _("Keadaan {day}").format(day=formats.day(day.today())),
            "head": [_("Tanggal"), _("Pelatihan"), _("Sertifikat"), _("Nomor"), "JP"],
            "years": [
                {
                    "title": _("Tahun {year}").format(year=year.year),
                    "hours": f"{year.hours} JP",
                    "rows": [_cells(line) for line in year.lines],
                }
                for year in transcript.years
            ],
            "total": _("Seluruhnya {hours} JP (1 JP = 45 menit)").format(hours=transcript.hours),
            "note": _note(),
            "demo": settings.BALAI_DEMO,
        },
    )


def _cells(line: Line) -> list[str]:
    hours = str(line.hours) if line.counts else "–"
    return [formats.day(line.day), line.title, kind(line), line.number, hours]


def _note() -> str:
    return _(
        "JP satu pelatihan dihitung sekali. Yang bertanda “Dicatat dari arsip” diambil dari daftar lama dan tidak "
        "diterbitkan oleh Balai."
    )


def workbook(transcript: Transcript) -> bytes:
    """One sheet, a row for each certificate."""
    import xlsxwriter  # 10 MB of memory that most processes never need

    buffer = BytesIO()
    # Texts stay texts: a title that begins with "=" is not run as a formula by whoever opens the file.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        _fill(book, book.add_worksheet(_("Transkrip")), transcript)
    return buffer.getvalue()


def _fill(book: Any, sheet: Any, transcript: Transcript) -> None:
    bold = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E3EFEC"})
    sheet.write_string(0, 0, f"{_('Transkrip pelatihan')}: {transcript.person.name}", book.add_format({"bold": True}))
    sheet.write_string(1, 0, _note())
    columns = [(_("Tahun"), 8), (_("Tanggal"), 20), (_("Pelatihan"), 44), (_("Sertifikat"), 24)]
    columns += [(_("Nomor"), 26), ("JP", 6)]
    for column, (name, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(3, column, name, bold)
    lines = [(year.year, line) for year in transcript.years for line in year.lines]
    for row, (year, line) in enumerate(lines, 4):
        sheet.write_number(row, 0, year)
        for column, text in enumerate((formats.day(line.day), line.title, kind(line), line.number), 1):
            sheet.write_string(row, column, text)
        sheet.write_number(row, 5, line.hours if line.counts else 0)
    sheet.freeze_panes(4, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
