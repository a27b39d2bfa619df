import pytest

from balai.log.models import Entry
from balai.log.record import record
from balai.people.entries import RoleGranted, RoleRevoked
from balai.people.identities import niks
from balai.people.imports.models import Row, Saved, Trace
from balai.people.imports.tests.conftest import DISTRICT, SITI, SUTRISNO, VILLAGE, altered, outcomes, save, take_back
from balai.people.models import Apart, NikKey, Person, Position, Role
from balai.regions.models import Region

pytestmark = pytest.mark.django_db


def titles(person: Person) -> list[str]:
    return list(person.positions.filter(ends=None).values_list("title", flat=True))


def test_saved_rows_are_people_with_their_positions(upload, coordinator, region) -> None:
    run = save(upload([SITI, SUTRISNO]))
    siti = Person.objects.get(name="Siti Aminah, S.Pd.")
    assert (run.problem, run.done, run.total) == ("", 2, 2)
    assert (siti.phone, siti.sex, str(siti.birth_date), siti.nik_mask, siti.region_id) == (
        "+6281234567890",
        "P",
        "1980-10-15",
        "180207••••••••••",
        region("18.02.07.2010").id,
    )
    assert (niks.unseal(siti.nik_sealed).digits, titles(siti)) == ("1802075510800001", ["Sekretaris"])
    entries = Entry.objects.filter(pk__in=[siti.id, siti.positions.get().id])
    assert set(entries.values_list("kind", "actor", "proof")) == {
        ("person.registered", coordinator.id, "person"),
        ("position.held", coordinator.id, "person"),
    }


def test_only_what_is_ready_is_saved_and_the_rest_can_follow(upload) -> None:
    batch = upload([SITI, altered(SUTRISNO, phone="0725-1")])
    save(batch)
    assert (Saved.objects.count(), outcomes(batch)) == (1, ["new", "refused"])
    assert save(batch).problem == "B2149"


def test_changes_name_the_versions_that_they_replace(upload) -> None:
    save(upload([SITI]))
    siti = Person.objects.get(name=SITI[0])
    save(upload([altered(SITI, phone="0813-1111-2222", position="Kepala Desa")]))
    siti.refresh_from_db()
    changed = Entry.objects.get(kind="person.changed")
    assert (siti.phone, titles(siti)) == ("+6281311112222", ["Kepala Desa"])
    assert changed.content == {"changes": {"phone": {"value": "+6281311112222", "bases": [str(siti.id)]}}}


def test_saving_a_second_time_saves_nothing_more(upload) -> None:
    batch = upload([SITI, SUTRISNO])
    save(batch)
    before = Entry.objects.count()
    assert (save(batch).problem, Entry.objects.count()) == ("B2149", before)


def test_stopping_between_chunks_keeps_what_was_saved(upload, monkeypatch) -> None:
    monkeypatch.setattr("balai.people.imports.applying.CHUNK", 1)
    monkeypatch.setattr("balai.people.imports.models.Run.advance", lambda run, done: done < 1)
    batch = upload([SITI, SUTRISNO])
    save(batch)
    assert list(Saved.objects.values_list("row__number", flat=True)) == [2]


def test_what_changed_since_the_preview_goes_back_for_a_look(upload) -> None:
    save(upload([SITI]))
    first, second = (upload([altered(SITI, phone=phone)]) for phone in ("0813-1111-2222", "0813-3333-4444"))
    save(second)
    save(first)
    row = first.rows.get()
    assert (row.outcome, [found[2] for found in row.findings]) == ("look", ["changed_since"])
    assert Person.objects.get(name=SITI[0]).phone == "+6281333334444"


def test_a_nik_registered_since_the_preview_goes_back_for_a_look(upload) -> None:
    first, second = upload([SITI]), upload([altered(SITI, name="Aminah Siti")])
    save(second)
    save(first)
    assert (outcomes(first), Person.objects.filter(nik_mask="180207••••••••••").count()) == (["look"], 1)


