"""The item analysis of a test as an Excel workbook: a sheet of questions, a sheet of answers."""

from io import BytesIO
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from balai.common import formats

from .chosen import Row
from .contents import Content
from .recounting import Counts
from .remarks import remarks

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FIRST = 4


def written(test: Content, counts: Counts) -> bytes:
    """The workbook."""
    import xlsxwriter  # 10 MB of memory that most processes never need

    rows = [Row(test, figures, number) for number, figures in enumerate(counts.figures, 1)]
    buffer = BytesIO()
    # Texts stay texts: an answer that begins with "=" is not run as a formula by whoever opens the file.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        _questions(book, _head(test, counts), rows)
        _answers(book, _head(test, counts), rows)
    return buffer.getvalue()


def _head(test: Content, counts: Counts) -> tuple[str, str]:
    people = ngettext("{count} orang", "{count} orang", counts.people).format(count=counts.people)
    when = formats.moment(timezone.localtime(counts.counted_at), get_language() or "id")
    about = _("{people}, pengerjaan pertama masing-masing. Dihitung {when}. Versi {number}.")
    title = f"{test.test.version.title} · {test.test.title}"
    return title, about.format(people=people, when=when, number=test.test.version.number)


def _sheet(book: Any, name: str, head: tuple[str, str], columns: list[tuple[str, int]]) -> Any:
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, head[0], book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, head[1])
    bold = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E3EFEC", "text_wrap": True})
    for column, (title, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(_FIRST - 1, column, title, bold)
    sheet.freeze_panes(_FIRST, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_FIRST - 1)
    return sheet


def _questions(book: Any, head: tuple[str, str], rows: list[Row]) -> None:
    columns = [(_("Soal"), 24), (_("Pertanyaan"), 60), (_("Orang"), 8), (_("Tingkat kemudahan (0–1)"), 12)]
    columns += [(_("Daya beda (−1–1)"), 12), (_("Tidak menjawab"), 10), (_("Catatan"), 60)]
    sheet = _sheet(book, _("Soal"), head, columns)
    for line, row in enumerate(rows, _FIRST):
        sheet.write_string(line, 0, row.figures.slug)
        sheet.write_string(line, 1, row.stem)
        sheet.write_number(line, 2, row.figures.people)
        for column, value in ((3, row.facility), (4, row.discrimination)):
            if value is not None:
                sheet.write_number(line, column, value)
        sheet.write_number(line, 5, row.figures.blank)
        sheet.write_string(line, 6, " ".join(str(one) for one in remarks(row.figures)))


def _answers(book: Any, head: tuple[str, str], rows: list[Row]) -> None:
    columns = [(_("Soal"), 24), (_("Jawaban"), 60), (_("Benar"), 8), (_("Orang"), 8), (_("Persen"), 8)]
    sheet = _sheet(book, _("Jawaban"), head, columns)
    line = _FIRST
    for row in rows:
        for share in row.shares:
            sheet.write_string(line, 0, row.figures.slug)
            sheet.write_string(line, 1, share.text)
            sheet.write_string(line, 2, _("ya") if share.right else "")
            sheet.write_number(line, 3, share.count)
            sheet.write_number(line, 4, share.percent)
            line += 1
