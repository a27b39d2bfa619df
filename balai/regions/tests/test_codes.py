"""Codes: read as people write them, and subtrees as one range."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.regions import codes
from balai.regions.models import Region, region_id


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("18", "18"),
        ("1802", "18.02"),
        ("18.02", "18.02"),
        (" 18.02.07 ", "18.02.07"),
        ("180207", "18.02.07"),
        ("1802072009", "18.02.07.2009"),
        ("18 02 07 2009", "18.02.07.2009"),
        ("180", ""),
        ("18.2", ""),
        ("18.02.", ""),
        ("١٨", ""),
        ("Lampung", ""),
        ("", ""),
    ],
)
def test_codes_are_read_with_and_without_dots(typed, meant):
    assert codes.dotted(typed) == meant


def test_a_code_says_its_level_and_what_lies_above():
    assert codes.level_of("18.02.07.2009") == 4
    assert codes.ancestors_of("18.02.07.2009") == ["18.02.07", "18.02", "18"]
    assert codes.ancestors_of("18") == []


two_digits = st.integers(11, 13).map(str)
some_codes = st.lists(two_digits, min_size=1, max_size=3).map(".".join)


@given(prefix=some_codes, code=some_codes)
def test_the_range_of_a_subtree_holds_the_region_and_what_lies_below_and_nothing_else(prefix, code):
    inside = prefix <= code < f"{prefix}/"
    assert inside == (code == prefix or code.startswith(f"{prefix}."))


@pytest.mark.django_db
def test_the_database_compares_codes_byte_by_byte():
    odd = ["99", "99.01", "99.01.01", "99.01.01.2001", "99.011", "99.02", "9901"]
    rows = [Region(id=region_id(code), code=code, name="x", level=1, kind="desa") for code in odd]
    Region.objects.bulk_create(rows)
    below = Region.objects.filter(codes.below("99.01"), name="x").order_by("code").values_list("code", flat=True)
    assert list(below) == ["99.01", "99.01.01", "99.01.01.2001"]


@pytest.mark.django_db
def test_no_prefix_is_nobody_and_the_empty_prefix_is_the_nation():
    assert Region.objects.below_prefixes([]).count() == 0
    assert Region.objects.below_prefixes([""]).count() == Region.objects.count()