def test_another_person_is_registered_and_not_asked_about_again(upload, secretary) -> None:
    batch = upload([("Siti Rahayu", "18.02.07.2009")], header=("Nama", "Kode"))
    batch.rows.update(verdict=Row.Verdict.OTHER, outcome=Row.Outcome.NEW, context={"compared": [str(secretary.id)]})
    save(batch)
    made = Saved.objects.get().person
    assert list(Apart.objects.values_list("first", "second")) == [tuple(sorted((made, secretary.id)))]
    assert outcomes(upload([("Siti Rahayu", "18.02.07.2009")], header=("Nama", "Kode"))) == ["unchanged"]
    take_back(batch)
    assert Person.objects.get(pk=made).withdrawn_at is not None


def test_who_went_out_of_reach_since_is_told_apart_from_nobody(upload, stranger) -> None:
    batch = upload([("Siti Rahayu", "18.02.07.2009")], header=("Nama", "Kode"))
    batch.rows.update(verdict=Row.Verdict.OTHER, outcome=Row.Outcome.NEW, context={"compared": [str(stranger.id)]})
    assert (save(batch).problem, Saved.objects.count(), Apart.objects.count()) == ("", 1, 0)


def test_keys_and_traces_hold_no_digits(upload) -> None:
    save(upload([SITI]))
    stored = " ".join(map(str, [*NikKey.objects.values_list(), *Trace.objects.values_list()]))
    assert "1802075510800001" not in stored


def test_a_coordinator_whose_role_ended_saves_nothing(upload, coordinator) -> None:
    batch = upload([SITI])
    role = Role.objects.get(person=coordinator)
    record("role.revoked", RoleRevoked(role_id=role.id), subject=coordinator.id, proof="hub")
    assert (save(batch).problem, Person.objects.filter(name=SITI[0]).count()) == ("B1007", 0)


def test_positions_of_others_are_left_alone(upload) -> None:
    save(upload([SITI, SUTRISNO]))
    save(upload([altered(SITI, position="Kepala Dusun")]))
    assert sorted(Position.objects.filter(ends=None).values_list("title", flat=True)) == ["Kepala Desa", "Kepala Dusun"]


def test_changes_end_too_when_the_role_has_ended(upload, coordinator) -> None:
    """Nothing of them can be saved; the work still comes to its end."""
    save(upload([SITI]))
    batch = upload([altered(SITI, phone="0813-1111-2222")])
    record("role.revoked", RoleRevoked(Role.objects.get(person=coordinator).pk), subject=coordinator.id, proof="hub")
    run = save(batch)
    assert (run.ended_at is not None, Person.objects.get(name=SITI[0]).phone) == (True, "+6281234567890")
    assert outcomes(batch) == ["look"]


def test_the_number_of_somebody_who_stands_above_goes_back_for_a_look(upload, coordinator) -> None:
    save(upload([SITI, SUTRISNO]))
    siti = Person.objects.get(name=SITI[0])
    record(
        "role.granted", RoleGranted("coordinator", (Region.objects.get(code="18").pk,)), subject=siti.pk, proof="hub"
    )
    batch = upload([altered(SITI, phone="0813-1111-2222"), altered(SUTRISNO, phone="0813-1111-3333")])
    assert (save(batch).problem, outcomes(batch)) == ("", ["look", "changed"])
    siti.refresh_from_db()
    assert (siti.phone, Person.objects.get(name=SUTRISNO[0]).phone) == ("+6281234567890", "+6281311113333")


def test_cells_of_any_length_are_saved_or_refused_alone(upload) -> None:
    long = [altered(SITI, name="Siti " + "panjang " * 60), altered(SUTRISNO, position="Kepala " * 60)]
    batch = upload(
        [*long, (*altered(SITI, nik="", phone="0813-1111-4444", name="Rohani", born="")[:-2], VILLAGE, DISTRICT)]
    )
    assert (save(batch).problem, Person.objects.filter(name="Rohani").count()) == ("", 1)


def test_one_nik_is_never_saved_for_two_rows(upload) -> None:
    batch = upload([SITI, altered(SITI, phone="0813-1111-2222")])
    batch.rows.update(outcome=Row.Outcome.NEW, verdict=Row.Verdict.OTHER)
    save(batch)
    assert (outcomes(batch), NikKey.objects.count()) == (["new", "look"], 1)
