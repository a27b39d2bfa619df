from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.common import nik
from balai.common.nik import Doubt, Nik
from balai.common.problems import Refusal

DATES = st.dates(date(1930, 1, 1), date(2010, 12, 31))


def written(born: date, sex: str, serial: int, region: str = "180207") -> str:
    day = born.day + (40 if sex == "P" else 0)
    return f"{region}{day:02}{born:%m%y}{serial:04}"


def refusal(value: object) -> str:
    with pytest.raises(Refusal) as caught:
        nik.read(value)
    return caught.value.problem.code


@given(DATES, st.sampled_from("LP"), st.integers(1, 9999), st.sampled_from(["", " ", ".", "-", "'"]))
def test_every_written_form_of_a_nik_is_the_same_nik(born: date, sex: str, serial: int, between: str) -> None:
    digits = written(born, sex, serial)
    typed = between.join([digits[:6], digits[6:12], digits[12:]])
    found = nik.read(f" {typed} ")
    assert (found.digits, found.region, found.sex, found.fits(born)) == (digits, "18.02.07", sex, True)


@given(DATES, st.sampled_from("LP"), st.integers(1, 9999))
def test_a_number_that_excel_kept_whole_is_read_and_one_that_it_rounded_is_refused(
    born: date, sex: str, serial: int
) -> None:
    digits = written(born, sex, serial)
    if digits.endswith("0"):
        assert refusal(float(digits)) == "B2101"
    else:
        assert nik.read(float(digits)) == nik.read(int(digits)) == nik.read(f"{digits}.0") == Nik(digits)


@given(DATES, st.sampled_from("LP"), st.integers(1, 9999))
def test_what_excel_shows_of_a_lost_nik_is_refused_by_name(born: date, sex: str, serial: int) -> None:
    number = float(written(born, sex, serial))
    forms = [f"{number:.5E}", f"{number:.4e}".replace(".", ","), f"{number:.3E}".replace("E+", "E"), f"'{number:.5E}"]
    assert {refusal(form) for form in forms} == {"B2101"}


@given(st.text(max_size=24) | st.floats() | st.integers())
def test_any_cell_is_a_nik_or_a_refusal(value: object) -> None:
    try:
        digits = nik.read(value).digits
    except Refusal:
        digits = "0" * 16
    assert len(digits) == 16


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("1802075510800000", "B2101"),
        ("180207551080000", "B2102"),
        ("", "B2102"),
        ("18020755108000011", "B2102"),
        ("18020755108OOO01", "B2103"),
        ("١٨٠٢٠٧٥٥١٠٨٠٠٠٠١", "B2103"),
        ("1802073102800001", "B2104"),
        ("1802077113800001", "B2104"),
        ("1802070010800001", "B2104"),
        ("1802073510800001", "B2104"),
        ("1802077210800001", "B2104"),
        ("1802072902010001", "B2104"),
    ],
)
def test_refusals_by_name(value: str, code: str) -> None:
    assert refusal(value) == code


def test_a_leap_day_exists_in_either_century() -> None:
    assert nik.read("1802072902000001").day_month == (29, 2)


def test_a_nik_is_never_printed() -> None:
    found = nik.read("1802075510800001")
    assert f"{found} {found!r} {found.mask}" == "Nik(180207••••••••••) Nik(180207••••••••••) 180207••••••••••"


def test_what_does_not_fit_is_only_doubted() -> None:
    found = nik.read("1802075510800001")
    assert nik.doubts(found, {"18.02.07"}.__contains__, date(1980, 10, 15), "P") == []
    assert nik.doubts(found, lambda code: False, date(1980, 10, 16), "L") == [Doubt.REGION, Doubt.BIRTH_DATE, Doubt.SEX]
    assert nik.doubts(found, lambda code: True) == []
