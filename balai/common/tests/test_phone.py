import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.common import phone
from balai.common.problems import Refusal

NATIONAL = st.from_regex(r"8[1-9][0-9]{7,10}", fullmatch=True)


def refusal(value: object) -> str:
    with pytest.raises(Refusal) as caught:
        phone.read(value)
    return caught.value.problem.code


@given(NATIONAL, st.sampled_from(["", " ", ".", "-", "\u2011", "\u00a0"]))
def test_all_ways_of_writing_a_number_are_one_number(national: str, between: str) -> None:
    split = between.join([national[:3], national[3:7], national[7:]])
    mended = [split, f"62{split}", f"+62{split}", f"0062{split}", f"+62{between}0{split}"]
    local = [f"0{split}", f"'0{split}", f"HP: 0{split}", f"WA 0{split}", f"(0{split[:3]}){split[3:]}"]
    assert {phone.read(form) for form in mended + local} == {f"+62{national}"}


@given(NATIONAL)
def test_the_leading_zero_that_excel_dropped_is_mended(national: str) -> None:
    assert {phone.read(form) for form in (float(national), int(national), f"{national}.0")} == {f"+62{national}"}


@given(NATIONAL)
def test_what_is_shown_reads_back(national: str) -> None:
    assert phone.read(phone.shown(f"+62{national}")) == f"+62{national}"


@given(st.text(max_size=24) | st.floats() | st.integers())
def test_any_cell_is_a_number_or_a_refusal(value: object) -> None:
    try:
        found = phone.read(value)
    except Refusal:
        assert phone.normalised(str(value)) == "" or isinstance(value, float)
    else:
        assert found.startswith("+628")
        assert 12 <= len(found) <= 15


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("tidak ada", "B2105"),
        ("-", "B2105"),
        ("", "B2105"),
        ("8.12346E+11", "B2106"),
        ("8,12E+10", "B2106"),
        ("081234567890 / 081398765432", "B2107"),
        ("081234567890 atau 081398765432", "B2107"),
        ("0812345", "B2108"),
        ("08123456789012", "B2108"),
        ("0725-529801", "B2109"),
        ("+60123456789", "B2109"),
    ],
)
def test_refusals_by_name(value: str, code: str) -> None:
    assert refusal(value) == code


def test_how_it_is_shown() -> None:
    assert [phone.shown(n) for n in ("+6281234567890", "+62812345678", "", "+60123")] == [
        "0812-3456-7890",
        "0812-3456-78",
        "",
        "+60123",
    ]
