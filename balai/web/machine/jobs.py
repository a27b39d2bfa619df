"""Jobs: what runs later than the request that asked for it, and what a crash left undone.

On a box they run in a thread of the web process, on a hub in `balai work`. Both claim a job by a conditional
update, so any number of them may run beside each other.
"""

import logging
import threading
import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import close_old_connections
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from balai.common import clock
from balai.common.ids import uuid7
from balai.log import followups

logger = logging.getLogger(__name__)
#: Seconds between two looks for jobs, between two sweeps of follow-ups, between two cleanings.
LOOK, SWEEP, CLEAN = 1.0, 30.0, 86_400.0
#: How long the result of a job is kept.
KEPT = timedelta(days=14)
#: No sign of life for this long means that nobody works.
SILENCE = timedelta(minutes=3)


class Jobs:
    """One worker. ``run`` returns when ``stop`` is set."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self._sweep_at = self._clean_at = 0.0
        self._worker = Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=str(uuid7()),
            excluded_queue_names=[],
        )

    def run(self) -> None:
        """Work until ``stop`` is set. An error is logged and work goes on: a machine without jobs is half dead."""
        while not self.stop.is_set():
            try:
                close_old_connections()
                self.turn()
            except Exception:
                logger.exception("the jobs stumbled and go on")
            self.stop.wait(LOOK)

    def turn(self) -> None:
        """Do what is due now."""
        if time.monotonic() >= self._sweep_at:
            alive_mark().touch()
            followups.overdue()
            self._sweep_at = time.monotonic() + SWEEP
        if DBTaskResult.objects.ready().exists():
            self._worker.run()
        if time.monotonic() >= self._clean_at:
            clean()
            self._clean_at = time.monotonic() + CLEAN


def start_thread() -> Jobs:
    """A worker in a daemon thread of this process."""
    jobs = Jobs()
    threading.Thread(target=jobs.run, name="balai-jobs", daemon=True).start()
    return jobs


def requeue() -> int:
    """Jobs that a crash interrupted wait again. Only before this machine's one program starts to work."""
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    return running.update(status=TaskResultStatus.READY, started_at=None)


def clean() -> None:
    """Forget sessions that ended and the results of old jobs."""
    DBTaskResult.objects.finished().filter(finished_at__lt=clock.wall() - KEPT).delete()
    call_command("clearsessions", verbosity=0)


def alive_mark() -> Path:
    """A file whose time says when a worker of this machine last looked around."""
    return Path(settings.BALAI_DATA) / "jobs.alive"
