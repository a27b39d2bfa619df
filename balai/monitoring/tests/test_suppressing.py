"""Whoever sees totals only cannot work out a small group: not by subtracting, not by opening what lies below, not in
Excel."""

import re
from collections import defaultdict
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from python_calamine import load_workbook

from balai.monitoring import catching_up, suppressing
from balai.monitoring.counts import Counts
from balai.monitoring.models import ALL, Tally
from balai.monitoring.suppressing import SMALLEST_GROUP, closed, families_of, hidden, told, told_whole
from balai.regions import codes

TENGAH, KECAMATAN = "18.02", "18.02.07"
OWN = "Langsung di wilayah ini"


@pytest.mark.parametrize(
    ("family", "expected"),
    [
        ({}, set()),
        ({"a": 5, "b": 0}, set()),
        ({"a": 9, "b": 8}, set()),
        ({"a": 3, "b": 9, "c": 7}, {"a", "c"}),
        ({"a": 3, "b": 3, "c": 7}, {"a", "b"}),
        ({"a": 1, "b": 2, "c": 7, "d": 8}, {"a", "b", "c"}),
        ({"a": 3, "b": 0}, {"a"}),
        ({"a": 1, "b": 1}, {"a", "b"}),
        ({"a": 4, "b": 20, "c": 20}, {"a", "b"}),
    ],
)
def test_as_much_is_left_out_as_it_takes(family, expected):
    assert hidden(family) == expected


PLACES = [
    f"18.{kabupaten:02}.{kecamatan:02}.{village}"
    for kabupaten in (1, 2)
    for kecamatan in (1, 2, 3)
    for village in (2001, 2002, 2003)
]
EVERYWHERE = sorted({"18", *PLACES, *(above for place in PLACES for above in codes.ancestors_of(place))})
SIZES = st.dictionaries(st.sampled_from(EVERYWHERE), st.one_of(st.integers(0, 7), st.integers(0, 40)))


def totals(families, code):
    return sum(families(code).values())


@given(SIZES, st.sampled_from(["18", "18.01"]))
def test_no_difference_of_what_is_told_is_a_small_group(sizes, top):
    """Every region whose page is open tells its whole and its parts: what is missing is several parts, and many."""
    families = families_of(sizes)
    inside = [code for code in EVERYWHERE if code == top or code.startswith(f"{top}.")]
    for code in inside:
        if closed(code, top, families):
            continue
        whole, missing = totals(families, code), hidden(families(code))
        lacking = sum(families(code)[part] for part in missing)
        assert not 0 < whole < SMALLEST_GROUP
        assert not missing or (len(missing) >= 2 and lacking >= SMALLEST_GROUP)
        for part, size in families(code).items():
            assert part in missing or not 0 < size < SMALLEST_GROUP
            if part in missing and part != code:
                assert closed(part, top, families)


@given(SIZES)
@example({"18": 0, "18.01": 1})
def test_what_is_left_out_has_nothing_told_below_it(sizes):
    """Lines of an evaluation below a closed region would add up to it."""
    families = families_of(sizes)
    shown = told(sizes, "18")
    assert {code for code in shown if closed(code, "18", families)} <= {
        c for c in shown if families(c).get(c) and c not in PLACES
    }
    for code in shown:
        assert not any(closed(above, "18", families) for above in codes.ancestors_of(code) if above != "18")
        assert not 0 < sizes[code] < SMALLEST_GROUP


@given(SIZES)
@example({"18": 0, "18.01": 1})
def test_an_evaluation_and_the_pages_leave_out_the_same(sizes):
    families = families_of(sizes)
    open_villages = {place for place in PLACES if sizes.get(place) and not closed(place, "18", families)}
    assert {code for code in told(sizes, "18") if code in PLACES and sizes[code]} == open_villages


@given(SIZES)
@example({"18": 0, "18.01": 1})
@example({"18.01.01.2001": 5})
def test_the_workbook_and_the_pages_leave_out_the_same(sizes):
    """A line for each region whose page is open; lines below a closed one would add up to it."""
    families = families_of(sizes)
    open_ones = {code for code in EVERYWHERE if totals(families, code) and not closed(code, "18", families)}
    assert told_whole(sizes, "18") == open_ones - {"18"}


@pytest.fixture
def partner(make_person):
    """Sees the totals of Lampung, and is counted elsewhere."""
    return make_person("Lukas Tarigan", "51", role="partner", over=("18",))


@pytest.fixture
def coordinator(make_person):
    """Sees who it is, and is counted elsewhere."""
    return make_person("Hendra", "51", role="coordinator", over=("18",))


@pytest.fixture
def crowd(make_person):
    """``crowd({"18.02.07.2009": 6})``: so many people there."""

    def make(sizes):
        for code, size in sizes.items():
            for number in range(size):
                make_person(f"Orang {code} {number}", code)

    return make


