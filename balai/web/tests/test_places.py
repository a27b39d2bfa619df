"""The places of the bar."""

from balai.people.models import Person
from balai.web.places import HOME, PEOPLE, places_of


def names(person: Person | None) -> list[str]:
    return [str(place.name) for place in places_of(person)]


def test_everyone_sees_only_what_is_for_them(
    secretary: Person, coordinator: Person, author: Person, partner: Person, admin: Person
) -> None:
    learner = ["Beranda", "Belajar", "Sertifikat", "Saya"]
    with_people = ["Beranda", "Belajar", "Wilayah", "Orang", "Saya"]
    assert names(None) == []
    assert [names(one) for one in (secretary, author)] == [learner] * 2
    assert [names(one) for one in (coordinator, admin)] == [with_people] * 2
    assert names(partner) == ["Beranda", "Belajar", "Wilayah", "Saya"]


def test_a_page_belongs_to_one_place() -> None:
    assert [PEOPLE.holds(path) for path in ("/orang", "/orang/impor", "/orangtua", "/")] == [True, True, False, False]
    assert [HOME.holds(path) for path in ("/", "/orang")] == [True, False]
