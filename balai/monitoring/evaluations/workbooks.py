"""An evaluation as a workbook: a summary, the regions below, the villages of a kabupaten; numbers as numbers."""

from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _

from balai.monitoring import sheets
from balai.monitoring.models import Evaluation
from balai.regions.models import Region

from .words import Words


def workbook(evaluation: Evaluation, region: Region | None) -> bytes:
    """The workbook of ``evaluation``, whose figures are there."""
    import xlsxwriter  # 10 MB of memory that most processes never need

    words, buffer = Words(evaluation), BytesIO()
    title = f"{_('Evaluasi berkala')}: {region.full_name if region else _('Indonesia')}"
    with xlsxwriter.Workbook(buffer, sheets.OPTIONS) as book:
        styles = sheets.Styles(book)
        if words.closed:
            sheets.head(book.add_worksheet(_("Ringkasan")), styles, title, f"{_note(words)} {words.closed}", [])
            book.close()
            return buffer.getvalue()
        _summary(book.add_worksheet(_("Ringkasan")), styles, title, words)
        _rows(book.add_worksheet(_("Per wilayah")), styles, title, words)
        if words.figures["villages"]:
            _villages(book.add_worksheet(_("Per desa")), styles, title, words)
    return buffer.getvalue()


def _note(words: Words) -> str:
    return _("{period}. Keadaan data: {state}.").format(period=words.period, state=words.state)


def _summary(sheet: Any, styles: sheets.Styles, title: str, words: Words) -> None:
    head = [(words.steps_head[0], 34), *((name, 16) for name in words.steps_head[1:])]
    row = sheets.head(sheet, styles, title, _note(words), head)
    for line in words.steps:
        for column, text in enumerate(line):
            sheet.write_string(row, column, text)
        row += 1
    told = words.figures["factors"]
    lines = [*words.lines, f"{_('Tiga faktor')}: {told['word']}. {told['sentence']}"]
    lines += [
        f"{card['name']}: {card['word']}. {'. '.join(card['lines'])}. {card['coverage']}" for card in told["cards"]
    ]
    if words.evaluation.note:
        lines.append(f"{_('Catatan penilai')}: {words.evaluation.note}")
    lines.append(words.how)
    for row_below, text in enumerate(lines, row + 1):
        sheet.write_string(row_below, 0, text)


def _rows(sheet: Any, styles: sheets.Styles, title: str, words: Words) -> None:
    gains = [(_("Kenaikan nilai"), 12), (_("n tes"), 8), (_("Simpangan baku"), 12)]
    names = words.columns
    columns = [(_("Kode wilayah"), 15), *names[:6], *gains, *names[7:]]
    first = sheets.head(sheet, styles, title, _note(words), columns)
    for line, row in enumerate(words.figures["rows"], first):
        sheet.write_string(line, 0, row["code"])
        sheet.write_string(line, 1, row["title"])
        if row["hidden"]:
            sheet.write_string(line, 2, _("tidak ditampilkan: kelompok kecil"))
            continue
        for column, number in enumerate([*row["numbers"], *(row["gain"] or [])], 2):
            sheet.write_number(line, column, number)
        for column, text in enumerate([*row["verdicts"], row["status"]], 2 + len(row["numbers"]) + len(gains)):
            sheet.write_string(line, column, text)
    sheet.autofilter(first - 1, 0, max(first, first + len(words.figures["rows"]) - 1), len(columns) - 1)


def _villages(sheet: Any, styles: sheets.Styles, title: str, words: Words) -> None:
    columns = [(_("Kode wilayah"), 15), *words.village_columns]
    first = sheets.head(sheet, styles, title, _note(words), columns)
    for line, row in enumerate(words.figures["villages"], first):
        for column, text in enumerate((row["code"], row["title"], row["above"])):
            sheet.write_string(line, column, text)
        for column, number in enumerate(row["numbers"], 3):
            sheet.write_number(line, column, number)
    sheet.autofilter(first - 1, 0, max(first, first + len(words.figures["villages"]) - 1), len(columns) - 1)
