"""What a cell says: as text, as a date."""

import re
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from balai.common.formats import MONTHS
from balai.common.problems import Problem, Refusal

from .books import Cell

_UNTOUCHED = _("Isian lain di baris ini tidak terpengaruh.")
_WRITE_A_DATE = _("Tulis tanggalnya seperti 15/10/1980 atau 15 Oktober 1980.")

NOT_A_DATE = Problem("B2110", 422, _("Tanggal ini tidak terbaca."), _UNTOUCHED, _WRITE_A_DATE)
NO_SUCH_DATE = Problem("B2111", 422, _("Tanggal ini tidak ada di kalender."), _UNTOUCHED, _WRITE_A_DATE)

#: Letters of a cell that are kept.
LONGEST = 500
_FINITE = 1e300
#: Day 0 of Excel's calendar, its false 29 February 1900 included.
_EXCEL_EPOCH = date(1899, 12, 30)
_SERIALS = range(2_100, 60_000)  # from October 1905: smaller numbers are years
_NUMBERS = re.compile(r"(\d{1,4})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})(?:\s+\d{1,2}[:.]\d{2}.*)?")
_WORDED = re.compile(r"(\d{1,2})\s*[-/. ]?\s*([a-z]{3,})\.?\s*[-/. ,]?\s*['’]?(\d{4}|\d{2})")
_EIGHT = re.compile(r"(\d{2})(\d{2})(\d{4})")
_MONTHS = {
    **{name.lower()[:3]: place for names in MONTHS.values() for place, name in enumerate(names, 1)},
    "peb": 2,
    "ags": 8,
    "agt": 8,
    "nop": 11,
}


def text(cell: Cell | None) -> str:
    """A cell as one would read it aloud: whole numbers without a fraction, dates as ``2024-10-15``."""
    if isinstance(cell, str):
        return " ".join(cell.replace("\0", " ").split())
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    return str(cell)


def storable(cell: Cell) -> str | int | float:
    """The cell as JSON can hold it, still telling numbers from text (a number may have lost digits)."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) < _FINITE:
        return cell
    return text(cell)[:LONGEST]


def day(cell: Cell) -> date:
    """The date in a cell: a date, Excel's serial number, ``15/10/1980``, ``15 Okt 80``. Raises ``Refusal``.

    Day before month, as in Indonesia; a place before it (``Metro, 15 Oktober 1980``) is passed over.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and _SERIALS.start <= cell < _SERIALS.stop:
        return _EXCEL_EPOCH + timedelta(days=int(cell))
    return _day_of_text(text(cell).casefold().rpartition(",")[2].strip())


def _day_of_text(written: str) -> date:
    eight = _EIGHT.fullmatch(written)
    if eight:
        return _date(int(eight[3]), int(eight[2]), int(eight[1]))
    numbers = _NUMBERS.fullmatch(written)
    if numbers:
        first, month, last = (int(number) for number in numbers.groups())
        if len(numbers[1]) == 4:
            return _date(first, month, last)
        return _date(_year(numbers[3]), *_month_and_day(first, month))
    words = _WORDED.fullmatch(written)
    if words and words[2][:3] in _MONTHS:
        return _date(_year(words[3]), _MONTHS[words[2][:3]], int(words[1]))
    raise Refusal(NOT_A_DATE)


def _month_and_day(first: int, second: int) -> tuple[int, int]:
    """Month first only where it cannot be otherwise."""
    return (first, second) if second > 12 >= first else (second, first)


def _year(digits: str) -> int:
    """Two digits: the last year with them that is not in the future."""
    if len(digits) != 2:
        return int(digits)
    this_year = date.today().year  # noqa: DTZ011  (a year is enough)
    return this_year - (this_year - int(digits)) % 100


def _date(year: int, month: int, day_of_month: int) -> date:
    try:
        return date(year, month, day_of_month)
    except ValueError as error:
        raise Refusal(NO_SUCH_DATE) from error
