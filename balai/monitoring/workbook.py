"""The picture of a region as an Excel workbook."""

from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _

from balai.common import clock
from balai.courses.models import Course
from balai.people.models import Person
from balai.regions.models import Region, attach_parents

from . import participation, recap, sheets
from .counts import Counts
from .picture import by_region, by_village

#: So many people are looked up in one query.
_AT_ONCE = 500
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def written(region: Region | None, course: Course | None, *, top: str | None = None) -> bytes:
    """The workbook. Whoever only sees totals (``top``, see ``picture.py``) gets what the pages tell, and no persons."""
    import xlsxwriter  # 10 MB of memory that most processes never need

    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, sheets.OPTIONS) as book:
        styles = sheets.Styles(book)
        _places(book.add_worksheet(_("Per desa") if top is None else _("Per wilayah")), styles, region, course, top)
        if top is None and region:
            _people(book.add_worksheet(_("Per orang")), styles, region, course)
    return buffer.getvalue()


def not_started(region: Region | None, course: Course | None) -> bytes:
    """Who has not started, by village."""
    import xlsxwriter

    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, sheets.OPTIONS) as book:
        sheet, styles = book.add_worksheet(_("Belum mulai")), sheets.Styles(book)
        columns = [(_("Nama"), 34), (_("Wilayah"), 28), (_("Kode wilayah"), 15), (_("Nomor HP"), 18)]
        columns += [(_("Diundang"), 12), (_("Sudah masuk"), 12)]
        course_id = course.pk if course else None
        line = first = sheets.head(sheet, styles, _title(region), _note(course), columns)
        ids = list(participation.not_started(region, course_id).values_list("pk", flat=True))
        for start in range(0, len(ids), _AT_ONCE):
            for person in participation.shown(ids[start : start + _AT_ONCE], course_id):
                _person(sheet, line, person)
                line += 1
        sheet.autofilter(first - 1, 0, max(first, line - 1), len(columns) - 1)
    return buffer.getvalue()


def _person(sheet: Any, line: int, person: Person) -> None:
    place, yes = person.region, _("ya")
    texts = [person.name, place.title if place else "", place.code if place else "", person.phone]
    texts += [yes if getattr(person, step) else "" for step in ("was_invited", "has_signed_in")]
    for column, text in enumerate(texts):
        sheet.write_string(line, column, text)


def _note(course: Course | None) -> str:
    about = course.current.title if course and course.current else _("Semua pelatihan")
    return _("{about}. Keadaan {when}.").format(about=about, when=sheets.moment(clock.wall()))


def _title(region: Region | None) -> str:
    return region.full_name if region else _("Indonesia")


def _places(sheet: Any, styles: sheets.Styles, region: Region | None, course: Course | None, top: str | None) -> None:
    about = course.pk if course else None
    rows = by_village(region, about) if top is None else by_region(region, about, top=top)
    attach_parents([row.region for row in rows])
    names = [step.name for step in recap.steps(Counts())]
    columns = [(_("Kode wilayah"), 15), (_("Wilayah"), 28), (_("Letak"), 48), *((name, 12) for name in names)]
    first = sheets.head(sheet, styles, _title(region), _note(course), columns)
    if top is not None:
        said = _(
            "Setiap baris sudah memuat wilayah di bawahnya. Kelompok kecil, dan yang akan membukanya, disembunyikan."
        )
        sheet.write_string(2, 0, said)
    for line, row in enumerate(rows, first):
        for column, text in enumerate((row.region.code, row.region.title, row.region.path)):
            sheet.write_string(line, column, text)
        for column, count in enumerate((step.count for step in recap.steps(row.counts)), 3):
            sheet.write_number(line, column, count)
    sheet.autofilter(first - 1, 0, max(first, first + len(rows) - 1), len(columns) - 1)


def _people(sheet: Any, styles: sheets.Styles, region: Region, course: Course | None) -> None:
    columns = [(_("Nama"), 34), (_("Wilayah"), 28), (_("Kode wilayah"), 15), (_("Nomor HP"), 18)]
    columns += [(step.name, 14) for step in recap.steps(Counts())[1:]]
    first = sheets.head(sheet, styles, _title(region), _note(course), columns)
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