def table(client, code):
    """What a page tells: the whole, and each part by name; nothing when it is closed."""
    page = client.get(f"/wilayah/{code}").content.decode()
    whole = re.search(r'<dt>Terdaftar</dt><dd class="serif">([0-9.]+)</dd>', page)
    rows = re.findall(r'<th scope="row">(?:<a [^>]*>)?([^<]+)(?:</a>)?</th>(.*?)</tr>', page, re.DOTALL)
    first = {name: re.search(r'<td class="number[^"]*"[^>]*>([0-9.]+)</td>', cells) for name, cells in rows}
    return (int(whole[1]) if whole else None), {name: int(found[1]) if found else None for name, found in first.items()}


def lines(client, code):
    """The workbook: people by code."""
    rows = load_workbook(BytesIO(client.get(f"/wilayah/{code}.xlsx").content)).get_sheet_by_index(0).to_python()
    return {row[0]: int(row[3]) for row in rows[4:]}


def test_one_small_village_is_not_the_difference(crowd, partner, client_of):
    crowd({f"{KECAMATAN}.2009": 3, f"{KECAMATAN}.2008": 6, f"{KECAMATAN}.2010": 8, f"{KECAMATAN}.2007": 9})
    whole, parts = table(client_of(partner), KECAMATAN)
    assert (whole, sorted(number for number in parts.values() if number)) == (26, [8, 9])
    assert whole - sum(number for number in parts.values() if number) == 9
    assert sorted(lines(client_of(partner), KECAMATAN).values()) == [8, 9]


def test_opening_what_is_left_out_tells_nothing(crowd, partner, coordinator, client_of):
    crowd({f"{KECAMATAN}.2009": 3, f"{KECAMATAN}.2008": 6, f"{KECAMATAN}.2010": 8})
    partners, coordinators = client_of(partner), client_of(coordinator)
    assert [table(partners, f"{KECAMATAN}.{village}")[0] for village in (2009, 2008, 2010)] == [None, None, 8]
    assert lines(partners, f"{KECAMATAN}.2008") == {}
    assert "kelompoknya kecil" in partners.get(f"/wilayah/{KECAMATAN}.2008").content.decode()
    assert lines(coordinators, f"{KECAMATAN}.2008") == {f"{KECAMATAN}.2008": 6}


def test_what_is_left_out_is_not_added_up_from_below(crowd, partner, client_of):
    """A small kecamatan takes its neighbour with it, and the neighbour's villages are told nowhere."""
    crowd({"18.02.04.2001": 4, "18.02.07.2009": 5, "18.02.07.2008": 7, "18.02.08.2001": 30})
    browser = client_of(partner)
    whole, parts = table(browser, TENGAH)
    assert [number for number in parts.values() if number] == [30]
    assert whole - 30 >= SMALLEST_GROUP
    assert lines(browser, TENGAH) == {"18.02.08": 30, "18.02.08.2001": 30}
    assert [table(browser, f"18.02.07.{village}")[0] for village in (2009, 2008)] == [None, None]
    assert table(browser, "18.02.07") == (None, {})


def test_the_staff_of_the_region_itself_are_a_part_too(crowd, partner, coordinator, client_of):
    crowd({"18.02.07": 2, f"{KECAMATAN}.2009": 6, f"{KECAMATAN}.2008": 12})
    whole, parts = table(client_of(partner), KECAMATAN)
    assert (whole, parts[OWN]) == (20, None)
    assert [number for number in parts.values() if number] == [12]
    assert sorted(lines(client_of(partner), KECAMATAN).values()) == [12]
    assert table(client_of(coordinator), KECAMATAN)[1][OWN] == 2


def test_a_region_as_small_as_that_is_closed_as_a_whole(crowd, make_person, client_of):
    crowd({"18.02.04.2001": 4})
    only_here = make_person("Mitra", "51", role="partner", over=("18.02",))
    assert table(client_of(only_here), TENGAH) == (None, {})
    assert lines(client_of(only_here), TENGAH) == {}


def test_subtracting_step_by_step_never_meets_a_small_group(crowd, partner, client_of):
    """From the province down, each page and each workbook: no part, and no difference, of one to four people."""
    crowd(
        {
            "18.02": 3,
            "18.02.04.2001": 4,
            "18.02.07.2009": 2,
            "18.02.07.2008": 9,
            "18.02.08.2001": 8,
            "18.03.01.2002": 11,
        }
    )
    browser = client_of(partner)
    for code in ("18", "18.02", "18.02.04", "18.02.07", "18.02.08", "18.03"):
        whole, parts = table(browser, code)
        if whole is None:
            assert lines(browser, code) == {}
            continue
        numbers = [number for number in parts.values() if number]
        assert not 0 < whole - sum(numbers) < SMALLEST_GROUP
        assert not any(0 < number < SMALLEST_GROUP for number in (whole, *numbers))
        excel = lines(browser, code)
        below = {place: number for place, number in excel.items() if codes.parent_of(place) == code}
        assert sorted(below.values()) == sorted(number for name, number in parts.items() if number and name != OWN)
        assert not any(0 < number < SMALLEST_GROUP for number in (*excel.values(), whole - sum(below.values())))


