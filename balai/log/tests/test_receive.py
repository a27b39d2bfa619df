"""Entries that arrive: in any order, twice, forged, poisoned, too early, too new."""

from datetime import date
from uuid import uuid4

import msgspec
import pytest

from balai.common.ids import uuid7
from balai.log import conflicts, envelopes, kinds
from balai.log import receive as receiving
from balai.log.entries import Ruled
from balai.log.envelopes import SentEnvelope, Signer, enclose, sent
from balai.log.handlers import Change
from balai.log.models import Conflict, Entry, Envelope, Standing
from balai.log.nodekeys import this_node
from balai.log.receive import receive
from balai.log.record import Deed, _entry, record
from balai.people.entries import PersonChanged, PersonRegistered, RoleGranted
from balai.people.models import Person
from balai.regions.payloads import RegionChanged

pytestmark = pytest.mark.django_db


def travelling(*deeds: Deed) -> list[SentEnvelope]:
    """``deeds`` as they arrive from elsewhere, in one envelope; nothing is stored."""
    entries = [_entry(deed) for deed in deeds]
    return [enveloped(entries)]


def enveloped(entries: list[Entry]) -> SentEnvelope:
    (envelope,) = enclose(entries)
    return SentEnvelope(
        envelope.id, envelope.signer, "Ed25519", envelope.signature, tuple(envelopes._sent(e) for e in entries)
    )


def results(answers):
    return [answer.result for answer in answers]


def registered(name, region=None, **rest):
    return Deed("person.registered", PersonRegistered(name, region), proof="hub", id=uuid7(), **rest)


def test_stored_then_already_have():
    batch = travelling(registered("Sumarni"))
    assert [results(receive(batch)), results(receive(batch))] == [["stored"], ["already_have"]]


def test_what_was_stored_travels_on_unchanged(secretary):
    envelope = Envelope.objects.get(entries=secretary.id)
    copy = msgspec.json.decode(msgspec.json.encode(sent(envelope)), type=SentEnvelope)
    assert results(receive([copy])) == ["already_have"]


def test_other_bytes_are_a_conflict_and_kept(secretary):
    other = Deed("person.registered", PersonRegistered("Bukan Siti", None), proof="hub", id=secretary.id)
    assert results(receive(travelling(other))) == ["conflict"]
    assert (Conflict.objects.get().entry_id, Person.objects.get(pk=secretary.id).name) == (secretary.id, secretary.name)


def test_an_altered_envelope_is_refused_whole_and_not_stored():
    (envelope,) = travelling(registered("Sumarni"))
    forged = msgspec.structs.replace(envelope, entries=(msgspec.structs.replace(envelope.entries[0], subject=uuid4()),))
    assert (results(receive([forged])), Entry.objects.filter(kind="person.registered").count()) == (["refused"], 0)


def test_an_unknown_signer_is_refused():
    (envelope,) = travelling(registered("Sumarni"))
    assert results(receive([msgspec.structs.replace(envelope, signer=uuid4())])) == ["refused"]


def test_a_node_cannot_claim_the_proof_of_the_hub(monkeypatch):
    box = uuid4()
    signer = Signer(this_node().public, Entry.Proof.NODE)
    monkeypatch.setattr(envelopes, "_RESOLVERS", [lambda who: signer if who == box else None])
    (envelope,) = travelling(registered("Sumarni"))
    answers = receive([msgspec.structs.replace(envelope, signer=box)])
    assert [(answer.result, answer.reason) for answer in answers] == [("refused", "B1010")]


def test_a_missing_entry_is_waited_for(region):
    person = registered("Sumarni")
    change = PersonChanged(changes={"sex": {"value": "P", "bases": [person.id]}})
    early = Deed("person.changed", change, subject=person.id, proof="hub")
    assert results(receive(travelling(early))) == ["waiting"]
    assert results(receive(travelling(person))) == ["stored"]
    assert (Person.objects.get(pk=person.id).sex, Standing.objects.held().count()) == ("P", 0)


def test_an_unknown_kind_and_a_newer_schema_wait(monkeypatch):
    strange = _entry(registered("Sumarni"))
    strange.kind = "post.written"
    newer = _entry(registered("Sumarni"))
    newer.schema = 2
    assert results(receive([enveloped([strange, newer])])) == ["waiting", "waiting"]
    assert set(Standing.objects.held().values_list("awaits", flat=True)) == {
        "kind:post.written:1",
        "kind:person.registered:2",
    }


