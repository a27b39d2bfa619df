"""The daily clean-up: what is too old goes, who has long been gone is forgotten, all others stay."""

from datetime import timedelta

import pytest

from balai.common import clock
from balai.log.record import record
from balai.people.accounts import codes, inviting
from balai.people.entries import PersonRegistered, PositionHeld
from balai.people.models import AccessCode, AccessEvent, Account, CodeSheet, Person
from balai.people.privacy import erasing, retention
from balai.people.privacy.purposes import DORMANT
from balai.people.privacy.stores import STORES

DAY = timedelta(days=1)


def test_codes_sheets_events_and_requests_go_in_time(secretary, coordinator):
    now = clock.wall()
    inviting.invite(coordinator, [secretary], "Satu")
    AccessEvent.objects.create(kind="signed_in", person=secretary.id, at=now)
    request = erasing.ask(secretary, "")
    erasing.decline(request, coordinator, "Tidak.")

    def left(after):
        for store in STORES.values():
            store.expire(now + after)
        return (
            CodeSheet.objects.count(),
            AccessCode.objects.count(),
            AccessEvent.objects.count(),
            secretary.erasure_requests.count(),
        )

    life = codes.LIFETIMES[AccessCode.Purpose.FIRST]
    assert left(timedelta(hours=23)) == (1, 1, 3, 1)
    assert left(2 * DAY) == (0, 1, 3, 1)
    assert left(life + 89 * DAY) == (0, 1, 3, 1)
    assert left(life + 91 * DAY) == (0, 0, 3, 1)
    assert left(731 * DAY) == (0, 0, 0, 0)


@pytest.fixture
def long_ago(region):
    """``long_ago("Nama")``: somebody who was registered more than five years ago, and nothing since."""

    def register(name):
        home = region("18.02.07.2009").id
        moment = clock.wall() - DORMANT - 2 * DAY
        payload = PersonRegistered(name=name, region=home)
        return Person.objects.get(pk=record("person.registered", payload, proof="hub", made_at=moment).id)

    return register


def forgotten(person):
    retention.clean(clock.wall())
    return Person.objects.get(pk=person.pk).name == ""


def test_who_has_long_been_gone_is_forgotten_once(long_ago):
    person = long_ago("Sutrisno")
    assert retention.clean(clock.wall())["people"] == 1
    assert retention.clean(clock.wall())["people"] == 0
    assert Person.objects.get(pk=person.pk).name == ""


def test_nobody_who_is_here(secretary, coordinator, stranger):
    assert retention.clean(clock.wall())["people"] == 0


def test_nor_who_came_in_since(long_ago):
    person = long_ago("Sutrisno")
    account = Account.objects.create(person=person, username="sutrisno", last_login=clock.wall() - DORMANT + DAY)
    assert not forgotten(person)
    Account.objects.filter(pk=account.pk).update(last_login=clock.wall() - DORMANT - DAY)
    assert forgotten(person)


def test_nor_who_holds_a_position_or_a_role_or_did_something(long_ago):
    seated, active = long_ago("Sutrisno"), long_ago("Slamet")
    then = clock.wall() - DORMANT - DAY
    home = seated.region_id
    record("position.held", PositionHeld(title="BPD", region=home), subject=seated.id, proof="hub", made_at=then)
    record("position.held", PositionHeld(title="BPD", region=home), subject=active.id, proof="hub")
    assert retention.clean(clock.wall())["people"] == 0


def test_nor_whose_other_record_did_something(long_ago, secretary):
    person = long_ago("Siti Rahayu")
    Person.objects.filter(pk=secretary.id).update(merged_into=person.id)
    record("position.held", PositionHeld(title="BPD", region=person.region_id), subject=secretary.id, proof="hub")
    assert not forgotten(person)


def test_one_run_forgets_only_so_many(long_ago, monkeypatch):
    monkeypatch.setattr(retention, "A_RUN", 2)
    for name in ("Sutrisno", "Slamet", "Paimin"):
        long_ago(name)
    assert [retention.clean(clock.wall())["people"] for _run in range(3)] == [2, 1, 0]
