"""Issuing for everybody who has earned a certificate of a course: where a rule changed, or a key came late.

The work goes through the people in the order of their ids, some at a time: their certificates and the place reached
are written in one transaction. Killed anywhere, it goes on from that place; ids and numbers stay as they would be.
"""

import logging
import secrets
from collections.abc import Iterable
from uuid import UUID

from django.db import IntegrityError, transaction
from django_tasks import task

from balai.assessments.models import Mark
from balai.common import clock
from balai.common.problems import Refusal
from balai.courses.models import Course, LessonCompletion
from balai.people.models import Person
from balai.people.reach import covers

from . import issuing, problems
from .models import Certificate, Sweep

logger = logging.getLogger(__name__)
#: So many people in one transaction: others who issue meanwhile wait for it.
CHUNK = 50


def start(course: Course, prefixes: Iterable[str], person: Person | None) -> Sweep:
    """Have it done for the people of the regions ``prefixes`` ("" is the nation). Raises ``Refusal``.

    One at a time for a course.
    """
    prefixes = sorted(prefixes)
    try:
        with transaction.atomic():
            sweep = Sweep.objects.create(
                course=course.pk,
                prefixes=prefixes,
                started_by=person.id if person else None,
                total=len(candidates(course.pk, prefixes)),
            )
    except IntegrityError as error:
        raise Refusal(problems.SWEEP_GOES_ON) from error
    do.enqueue(str(sweep.pk))
    return sweep


@task()
def do(sweep: str) -> None:
    """Carry the sweep with this id to its end. Safe to repeat."""
    found = Sweep.objects.filter(pk=UUID(sweep), ended_at=None).first()
    if found is not None:
        carry_on(found)


def carry_on(sweep: Sweep) -> None:
    """Go on from where it stands; how it ended is noted in it."""
    try:
        course = Course.objects.select_related("current").get(pk=sweep.course)
        left = [id for id in candidates(sweep.course, sweep.prefixes) if sweep.reached is None or id > sweep.reached]
        for start in range(0, len(left), CHUNK):
            _some(sweep, course, left[start : start + CHUNK])
    except Refusal as refusal:
        sweep.problem = refusal.problem.code
    except Exception:
        sweep.problem, sweep.reference = problems.SWEEP_BROKE.code, secrets.token_hex(3).upper()
        logger.exception("sweep %s failed, %s", sweep.pk, sweep.reference)
    sweep.ended_at = clock.wall()
    sweep.save()


def _some(sweep: Sweep, course: Course, ids: list[UUID]) -> None:
    """All of it or nothing: the certificates of these people, and how far that is."""
    with transaction.atomic():
        before = Certificate.objects.filter(course=course.pk).count()
        for person in Person.objects.select_related("region").filter(pk__in=ids).order_by("pk"):
            issuing.issue(person, course)
        issued = Certificate.objects.filter(course=course.pk).count() - before
        Sweep.objects.filter(pk=sweep.pk).update(
            reached=ids[-1], done=sweep.done + len(ids), issued=sweep.issued + issued
        )
    sweep.refresh_from_db(fields=["reached", "done", "issued"])


def candidates(course: UUID, prefixes: Iterable[str]) -> list[UUID]:
    """Who did anything in ``course`` and lives in those regions, in the order of their ids, whoever they became."""
    studied = LessonCompletion.objects.filter(course=course).order_by().values("person")
    passed = Mark.objects.passed().filter(attempt__test__version__course=course).order_by().values("attempt__person")
    did = Person.objects.filter(pk__in=studied) | Person.objects.filter(pk__in=passed)
    become = set(did.values_list("merged_into", flat=True)) - {None}
    here = Person.objects.present().filter(pk__in=[*did.values_list("pk", flat=True), *become], merged_into=None)
    rows = here.values_list("pk", "region__code")
    wanted = list(prefixes)
    return sorted(pk for pk, code in rows if any(covers(prefix, code or "") for prefix in wanted))
