"""What home says of seats."""

from datetime import timedelta
from typing import Any

import pytest

from balai.people.models import Person
from balai.programmes.cohorts.models import Batch, Cohort
from balai.programmes.seats import attention
from balai.programmes.seats.desk import hub_day
from balai.programmes.tests.making import approve, decline, intake, withdraw
from balai.programmes.tests.test_seating import KAMPUNG, people

pytestmark = pytest.mark.django_db


def words(person: Person) -> list[str]:
    return [call.word for call in attention.own(person, hub_day())]


def test_who_waits_reads_it_at_home(client_of: Any, published: Any, make_person: Any) -> None:
    made = intake(published().course_id)
    for person in people(2):
        made.ask(person)
    last = make_person("Sumarni", KAMPUNG)
    asked = made.ask(last)
    page = client_of(last).get("/").content.decode()
    assert "Daftar tunggu" in page
    assert f"/kepesertaan/{asked.pk}" in page


def test_a_seat_is_told_until_it_begins_and_a_no_for_two_weeks(
    published: Any, make_person: Any, coordinator: Person
) -> None:
    made = intake(published().course_id, asking=Cohort.Asking.APPROVAL)
    begins = hub_day() + timedelta(days=30)
    Batch.objects.filter(pk=made.batch.pk).update(starts_on=begins)
    one, other = make_person("Sumarni", KAMPUNG), make_person("Rohani", KAMPUNG)
    first, second = made.ask(one), made.ask(other)
    assert words(one) == ["Menunggu persetujuan"]
    approve(first, coordinator)
    decline(second, coordinator, "Sudah ada dua utusan.")
    assert [call.word for call in attention.own(one, begins - timedelta(days=1))] == ["Mendapat tempat"]
    assert list(attention.own(one, begins)) == []
    refused = list(attention.own(other, hub_day()))
    assert [(call.word, call.detail) for call in refused] == [("Ditolak", "Sudah ada dua utusan.")]
    assert list(attention.own(other, hub_day() + timedelta(days=15))) == []


def test_coordinators_read_who_asked_in_their_own_regions(
    published: Any, make_person: Any, coordinator: Person, stranger: Person, secretary: Person, queries: Any
) -> None:
    made = intake(published().course_id, asking=Cohort.Asking.APPROVAL)
    made.ask(make_person("Sumarni", KAMPUNG))
    assert [call.title for call in attention.to_answer(coordinator)] == ["1 orang meminta tempat"]
    assert [list(attention.to_answer(one)) for one in (stranger, secretary)] == [[], []]
    few = queries(lambda: list(attention.to_answer(coordinator)))
    for person in people(5):
        made.ask(person)
    assert [call.title for call in attention.to_answer(coordinator)] == ["6 orang meminta tempat"]
    assert queries(lambda: list(attention.to_answer(coordinator))) == few


def test_who_moves_up_reads_it_at_home(published: Any, make_person: Any, client_of: Any) -> None:
    made = intake(published().course_id, capacity=1, quotas=())
    first, second = make_person("Sumarni", KAMPUNG), make_person("Rohani", KAMPUNG)
    asked = made.ask(first)
    made.ask(second)
    assert words(second) == ["Daftar tunggu"]
    withdraw(asked, first)
    assert words(second) == ["Mendapat tempat"]
    assert words(first) == []
    assert "Mendapat tempat" in client_of(second).get("/").content.decode()
