"""The issuer's calendar: on which day something is issued, ends, or has ended."""

import calendar
from datetime import date

from balai.common import clock, formats

#: No office of the republic, which was proclaimed in this year, trained anybody before: such a date is mistyped.
EARLIEST = date(1945, 1, 1)


def today() -> date:
    """The day in the capital."""
    return clock.wall().astimezone(formats.zone_of("")).date()


def after(start: date, months: int) -> date:
    """The same day ``months`` later; the last of the month where that month is shorter."""
    years, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(years, month + 1)[1]
    return date(years, month + 1, min(start.day, last))
