"""Jobs: what runs later than the request that asked for it, and what a crash left undone.

On a box they run in a thread of the web process, on a hub in `balai work`. Both claim a job by a conditional
update, so any number of them may run beside each other.
"""

import logging
import platform
import threading
import time
from collections.abc import Callable
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
from balai.monitoring.catching_up import catch_up, recount
from balai.people.imports.jobs import forget_old

from . import memory

logger = logging.getLogger(__name__)
#: Seconds between two looks for jobs, two sweeps of what was left behind, two cleanings, two signs of life.
LOOK, SWEEP, CLEAN, BEAT = 1.0, 30.0, 86_400.0, 30.0
#: Seconds between two looks for what the tallies do not say yet.
TALLY = 2.0
#: What took a second is not done again for so many: on one machine jobs and pages share a processor.
REST = 10
#: How long the result of a job is kept.
KEPT = timedelta(days=14)
#: No sign of life for so many seconds means that a worker is gone.
SILENCE = 120.0


class Jobs:
    """One worker. ``run`` returns when ``stop`` is set."""

    def __init__(self) -> None:
        self.stop = threading.Event()
        self.name = f"{_machine()}-{uuid7()}"
        self._due: dict[Callable[[], object], float] = {}
        self._worker = Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=self.name,
            excluded_queue_names=[],
        )

    def run(self) -> None:
        """Work until ``stop`` is set. An error is logged and work goes on: a machine without jobs is half dead."""
        threading.Thread(target=self._beat, name="balai-pulse", daemon=True).start()
        while not self.stop.is_set():
            try:
                close_old_connections()
                self.turn()
            except Exception:
                logger.exception("the jobs stumbled and go on")
            self.stop.wait(LOOK)
        self.sign.unlink(missing_ok=True)

    def turn(self) -> None:
        """Do what is due now."""
        self._every(SWEEP, sweep)
        if DBTaskResult.objects.ready().exists():
            self._worker.run()
        self._every(TALLY, catch_up)
        self._every(CLEAN, clean)

    @property
    def sign(self) -> Path:
        """The file whose time says that this worker lives."""
        return signs() / self.name

    def _every(self, seconds: float, act: Callable[[], object]) -> None:
        """After ``seconds``, or when much was to do as much later as leaves the processor to the pages."""
        started = time.monotonic()
        if started >= self._due.get(act, 0.0):
            act()
            ended = time.monotonic()
            self._due[act] = ended + max(seconds, (ended - started) * REST)

    def _beat(self) -> None:
        """In a thread of its own, so that a long job does not look like a dead worker."""
        signs().mkdir(parents=True, exist_ok=True)
        while True:
            self.sign.touch()
            if self.stop.wait(BEAT):
                return


def start_thread() -> Jobs:
    """A worker in a daemon thread of this process."""
    jobs = Jobs()
    threading.Thread(target=jobs.run, name="balai-jobs", daemon=True).start()
    return jobs


def sweep() -> None:
    """Follow-ups that are overdue run now; jobs of workers that died wait again; free memory goes back."""
    followups.overdue()
    requeue()
    memory.trim()


def requeue() -> int:
    """Jobs that a worker of this machine was at when it died wait again: all of ours may run twice."""
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    here = [row for row in running if row.worker_ids and row.worker_ids[-1].startswith(f"{_machine()}-")]
    dead = [row.pk for row in here if not _lives(signs() / row.worker_ids[-1])]
    waiting = DBTaskResult.objects.filter(pk__in=dead, status=TaskResultStatus.RUNNING)
    return waiting.update(status=TaskResultStatus.READY, started_at=None)


def somebody_works() -> bool:
    """Whether a worker of this machine lives."""
    return signs().is_dir() and any(_lives(sign) for sign in signs().iterdir())


def clean() -> None:
    """Forget sessions that ended, results of old jobs, imports past their time, signs of the dead; count anew."""
    DBTaskResult.objects.finished().filter(finished_at__lt=clock.wall() - KEPT).delete()
    call_command("clearsessions", verbosity=0)
    forget_old()
    for sign in signs().iterdir() if signs().is_dir() else ():
        if not _lives(sign):
            sign.unlink(missing_ok=True)
    recount()


def signs() -> Path:
    """The folder of the workers' signs of life."""
    return Path(settings.BALAI_DATA) / "workers"


def _lives(sign: Path) -> bool:
    try:
        return time.time() - sign.stat().st_mtime < SILENCE
    except FileNotFoundError:
        return False


def _machine() -> str:
    return platform.node().lower()[:20] or "here"
