"""Entries from somebody who means harm: nothing gains a right, and nothing that is broken stops what is not."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import connection

from balai.common import canonical, clock
from balai.common.ids import derived, uuid7
from balai.log import envelopes
from balai.log.envelopes import SentEntry, SentEnvelope, Signer, message, opened, sent
from balai.log.models import Entry, Envelope, Standing
from balai.log.receive import receive
from balai.log.record import record
from balai.people.entries import PositionHeld
from balai.people.models import Person, Position, PositionEnd

pytestmark = pytest.mark.django_db

NOBODY = UUID(int=0)


class Device:
    """A phone that signs for one person, with a key of its own."""

    def __init__(self, person: Person) -> None:
        self.id, self.person = uuid7(), person
        self.key = Ed25519PrivateKey.generate()

    @property
    def signer(self) -> Signer:
        public = self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return Signer(public, Entry.Proof.PERSON, self.person.id)

    def entry(self, sort: str, payload: object = None, **fields: object) -> SentEntry:
        """What the person does, sent honestly; ``fields`` says what is not honest about it."""
        text = fields.pop("text", None)
        text = msgspec.json.encode(payload or {}, order="sorted").decode() if text is None else text
        honest = {
            "id": uuid7(), "kind": sort, "schema": 1, "actor": self.person.id, "subject": self.person.id,
            "payload": text, "payload_hash": canonical.digest(text).hex(), "made_at": clock.now(), "node": self.id,
            "audience": self.person.region_id, "proof": "person",
        }  # fmt: skip
        return SentEntry(**(honest | fields))

    def envelope(self, *entries: SentEntry, **fields: object) -> SentEnvelope:
        """``entries`` signed by this device."""
        whole = SentEnvelope(uuid7(), self.id, "Ed25519", b"", entries)
        signature = self.key.sign(message(opened(whole)[1]))
        return msgspec.structs.replace(whole, signature=signature, **fields)


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> Callable[[Person], Device]:
    """``device(secretary)``: her phone, known to this hub."""
    known: dict[UUID, Signer] = {}
    monkeypatch.setattr(envelopes, "_RESOLVERS", [known.get])

    def make(person: Person) -> Device:
        made = Device(person)
        known[made.id] = made.signer
        return made

    return make


def results(*sent_envelopes: SentEnvelope) -> list[tuple[str, str]]:
    return [(answer.result, answer.reason) for answer in receive(sent_envelopes)]


def changing(**values: object) -> dict[str, object]:
    """A change of a person's fields, whatever the values are."""
    return {"changes": {field: {"value": value, "bases": []} for field, value in values.items()}}


def test_an_honest_phone_is_heard(device, secretary):
    phone = device(secretary)
    assert results(phone.envelope(phone.entry("person.changed", changing(email="siti@example.id")))) == [("stored", "")]
    assert Person.objects.get(pk=secretary.id).email == "siti@example.id"


BROKEN_VALUES = [
    {"region": "bukan"}, {"region": 5}, {"name": 5}, {"name": None}, {"name": ["a"]}, {"name": ""},
    {"name": "x" * 5000}, {"sex": "XYZ"}, {"sex": 1}, {"birth_date": "kemarin"}, {"birth_date": 20200101},
    {"phone": "1" * 99}, {"phone": None}, {"email": "a" * 999}, {"nik": "x"}, {"nik": {"sealed": 1}}, {"nip": "9" * 50},
    {"nik": {"sealed": "x", "mask": "y" * 99}}, {"tidak_ada": 1}, {"registered_at": "2020-01-01"},
    {"name": "a\x00b"}, {"email": "\x00"}, {"merged_into": str(NOBODY)}, {"withdrawn_at": None}, {"id": str(NOBODY)},
]  # fmt: skip


@pytest.mark.parametrize("values", BROKEN_VALUES, ids=str)
def test_a_value_that_does_not_fit_its_field_is_refused_alone(device, secretary, values):
    phone = device(secretary)
    good = phone.entry("person.changed", changing(email="siti@example.id"))
    found = results(phone.envelope(phone.entry("person.changed", changing(**values)), good))
    assert found == [("refused", "B1001"), ("stored", "")]
    again = Person.objects.get(pk=secretary.id)
    assert (again.name, again.email) == (secretary.name, "siti@example.id")


