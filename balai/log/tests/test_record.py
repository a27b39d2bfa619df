"""Deeds done here and now: recorded and applied, or refused without a trace."""

from uuid import uuid4

import pytest

from balai.common import clock
from balai.common.ids import uuid7
from balai.common.problems import Refusal
from balai.log import followups, kinds
from balai.log.envelopes import message
from balai.log.models import Conflict, Entry, FollowUp, Route, Standing
from balai.log.nodekeys import this_node, verifies
from balai.log.record import Deed, record, record_many
from balai.people.entries import PersonChanged, PersonRegistered, RoleGranted
from balai.people.models import Person

pytestmark = pytest.mark.django_db


def test_a_deed_becomes_entry_standing_route_and_row(coordinator, region):
    village = region("18.02.07.2009")
    entry = record(
        "person.registered", PersonRegistered("Sumarni", village.id), actor=coordinator.id, audience=village.id
    )
    person = Person.objects.get(pk=entry.id)
    assert (person.name, person.region, person.registered_at) == ("Sumarni", village, entry.made_at)
    assert entry.standing.state == "applied"
    assert list(Route.objects.filter(entry=entry).values_list("stream", flat=True)) == [village.id]


def test_what_is_recorded_here_is_signed_by_this_node(secretary):
    entry = Entry.objects.get(pk=secretary.id)
    envelope = entry.envelope
    entries = list(envelope.entries.order_by("place"))
    assert verifies(this_node().public, bytes(envelope.signature), message(entries))
    entries[0].actor = uuid4()
    assert not verifies(this_node().public, bytes(envelope.signature), message(entries))


def test_more_than_200_deeds_are_split_into_envelopes(region):
    village = region("18.02.07.2009").id
    deeds = [Deed("person.registered", PersonRegistered(f"Orang {n}", village), proof="hub") for n in range(401)]
    entries = record_many(deeds)
    assert [entry.envelope.size for entry in (entries[0], entries[200], entries[400])] == [200, 200, 1]


def test_a_stranger_is_refused_and_leaves_no_trace(stranger, region):
    before = Entry.objects.count()
    with pytest.raises(Refusal) as refusal:
        record("person.registered", PersonRegistered("X", region("18.02.07.2009").id), actor=stranger.id)
    assert (refusal.value.problem.code, Entry.objects.count()) == ("B1007", before)


def test_one_refused_deed_of_many_refuses_all(coordinator, region):
    inside, outside = region("18.02.07.2009").id, region("51.02.10.2007").id
    deeds = [
        Deed("person.registered", PersonRegistered("X", place), actor=coordinator.id) for place in (inside, outside)
    ]
    before = Person.objects.count()
    with pytest.raises(Refusal):
        record_many(deeds)
    assert Person.objects.count() == before


def test_the_same_deed_twice_is_one_entry(region):
    id, payload = uuid7(), PersonRegistered("Sumarni", region("18.02").id)
    first = record("person.registered", payload, id=id, proof="hub")
    second = record("person.registered", payload, id=id, proof="hub")
    assert (second.id, second.made_at, Entry.objects.filter(pk=id).count()) == (id, first.made_at, 1)


def test_other_bytes_under_the_same_id_are_kept_as_a_conflict(region):
    id = uuid7()
    record("person.registered", PersonRegistered("Sumarni", region("18.02").id), id=id, proof="hub")
    with pytest.raises(Refusal) as refusal:
        record("person.registered", PersonRegistered("Sumarno", region("18.02").id), id=id, proof="hub")
    assert refusal.value.problem.code == "B1011"
    assert [conflict.other for conflict in Conflict.objects.all()] == [
        PersonRegisteredText("Sumarno", region("18.02").id)
    ]


def PersonRegisteredText(name, region):  # noqa: N802
    from balai.common import canonical

    return canonical.encode(PersonRegistered(name, region))


def test_hub_decisions_need_the_proof_of_the_hub(secretary):
    from balai.log.entries import Ruled

    with pytest.raises(Refusal) as refusal:
        record("entry.erased", Ruled((secretary.id,)), actor=secretary.id, proof="person")
    assert refusal.value.problem.code == "B1006"


def test_editing_names_the_version_that_was_edited(secretary):
    change = {"name": {"value": "Siti Rahayu, M.Pd.", "bases": [secretary.id]}}
    record("person.changed", PersonChanged(changes=change), actor=secretary.id, subject=secretary.id)
    secretary.refresh_from_db()
    assert secretary.name == "Siti Rahayu, M.Pd."


def test_coordinators_are_named_downward_only(coordinator, secretary, colleague, region):
    below = RoleGranted(role="coordinator", regions=(region("18.02.07").id,))
    record("role.granted", below, actor=coordinator.id, subject=secretary.id)
    assert secretary.reach.covers("18.02.07.2009", "coordinator")
    for regions in [(region("18.02").id,), (region("18").id,), (None,)]:
        with pytest.raises(Refusal):
            record("role.granted", RoleGranted("coordinator", regions), actor=coordinator.id, subject=colleague.id)
    with pytest.raises(Refusal):
        record("role.granted", RoleGranted("author", (region("18.02").id,)), actor=coordinator.id, subject=colleague.id)


def test_a_follow_up_that_fails_stays_due_and_is_run_later(secretary, monkeypatch):
    seen, broken = [], [True]

    def job(ids):
        if broken[0]:
            raise OSError
        seen.extend(ids)

    monkeypatch.setitem(kinds.FOLLOWERS, "person.changed", {"job": job})
    change = {"email": {"value": "siti@example.id", "bases": [secretary.id]}}
    entry = record("person.changed", PersonChanged(changes=change), actor=secretary.id, subject=secretary.id)
    assert list(FollowUp.objects.values_list("entry", flat=True)) == [entry.id]
    broken[0] = False
    assert followups.overdue(clock.wall() + 3 * followups.GRACE) == 1
    assert (seen, FollowUp.objects.count()) == ([entry.id], 0)


def test_a_follow_up_is_promised_only_where_there_is_something_to_do(secretary, monkeypatch):
    seen = []
    monkeypatch.setitem(kinds.FOLLOWERS, "person.changed", {"job": seen.extend})
    monkeypatch.setitem(
        kinds.CALLED_FOR, "job", lambda taken, batch: "email" in taken.payload.changes and len(batch) == 1
    )
    told = []
    for field, value in (("email", "siti@example.id"), ("phone", "")):
        change = {field: {"value": value, "bases": [secretary.id]}}
        told.append(record("person.changed", PersonChanged(changes=change), actor=secretary.id, subject=secretary.id))
    assert (seen, FollowUp.objects.count()) == ([told[0].id], 0)


def test_an_entry_of_unknown_kind_is_not_made_here():
    with pytest.raises(KeyError):
        record("no.such", PersonRegistered("X", None))
    assert Standing.objects.filter(state="waiting").count() == 0
