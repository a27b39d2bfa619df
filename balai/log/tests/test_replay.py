"""The log gives the tables once more; a row that somebody changed by hand is found."""

import pytest

from balai.log import replay
from balai.log.models import Entry
from balai.log.record import record
from balai.people.entries import PersonChanged
from balai.people.models import Person, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def history(secretary, coordinator, stranger):
    change = {"name": {"value": "Siti Rahayu, M.Pd.", "bases": [secretary.id]}}
    record("person.changed", PersonChanged(changes=change), actor=secretary.id, subject=secretary.id)
    return secretary


@pytest.fixture
def scratch_allowed(django_db_blocker):
    """A test may open the scratch database too."""
    with django_db_blocker.unblock():
        yield


def without_regions(report):
    """Only part of the tree is loaded in tests, the scratch database has all of it."""
    return [difference for difference in report.differences if not difference.startswith("regions.")]


@pytest.mark.slow
def test_a_sound_log_gives_the_same_tables(history, scratch_allowed):
    report = replay.verify()
    assert without_regions(report) == []
    assert (report.entries, report.tables["people.Person"]) == (Entry.objects.count(), 3)


@pytest.mark.slow
def test_changed_missing_and_invented_rows_and_broken_hashes_are_named(history, stranger, scratch_allowed):
    Person.objects.filter(pk=history.id).update(nip="1")
    role = Role.objects.get()
    Role.objects.filter(pk=role.id).delete()
    invented = Person.objects.create(id=role.id, name="Tidak ada", registered_at=role.granted_at)
    Entry.objects.filter(pk=stranger.id).update(payload_hash=b"0" * 32)
    found = set(without_regions(replay.verify()))
    assert {
        f"people.Person {history.id}: nip",
        f"people.Role {role.id}: the log gives this row, the table lacks it",
        f"people.Person {invented.id}: the log does not give this row",
        f"person.registered {stranger.id}: the payload does not have its hash",
    } <= found
