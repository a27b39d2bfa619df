"""The long work on imports, each as a job that can be stopped and never runs twice at a time."""

import logging
import secrets
from collections.abc import Callable
from uuid import UUID

from django.db import IntegrityError, transaction
from django_tasks import task

from balai.common import clock
from balai.common.problems import Refusal

from . import problems, vault
from .applying import apply
from .checking import check, describe, is_certain
from .models import KEPT, Import, Run
from .undoing import undo

logger = logging.getLogger(__name__)
Work = Run.Work


def start(batch: Import, work: str) -> None:
    """Have ``work`` done on ``batch``. Raises ``Refusal`` while other work on it goes on."""
    try:
        with transaction.atomic():
            run = Run.objects.create(batch=batch, work=work)
    except IntegrityError as error:
        raise Refusal(problems.BUSY) from error
    do.enqueue(str(run.id))


@task()
def do(run_id: str) -> None:
    """Do the run with this id. Safe to repeat: saved rows are marked with what was saved, in one transaction."""
    run = Run.objects.select_related("batch__owner").filter(pk=UUID(run_id), ended_at=None).first()
    if run is None:
        return
    perform(run)
    if run.work == Work.READ and not run.problem and is_certain(run.batch):
        start(run.batch, Work.CHECK)


def perform(run: Run) -> None:
    """Do the work of ``run`` now; how it ended is noted in it, errors too."""
    try:
        _WORK[run.work](run.batch, run)
    except Refusal as refusal:
        run.problem, run.facts = refusal.problem.code, {key: str(fact) for key, fact in refusal.facts.items()}
    except FileNotFoundError:
        run.problem = problems.LATE.code
    except Exception:
        run.problem, run.facts = problems.BROKEN.code, {"reference": secrets.token_hex(3).upper()}
        logger.exception("import %s: %s failed, %s", run.batch_id, run.work, run.facts["reference"])
    run.ended_at = clock.wall()
    run.save(update_fields=["problem", "facts", "ended_at"])


def _read(batch: Import, run: Run) -> None:
    describe(batch)


_WORK: dict[str, Callable[[Import, Run], None]] = {
    Work.READ: _read,
    Work.CHECK: check,
    Work.APPLY: apply,
    Work.UNDO: undo,
}


def forget_old() -> int:
    """Delete imports whose time is over, with their files and staged rows. Returns how many."""
    late = list(Import.objects.filter(uploaded_at__lt=clock.wall() - KEPT).values_list("pk", flat=True))
    for id in late:
        vault.forget(id)
        Import.objects.filter(pk=id).delete()
    return len(late)
