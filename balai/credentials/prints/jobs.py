"""Drawing what was ordered: part by part, going on with the part at which it was killed."""

import logging
import secrets
import shutil
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _
from django_tasks import task

from balai.common import clock, formats
from balai.common.problems import Refusal
from balai.credentials import problems

from . import packing
from .choosing import Choice
from .models import KEPT, PrintPart, PrintRun

logger = logging.getLogger(__name__)
#: So many certificates are in one file, and at most so many in one run.
PART, LIMIT = 500, 10_000
#: What one certificate takes on the disk, alone and bound, in bytes; a little more than it is.
EACH = 90_000
#: So many runs of a person are there at most, the newest included; older ones make room for it.
KEPT_RUNS = 2


def start(choice: Choice) -> PrintRun:
    """Have the certificates of ``choice`` drawn. Raises ``Refusal``. One run at a time for each person.

    Of those that ended only the newest stays.
    """
    rows = choice.certificates().values_list("pk", "person__region__name", "person__name")
    found = list(rows[: LIMIT + 1])
    _insist_possible(len(found))
    try:
        with transaction.atomic():
            run = PrintRun.objects.create(
                owner=choice.person, title=choice.title[:400], prefixes=choice.prefixes, total=len(found)
            )
            PrintPart.objects.bulk_create(
                _part(run, number, found[first : first + PART])
                for number, first in enumerate(range(0, len(found), PART), 1)
            )
    except IntegrityError as error:
        raise Refusal(problems.PRINTING_GOES_ON) from error
    ended = PrintRun.objects.filter(owner=choice.person).exclude(ended_at=None).order_by("-started_at", "-pk")
    for old in ended[KEPT_RUNS - 1 :]:
        discard(old)
    do.enqueue(str(run.pk))
    return run


def _insist_possible(count: int) -> None:
    if not count:
        raise Refusal(problems.NOTHING_TO_PRINT)
    if count > LIMIT:
        raise Refusal(problems.TOO_MUCH_TO_PRINT, limit=formats.number(LIMIT))
    if shutil.disk_usage(settings.BALAI_DATA).free < (2 * count + _awaited()) * EACH:
        raise Refusal(problems.NO_ROOM_TO_PRINT, size=formats.size(count * EACH))


def _awaited() -> int:
    """How many certificates the runs that go on have yet to put on the disk."""
    left = PrintRun.objects.filter(ended_at=None).aggregate(left=Sum(F("total") - F("done")))["left"]
    return left or 0


def _part(run: PrintRun, number: int, rows: Sequence[tuple[UUID, str | None, str]]) -> PrintPart:
    first, last = (f"{place or _('Tanpa wilayah')}, {name}"[:120] for _id, place, name in (rows[0], rows[-1]))
    return PrintPart(run=run, number=number, certificates=[str(row[0]) for row in rows], first=first, last=last)


@task()
def do(run: str) -> None:
    """Carry the run with this id to its end. Safe to repeat."""
    found = PrintRun.objects.filter(pk=UUID(run), ended_at=None).first()
    if found is not None:
        carry_on(found)


def carry_on(run: PrintRun) -> None:
    """Draw the parts that are not there yet; how it ended is noted in ``run``."""
    try:
        for part in run.parts.filter(made_at=None).order_by("number"):
            if not _draw(run, part):
                return
    except Refusal as refusal:
        run.problem = refusal.problem.code
    except Exception:
        run.problem, run.reference = problems.PRINTING_BROKE.code, secrets.token_hex(3).upper()
        logger.exception("print run %s failed, %s", run.pk, run.reference)
    # Not save(), which would bring back a run that somebody threw away meanwhile.
    told = {"ended_at": clock.wall(), "problem": run.problem, "reference": run.reference}
    PrintRun.objects.filter(pk=run.pk).update(**told)


def _draw(run: PrintRun, part: PrintPart) -> bool:
    """Draw one part. False when somebody threw the run away meanwhile."""
    before = (part.number - 1) * PART

    def advance(done: int) -> None:
        PrintRun.objects.filter(pk=run.pk).update(done=before + done)

    size = packing.pack(part, advance)
    kept = PrintPart.objects.filter(pk=part.pk).update(size=size, made_at=clock.wall())
    if not kept:
        packing.forget(run.pk)
    return bool(kept)


def discard(run: PrintRun) -> None:
    """The run and its files are gone; who draws it stops after the part at hand."""
    id = run.pk  # which deleting takes from it
    run.delete()
    transaction.on_commit(lambda: packing.forget(id))


def forget_old(moment: datetime) -> int:
    """Delete runs whose time is over. Returns how many."""
    late = list(PrintRun.objects.filter(started_at__lt=moment - KEPT))
    for run in late:
        discard(run)
    return len(late)
