"""The places of the bar."""

from balai.people.models import Person
from balai.web.places import PLACES, Place, places_of


def names(person: Person | None) -> list[str]:
    return [str(place.name) for place in places_of(person)]


def test_everyone_sees_only_what_is_for_them(
    secretary: Person, coordinator: Person, author: Person, partner: Person, admin: Person
) -> None:
    everyone = ["Beranda", "Belajar", "Saya"]
    with_people = ["Beranda", "Belajar", "Wilayah", "Orang", "Saya"]
    assert names(None) == []
    assert [names(one) for one in (secretary, author, partner)] == [everyone] * 3
    assert [names(one) for one in (coordinator, admin)] == [with_people] * 2


def test_there_are_at_most_five() -> None:
    assert len(PLACES) <= 5


def test_a_page_belongs_to_one_place() -> None:
    people = Place("people", "Orang", "/orang")
    assert [people.holds(path) for path in ("/orang", "/orang/impor", "/orangtua", "/")] == [True, True, False, False]
    assert [PLACES[0].holds(path) for path in ("/", "/orang")] == [True, False]
