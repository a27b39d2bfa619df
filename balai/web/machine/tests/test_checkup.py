"""Every fault that the self-diagnosis knows is found, and told with a cure."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django_tasks_db.models import DBTaskResult

from balai.common import clock
from balai.credentials import keys
from balai.log.models import Entry, FollowUp
from balai.log.nodekeys import this_node
from balai.people.models import Person
from balai.web.machine import checkup, jobs, ready
from balai.web.machine.checkup import Finding, Level


@pytest.fixture
def levels(db: None, settings: Any, tmp_path: Path) -> Callable[[], dict[str, str]]:
    """``levels()``: how everything stands, by subject, in a data folder of its own."""
    settings.BALAI_DATA = tmp_path
    settings.BALAI_URL = "https://balai.desa.id"
    this_node()
    (tmp_path / "keys" / "secret").touch(mode=0o600)
    jobs.signs().mkdir(parents=True)
    (jobs.signs() / "here-1").touch()

    def look() -> dict[str, str]:
        found = checkup.look()
        assert all(finding.found and (finding.level == Level.WELL or finding.cure) for finding in found)
        return {finding.subject: finding.level.value for finding in found}

    return look


Levels = Callable[[], dict[str, str]]


def test_a_sound_machine(levels: Levels) -> None:
    found = levels()
    assert {found[subject] for subject in ("Folder data", "Kunci", "Jam", "Alamat", "Basis data", "Skema")} == {"well"}
    assert (found["Tugas latar"], found["Catatan"]) == ("well", "well")


def test_a_lost_key(levels: Levels, tmp_path: Path) -> None:
    (tmp_path / "keys" / "node.signing.pem").unlink()
    assert levels()["Kunci"] == "bad"


@pytest.mark.skipif(os.name != "posix", reason="other systems have no modes")
def test_a_key_that_others_may_read(levels: Levels, tmp_path: Path) -> None:
    (tmp_path / "keys" / "node.secret").chmod(0o644)
    assert levels()["Kunci"] == "bad"


@pytest.mark.parametrize(("free", "level"), [(100_000_000, "bad"), (500_000_000, "look"), (5_000_000_000, "well")])
def test_room_on_the_disk(levels: Levels, monkeypatch: pytest.MonkeyPatch, free: int, level: str) -> None:
    monkeypatch.setattr(checkup.shutil, "disk_usage", lambda path: _Usage(free))
    assert levels()["Ruang penyimpanan"] == level


class _Usage:
    def __init__(self, free: int) -> None:
        self.free = free


def test_a_clock_that_was_reset(levels: Levels) -> None:
    with clock.frozen(datetime(2015, 1, 1, tzinfo=UTC)):
        assert levels()["Jam"] == "bad"


def test_an_address_without_https(levels: Levels, settings: Any) -> None:
    settings.BALAI_URL = "http://192.168.1.5:8000"
    assert levels()["Alamat"] == "look"


def test_debug_left_on(levels: Levels, settings: Any) -> None:
    settings.DEBUG = True
    assert levels()["Alamat"] == "bad"


def test_a_database_that_is_away(levels: Levels, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(recorder: object) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(ready.MigrationRecorder, "applied_migrations", away)
    found = levels()
    assert (found["Basis data"], "Catatan" in found) == ("bad", False)


def test_a_schema_that_is_behind(levels: Levels, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ready, "_shipped_migrations", lambda: iter([("people", "0999_future")]))
    assert levels()["Skema"] == "bad"


def test_regions_that_are_missing(levels: Levels) -> None:
    assert levels()["Wilayah"] == "bad"  # tests load two provinces


def test_an_issuer_without_a_key(levels: Levels) -> None:
    assert levels()["Kunci penerbit"] == "look"
    keys.ensure()
    assert levels()["Kunci penerbit"] == "well"


def test_a_job_that_nobody_takes(levels: Levels) -> None:
    _task(clock.wall() - timedelta(minutes=20))
    assert levels()["Tugas latar"] == "bad"


def test_nobody_at_work(levels: Levels) -> None:
    (jobs.signs() / "here-1").unlink()
    assert levels()["Tugas latar"] == "look"


def test_a_follow_up_that_keeps_failing(levels: Levels, secretary: Person) -> None:
    entry = Entry.objects.get(pk=secretary.id)
    FollowUp.objects.create(entry=entry, job="x", due_at=clock.wall() - timedelta(hours=1))
    assert levels()["Tindak lanjut"] == "bad"


def test_a_finding_as_json() -> None:
    finding = Finding("Jam", Level.BAD, "2015", "Setel jam.")
    assert finding.as_dict() == {"subject": "Jam", "level": "bad", "found": "2015", "cure": "Setel jam."}


def _task(moment: datetime) -> None:
    row = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}}, task_path="x.y", backend_name="default", exception_class_path="",
        traceback="", worker_ids=[],
    )  # fmt: skip
    DBTaskResult.objects.filter(pk=row.pk).update(enqueued_at=moment)
