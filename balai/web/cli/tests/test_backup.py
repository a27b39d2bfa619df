"""A backup brings back every row, key and file, or nothing."""

import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyrage
import pytest

from balai.common.problems import Refusal
from balai.web.machine.backup import contents, restoring, sealing
from tests.program import Program

PASSPHRASE = "padi menguning di sawah"
DUMP = """
import hashlib, json
from balai.web.machine.backup import tables
rows = {m._meta.label: hashlib.sha256(b"".join(tables.lines(m))).hexdigest() for m in tables.exported()}
print(json.dumps(rows | {"migrations": tables.applied()}))
"""
FILL = """
from axes.models import AccessAttempt
from django_tasks_db.models import DBTaskResult
from django.contrib.sessions.backends.db import SessionStore
from balai.log import blobs
from balai.log.record import record
from balai.people.entries import PersonRegistered, RoleGranted
from balai.people.models import Account
from balai.regions.models import Region
home = Region.objects.get(code="18.02")
entry = record("person.registered", PersonRegistered(name="Siti, S.Pd. “é”", region=home.id), proof="hub")
record("role.granted", RoleGranted(role="admin", regions=(None,)), subject=entry.id, proof="hub")
account = Account(person_id=entry.id, username="siti")
account.set_password("padi menguning")
account.save()
AccessAttempt.objects.create(username="siti", failures_since_start=3)
SessionStore().save()
DBTaskResult.objects.create(args_kwargs={"args": [1], "kwargs": {}}, task_path="x.y", backend_name="default",
                            exception_class_path="", traceback="", worker_ids=[])
blobs.put(b"one lesson")
"""


def _files(folder: Path) -> dict[str, bytes]:
    found = [path for name in contents.FOLDERS for path in (folder / name).rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.fixture(scope="module")
def backup(prepared: Program, tmp_path_factory: pytest.TempPathFactory) -> tuple[Program, Path]:
    prepared.script(FILL)
    file = tmp_path_factory.mktemp("backup") / "balai.cadangan"
    prepared.env["BALAI_PASSPHRASE"] = PASSPHRASE
    prepared.run("backup", str(file))
    return prepared, file


def test_everything_comes_back(backup: tuple[Program, Path], another: Callable[[], Program], tmp_path: Path) -> None:
    original, file = backup
    (tmp_path / "sandi").write_text(PASSPHRASE + "\n")
    copy = another()
    told = copy.json("restore", str(file), "--passphrase-file", str(tmp_path / "sandi"))
    assert told["data"] == str(copy.folder)
    assert copy.script(DUMP) == original.script(DUMP)
    assert _files(copy.folder) == _files(original.folder)
    assert sorted(path.name for path in copy.folder.iterdir() if path.name.startswith((".", "tables"))) == []


def _refused(source: Path, folder: Path, passphrase: str = PASSPHRASE, database_url: str = "") -> str:
    with pytest.raises(Refusal) as refused:
        restoring.restore(source, sealing.Key(passphrase), folder, database_url, lambda: None)
    return refused.value.problem.code


def _url(program: Program) -> str:
    return program.env.get("DATABASE_URL", "")


def test_a_wrong_passphrase_restores_nothing(backup: tuple[Program, Path], tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    assert (_refused(backup[1], folder, "jagung menguning di ladang"), folder.exists()) == ("B1161", False)


def test_a_used_folder_is_not_overwritten(backup: tuple[Program, Path]) -> None:
    original, file = backup
    before = _files(original.folder)
    assert (_refused(file, original.folder, database_url=_url(original)), _files(original.folder)) == ("B1160", before)


def test_a_used_database_is_not_overwritten(backup: tuple[Program, Path], tmp_path: Path) -> None:
    original, file = backup
    used = _url(original) or f"sqlite:///{original.folder / 'balai.sqlite3'}"
    copy = Program(tmp_path / "copy", {"DATABASE_URL": used, "BALAI_PASSPHRASE": PASSPHRASE})
    assert (copy.refused("restore", str(file)), copy.folder.exists()) == ("B1160", False)


def test_an_existing_file_is_not_overwritten(backup: tuple[Program, Path]) -> None:
    with pytest.raises(Refusal) as refused:
        contents.make(backup[1], sealing.Lock(PASSPHRASE), lambda done, total: None)
    assert refused.value.problem.code == "B1166"


def test_a_changed_byte_restores_nothing(backup: tuple[Program, Path], tmp_path: Path) -> None:
    broken = bytearray(backup[1].read_bytes())
    broken[len(broken) // 2] ^= 1
    (tmp_path / "broken").write_bytes(broken)
    folder = tmp_path / "copy"
    assert (_refused(tmp_path / "broken", folder, database_url=_url(backup[0])), folder.exists()) == ("B1163", False)


def test_a_file_that_is_no_backup_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.docx").write_bytes(b"Yth. Bapak Camat")
    assert _refused(tmp_path / "letter.docx", tmp_path / "copy") == "B1163"


def test_another_kind_of_database_is_refused(backup: tuple[Program, Path], tmp_path: Path) -> None:
    other = "" if _url(backup[0]) else "postgresql://127.0.0.1/balai"
    assert _refused(backup[1], tmp_path / "copy", database_url=other) == "B1165"


def test_a_short_passphrase_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refused:
        contents.make(tmp_path / "x", sealing.Lock("pendek"), lambda done, total: None)
    assert (refused.value.problem.code, list(tmp_path.iterdir())) == ("B1162", [])


def test_sealed_to_a_recipient_it_opens_with_the_identity(tmp_path: Path) -> None:
    identity = pyrage.x25519.Identity.generate()
    lock = sealing.Lock(recipients=(str(identity.to_public()),))
    sealing.write(tmp_path / "x", lock, lambda stream: stream.write(b"isi" * 100_000))
    with sealing.opened(tmp_path / "x", sealing.Key(identities=f"# mine\n{identity}\n")) as plain:
        assert plain.read() == b"isi" * 100_000
    stranger = sealing.Key(identities=str(pyrage.x25519.Identity.generate()))
    with pytest.raises(Refusal) as refused, sealing.opened(tmp_path / "x", stranger):
        pass
    assert refused.value.problem.code == "B1161"


def test_a_failure_while_writing_leaves_no_file(tmp_path: Path) -> None:
    def fail(_stream: object) -> None:
        raise RuntimeError("the disk is gone")

    with pytest.raises(RuntimeError):
        sealing.write(tmp_path / "x", sealing.Lock(PASSPHRASE), fail)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", "keys/../../outside", "C:\\x", "other/file"])
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w|") as archive:
        archive.addfile(tarfile.TarInfo(name), io.BytesIO())
    stream.seek(0)
    with pytest.raises(Refusal) as refused:
        list(contents.members(stream))
    assert refused.value.problem.code == "B1163"


def test_it_opens_without_balai(backup: tuple[Program, Path]) -> None:
    with zipfile.ZipFile(backup[1]) as archive:
        assert archive.namelist() == [sealing.NOTE, sealing.KEY, sealing.CONTENT]
        assert archive.read(sealing.KEY).startswith(b"age-encryption.org/v1\n-> scrypt ")
