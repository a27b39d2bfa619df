"""How dates, times, numbers and sizes are written, in Indonesian (``id``) and English (``en``).

Pure: no settings and no active language, callers pass ``language``. Aware datetimes are written in the zone
that they carry; callers convert first.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

MONTHS = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(),
    "en": "January February March April May June July August September October November December".split(),
}
WEEKDAYS = {
    "id": "Senin Selasa Rabu Kamis Jumat Sabtu Minggu".split(),
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
}
#: Hours east of Greenwich of Indonesia's three zones (Keputusan Presiden 41/1987).
ZONE_NAMES = {7: "WIB", 8: "WITA", 9: "WIT"}
_CENTRAL = frozenset("51 52 53 63 64 65 71 72 73 74 75 76".split())
_EASTERN = frozenset("81 82 91 92 93 94 95 96".split())
#: Unit of time, its seconds, its two names in English (Indonesian has no plural).
_AGES = (
    (86_400, "hari", "day"),
    (3_600, "jam", "hour"),
    (60, "menit", "minute"),
)


def zone_of(region_code: str) -> ZoneInfo:
    """The zone of a Kemendagri code such as ``18.02``; western for the whole country."""
    province = region_code[:2]
    if province in _CENTRAL:
        return ZoneInfo("Asia/Makassar")
    return ZoneInfo("Asia/Jayapura" if province in _EASTERN else "Asia/Jakarta")


def day(value: date, language: str = "id") -> str:
    """``15 Oktober 2024``."""
    return f"{value.day} {MONTHS[language][value.month - 1]} {value.year}"


def weekday(value: date, language: str = "id") -> str:
    """``Selasa, 15 Oktober 2024``."""
    return f"{WEEKDAYS[language][value.weekday()]}, {day(value, language)}"


def days(first: date, last: date, language: str = "id") -> str:
    """``1 s.d. 30 November 2026``; what both days share is written once."""
    if first == last:
        return day(first, language)
    until = "s.d." if language == "id" else "to"
    start = str(first.day)
    if (first.year, first.month) != (last.year, last.month):
        start += f" {MONTHS[language][first.month - 1]}"
    if first.year != last.year:
        start += f" {first.year}"
    return f"{start} {until} {day(last, language)}"


def clock(value: datetime, language: str = "id") -> str:
    """``14.02 WIB``; the zone's name is left out where it is not one of Indonesia's."""
    written = f"{value:%H.%M}" if language == "id" else f"{value:%H:%M}"
    offset = value.utcoffset()
    name = ZONE_NAMES.get(int(offset.total_seconds() // 3600)) if offset is not None else None
    return f"{written} {name}" if name else written


def moment(value: datetime, language: str = "id") -> str:
    """``15 Oktober 2024 14.02 WIB``."""
    return f"{day(value, language)} {clock(value, language)}"


def ago(age: timedelta, language: str = "id") -> str:
    """``2 jam lalu``; under a minute ``baru saja``. An age below zero (a clock ahead of ours) counts as none."""
    seconds = int(age.total_seconds())
    for length, indonesian, english in _AGES:
        if seconds >= length:
            count = seconds // length
            if language == "id":
                return f"{number(count)} {indonesian} lalu"
            return f"{number(count, 'en')} {english}{'s' if count > 1 else ''} ago"
    return "baru saja" if language == "id" else "just now"


def number(value: float, language: str = "id", places: int = 0) -> str:
    """``1.234,5`` with one place; English ``1,234.5``. Below nought with a minus sign, not a hyphen: ``−0,5``."""
    written = f"{value:z,.{places}f}".replace("-", "−")
    return written.translate(str.maketrans(",.", ".,")) if language == "id" else written


def percent(part: float, whole: float, language: str = "id") -> str:
    """``71%`` of a whole, rounded down so that 100% is only said of all; ``–`` of nothing."""
    return f"{number(int(part * 100 // whole), language)}%" if whole else "–"


def size(count: int, language: str = "id") -> str:
    """``9 KB`` from bytes (1 KB is 1,000), rounded up: a reader never pays for more than was said."""
    return _size(count, language, lambda part, whole: -(-part // whole))


def limit(count: int, language: str = "id") -> str:
    """Like ``size`` but rounded down: what is larger than the limit is also written as a larger size."""
    return _size(count, language, lambda part, whole: part // whole)


def _size(count: int, language: str, divide: Callable[[int, int], int]) -> str:
    if count < 1_000:
        return f"{count} B"
    if count <= 999_000:
        return f"{number(divide(count, 1_000), language)} KB"
    unit, length = ("MB", 1_000_000) if count <= 999_000_000 else ("GB", 1_000_000_000)
    tenths = divide(count * 10, length)
    places = 1 if tenths < 100 and tenths % 10 else 0
    return f"{number(tenths / 10 if tenths < 100 else divide(count, length), language, places)} {unit}"