def test_an_older_schema_is_upgraded(monkeypatch):
    class Old(msgspec.Struct):
        nama: str

        def upgrade(self):
            return PersonRegistered(self.nama, None)

    kind = kinds.KINDS["person.registered"]
    monkeypatch.setitem(
        kinds.KINDS,
        kind.name,
        msgspec.structs.replace(kind) if False else _with(kind, payloads=(Old, PersonRegistered)),
    )
    old = _entry(Deed("person.registered", Old("Sumarni"), proof="hub"))
    old.schema = 1
    assert results(receive([enveloped([old])])) == ["stored"]
    assert Person.objects.get(pk=old.id).name == "Sumarni"


def _with(kind, **fields):
    from dataclasses import replace

    return replace(kind, **fields)


def test_one_poisoned_entry_of_a_thousand_fails_alone(monkeypatch):
    kind = kinds.KINDS["person.registered"]

    def apply(group):
        if any(taken.payload.name == "racun" for taken in group):
            raise ZeroDivisionError
        kind.apply(group)

    monkeypatch.setitem(kinds.KINDS, kind.name, _with(kind, apply=apply))
    deeds = [registered("racun" if n == 617 else f"Orang {n}") for n in range(1000)]
    answers = results(receive([env for n in range(0, 1000, 200) for env in travelling(*deeds[n : n + 200])]))
    assert [n for n, answer in enumerate(answers) if answer != "stored"] == [617]
    standing = Standing.objects.held().get()
    assert (standing.state, standing.reason, standing.awaits) == ("waiting", "B1005", "repair")
    assert Person.objects.filter(name__startswith="Orang").count() == 999


def test_a_rule_that_breaks_stops_one_entry_alone(monkeypatch):
    kind = kinds.KINDS["person.registered"]

    def may(ask):
        return kind.may(ask) if ask.payload.name != "racun" else 1 / 0

    monkeypatch.setitem(kinds.KINDS, kind.name, _with(kind, may=may))
    found = results(receive(travelling(*(registered(name) for name in ("Satu", "racun", "Dua")))))
    assert (found, Standing.objects.held().get().reason) == (["stored", "waiting", "stored"], "B1005")


def test_what_depends_on_a_refused_entry_is_refused():
    person = registered("Sumarni")
    bad = _entry(person)
    bad.payload, bad.kind = '{"nama":1}', "person.registered"
    bad.payload_hash = envelopes.canonical.digest(bad.payload)
    change = PersonChanged(changes={"sex": {"value": "P", "bases": [person.id]}})
    late = Deed("person.changed", change, subject=person.id, proof="hub")
    assert results(receive(travelling(late))) == ["waiting"]
    assert results(receive([enveloped([bad])])) == ["refused"]
    assert set(Standing.objects.held().values_list("reason", flat=True)) == {"B1001", "B1004"}


def test_a_deed_waits_for_the_role_that_allows_it(colleague, region):
    village = region("18.02.07.2009").id
    deed = Deed("person.registered", PersonRegistered("Sumarni", village), actor=colleague.id, id=uuid7())
    grant = Deed(
        "role.granted", RoleGranted("coordinator", (region("18.02.07").id,)), subject=colleague.id, proof="hub",
        made_at=colleague.registered_at,
    )  # fmt: skip
    assert results(receive(travelling(deed))) == ["waiting"]
    assert results(receive(travelling(grant))) == ["stored"]
    assert Person.objects.filter(pk=deed.id).exists()


def test_a_deed_from_before_a_revocation_that_arrives_after_it_is_held(coordinator, region):
    from balai.people.entries import RoleRevoked
    from balai.people.models import Role

    village = region("18.02.07.2009").id
    early = _entry(Deed("person.registered", PersonRegistered("Sumarni", village), actor=coordinator.id))
    late = _entry(Deed("person.registered", PersonRegistered("Sumarno", village), actor=coordinator.id))
    record("role.revoked", RoleRevoked(Role.objects.get(person=coordinator).id), proof="hub", subject=coordinator.id)
    assert results(receive([enveloped([early]), enveloped([late])])) == ["waiting", "waiting"]
    assert set(Standing.objects.held().values_list("reason", flat=True)) == {"B1008"}
    record("entry.admitted", Ruled((early.id,)), proof="hub")
    record("entry.refused", Ruled((late.id,), "terlambat"), proof="hub")
    assert [Person.objects.filter(pk=entry.id).exists() for entry in (early, late)] == [True, False]
    assert Standing.objects.get(pk=late.id).reason == "B1009"