BROKEN_FIELDS = [
    {"schema": 0}, {"schema": -1}, {"schema": 40_000}, {"schema": 2**70}, {"kind": "k" * 61}, {"kind": ""},
    {"kind": "a\x00b"}, {"payload_hash": "bukan"}, {"payload_hash": ""}, {"payload_hash": "ab"},
    {"proof": "raja"}, {"proof": ""}, {"made_at": datetime(2026, 1, 1)}, {"made_at": datetime.min.replace(tzinfo=UTC)},  # noqa: DTZ001
    {"made_at": datetime.max.replace(tzinfo=UTC)},
    {"text": '{"changes":{}}\x00'}, {"text": '{"changes":{"a\\u0000":{"bases":[],"value":1}}}'},
    {"text": "{" * 100_000}, {"text": "[" * 100_000 + "]" * 100_000}, {"text": "null"}, {"text": "bukan json"},
    {"text": '{"changes":{"name":{"bases":[],"value":"\\ud800"}}}'},
    {"text": '{"changes":{"name":{"bases":[],"value":1e999}}}'},
    {"text": '{"changes":{"name":{"bases":[],"value":' + "[" * 50_000 + "]" * 50_000 + "}}}"},
    {"text": '{"changes": {}}'}, {"text": '{"changes":{},"changes":{}}'},
    {"text": '{"changes":{"x":{"bases":[],"value":0.5}}}'},
    {"text": '{"changes":{"x":{"bases":[],"value":123456789012345678901234567890}}}'},
]  # fmt: skip


@pytest.mark.parametrize("fields", BROKEN_FIELDS, ids=lambda fields: str(fields)[:60])
def test_an_entry_of_no_shape_is_refused_with_its_envelope_and_nothing_else(device, secretary, fields):
    phone = device(secretary)
    try:
        bad = phone.envelope(phone.entry("person.changed", changing(email="siti@example.id"), **fields))
    except (ValueError, OverflowError):
        bad = msgspec.structs.replace(phone.envelope(), entries=(phone.entry("person.changed", **fields),))
    good = phone.envelope(phone.entry("person.changed", changing(email="siti@example.id")))
    found = receive([bad, good])
    assert ([answer.result for answer in found], found[0].reason in {"B1001", "B1010"}) == (["refused", "stored"], True)


def test_more_than_an_envelope_holds_is_refused(device, secretary):
    phone = device(secretary)
    many = [phone.entry("person.changed", changing(email="siti@example.id")) for _n in range(201)]
    assert set(results(phone.envelope(*many))) == {("refused", "B1001")}


def test_one_id_twice_in_an_envelope_is_refused(device, secretary):
    phone = device(secretary)
    first = phone.entry("person.changed", changing(email="satu@example.id"))
    second = phone.entry("person.changed", changing(email="dua@example.id"), id=first.id)
    assert set(results(phone.envelope(first, second))) == {("refused", "B1001")}
    assert Person.objects.get(pk=secretary.id).email == ""


def test_nobody_puts_entries_into_the_envelope_of_another(device, secretary, colleague):
    """Its signature would not fit any more, and it could travel no further."""
    theirs = Envelope.objects.get(entries=colleague.id)
    phone = device(secretary)
    first, second = (phone.entry("person.changed", changing(email=f"siti{n}@example.id")) for n in range(2))
    found = results(phone.envelope(first, second, id=theirs.id))
    assert found == [("refused", "B1010")] * 2
    entries = list(theirs.entries.order_by("place"))
    assert envelopes.genuine(theirs, entries)


def test_the_same_envelope_may_come_again_with_what_was_missing(device, secretary):
    phone = device(secretary)
    envelope = phone.envelope(phone.entry("person.changed", changing(email="siti@example.id")))
    assert [results(envelope), results(envelope)] == [[("stored", "")], [("already_have", "")]]


def test_ids_that_the_hub_derives_are_not_for_others(device, secretary, colleague):
    """Whoever took the id of a colleague's certificate would keep it from ever being issued."""
    phone = device(secretary)
    taken = phone.entry(
        "person.changed", changing(email="siti@example.id"), id=derived(colleague.id, "certificate", "x", "pelatihan")
    )
    assert results(phone.envelope(taken)) == [("refused", "B1010")]


def test_a_phone_speaks_for_its_owner_alone(device, secretary, colleague):
    phone = device(secretary)
    others = phone.entry("person.changed", changing(name="Bukan Bambang"), actor=colleague.id, subject=colleague.id)
    nobodys = phone.entry("person.changed", changing(name="Bukan Bambang"), actor=None, subject=colleague.id)
    hubs = phone.entry("person.changed", changing(name="Bukan Bambang"), subject=colleague.id, proof="hub")
    assert results(*(phone.envelope(one) for one in (others, nobodys, hubs))) == [("refused", "B1010")] * 3
    mine = phone.entry("person.changed", changing(name="Bukan Bambang"), subject=colleague.id)
    assert results(phone.envelope(mine)) == [("waiting", "B1007")]
    assert Person.objects.get(pk=colleague.id).name == colleague.name


