"""Erasing: asked by the person, decided above them, nothing that names them is left, the log still adds up."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.common import clock
from balai.common.nik import Nik
from balai.common.problems import Refusal
from balai.log import kinds, replay
from balai.log.entries import Ruled
from balai.log.models import Conflict, Entry, Revision
from balai.log.record import record
from balai.people.changing import change
from balai.people.entries import PositionEnded, PositionHeld
from balai.people.identities import niks
from balai.people.identities.models import NikKey
from balai.people.imports.models import Import, Row, Saved, Trace
from balai.people.models import AccessEvent, Account, ErasureRequest, Person, Position, Role
from balai.people.privacy import erasing, exporting, purposes
from balai.people.privacy.about import about
from balai.people.privacy.purposes import Fate
from balai.people.privacy.stores import STORES, Store, register

NIK = "1802074107850001"


@pytest.fixture
def official(make_person, region):
    """Somebody with everything: a NIK, changed data, a position that ended, a role."""
    person = make_person(
        "Dewi Anggraini", "18.02.07.2009", "facilitator", ("18.02",), phone="+6281234567899", email="dewi@desa.example",
        nik=niks.seal(Nik(NIK)),
    )  # fmt: skip
    village = region("18.02.07.2009").id
    record_as = {"actor": person.id, "subject": person.id, "proof": "hub"}
    record("person.changed", change(person, {"name": "Dewi Anggraini, S.Sos."}, person).payload, **record_as)
    held = record("position.held", PositionHeld(title="Kaur Keuangan", region=village), **record_as)
    record("position.ended", PositionEnded(position=held.id, ended_on=clock.wall().date()), **record_as)
    return Person.objects.get(pk=person.id)


def traces():
    """Where the official can still be read: in the log, in people's rows, in versions of fields."""
    marks = ("Dewi", "81234567899", "dewi@desa", "180207", "Kaur Keuangan")
    entries = [entry.kind for entry in Entry.objects.all() if any(mark in entry.payload for mark in marks)]
    rows = [str(row) for row in Person.objects.values()] + [str(row) for row in Revision.objects.values()]
    rows += [str(row) for row in Account.objects.values("username", "phone")] + [
        str(row) for row in Position.objects.values()
    ]
    return entries + [mark for row in rows for mark in marks if mark.casefold() in row.casefold()]


def test_nothing_that_names_the_person_is_left(official, coordinator):
    assert traces()
    erasing.grant(erasing.ask(official, "Sudah pensiun"), coordinator)
    assert traces() == []
    person = Person.objects.get(pk=official.id)
    assert (person.name, person.phone, person.region, person.nik_sealed) == ("", "", None, "")
    assert person.withdrawn_at is not None
    assert not Account.objects.filter(person=official.id).exists()
    assert not NikKey.objects.filter(person=official.id).exists()
    assert not Role.objects.current().filter(person=official.id).exists()
    assert Role.objects.filter(person=official.id).count() == 1
    said = AccessEvent.objects.about([official.id]).values_list("kind", "actor")
    assert list(said) == [("erased", coordinator.id)]
    asked = ErasureRequest.objects.values_list("reason", "answer", "verdict", "decided_by").get()
    assert asked == ("", "", "granted", coordinator.id)


def test_other_versions_of_an_entry_are_blanked_too(official, coordinator):
    entry = Entry.objects.get(kind="person.changed", subject=official.id)
    Conflict.objects.create(
        entry=entry, other=entry.payload, other_hash=b"0", signer=entry.node, received_at=clock.wall()
    )
    erasing.grant(erasing.ask(official, ""), coordinator)
    assert Conflict.objects.values_list("other", "other_hash").get() == ("", b"0")


def test_rows_of_imports_are_forgotten(official, coordinator, secretary):
    batch = Import.objects.create(owner=coordinator, file_name="pamong.xlsx", size=1)
    for number, person in enumerate((official, secretary), 1):
        row = Row.objects.create(batch=batch, sheet=0, number=number, cells={"name": person.name}, outcome="new")
        Saved.objects.create(row=row, person=person.id, deeds={})
        Trace.objects.create(fingerprint=str(number), person=person.id)
    erasing.grant(erasing.ask(official, ""), coordinator)
    assert [row.cells for row in Row.objects.all()] == [{"name": secretary.name}]
    assert [trace.person for trace in Trace.objects.all()] == [secretary.id]


def test_others_are_not_touched(official, coordinator, secretary):
    before = Person.objects.values().get(pk=secretary.id)
    erasing.grant(erasing.ask(official, ""), coordinator)
    assert Person.objects.values().get(pk=secretary.id) == before


