"""Jobs: done by whoever looks, never lost, never stopped by one that fails."""

import time
from datetime import timedelta
from typing import Any

import pytest
from django.db.utils import OperationalError
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from balai.common import clock
from balai.log import followups
from balai.web.machine import jobs

pytestmark = pytest.mark.django_db


def _task(status: TaskResultStatus, **fields: Any) -> DBTaskResult:
    return DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}}, task_path="balai.nowhere", backend_name="default",
        exception_class_path="", traceback="", status=status, **{"worker_ids": [], **fields},
    )  # fmt: skip


def test_a_turn_sweeps_once_in_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    swept: list[bool] = []
    monkeypatch.setattr(followups, "overdue", lambda: swept.append(True))
    worker = jobs.Jobs()
    worker.turn()
    worker.turn()
    assert swept == [True]


def test_what_took_long_rests_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    now, looked = [100.0], []

    def look() -> None:
        looked.append(now[0])
        now[0] += 3.0

    monkeypatch.setattr(jobs.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(jobs, "catch_up", look)
    worker = jobs.Jobs()
    for _second in range(60):
        worker.turn()
        now[0] += 1.0
    assert looked == [100.0, 133.0]


def test_a_worker_shows_that_it_lives_until_it_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = jobs.Jobs()
    lived: list[bool] = []

    def turn() -> None:
        for _try in range(500):
            if worker.sign.exists():
                break
            time.sleep(0.01)
        lived.append(jobs.somebody_works())
        worker.stop.set()

    monkeypatch.setattr(worker, "turn", turn)
    worker.run()
    assert (lived, worker.sign.exists()) == ([True], False)


def test_an_error_does_not_stop_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = jobs.Jobs()
    turns: list[int] = []

    def turn() -> None:
        turns.append(1)
        if len(turns) == 3:
            worker.stop.set()
        raise OperationalError("the database is away")

    monkeypatch.setattr(jobs, "LOOK", 0)
    monkeypatch.setattr(worker, "turn", turn)
    worker.run()
    assert len(turns) == 3


def test_what_a_crash_interrupted_waits_again_and_nothing_else() -> None:
    worker = jobs.Jobs()
    jobs.signs().mkdir(parents=True, exist_ok=True)
    worker.sign.touch()
    moment = clock.wall()
    dead = _task(TaskResultStatus.RUNNING, started_at=moment, worker_ids=[jobs.Jobs().name])
    alive = _task(TaskResultStatus.RUNNING, started_at=moment, worker_ids=[worker.name])
    elsewhere = _task(TaskResultStatus.RUNNING, started_at=moment, worker_ids=["hub-7-018f"])
    assert jobs.requeue() == 1
    states = dict(DBTaskResult.objects.values_list("pk", "status"))
    worker.sign.unlink()
    assert states == {dead.pk: "READY", alive.pk: "RUNNING", elsewhere.pk: "RUNNING"}


def test_old_results_are_forgotten() -> None:
    now = clock.wall()
    _task(TaskResultStatus.SUCCESSFUL, finished_at=now - timedelta(days=30))
    kept = [_task(TaskResultStatus.FAILED, finished_at=now - timedelta(days=1)), _task(TaskResultStatus.READY)]
    jobs.clean()
    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == {task.pk for task in kept}
