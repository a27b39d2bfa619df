"""Who may be one person: found for everybody, kept as pairs, shown to who reaches both, until somebody decides."""

import itertools
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.common import names
from balai.log.record import record
from balai.people.changing import change
from balai.people.entries import PersonRegistered
from balai.people.identities import merging, niks, pairing
from balai.people.identities.entries import PersonWithdrawn
from balai.people.identities.matching import Features, compare
from balai.people.models import Pair, Person
from balai.people.privacy.stores import STORES

pytestmark = pytest.mark.django_db
HOME, NEXT_DOOR = "18.02.07.2009", "18.02.07.2010"
Found = list[tuple[set[str], list[str], bool]]


@pytest.fixture(autouse=True)
def _jobs_now(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def pairs(prefix: str = "18.02") -> Found:
    """The undecided pairs of a region, the likeliest first: names, reasons, whether they are certain."""
    found = Pair.objects.within([prefix]).undecided().select_related("first", "second").order_by("-strength")
    return [({pair.first.name, pair.second.name}, pair.reasons, pair.is_certain) for pair in found]


def test_whoever_is_registered_is_compared_with_everybody(make_person, nik_of) -> None:
    nik = nik_of("1802075510800001")
    make_person("Siti Aminah", HOME, nik=niks.seal(nik))
    make_person("Suparman", HOME)
    make_person("Hj. St. Aminah, S.Pd.", NEXT_DOOR, nik=niks.seal(nik))
    make_person("Suparmn", HOME)
    assert pairs() == [
        ({"Siti Aminah", "Hj. St. Aminah, S.Pd."}, ["nik", "name"], True),
        ({"Suparman", "Suparmn"}, ["near_name"], False),
    ]


def test_a_change_makes_and_unmakes_a_pair(make_person, coordinator) -> None:
    one = make_person("Siti Aminah", HOME, phone="+6281200000001")
    make_person("Siti Aminah", NEXT_DOOR, phone="+6281200000002")
    assert pairs() == []
    for phone, expected in (("+6281200000002", [["phone", "name"]]), ("+6281200000003", [])):
        record(**change(Person.objects.get(pk=one.pk), {"phone": phone}, coordinator).__dict__)
        assert [reasons for _names, reasons, _certain in pairs()] == expected


def test_a_pair_is_for_whoever_reaches_both(region) -> None:
    for code in ("18.02.07.2009", "51.02.10.2007"):
        payload = PersonRegistered("Made Wijaya", region(code).id, phone="+6281200000001")
        record("person.registered", payload, proof="hub")
    assert [len(pairs(prefix)) for prefix in ("", "18", "51.02", "18.02")] == [1, 0, 0, 0]
    assert Pair.objects.within(["18.02.07", "51.02.10"]).count() == 1
    assert Pair.objects.within([]).count() == 0


def test_decided_pairs_are_offered_no_more(make_person, coordinator) -> None:
    one, two, three = (make_person("Siti Aminah", HOME) for _twin in range(3))
    assert len(pairs()) == 3
    merging.tell_apart(two, one, coordinator)
    assert (len(pairs()), Pair.objects.told_apart().count()) == (2, 1)
    merging.merge(one, three, [], coordinator)
    assert pairs() == []
    merging.part(Person.objects.get(pk=three.pk), coordinator)
    assert len(pairs()) == 1
    merging.merge(two, three, [], coordinator)
    assert pairs() == []


def test_who_was_withdrawn_is_like_nobody(make_person) -> None:
    one, _two = (make_person("Siti Aminah", HOME) for _twin in range(2))
    record("person.withdrawn", PersonWithdrawn(), subject=one.id, proof="hub")
    assert pairs() == []


def test_a_pair_keeps_the_moment_in_which_it_was_found(make_person) -> None:
    make_person("Siti Aminah", HOME)
    make_person("Siti Aminah", HOME)
    before = list(Pair.objects.values())
    pairing.everybody()
    assert list(Pair.objects.values()) == before


def test_a_name_that_a_thousand_have_makes_no_million_pairs(region, monkeypatch) -> None:
    monkeypatch.setattr(pairing, "_MOST", 3)
    people = [
        record("person.registered", PersonRegistered("Peserta", region(HOME).id), proof="hub").id for _n in range(12)
    ]
    pairing.refresh(people)
    assert 12 * 3 / 2 <= Pair.objects.count() <= 12 * 3


def test_erasing_forgets_the_pairs(make_person) -> None:
    one, _two = (make_person("Siti Aminah", HOME) for _twin in range(2))
    assert [set(row) for row in STORES["pairs"].export([one.id])] == [{"reasons", "found_at"}]
    STORES["pairs"].forget([one.id])
    assert Pair.objects.count() == 0


SAID = st.fixed_dictionaries(
    {"name": st.sampled_from(["Siti Aminah", "Siti Aisyah", "Suparman", "Suparmn", "Budi"])},
    optional={
        "phone": st.sampled_from(["+6281200000001", "+6281200000002"]),
        "birth_date": st.just(date(1980, 10, 15)),
        "sex": st.sampled_from(["L", "P"]),
        "region": st.sampled_from([HOME, NEXT_DOOR]),
    },
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SAID, min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_in_any_order_the_pairs_are_those_of_comparing_everybody(region, said, shuffler) -> None:
    Pair.objects.all().delete()
    Person.objects.all().delete()
    people = {}
    for place, fields in enumerate(said, 1):
        home = region(fields.pop("region", HOME)).id
        person = Person(id=UUID(int=place), region_id=home, registered_at="2026-01-01T00:00:00Z", **fields)
        person.save()
        fields.pop("name")
        people[person.id] = Features(names.key(person.name), home, **fields)
    order = list(people)
    shuffler.shuffle(order)
    for id in order:
        pairing.refresh([id])
    expected = [
        (one, other)
        for one, other in itertools.combinations(sorted(people), 2)
        if compare(other, people[one], people[other])
    ]
    assert sorted(Pair.objects.values_list("first", "second")) == expected
