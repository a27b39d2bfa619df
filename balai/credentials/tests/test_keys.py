"""The issuer's keys: made, rotated, revoked, kept and brought back."""

from datetime import UTC, date, datetime

import pytest

from balai.common import clock
from balai.common.problems import Refusal
from balai.credentials import documents, keys, problems, register
from balai.credentials.checking import Verifier
from balai.credentials.keyring import KeyRing
from balai.credentials.models import IssuerKey
from balai.credentials.revocations import RevocationList
from balai.credentials.verdict import State
from balai.log.models import Entry

from .conftest import SAID

PASSPHRASE = "sawah hujan perahu melati gunung lampu"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.BALAI_DATA = tmp_path


def states():
    return [(key.id, key.state, key.here) for key in keys.listing()]


def refusal(act):
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value.problem


def write(key):
    from balai.credentials import statement

    return statement.write(SAID, key.public, key.sign)


def test_without_a_key_nothing_is_signed():
    assert refusal(keys.current) == problems.NO_KEY
    assert refusal(documents.revocation_file) == problems.NO_KEY


def test_a_key_is_a_file_for_its_owner_and_a_public_entry(tmp_path):
    id = keys.rotate()
    file = tmp_path / "keys" / "issuer" / f"{id}.pem"
    assert (file.stat().st_mode & 0o777, file.read_text().splitlines()[0]) == (0o600, "-----BEGIN PRIVATE KEY-----")
    entry = Entry.objects.get(kind="issuer_key.published")
    row = IssuerKey.objects.get()
    assert (entry.id, row.id, row.key_id) == (row.id, IssuerKey.row_id(id), id)
    assert "PRIVATE" not in entry.payload
    assert keys.current().public == row.raw


def test_a_key_is_made_once_where_no_ceremony_is_held():
    assert keys.ensure() == keys.ensure()


def test_after_a_rotation_the_new_key_signs_and_the_old_one_still_counts():
    old = keys.rotate()
    paper = write(keys.current())
    new = keys.rotate()
    assert states() == [(new, "active", True), (old, "retired", False)]
    assert keys.current().id == new
    assert register.verifier().text(paper).state == State.VALID


def test_a_revoked_key_signs_no_more_and_is_not_believed():
    id = keys.rotate()
    paper = write(keys.current())
    keys.revoke(id, date(2026, 11, 1), "Laptop hilang")
    assert states() == [(id, "revoked", False)]
    assert refusal(keys.current) == problems.NO_KEY
    verdict = register.verifier().text(paper)
    assert (verdict.state, verdict.since) == (State.KEY_REVOKED, date(2026, 11, 1))
    assert refusal(lambda: keys.revoke(id, date(2026, 11, 1), "x")) == problems.KEY_REVOKED_ALREADY
    assert refusal(lambda: keys.revoke("00000000", date(2026, 11, 1), "x")) == problems.UNKNOWN_KEY


def test_a_backup_brings_the_key_back_to_an_empty_machine(settings, tmp_path):
    with clock.frozen(datetime(2026, 1, 5, tzinfo=UTC)):
        id = keys.rotate()
    content = keys.backup(PASSPHRASE)
    assert (content.startswith(b"age-encryption.org/v1"), b"PRIVATE" in content) == (True, False)
    paper = write(keys.current())
    Entry.objects.filter(kind="issuer_key.published").get()
    settings.BALAI_DATA = tmp_path / "new"
    assert refusal(keys.current) == problems.NO_KEY
    assert keys.restore(content, PASSPHRASE) == [id]
    assert keys.restore(content, PASSPHRASE) == [id]
    assert (keys.current().id, write(keys.current())) == (id, paper)


def test_a_backup_publishes_a_key_that_the_database_does_not_know(settings, tmp_path):
    import balai.log.models as log

    id = keys.rotate()
    content = keys.backup(PASSPHRASE)
    IssuerKey.objects.all().delete()
    log.Standing.objects.filter(entry__kind="issuer_key.published").delete()
    log.Entry.objects.filter(kind="issuer_key.published").delete()
    keys.restore(content, PASSPHRASE)
    assert states() == [(id, "active", True)]


def test_a_revoked_key_does_not_come_back_from_a_backup():
    id = keys.rotate()
    content = keys.backup(PASSPHRASE)
    keys.revoke(id, date(2026, 11, 1), "Laptop hilang")
    keys.restore(content, PASSPHRASE)
    assert states() == [(id, "revoked", False)]


def test_a_wrong_passphrase_or_file_is_refused():
    keys.rotate()
    content = keys.backup(PASSPHRASE)
    assert refusal(lambda: keys.restore(content, PASSPHRASE + "x")) == problems.WRONG_PASSPHRASE
    assert refusal(lambda: keys.restore(b"nonsense", PASSPHRASE)) == problems.WRONG_PASSPHRASE
    assert refusal(lambda: keys.backup("pendek")) == problems.WEAK_PASSPHRASE


def test_the_exported_files_are_enough_without_a_network():
    keys.rotate()
    paper = write(keys.current())
    ring = KeyRing.read(documents.key_file())
    revocations = RevocationList.read(documents.revocation_file(), ring)
    assert Verifier(ring, revocations).text(paper).state == State.VALID