def test_nobody_ends_the_position_of_another(device, secretary, colleague):
    held = record(
        "position.held", PositionHeld("Kaur Keuangan", colleague.region_id), subject=colleague.id, proof="hub"
    )
    phone = device(secretary)
    ended = phone.entry("position.ended", {"position": held.id, "ended_on": "2026-01-01"})
    assert results(phone.envelope(ended))[0][0] == "refused"
    assert not PositionEnd.objects.exists()


def wrong_needs(secretary: Person, stranger: Person) -> dict[str, dict[str, object]]:
    """Payloads that name something that is there, but is no course, no position, no role, no region."""
    person, region = stranger.id, secretary.region_id
    return {
        "position.held": {"title": "Kadus", "region": person},
        "position.ended": {"position": person, "ended_on": "2026-01-01"},
        "role.revoked": {"role_id": person},
        "attempt.submitted": {"test": person, "started_at": "2026-01-01T00:00:00Z", "answers": []},
        "lesson.completed": {"lesson": person, "version": region},
        "enrolment.asked": {"course": person, "version": region, "programme": None},
        "person.merged": {"into": region},
        "person.parted": {"merge": person},
    }


@pytest.mark.parametrize("kind", wrong_needs(Person(), Person()))
def test_what_stands_on_something_else_harms_nobody(device, secretary, stranger, kind):
    """No row that hangs on nothing: the database would only say so at the end, and all would be lost."""
    phone = device(secretary)
    bad = phone.entry(kind, wrong_needs(secretary, stranger)[kind])
    assert results(phone.envelope(bad))[0][0] in {"refused", "waiting"}
    connection.check_constraints()


@pytest.mark.parametrize("kind", ["person.changed", "position.held", "role.granted", "enrolment.asked"])
@pytest.mark.parametrize("subject", ["region", "entry", "nothing"])
def test_a_subject_that_is_no_person_harms_nobody(device, secretary, coordinator, kind, subject):
    phone = device(coordinator)
    held = record("position.held", PositionHeld("Kadus", secretary.region_id), subject=secretary.id, proof="hub")
    about = {"region": secretary.region_id, "entry": held.id, "nothing": None}[subject]
    payload = {
        "person.changed": changing(email="siti@example.id"),
        "position.held": {"title": "Kadus", "region": secretary.region_id},
        "role.granted": {"role": "facilitator", "regions": [secretary.region_id]},
        "enrolment.asked": {"course": uuid4(), "version": uuid4(), "programme": None},
    }[kind]
    assert results(phone.envelope(phone.entry(kind, payload, subject=about)))[0][0] in {"refused", "waiting"}
    connection.check_constraints()


def test_an_empty_payload_changes_nothing_that_is_there(device, secretary, colleague, region):
    """Erased elsewhere, as it seems: of what is not here nothing is left, and nobody else is touched."""
    phone = device(secretary)
    village = region("18.02.07.2009")
    before = _fields(village), _fields(colleague)
    for kind in ("region.changed", "person.changed", "person.withdrawn", "position.held", "institution.registered"):
        for subject in (village.id, colleague.id):
            entry = phone.entry(kind, text="", subject=subject, id=uuid7())
            results(phone.envelope(entry))
            entry = phone.entry(kind, text="", subject=subject, id=subject)
            results(phone.envelope(entry))
    village.refresh_from_db()
    colleague.refresh_from_db()
    assert (_fields(village), _fields(colleague)) == before


def _fields(row: object) -> dict[str, object]:
    return {name: value for name, value in vars(row).items() if not name.startswith("_")}


@pytest.mark.parametrize("days", [-400, 400, 36_500])
def test_a_wrong_clock_gives_no_right(device, secretary, coordinator, days):
    """Neither before the role was given nor long after now."""
    phone = device(secretary)
    made_at = clock.wall() + timedelta(days=days)
    grant = phone.entry("role.granted", {"role": "coordinator", "regions": [secretary.region_id]}, made_at=made_at)
    assert results(phone.envelope(grant)) == [("waiting", "B1007")]


def test_a_large_batch_of_nonsense_is_answered(device, secretary):
    phone = device(secretary)
    whole = [
        phone.envelope(*(phone.entry("person.changed", changing(region=str(n))) for n in range(200)))
        for _m in range(10)
    ]
    assert set(results(*whole)) == {("refused", "B1001")}
    assert Standing.objects.filter(state="refused").count() == 2_000


def test_what_was_sent_can_travel_on(device, secretary):
    phone = device(secretary)
    envelope = phone.envelope(phone.entry("person.changed", changing(email="siti@example.id")))
    receive([envelope])
    assert sent(Envelope.objects.get(pk=envelope.id)) == envelope


def test_a_position_claimed_for_oneself_stays_ones_own(device, secretary):
    phone = device(secretary)
    results(phone.envelope(phone.entry("position.held", {"title": "Bupati", "region": secretary.region_id})))
    assert not Position.objects.filter(title="Bupati").exists()
