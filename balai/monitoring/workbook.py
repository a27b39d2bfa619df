"""The picture of a region as an Excel workbook."""

from io import BytesIO
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from balai.common import clock, formats
from balai.courses.models import Course
from balai.regions.models import Region, attach_parents

from . import participation, recap
from .counts import Counts
from .picture import by_village

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def written(region: Region | None, course: Course | None, *, top: str | None = None) -> bytes:
    """The workbook. Whoever only sees totals (``top``, see ``picture.py``) gets no sheet of persons, and no small
    groups."""
    import xlsxwriter  # 10 MB of memory that most processes never need

    buffer = BytesIO()
    # Texts stay texts: a name that begins with "=" is not run as a formula by whoever opens the file.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        styles = _Styles(book)
        _villages(book.add_worksheet(_("Per desa")), styles, region, course, top)
        if top is None and region:
            _people(book.add_worksheet(_("Per orang")), styles, region, course)
    return buffer.getvalue()


class _Styles:
    def __init__(self, book: Any) -> None:
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#E3EFEC", "text_wrap": True})


def _head(sheet: Any, styles: _Styles, title: str, course: Course | None, columns: list[tuple[str, int]]) -> int:
    """Title, age and the row of column names. Returns the first row of data."""
    when = formats.moment(timezone.localtime(clock.wall()), get_language() or "id")
    about = course.current.title if course and course.current else _("Semua pelatihan")
    sheet.write_string(0, 0, title, styles.title)
    sheet.write_string(1, 0, _("{about}. Keadaan {when}.").format(about=about, when=when))
    for column, (name, width) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(3, column, name, styles.head)
    sheet.freeze_panes(4, 2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    return 4


def _title(region: Region | None) -> str:
    return region.full_name if region else _("Indonesia")


def _villages(sheet: Any, styles: _Styles, region: Region | None, course: Course | None, top: str | None) -> None:
    rows = by_village(region, course.pk if course else None, top=top)
    attach_parents([row.region for row in rows])
    names = [step.name for step in recap.steps(Counts())]
    columns = [(_("Kode wilayah"), 15), (_("Wilayah"), 28), (_("Letak"), 48), *((name, 12) for name in names)]
    first = _head(sheet, styles, _title(region), course, columns)
    if top is not None:
        sheet.write_string(2, 0, _("Kelompok kecil, dan yang akan membukanya, tidak ditampilkan."))
    for line, row in enumerate(rows, first):
        for column, text in enumerate((row.region.code, row.region.title, row.region.path)):
            sheet.write_string(line, column, text)
        for column, count in enumerate((step.count for step in recap.steps(row.counts)), 3):
            sheet.write_number(line, column, count)
    sheet.autofilter(first - 1, 0, max(first, first + len(rows) - 1), len(columns) - 1)


def _people(sheet: Any, styles: _Styles, region: Region, course: Course | None) -> None:
    columns = [(_("Nama"), 34), (_("Wilayah"), 28), (_("Kode wilayah"), 15), (_("Nomor HP"), 18)]
    columns += [(step.name, 14) for step in recap.steps(Counts())[1:]]
    first = _head(sheet, styles, _title(region), course, columns)
    yes = _("ya")
    line = first
    for person in participation.people_of(region, course.pk if course else None).iterator(chunk_size=2_000):
        place = person.region or region
        texts = (person.name, place.title, place.code, person.phone)
        flags = [getattr(person, step) for step in participation.STEPS]
        for column, text in enumerate((*texts, *(yes if flag else "" for flag in flags))):
            sheet.write_string(line, column, text)
        line += 1
    sheet.autofilter(first - 1, 0, max(first, line - 1), len(columns) - 1)
