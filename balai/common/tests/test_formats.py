"""How dates, numbers and sizes read."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.common import formats

AFTERNOON = datetime(2024, 10, 15, 14, 2, tzinfo=ZoneInfo("Asia/Jakarta"))


def test_a_day_in_both_languages() -> None:
    assert formats.day(date(2019, 10, 15)) == "15 Oktober 2019"
    assert formats.day(date(2019, 10, 15), "en") == "15 October 2019"
    assert formats.weekday(date(2024, 10, 15)) == "Selasa, 15 Oktober 2024"
    assert formats.weekday(date(2024, 10, 15), "en") == "Tuesday, 15 October 2024"


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        (date(2026, 11, 1), date(2026, 11, 30), "1 s.d. 30 November 2026"),
        (date(2026, 10, 28), date(2026, 11, 2), "28 Oktober s.d. 2 November 2026"),
        (date(2026, 12, 30), date(2027, 1, 2), "30 Desember 2026 s.d. 2 Januari 2027"),
        (date(2026, 11, 1), date(2026, 11, 1), "1 November 2026"),
    ],
)
def test_a_range_writes_once_what_both_days_share(first: date, last: date, written: str) -> None:
    assert formats.days(first, last) == written


def test_a_range_in_english() -> None:
    assert formats.days(date(2026, 11, 1), date(2026, 11, 30), "en") == "1 to 30 November 2026"


def test_a_time_names_its_zone() -> None:
    assert formats.clock(AFTERNOON) == "14.02 WIB"
    assert formats.clock(AFTERNOON.astimezone(ZoneInfo("Asia/Makassar"))) == "15.02 WITA"
    assert formats.clock(AFTERNOON.astimezone(ZoneInfo("Asia/Jayapura"))) == "16.02 WIT"
    assert formats.clock(AFTERNOON.astimezone(UTC)) == "07.02"
    assert formats.clock(AFTERNOON, "en") == "14:02 WIB"
    assert formats.moment(AFTERNOON) == "15 Oktober 2024 14.02 WIB"


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("", "Asia/Jakarta"),
        ("18.02.07.2009", "Asia/Jakarta"),
        ("61", "Asia/Jakarta"),
        ("51.02", "Asia/Makassar"),
        ("63", "Asia/Makassar"),
        ("81", "Asia/Jayapura"),
        ("96", "Asia/Jayapura"),
    ],
)
def test_the_zone_of_a_region(code: str, zone: str) -> None:
    assert formats.zone_of(code) == ZoneInfo(zone)


@pytest.mark.parametrize(
    ("age", "indonesian", "english"),
    [
        (timedelta(seconds=-5), "baru saja", "just now"),
        (timedelta(seconds=59), "baru saja", "just now"),
        (timedelta(minutes=1), "1 menit lalu", "1 minute ago"),
        (timedelta(hours=2, minutes=59), "2 jam lalu", "2 hours ago"),
        (timedelta(days=1234), "1.234 hari lalu", "1,234 days ago"),
    ],
)
def test_ages(age: timedelta, indonesian: str, english: str) -> None:
    assert (formats.ago(age), formats.ago(age, "en")) == (indonesian, english)


def test_numbers() -> None:
    assert formats.number(1234.5, places=1) == "1.234,5"
    assert formats.number(1234.5, "en", 1) == "1,234.5"
    assert formats.number(75266) == "75.266"
    assert formats.number(-1200) == "−1.200"
    assert formats.number(-0.05, places=2) == "−0,05"
    assert formats.number(-0.004, places=2) == "0,00"


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [(811, 948, "85%"), (999, 1000, "99%"), (5, 5, "100%"), (0, 3, "0%"), (0, 0, "–")],
)
def test_only_all_is_a_hundred_percent(part: int, whole: int, written: str) -> None:
    assert formats.percent(part, whole) == written


@pytest.mark.parametrize(
    ("count", "written"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1_000, "1 KB"),
        (8_700, "9 KB"),
        (999_000, "999 KB"),
        (999_001, "1 MB"),
        (1_230_000, "1,3 MB"),
        (9_950_000, "10 MB"),
        (52_000_001, "53 MB"),
        (1_500_000_000, "1,5 GB"),
    ],
)
def test_sizes(count: int, written: str) -> None:
    assert formats.size(count) == written


@given(st.integers(min_value=0, max_value=10**13))
def test_a_size_never_says_less_than_there_is(count: int) -> None:
    figure, unit = formats.size(count, "en").replace(",", "").split()
    length = {"B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9}[unit]
    said = round(float(figure) * 10) * length // 10
    assert count <= said < count * 1.11 + 1000


@pytest.mark.parametrize(
    ("count", "written"),
    [(999, "999 B"), (1_999, "1 KB"), (5_000_000, "5 MB"), (1_290_000, "1,2 MB"), (10 * 1024 * 1024, "10 MB")],
)
def test_limits(count: int, written: str) -> None:
    assert formats.limit(count) == written


@given(st.integers(min_value=1_000, max_value=10**12))
def test_what_is_over_a_limit_never_reads_like_it(limit: int) -> None:
    assert formats.size(limit + 1) != formats.limit(limit)


@given(st.dates(), st.dates())
def test_a_range_always_ends_with_its_last_day(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert formats.days(first, last).endswith(formats.day(last))
