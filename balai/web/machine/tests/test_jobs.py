"""Jobs: done by whoever looks, never lost, never stopped by one that fails."""

from datetime import timedelta
from pathlib import Path
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
        exception_class_path="", traceback="", worker_ids=[], status=status, **fields,
    )  # fmt: skip


def test_a_turn_sweeps_and_shows_that_somebody_works(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    swept: list[bool] = []
    monkeypatch.setattr(followups, "overdue", lambda: swept.append(True))
    Path(settings.BALAI_DATA).mkdir(parents=True, exist_ok=True)
    worker = jobs.Jobs()
    worker.turn()
    worker.turn()
    assert (swept, jobs.alive_mark().exists()) == ([True], True)


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


def test_what_a_crash_interrupted_waits_again() -> None:
    interrupted, waiting = _task(TaskResultStatus.RUNNING, started_at=clock.wall()), _task(TaskResultStatus.READY)
    assert jobs.requeue() == 1
    ready = set(DBTaskResult.objects.ready().values_list("pk", flat=True))
    assert ready == {interrupted.pk, waiting.pk}


def test_old_results_are_forgotten() -> None:
    now = clock.wall()
    _task(TaskResultStatus.SUCCESSFUL, finished_at=now - timedelta(days=30))
    kept = [_task(TaskResultStatus.FAILED, finished_at=now - timedelta(days=1)), _task(TaskResultStatus.READY)]
    jobs.clean()
    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == {task.pk for task in kept}
