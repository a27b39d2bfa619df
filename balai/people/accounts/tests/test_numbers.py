"""Phone numbers: they follow the record, and pass on when the operator gave them to somebody else."""

import pytest

from balai.log.record import record_many
from balai.people.accounts import numbers
from balai.people.changing import change
from balai.people.models import AccessEvent, Account, Person

HERS, HIS, NEW = "+6281234567801", "+6281234567802", "+6281234567890"


def phones():
    """Phone of the record and of the account, by name."""
    rows = Person.objects.filter(account__isnull=False).values_list("name", "phone", "account__phone")
    return {name: (record, account) for name, record, account in rows}


@pytest.fixture
def helper(client_of, coordinator):
    return client_of(coordinator)


def give(client, person, number, **more):
    return client.post(f"/orang/{person.id}/nomor", {"number": number, **more})


def test_a_free_number_is_simply_new(helper, secretary):
    assert give(helper, secretary, "0812-3456-7890").status_code == 302
    assert phones()["Siti Rahayu, S.Pd."] == (NEW, NEW)


def test_a_taken_number_shows_who_has_it_first(helper, secretary, colleague):
    answer = give(helper, colleague, HERS)
    assert (answer.status_code, answer.context["others"]) == (200, [secretary])
    assert phones()["Siti Rahayu, S.Pd."] == (HERS, HERS)


def test_then_it_passes_on_and_the_other_is_told(helper, secretary, colleague, coordinator):
    assert give(helper, colleague, HERS, yakin="on").status_code == 302
    assert phones() | {coordinator.name: None} == {
        "Siti Rahayu, S.Pd.": ("", None),
        "Bambang": (HERS, HERS),
        coordinator.name: None,
    }
    event = AccessEvent.objects.get(kind="phone_released")
    assert (event.person, event.actor) == (secretary.id, coordinator.id)


def test_with_a_number_that_is_read_in_any_writing_or_refused_by_name(helper, secretary):
    answer = give(helper, secretary, "0725-123456")
    assert answer.status_code == 422
    assert "Ini bukan nomor HP Indonesia." in answer.content.decode()


def test_a_number_of_another_region_is_not_ones_to_move(helper, colleague, stranger):
    answer = give(helper, colleague, stranger.phone, yakin="on")
    assert answer.status_code == 409
    assert stranger.name not in answer.content.decode()
    assert phones()[stranger.name] == (stranger.phone, stranger.phone)


def test_nor_is_one_of_somebody_above(helper, colleague, make_person):
    above = make_person("Sri Wahyuni", "18.02", "coordinator", ("18",), phone=NEW)
    assert give(helper, colleague, NEW, yakin="on").status_code == 409
    assert phones()[above.name] == (NEW, NEW)


@pytest.mark.parametrize("who", ["facilitator", "other_coordinator", "colleague", "auditor"])
def test_others_cannot(client_of, request, secretary, who):
    assert give(client_of(request.getfixturevalue(who)), secretary, NEW).status_code == 404
    assert phones()["Siti Rahayu, S.Pd."] == (HERS, HERS)


def test_not_for_somebody_beside_oneself(helper, make_person):
    beside = make_person("Sri Wahyuni", "18.02", "coordinator", ("18.02",))
    assert give(helper, beside, NEW).status_code == 403


def test_a_number_can_be_given_up(helper, secretary):
    assert helper.post(f"/orang/{secretary.id}/nomor/lepas").status_code == 302
    assert phones()["Siti Rahayu, S.Pd."] == ("", None)


def test_two_people_can_exchange_their_numbers(secretary, colleague, coordinator):
    record_many([change(secretary, {"phone": HIS}, coordinator), change(colleague, {"phone": HERS}, coordinator)])
    assert phones()["Siti Rahayu, S.Pd."] == (HIS, HIS)
    assert phones()["Bambang"] == (HERS, HERS)


def test_a_number_that_two_people_claim_stays_where_it_is(secretary, colleague):
    record_many([change(colleague, {"phone": HERS}, colleague)])
    assert phones()["Siti Rahayu, S.Pd."] == (HERS, HERS)
    assert phones()["Bambang"] == (HERS, None)


def test_following_a_change_twice_changes_nothing_more(secretary):
    entry = record_many([change(secretary, {"phone": NEW}, secretary)])[0]
    before = phones()
    numbers.follow_changes([entry.id])
    assert phones() == before


def test_other_changes_leave_the_number_alone(secretary):
    Account.objects.filter(person=secretary).update(phone=None)
    record_many([change(secretary, {"name": "Siti Rahayu"}, secretary)])
    assert phones()["Siti Rahayu"] == (HERS, None)


def test_who_shared_a_number_signs_in_with_it_once_it_is_theirs_alone(helper, coordinator, secretary, colleague):
    record_many([change(colleague, {"phone": HERS}, coordinator)])
    Account.objects.filter(person=secretary).update(phone=None)
    assert (phones()["Siti Rahayu, S.Pd."], phones()["Bambang"]) == ((HERS, None), (HERS, None))
    page = helper.get(f"/orang/{secretary.id}/akun").content.decode()
    assert "tidak ada: 0812-3456-7801 tercatat juga untuk orang lain" in page
    colleague.refresh_from_db()
    record_many([change(colleague, {"phone": HIS}, coordinator)])
    assert (phones()["Siti Rahayu, S.Pd."], phones()["Bambang"]) == ((HERS, HERS), (HIS, HIS))


def test_also_when_the_number_was_there_from_the_beginning(coordinator, secretary, colleague):
    Person.objects.filter(pk=colleague.pk).update(phone=HERS)
    Account.objects.filter(person__in=[secretary, colleague]).update(phone=None)
    record_many([change(secretary, {"phone": NEW}, coordinator)])
    assert (phones()["Siti Rahayu, S.Pd."], phones()["Bambang"]) == ((NEW, NEW), (HERS, HERS))
