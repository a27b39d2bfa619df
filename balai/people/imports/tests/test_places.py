import pytest

from balai.people.imports.places import Asked, Places, fold

pytestmark = pytest.mark.django_db
PONCOWATI = "18.02.07.2010"


@pytest.fixture
def places() -> Places:
    return Places(["18.02"])


def found(places: Places, **asked: str) -> tuple[str, list[str]]:
    place = places.find(Asked(**asked))
    return places.code_of(place.region), [finding.code for finding in place.findings]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"code": "18.02.07.2010"}, (PONCOWATI, [])),
        ({"code": "1802072010"}, (PONCOWATI, [])),
        ({"code": "18 02 07 2010"}, (PONCOWATI, [])),
        ({"code": "18-02-07-2010", "village": "Poncowati"}, (PONCOWATI, [])),
        ({"code": "18.02.07.2010", "village": "Karang Endah"}, (PONCOWATI, ["code_other_name"])),
        ({"code": "18.02.07"}, ("18.02.07", [])),
        ({"code": "xx", "village": "Poncowati"}, (PONCOWATI, [])),
        ({"code": "51.02.10.2007"}, ("", ["B2139"])),
        ({"code": "18.02.07.9999"}, ("", ["B2138"])),
        ({"village": "Poncowati"}, (PONCOWATI, [])),
        ({"village": "DESA PONCO WATI", "district": "Kec. Terbanggi Besar"}, (PONCOWATI, [])),
        ({"village": "Ponchowati", "district": "Terbanggi Besar"}, (PONCOWATI, ["place_read_as"])),
        ({"village": "Poncowati", "regency": "Kab. Lampung Tengah"}, (PONCOWATI, [])),
        ({"district": "Terbanggi Besar"}, ("18.02.07", [])),
        ({"regency": "Lampung Tengah"}, ("18.02", [])),
        ({"village": "Atlantis", "district": "Terbanggi Besar"}, ("", ["B2138"])),
        ({}, ("", ["B2137"])),
    ],
)
def test_how_places_are_understood(places: Places, asked: dict[str, str], expected: tuple) -> None:
    assert found(places, **asked) == expected


def test_a_region_chosen_for_the_whole_table(region) -> None:
    district = Places(["18.02"], home=region("18.02.07").id)
    assert found(district) == ("18.02.07", [])
    assert found(district, village="Sido Mulyo") == ("", ["place_other_district"])
    assert found(district, village="Karang Endah") == ("18.02.07.2006", [])


def test_numbers_in_names_are_not_slips() -> None:
    assert [fold(name) for name in ("Desa Sido Mulyo II", "SIDOMULYO 2", "Kel. Yukum Jaya")] == [
        "sidomulyo2",
        "sidomulyo2",
        "yukumjaya",
    ]


def test_a_renumbered_village_is_found_by_its_old_code(region) -> None:
    from datetime import date

    from balai.regions.models import FormerName

    village = region(PONCOWATI)
    FormerName.objects.create(
        id=village.id, region=village, name="Poncowati", code="18.02.99.2001", until=date(2020, 1, 1)
    )
    assert found(Places(["18.02"]), code="18.02.99.2001") == (PONCOWATI, [])


def test_a_place_is_looked_up_once(queries) -> None:
    places = Places(["18.02"])
    assert queries(lambda: [places.find(Asked(village="Poncowati")) for _turn in range(30)]) == 1
