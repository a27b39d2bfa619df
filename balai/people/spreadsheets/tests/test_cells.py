from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.common.formats import MONTHS, day
from balai.common.problems import Refusal
from balai.people.spreadsheets import cells

BIRTHDAYS = st.dates(date(1930, 1, 1), date(2015, 12, 31))


@given(BIRTHDAYS)
def test_all_ways_of_writing_a_day_are_one_day(born: date) -> None:
    short = MONTHS["id"][born.month - 1][:3]
    forms = [
        born,
        datetime(born.year, born.month, born.day, 7, 30),  # noqa: DTZ001
        (born - date(1899, 12, 30)).days,
        float((born - date(1899, 12, 30)).days),
        born.isoformat(),
        f"{born:%d/%m/%Y}",
        f"{born.day}-{born.month}-{born.year}",
        f"{born:%d.%m.%Y} 00:00:00",
        f"{born:%d%m%Y}",
        day(born),
        day(born).upper(),
        f"{born.day} {short}. {born.year}",
        f"{born.day}-{short}-{born.year}",
        f"Metro, {day(born)}",
        f"Kota Gajah , {born:%d/%m/%Y}",
    ]
    assert {cells.day(form) for form in forms} == {born}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("15/10/80", date(1980, 10, 15)),
        ("15 Okt '80", date(1980, 10, 15)),
        ("5 Ags 1999", date(1999, 8, 5)),
        ("17 Nopember 1977", date(1977, 11, 17)),
        ("10/25/1980", date(1980, 10, 25)),
        ("15-Oct-1980", date(1980, 10, 15)),
    ],
)
def test_other_hands(typed: str, found: date) -> None:
    assert cells.day(typed) == found


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("31/02/1980", "B2111"),
        ("15 Anu 1980", "B2110"),
        ("", "B2110"),
        ("1980", "B2110"),
        (1980, "B2110"),
        ("081-23-45", "B2111"),
    ],
)
def test_refused_days(typed: object, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        cells.day(typed)
    assert caught.value.problem.code == code


@given(st.text(max_size=20) | st.floats() | st.integers() | st.booleans())
def test_any_cell_is_a_day_or_a_refusal(cell: object) -> None:
    try:
        found = cells.day(cell)
    except Refusal:
        found = date.min
    assert isinstance(found, date)


def test_how_cells_are_read_aloud() -> None:
    midnight = datetime(2024, 10, 15)  # noqa: DTZ001
    said = [cells.text(cell) for cell in (None, "", " a\n b ", 3.0, 3.5, 7, True, date(2024, 10, 15), midnight)]
    assert said == ["", "", "a b", "3", "3.5", "7", "True", "2024-10-15", "2024-10-15"]


def test_numbers_stay_numbers_in_store() -> None:
    assert [cells.storable(cell) for cell in (1802051510800000.0, "1802", date(1980, 1, 2), True, float("inf"))] == [
        1802051510800000.0,
        "1802",
        "1980-01-02",
        "True",
        "inf",
    ]
