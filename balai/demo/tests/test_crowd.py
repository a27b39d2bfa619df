"""Who takes part: two delegates of every village of Lampung Tengah, with names as one finds them there."""

from collections import Counter
from random import Random

import pytest

from balai.demo import names
from balai.demo.cast import LAMPUNG_TENGAH, PLAYABLE
from balai.demo.crowd import Crowd
from balai.demo.places import villages_of

pytestmark = pytest.mark.django_db


def test_every_village_sends_two() -> None:
    crowd = Crowd.of(LAMPUNG_TENGAH)
    villages = [village.code for village in villages_of(LAMPUNG_TENGAH)]
    assert len(villages) > 300
    assert Counter(one.code for one in crowd.home) == dict.fromkeys(villages, 2)
    everybody = [*crowd.everybody, *PLAYABLE[2:]]
    assert len({one.id for one in everybody}) == len(everybody)


def test_they_are_the_same_each_time() -> None:
    assert Crowd.of(LAMPUNG_TENGAH) == Crowd.of(LAMPUNG_TENGAH)


def test_all_peoples_of_the_kabupaten_are_among_them_women_and_men() -> None:
    home = Crowd.of(LAMPUNG_TENGAH).home
    women = sum(one.sex == "P" for one in home)
    assert 0.3 < women / len(home) < 0.5
    balinese = [one for one in home if one.name.startswith(("I ", "Ni "))]
    assert 0.03 < len(balinese) / len(home) < 0.2
    first = {one.name.split()[0].rstrip(",") for one in home}
    for some in ({"Asep", "Cecep", "Jajang", "Euis", "Lilis"}, {"Zulkifli", "Rusdi", "Masnah"}, {"Slamet", "Sumarni"}):
        assert first & some


def test_stages_are_all_there() -> None:
    home = Crowd.of(LAMPUNG_TENGAH).home
    shares = {
        "not invited": [one for one in home if not one.invited],
        "never in": [one for one in home if one.invited and not one.signs_in],
        "idle": [one for one in home if one.signs_in and not one.starts],
        "studying": [one for one in home if one.starts],
    }
    assert [stage for stage, some in shares.items() if len(some) < 10] == []
    assert len(shares["studying"]) > len(home) / 2


def test_a_village_in_bali_has_balinese_names() -> None:
    drawn = [names.draw(Random(str(n)), "Perean", "51.02.09.2001")[0] for n in range(20)]
    assert all(name.startswith(("I ", "Ni ")) for name in drawn)
