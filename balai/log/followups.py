"""What is to be done because an entry was applied: promised with the entry, run after the commit.

A crash in between loses nothing: the promise is a row, and ``overdue()`` finds it.
"""

import logging
from collections import defaultdict
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from balai.common import clock
from balai.common.prepared import Insert

from .kinds import FOLLOWERS, Taken, called_for
from .models import FollowUp

logger = logging.getLogger(__name__)
GRACE = timedelta(seconds=10)
_insert = Insert(FollowUp, ignore=True)


class LeftToAnother(Exception):
    """Raised by a job that another process is at just now, which will find what this one was asked for: the promise
    stands until that process has kept it, or until it is overdue.
    """


def promise(applied: list[Taken], moment: datetime) -> None:
    """Write down the jobs that ``applied`` ask for, and run them when the transaction is committed."""
    batch = {taken.id for taken in applied}
    due = [
        FollowUp(entry_id=taken.id, job=job, due_at=moment)
        for taken in applied
        for job in FOLLOWERS.get(taken.entry.kind, ())
        if called_for(taken, job, batch)
    ]
    if due:
        _insert(due)
        kinds = {taken.id: taken.entry.kind for taken in applied}
        promised = [(kinds[row.entry_id], row.job, row.entry_id) for row in due]
        transaction.on_commit(lambda: _run(promised))


def overdue(moment: datetime | None = None) -> int:
    """Run what a crash or an error left behind. Returns how many jobs were tried."""
    left = FollowUp.objects.filter(due_at__lt=(moment or clock.wall()) - GRACE).order_by("due_at")[:500]
    rows = list(left.values_list("entry__kind", "job", "entry_id"))
    _run(rows)
    return len(rows)


def _run(promised: list[tuple[str, str, UUID]]) -> None:
    grouped: dict[tuple[str, str], list[UUID]] = defaultdict(list)
    for kind, job, entry in promised:
        grouped[kind, job].append(entry)
    for (kind, job), entries in grouped.items():
        _run_job(kind, job, entries)


def _run_job(kind: str, job: str, entries: list[UUID]) -> None:
    """An error is logged and the job stays due: what caused it is already safely recorded. So does what is left to
    another process.
    """
    follower = FOLLOWERS.get(kind, {}).get(job)
    try:
        if follower:
            follower(entries)
    except LeftToAnother:
        return
    except Exception:
        logger.exception("the job %s after %s failed and stays due", job, kind)
        FollowUp.objects.filter(entry__in=entries, job=job).update(due_at=clock.wall())
    else:
        FollowUp.objects.filter(entry__in=entries, job=job).delete()