def test_erased_bytes_stay_erased_when_offered_again(secretary):
    copy = sent(Envelope.objects.get(entries=secretary.id))
    record("entry.erased", Ruled((secretary.id,)), proof="hub")
    assert results(receive([copy])) == ["already_have"]
    assert (Entry.objects.get(pk=secretary.id).payload, Person.objects.get(pk=secretary.id).name) == ("", "")


def test_an_erasure_that_arrives_before_its_entry_still_holds():
    person = registered("Sumarni")
    erased = Deed("entry.erased", Ruled((person.id,)), proof="hub")
    assert results(receive(travelling(erased))) == ["stored"]
    assert results(receive(travelling(person))) == ["stored"]
    assert Person.objects.get(pk=person.id).name == ""
    assert Entry.objects.get(pk=person.id).payload == ""


def test_a_sender_with_too_many_waiting_entries_keeps_the_rest(monkeypatch):
    monkeypatch.setattr(receiving, "WAITING_QUOTA", 0)
    change = PersonChanged(changes={})
    first, second = (Deed("person.changed", change, subject=uuid4(), proof="hub") for _ in range(2))
    assert results(receive(travelling(first))) == ["waiting"]
    (answer,) = receive(travelling(second))
    assert (answer.result, answer.reason, Entry.objects.filter(kind="person.changed").count()) == (
        "refused",
        "B1012",
        1,
    )


def test_a_sender_with_too_many_conflicts_keeps_the_rest(monkeypatch, secretary, colleague):
    """Whoever offers the same ids with other bytes again and again does not fill the table."""
    monkeypatch.setattr(conflicts, "QUOTA", 3)

    def offer(person, name):
        deed = Deed("person.registered", PersonRegistered(name, None), proof="hub", id=person.id)
        (answer,) = receive(travelling(deed))
        return answer.result, answer.reason

    kept, refused = ("conflict", "B1011"), ("refused", "B1014")
    assert [offer(secretary, name) for name in "ABCDE"] == [kept] * 3 + [refused] * 2
    assert (offer(colleague, "F"), offer(secretary, "A")) == (refused, kept)
    assert Conflict.objects.count() == 3


def test_conflicts_within_one_sending_count_too(monkeypatch):
    monkeypatch.setattr(conflicts, "QUOTA", 1)
    id = uuid7()
    several = [
        envelope
        for name in "ABCD"
        for envelope in travelling(Deed("person.registered", PersonRegistered(name, None), proof="hub", id=id))
    ]
    receive(several)
    assert (Person.objects.get(pk=id).name, Conflict.objects.count()) == ("A", 1)


def test_another_signer_has_conflicts_of_its_own(monkeypatch, secretary):
    monkeypatch.setattr(conflicts, "QUOTA", 1)
    stored = Entry.objects.get(pk=secretary.id)
    for signer, name in ((uuid4(), "A"), (uuid4(), "B")):
        other = _entry(Deed("person.registered", PersonRegistered(name, None), proof="hub", id=secretary.id))
        assert conflicts.keep(stored, other, signer, stored.made_at)
    assert Conflict.objects.count() == 2


def test_nothing_comes_back_as_the_other_version_of_what_was_erased(secretary):
    record("entry.erased", Ruled((secretary.id,)), proof="hub")
    other = Deed("person.registered", PersonRegistered("Siti Rahayu", None), proof="hub", id=secretary.id)
    assert results(receive(travelling(other))) == ["conflict"]
    assert Conflict.objects.get().other == ""


def test_a_person_waits_for_the_region_that_an_entry_creates():
    id = uuid7()
    values = {"code": "18.02.07.2999", "name": "Baru", "kind": "desa"}
    changes = {field: Change(value, ()) for field, value in values.items()}
    created = RegionChanged(uuid7(), "created", date(2026, 1, 1), changes)
    person = registered("Sumarni", id)
    assert results(receive(travelling(person))) == ["waiting"]
    assert results(receive(travelling(Deed("region.changed", created, subject=id, id=id, proof="hub")))) == ["stored"]
    assert Person.objects.get(pk=person.id).region.name == "Baru"
