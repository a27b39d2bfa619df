"""The places of the bar."""

import re
from pathlib import Path

from balai.people.models import Person
from balai.web.icons import PATHS
from balai.web.places import CERTIFICATES, COURSES, HOME, ME, PEOPLE, REGIONS, places_of


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


def test_every_place_has_its_icon_in_the_style_sheet() -> None:
    style = (Path(__file__).parents[1] / "static/css/balai.css").read_text()
    drawn = {HOME: "home", COURSES: "book", CERTIFICATES: "certificate", REGIONS: "map", PEOPLE: "people", ME: "person"}
    for place, icon in drawn.items():
        rule = re.search(rf"""\.places \[href="{place.url}"\] {{ --icon: url\("[^"]*<path d='([^']*)'""", style)
        assert rule, place.url
        assert rule[1] == PATHS[icon]
