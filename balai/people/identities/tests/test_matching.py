from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.common import names
from balai.people.identities import niks
from balai.people.identities.matching import Acquaintances, Features, Match, Pool, Reason, compare, elsewhere
from balai.people.models import Person

HERE, THERE = UUID(int=1), UUID(int=2)
ONE = UUID(int=7)
BORN = date(1980, 10, 15)


def known(name: str = "Siti Aminah", region: UUID = HERE, **rest: object) -> Features:
    return Features(names.key(name), region, **rest)  # type: ignore[arg-type]


def found(one: Features, other: Features) -> tuple[tuple[Reason, ...], bool] | None:
    match = compare(ONE, one, other)
    return (match.reasons, match.certain) if match else None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # a NIK decides, also after a move or another spelling
        (known(nik="a"), known("Hj. St. Aminnah", THERE, nik="a"), ((Reason.NIK, Reason.NAME), True)),
        # … unless the names have nothing in common
        (known(nik="a"), known("Bambang", nik="a"), ((Reason.NIK,), False)),
        # another NIK is another person, whatever the name and the phone
        (known(nik="a", phone="1"), known(nik="b", phone="1"), None),
        # … but not when name and birth date are the same: one of the NIKs may be mistyped
        (known(nik="a", birth_date=BORN), known(nik="b", birth_date=BORN), ((Reason.NAME, Reason.BIRTH_DATE), False)),
        # a phone with a like name is enough, a phone alone is not: phones are shared
        (known(phone="1"), known(region=THERE, phone="1"), ((Reason.PHONE, Reason.NAME), True)),
        (known(phone="1"), known("Bambang", phone="1"), None),
        (known("Siti Aminah", phone="1"), known("Siti Aisyah", phone="1"), ((Reason.PHONE,), False)),
        # the number of a civil servant is worth a look under any name
        (known(nip="1"), known("Bambang", THERE, nip="1"), ((Reason.NIP,), False)),
        # a name alone counts within the village, and only for a look
        (known(), known(), ((Reason.NAME,), False)),
        (known(), known(region=THERE), None),
        (known("Suparman"), known("Suparmn"), ((Reason.NEAR_NAME,), False)),
        (known(birth_date=BORN), known(birth_date=BORN), ((Reason.NAME, Reason.BIRTH_DATE), True)),
        (known(birth_date=BORN), known(birth_date=date(1981, 1, 1)), None),
        # a slip in the sex does not hide a namesake, but keeps apart who is only alike
        (known(sex="L"), known(sex="P"), ((Reason.NAME,), False)),
        (known("Suparman", sex="L"), known("Suparmn", sex="P"), None),
    ],
)
def test_when_two_may_be_one(one: Features, other: Features, expected: object) -> None:
    assert found(one, other) == found(other, one) == expected


def test_a_pool_keeps_nothing_of_who_left() -> None:
    pool = Pool()
    pool.add(ONE, known(nik="a", phone="1"))
    pool.drop(ONE)
    assert pool == Pool()


FEATURES = st.builds(
    Features,
    st.sampled_from([names.key(n) for n in ("Siti Aminah", "Siti Aisyah", "Suparman", "Suparmn", "Budi")]),
    st.sampled_from([HERE, THERE]),
    st.sampled_from(["", "a", "b"]),
    st.sampled_from(["", "1", "2"]),
    st.sampled_from(["", "3"]),
    st.sampled_from(["", "x@y"]),
    st.sampled_from([None, BORN]),
    st.sampled_from(["", "L", "P"]),
)


@given(FEATURES, st.lists(FEATURES, max_size=8))
def test_the_pool_finds_whomever_comparing_everybody_finds(one: Features, others: list[Features]) -> None:
    pool = Pool()
    people = {UUID(int=place): other for place, other in enumerate(others)}
    for id, other in people.items():
        pool.add(id, other)
    everybody = {match.id: match for match in (compare(id, one, other) for id, other in people.items()) if match}
    found = {match.id: match for match in pool.matches(one)}
    certain = any(match.certain for match in everybody.values())
    assert {id: match for id, match in everybody.items() if not certain or id in found} == found
    assert any(match.certain for match in found.values()) == certain


def test_the_surest_match_comes_first() -> None:
    pool = Pool()
    pool.add(UUID(int=1), known())
    pool.add(UUID(int=2), known(nik="a"))
    assert [match.id.int for match in pool.matches(known(nik="a"))] == [2, 1]


@pytest.mark.django_db
def test_only_people_within_reach_are_matched(coordinator: Person, secretary: Person, stranger: Person) -> None:
    circle = Acquaintances(coordinator.reach.people())
    asked = [
        Features(secretary.name_key, secretary.region_id),
        Features(stranger.name_key, stranger.region_id, phone=stranger.phone),
    ]
    circle.prepare(asked)
    assert [circle.matches(features) for features in asked] == [[Match(secretary.id, (Reason.NAME,), False)], []]


@pytest.mark.django_db
def test_regions_are_loaded_once_and_forgotten_in_time(
    coordinator: Person, secretary: Person, queries, monkeypatch
) -> None:
    monkeypatch.setattr("balai.people.identities.matching._REGIONS", 2)
    circle = Acquaintances(coordinator.reach.people())
    home = Features(secretary.name_key, secretary.region_id)
    circle.prepare([home])
    first = circle.matches(home)
    for _village in range(4):
        circle.prepare([Features("x", uuid4())])
    assert circle.matches(home) == []
    circle.prepare([home])
    assert circle.matches(home) == first


@pytest.mark.django_db
def test_a_nik_of_another_region_is_only_known_to_be_elsewhere(coordinator, make_person, nik_of) -> None:
    near, far = nik_of("1802075510800001"), nik_of("5102015510800001")
    make_person("Siti", "18.02.07.2009", nik=niks.seal(near))
    make_person("Ketut", "51.02.10.2007", nik=niks.seal(far))
    asked = {niks.digest(near), niks.digest(far), "x"}
    assert elsewhere(asked, coordinator.reach.people()) == {niks.digest(far)}