def test_who_was_merged_into_the_person_is_erased_too(official, coordinator, make_person):
    double = make_person("Dewi A", "18.02.07.2009", phone="+6281234567898")
    Person.objects.filter(pk=double.id).update(merged_into=official.id)
    erasing.grant(erasing.ask(official, ""), coordinator)
    assert list(Person.objects.filter(pk__in=[official.id, double.id]).values_list("name", flat=True)) == ["", ""]


@pytest.mark.slow
def test_the_log_still_gives_the_same_tables(official, coordinator, django_db_blocker):
    erasing.grant(erasing.ask(official, ""), coordinator)
    with django_db_blocker.unblock():
        report = replay.verify()
    assert [line for line in report.differences if not line.startswith("regions.")] == []


@given(st.permutations(range(5)), st.integers(1, 5))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_order_the_rulings_come_in(official, order, cut):
    """The entries about one person, erased in any order, in any two parts: the same blank row."""
    with transaction.atomic():
        ids = list(about([official.id]).order_by("made_at").values_list("pk", flat=True))
        for part in (order[:cut], order[cut:]):
            record("entry.erased", Ruled(targets=tuple(ids[place] for place in part)), proof="hub")
        row = Person.objects.values_list("name", "phone", "email", "nik_sealed", "region").get(pk=official.id)
        assert (row, Revision.objects.count(), Position.objects.count()) == (("", "", "", "", None), 0, 0)
        transaction.set_rollback(True)


@pytest.mark.parametrize("who", ["official", "secretary", "colleague", "facilitator", "other_coordinator", "auditor"])
def test_only_somebody_above_decides(official, who, request):
    asked = erasing.ask(official, "")
    with pytest.raises(Refusal) as refused:
        erasing.grant(asked, request.getfixturevalue(who))
    assert refused.value.problem.code == "B2217"
    assert Person.objects.get(pk=official.id).name == "Dewi Anggraini, S.Sos."
    assert ErasureRequest.objects.get().decided_at is None


def test_asking_twice_is_asking_once_and_can_be_taken_back(official):
    assert erasing.ask(official, "a") == erasing.ask(official, "b")
    erasing.withdraw_request(official)
    assert not ErasureRequest.objects.exists()


def test_a_decision_stands(official, coordinator, admin):
    asked = erasing.ask(official, "")
    erasing.decline(asked, coordinator, "Masih menjabat.")
    with pytest.raises(Refusal) as refused:
        erasing.grant(asked, admin)
    assert refused.value.problem.code == "B2223"
    assert Person.objects.get(pk=official.id).name == "Dewi Anggraini, S.Sos."


def test_every_kind_says_what_becomes_of_it():
    assert set(purposes.BY_KIND) == set(kinds.KINDS)


def test_what_a_kept_entry_needs_is_not_taken_away():
    """Erasing takes along what hangs on it, unless a row without a name stays."""
    for kind in purposes.kinds_of(Fate.ERASED):
        assert kind == "person.registered" or kinds.KINDS[kind].blank is None
    assert kinds.KINDS["person.registered"].blank is not None


def test_a_store_is_entered_once():
    with pytest.raises(ValueError, match="accounts"):
        register("accounts", Store("", "", "", lambda ids: [], lambda ids: None))
    assert list(STORES)[:1] == ["accounts"]


def test_the_export_holds_all_about_oneself_and_nothing_of_others(official, coordinator, secretary):
    values = exporting.collect(official)
    assert values["record"] | {"region": ""} == {
        "name": "Dewi Anggraini, S.Sos.",
        "sex": "",
        "phone": "+6281234567899",
        "email": "dewi@desa.example",
        "nip": "",
        "nik_mask": "180207••••••••••",
        "nik": NIK,
        "birth_date": "",
        "region": "",
    }
    assert [entry["kind"] for entry in values["about"]] == [
        "person.registered",
        "role.granted",
        "person.changed",
        "position.held",
        "position.ended",
    ]
    assert "Siti Rahayu" not in str(values)
    assert "sealed" not in str(values)


def test_what_one_did_to_others_is_told_without_their_data(coordinator, secretary):
    record("person.changed", change(secretary, {"phone": "+6281299990000"}, coordinator).payload,
           actor=coordinator.id, subject=secretary.id)  # fmt: skip
    values = exporting.collect(coordinator)
    assert [entry["kind"] for entry in values["by"]] == ["person.changed"]
    assert "81299990000" not in str(values)
    assert exporting.collect(secretary)["about"][-1]["done_by"] == coordinator.name
