"""Regions: their names as people say them, what lies above and below."""

from datetime import date

import pytest
from django.utils import translation

from balai.regions.models import FormerName, Region, attach_parents, region_id

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("code", "title"),
    [
        ("18", "Provinsi Lampung"),
        ("18.02", "Kabupaten Lampung Tengah"),
        ("18.71", "Kota Bandar Lampung"),
        ("18.02.07", "Kecamatan Terbanggi Besar"),
        ("18.02.07.2009", "Kampung Terbanggi Besar"),
        ("18.02.04.1005", "Kelurahan Gunung Sugih"),
        ("18.10.02.2012", "Pekon Yogyakarta"),
        ("18.12.01.2002", "Tiyuh Panaragan"),
        ("18.07.01.2006", "Desa Terbangi Marga"),
        ("51.02.10.2007", "Desa Pupuan"),
    ],
)
def test_a_region_is_called_as_people_there_call_it(region, code, title):
    assert region(code).title == title


def test_the_word_for_the_kind_is_not_said_twice():
    assert (
        Region(code="11.01.01.2004", name="Gampong Drien", kind="desa", local_kind="Gampong").title == "Gampong Drien"
    )


def test_the_full_name_goes_up_to_the_province(region):
    assert region("18.02.07.2009").full_name == (
        "Kampung Terbanggi Besar, Kecamatan Terbanggi Besar, Kabupaten Lampung Tengah, Provinsi Lampung"
    )
    assert region("18").full_name == "Provinsi Lampung"


@pytest.mark.parametrize("count", [1, 30])
def test_full_names_of_many_take_one_query(queries, count):
    found = list(Region.objects.filter(level=4).order_by("code")[:count])

    def names():
        attach_parents([*found, None])
        assert all(len(region.parents) == 3 for region in found)

    assert queries(names) == 1


def test_what_lies_below(region):
    lampung_tengah = region("18.02")
    assert Region.objects.within(lampung_tengah).filter(level=3).count() == 28
    assert [r.code for r in Region.objects.children_of(None)] == ["18", "51"]
    assert [r.code for r in Region.objects.children_of(lampung_tengah)][:2] == ["18.02.01", "18.02.02"]
    assert lampung_tengah.contains(region("18.02.07.2009"))
    assert lampung_tengah.contains(lampung_tengah)
    assert not lampung_tengah.contains(region("18.01"))


def test_a_region_is_found_by_the_code_that_it_had(region):
    terbanggi = region("18.02.07")
    Region.objects.filter(pk=terbanggi.pk).update(code="18.02.99")
    assert Region.objects.coded("180207") is None
    FormerName.objects.create(
        id=region_id("x"), region=terbanggi, name=terbanggi.name, code="18.02.07", until=date(2026, 1, 1)
    )
    assert Region.objects.coded("18.02.07") == terbanggi
    assert Region.objects.coded("180299") == terbanggi


def test_an_ended_region_is_not_found_by_its_code(region):
    Region.objects.filter(code="18.02.07").update(ended_on=date(2026, 1, 1))
    assert Region.objects.coded("18.02.07") is None
    assert Region.objects.coded("nothing") is None


def test_its_name_is_the_same_in_every_language(region):
    with translation.override("en"):
        assert region("18.02").title == "Kabupaten Lampung Tengah"
        assert Region(name="Tenganan", kind="desa_adat").title == "Desa Adat Tenganan"
