"""The shipped tree: complete, loaded once, and newer editions that leave alone what entries have said."""

from collections import Counter
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from django.db import transaction

from balai.common.ids import uuid7
from balai.log.handlers import Change
from balai.log.record import record, record_many
from balai.regions import shipping
from balai.regions.changing import Act, NewRegion
from balai.regions.models import Region, Tree, region_id
from balai.regions.payloads import RegionChanged

COLUMNS = ("code", "name", "level", "kind", "local_kind", "postal_code", "ended_on")


def edition(name, *rows):
    """Rows: (code at first shipping, code, name)."""

    def made():
        for first, code, called in rows:
            yield Region(id=region_id(first), code=code, name=called, level=code.count(".") + 1, kind="kabupaten")

    return shipping.Edition(name, len(rows), made)


def named():
    return dict(Region.objects.filter(code__startswith="99").values_list("code", "name"))


def test_the_shipped_tree_is_complete():
    rows = list(shipping.shipped().rows())
    assert Counter(row.level for row in rows) == {1: 38, 2: 514, 3: 7_285, 4: 83_762}
    assert Counter(row.kind for row in rows if row.level in {2, 4}) == {
        "kabupaten": 416,
        "kota": 98,
        "desa": 75_252,
        "kelurahan": 8_496,
        "desa_adat": 14,
    }
    assert len({row.id for row in rows}) == len(rows) == shipping.shipped().size
    assert {row.postal_code == "" for row in rows if row.level == 4} == {False}


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("31.01", ("Kepulauan Seribu", "kabupaten", "Kabupaten Administrasi")),
        ("31.74", ("Jakarta Selatan", "kota", "Kota Administrasi")),
        ("18.72", ("Metro", "kota", "")),
        ("34.02.01", ("Srandakan", "kecamatan", "Kapanewon")),
        ("34.71.01", ("Tegalrejo", "kecamatan", "Kemantren")),
        ("34.02.01.2001", ("Poncosari", "desa", "Kalurahan")),
        ("34.71.01.1001", ("Kricak", "kelurahan", "")),
        ("91.03.01", ("Sentani", "distrik", "")),
        ("91.03.01.1001", ("Sentani Kota", "kelurahan", "")),
        ("13.04.08.2002", ("Sungai Tarab", "desa", "Nagari")),
        ("13.09.01.2007", ("Betumonga", "desa", "")),
    ],
)
def test_kinds_and_local_words(code, values):
    row = next(row for row in shipping.shipped().rows() if row.code == code)
    assert (row.name, row.kind, row.local_kind) == values


@pytest.mark.django_db
def test_loading_again_changes_nothing_and_costs_one_query(queries):
    before = list(Region.objects.order_by("id").values_list("id", *COLUMNS))
    tree = Tree.objects.values().get()
    assert queries(lambda: shipping.load(prefixes=("18", "51"))) == 1
    assert shipping.load(prefixes=("18", "51")) is False
    assert list(Region.objects.order_by("id").values_list("id", *COLUMNS)) == before
    assert Tree.objects.values().get() == tree


@pytest.mark.django_db
def test_only_a_part_is_loaded_with_what_lies_above():
    assert shipping.load(prefixes=("34.71.01",)) is True
    loaded = Region.objects.filter(code__startswith="34").order_by("code").values_list("code", flat=True)
    assert list(loaded) == ["34", "34.71", "34.71.01", *(f"34.71.01.100{number}" for number in range(1, 5))]
    assert shipping.load(prefixes=("34.71.01",)) is False
    assert Tree.objects.get().part == "34.71.01"


@pytest.mark.django_db
def test_progress_is_told():
    told = []
    Tree.objects.all().delete()
    shipping.load(lambda done, total: told.append((done, total)), edition=edition("one", ("99", "99", "Satu")))
    assert told == [(1, 1)]


@pytest.mark.django_db
def test_a_newer_edition_adds_renames_and_renumbers():
    shipping.load(edition=edition("one", ("99", "99", "Satu"), ("99.01", "99.01", "Dua")))
    newer = edition("two", ("99", "99", "Satu Baru"), ("99.01", "99.05", "Dua"), ("99.06", "99.06", "Tiga"))
    assert shipping.load(edition=newer) is True
    assert named() == {"99": "Satu Baru", "99.05": "Dua", "99.06": "Tiga"}
    assert Region.objects.get(code="99.05").id == region_id("99.01")


def renamed(region, name):
    change = {"name": Change(name, (region,))}
    payload = RegionChanged(act=uuid7(), event="changed", since=date(2026, 1, 1), changes=change)
    record("region.changed", payload, subject=region, proof="hub")


@pytest.mark.django_db
def test_a_newer_edition_leaves_alone_what_an_entry_has_said():
    shipping.load(edition=edition("one", ("99", "99", "Satu")))
    renamed(region_id("99"), "Kata Orang")
    shipping.load(edition=edition("two", ("99", "98", "Satu Baru")))
    assert Region.objects.filter(pk=region_id("99")).values_list("code", "name").get() == ("98", "Kata Orang")


def row_after(*steps):
    """The row of 99 after ``steps``; nothing of it stays."""
    with transaction.atomic():
        for step in steps:
            step()
        row = Region.objects.filter(pk=region_id("99")).values_list(*COLUMNS).get()
        transaction.set_rollback(True)
    return row


@pytest.mark.django_db
def test_edition_and_entry_give_the_same_row_in_either_order():
    one = partial(shipping.load, edition=edition("one", ("99", "99", "Satu")))
    two = partial(shipping.load, edition=edition("two", ("99", "98", "Satu Baru")))
    said = partial(renamed, region_id("99"), "Kata Orang")
    assert row_after(one, said, two) == row_after(two, said)


@pytest.mark.django_db
def test_a_region_that_an_entry_created_is_the_one_that_a_later_edition_ships():
    created = Act(None, date(2026, 1, 1)).create(NewRegion("99", "Sembilan", "provinsi"), 1)
    two = partial(shipping.load, edition=edition("two", ("99", "99", "Sembilan Sembilan")))
    assert row_after(partial(record_many, hubs(created)), two) == row_after(two, partial(record_many, hubs(created)))


def hubs(deeds):
    return [replace(deed, proof="hub") for deed in deeds]


@pytest.mark.django_db
@pytest.mark.slow
def test_the_whole_tree_loads():
    Tree.objects.all().delete()
    assert shipping.load() is True
    assert Region.objects.count() == 91_599
    assert shipping.load(prefixes=("18",)) is False
