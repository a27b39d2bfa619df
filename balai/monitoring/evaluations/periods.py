"""Periods that offices report in: quarters, half years, years; and days of one's own."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from balai.common import formats

#: How many of each are offered, the current one first.
QUARTERS, HALVES, YEARS = 5, 3, 2
_ROMAN = ("I", "II", "III", "IV")


@dataclass(frozen=True)
class Period:
    """From the ``first`` to the ``last`` day, both within. ``key`` names it in a form, ``name`` for people."""

    key: str
    name: str
    first: date
    last: date


def offered(today: date, language: str) -> list[Period]:
    """The latest quarters, half years and years."""
    quarter, half = (today.month - 1) // 3, (today.month - 1) // 6
    found = [_part(today.year * 4 + quarter - ago, 4, language) for ago in range(QUARTERS)]
    found += [_part(today.year * 2 + half - ago, 2, language) for ago in range(HALVES)]
    return found + [_part(today.year - ago, 1, language) for ago in range(YEARS)]


def _part(number: int, parts: int, language: str) -> Period:
    """One of ``parts`` equal parts of a year, counted from the year 0."""
    year, place = divmod(number, parts)
    months = 12 // parts
    first = date(year, place * months + 1, 1)
    last = _after(first, months) - timedelta(days=1)
    names = {
        4: _("Triwulan {part} {year}"),
        2: _("Semester {part} {year}"),
        1: _("Tahun {year}"),
    }
    name = names[parts].format(part=_ROMAN[place], year=year)
    days = formats.days(first, last, language)
    return Period(f"{year}-{parts}-{place + 1}", f"{name} ({days})", first, last)


def _after(first: date, months: int) -> date:
    month = first.month - 1 + months
    return date(first.year + month // 12, month % 12 + 1, 1)
