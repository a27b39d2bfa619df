from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.log.record import record
from balai.people.changing import change, value
from balai.people.entries import PositionHeld
from balai.people.identities import niks
from balai.people.identities.entries import PersonMerged
from balai.people.imports.deciding import accept, decide
from balai.people.imports.models import Import, Undone
from balai.people.imports.tests.conftest import SITI, SUTRISNO, altered, outcomes, save, take_back
from balai.people.models import Account, Person

pytestmark = pytest.mark.django_db


def edit(person: Person, actor: Person, **changes: Any) -> None:
    deed = change(person, changes, actor)
    record(deed.kind, deed.payload, actor=deed.actor, subject=deed.subject, audience=deed.audience)


def report(batch: Import) -> list[tuple[list[str], dict[str, str]]]:
    rows = Undone.objects.filter(saved__row__batch=batch).order_by("saved__row__number")
    return [(sorted(undone.back), undone.kept) for undone in rows]


def test_new_people_are_withdrawn_and_come_back_as_new(upload) -> None:
    rows = [SITI, SUTRISNO]
    batch = upload(rows)
    save(batch)
    run = take_back(batch)
    assert (run.problem, run.done, report(batch)) == ("", 2, [(["person"], {}), (["person"], {})])
    assert Person.objects.present().filter(name__in=[SITI[0], SUTRISNO[0]]).count() == 0
    again = upload(rows)
    assert outcomes(again) == ["new", "new"]
    save(again)
    assert Person.objects.present().filter(name=SITI[0]).count() == 1


def test_people_with_whom_something_happened_stay(upload, coordinator, colleague) -> None:
    names = ["Ani", "Budi", "Cici", "Dedi", "Endang"]
    batch = upload([altered(SITI, name=name, nik="", phone="", born="") for name in names])
    save(batch)
    ani, budi, cici, dedi, _endang = (Person.objects.get(name=name) for name in names)
    edit(ani, coordinator, phone="+6281234500000")
    record("position.held", PositionHeld(title="Guru"), subject=budi.id, proof="hub")
    Account.objects.create(person=cici, username="cici")
    colleague.account.delete()
    record("person.merged", PersonMerged(into=dedi.id), subject=colleague.id, proof="hub")
    take_back(batch)
    assert report(batch) == [
        ([], {"person": "active"}),
        ([], {"person": "active"}),
        ([], {"person": "account"}),
        ([], {"person": "active"}),
        (["person"], {}),
    ]
    assert set(Person.objects.present().filter(name__in=names)) == {ani, budi, cici, dedi}


def test_changed_fields_go_back_unless_edited_since(upload, coordinator) -> None:
    save(upload([SITI]))
    siti = Person.objects.get(name=SITI[0])
    before = {field: value(siti, field) for field in ("phone", "birth_date", "region", "nik")}
    cells = {"phone": "0813-1111-2222", "born": "16/10/1980", "nik": "1802075610800002", "village": "Karang Endah"}
    batch = upload([altered(SITI, **cells)])
    decide(batch.rows.get(), "same", siti.id)
    accept(batch.rows.all())
    save(batch)
    siti.refresh_from_db()
    edit(siti, coordinator, phone="+6281234500000")
    take_back(batch)
    siti.refresh_from_db()
    assert report(batch) == [(["birth_date", "nik", "region"], {"phone": "edited"})]
    assert {field: value(siti, field) for field in before} == {**before, "phone": "+6281234500000"}
    assert niks.unseal(siti.nik_sealed).digits == SITI[1]


def test_an_empty_field_becomes_empty_again(upload) -> None:
    save(upload([altered(SITI, born="", nik="", phone="", sex="")]))
    siti = Person.objects.get(name=SITI[0])
    batch = upload([SITI])
    decide(batch.rows.get(), "same", siti.id)
    save(batch)
    siti.refresh_from_db()
    assert (siti.sex, siti.nik_mask) == ("P", "180207••••••••••")
    take_back(batch)
    siti.refresh_from_db()
    assert (siti.birth_date, siti.nik_sealed, siti.nik_mask, siti.phone, siti.sex) == (None, "", "", "", "")


def test_positions_go_back_too(upload) -> None:
    save(upload([SITI]))
    batch = upload([altered(SITI, position="Kepala Desa")])
    save(batch)
    take_back(batch)
    siti = Person.objects.get(name=SITI[0])
    assert list(siti.positions.filter(ends=None).values_list("title", flat=True)) == ["Sekretaris"]


def test_taking_back_twice_does_nothing_more(upload) -> None:
    batch = upload([SITI])
    save(batch)
    take_back(batch)
    run = take_back(batch)
    assert (run.total, Undone.objects.count()) == (0, 1)


FIELDS = {
    "phone": ("0813-1111-2222", "+6281234500000"),
    "sex": ("L", ""),
    "birth_date": ("16/10/1980", "1970-01-01"),
    "name": ("Hj. Siti Aminah, S.Pd., M.M.", "Ibu Siti"),
}
COLUMNS = {"phone": "phone", "sex": "sex", "birth_date": "born", "name": "name"}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.sampled_from(sorted(FIELDS)), min_size=1), st.sets(st.sampled_from(sorted(FIELDS))))
def test_whatever_was_edited_since_stays_and_all_else_goes_back(upload, coordinator, imported, edited) -> None:
    with transaction.atomic():
        save(upload([SITI]))
        siti = Person.objects.get(name=SITI[0])
        before = {field: value(siti, field) for field in FIELDS}
        batch = upload([altered(SITI, **{COLUMNS[field]: FIELDS[field][0] for field in imported})])
        accept(batch.rows.all())
        save(batch)
        siti.refresh_from_db()
        edits = {field: FIELDS[field][1] for field in edited}
        if edits:
            edit(siti, coordinator, **edits)
        take_back(batch)
        siti.refresh_from_db()
        assert {field: value(siti, field) for field in FIELDS} == {**before, **edits}
        transaction.set_rollback(True)


def test_dates_of_ended_positions_are_today(upload) -> None:
    save(upload([SITI]))
    batch = upload([altered(SITI, position="Kepala Desa")])
    save(batch)
    ended = Person.objects.get(name=SITI[0]).positions.get(title="Sekretaris").ends.get()
    assert isinstance(ended.ended_on, date)