def test_a_partner_whose_villages_are_all_small_has_the_regions_that_the_page_shows(crowd, partner, client_of):
    """Whole kecamatan are told though no village of theirs is."""
    crowd(dict.fromkeys((f"{KECAMATAN}.2008", f"{KECAMATAN}.2009", "18.02.08.2001", "18.02.08.2003"), 3))
    browser = client_of(partner)
    assert lines(browser, "18") == {"18.02": 12, "18.02.07": 6, "18.02.08": 6}
    assert lines(browser, TENGAH) == {"18.02.07": 6, "18.02.08": 6}


def test_a_partner_of_one_kabupaten_is_not_kept_out_by_its_neighbour(crowd, make_person, client_of):
    """What they cannot see they cannot subtract from."""
    crowd({"18.02.07.2009": 9, "18.03.01.2002": 2})
    of_province, of_kabupaten = (
        make_person(f"Mitra {over}", "51", role="partner", over=(over,)) for over in ("18", "18.02")
    )
    assert [table(client_of(person), TENGAH)[0] for person in (of_province, of_kabupaten)] == [None, 9]


@pytest.fixture
def gained(region):
    """``gained({"18.02.07.2009": 6})``: so many people of each region took both tests, each ten points better."""

    def make(sizes):
        counted = defaultdict(Counts)
        for code, size in sizes.items():
            some = Counts(people=20, paired=size, before=300 * size, after=400 * size, gain_squares=100 * 100 * size)
            for place in {code, *codes.ancestors_of(code)}:
                counted[place] += some
        catching_up.catch_up()
        Tally.objects.all().delete()
        Tally.objects.bulk_create(Tally.of(place, ALL, counts) for place, counts in counted.items())

    return make


def told_gain(client, code):
    """For how many people a gain is told."""
    found = re.search(r"poin rata-rata .*?n = ([0-9.]+)", client.get(f"/wilayah/{code}").content.decode())
    return int(found[1]) if found else None


def test_the_gain_of_a_few_is_no_difference_of_two_means(gained, partner, coordinator, client_of):
    """Two of whom the whole and all the others tell the mean are two whose results are known."""
    villages = {f"{KECAMATAN}.2009": 2, f"{KECAMATAN}.2008": 6, f"{KECAMATAN}.2010": 9}
    gained(villages)
    partners, coordinators = (
        [told_gain(client_of(person), code) for code in (KECAMATAN, *villages)] for person in (partner, coordinator)
    )
    assert (partners, coordinators) == ([17, None, None, 9], [17, None, 6, 9])


def test_it_takes_few_queries_however_many_there_are(crowd, partner, client_of, queries):
    crowd({f"{KECAMATAN}.2009": 6, f"{KECAMATAN}.2008": 2, f"{KECAMATAN}.2005": 9})
    browser = client_of(partner)
    browser.get(f"/wilayah/{KECAMATAN}")
    few = [queries(lambda end=end: browser.get(f"/wilayah/{KECAMATAN}{end}")) for end in ("", ".xlsx")]
    crowd({f"18.02.07.20{number:02}": 2 for number in (6, 7, 10)})
    browser.get(f"/wilayah/{KECAMATAN}")
    assert [queries(lambda end=end: browser.get(f"/wilayah/{KECAMATAN}{end}")) for end in ("", ".xlsx")] == few


def test_whose_region_is_no_more_stands_with_the_one_above(crowd, region, coordinator, client_of):
    crowd({f"{KECAMATAN}.2009": 2, f"{KECAMATAN}.2008": 6})
    gone = region(f"{KECAMATAN}.2009")
    type(gone).objects.filter(pk=gone.pk).update(ended_on="2026-01-01")
    assert lines(client_of(coordinator), KECAMATAN) == {KECAMATAN: 2, f"{KECAMATAN}.2008": 6}


def test_families_add_up():
    sizes = {"18.01.01.2001": 2, "18.01": 3, "18": 1, "": 4}
    families = families_of(sizes)
    ways = [("", {"": 4, "18": 6}), ("18", {"18": 1, "18.01": 5}), ("18.01", {"18.01": 3, "18.01.01": 2})]
    assert [dict(families(code)) for code, _family in ways] == [family for _code, family in ways]
    assert all(sum(below.values()) == above[code] for (_c, above), (code, below) in pairwise(ways))
    assert suppressing.families_of({})("18") == {}
