"""Issuing: when somebody has earned a certificate, the hub makes it, once, whatever is replayed.

The rule stands in the course version (how many lessons, which test); the facts are lesson completions and
passed marks. Both may arrive in any order, so each asks anew.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.db import transaction

from balai.assessments.models import Mark
from balai.common import clock, formats
from balai.common.ids import derived
from balai.courses import progress
from balai.courses.models import Course, CourseVersion, LessonCompletion
from balai.courses.progress import Study
from balai.log import kinds
from balai.log.models import Entry
from balai.log.record import record
from balai.people.models import Person

from . import keys, numbering, statement
from .entries import CertificateIssued
from .models import Certificate, Letterhead
from .place import place_of
from .statement import Statement

_NATIONAL_ZONE = formats.zone_of("")


@dataclass(frozen=True)
class Earned:
    """What somebody earned. ``score`` in per mille, ``None`` where no test is asked for."""

    version: CourseVersion
    kind: Literal["pelatihan", "kompetensi"]
    started_at: datetime
    finished_at: datetime
    score: int | None


def certificate_id(person: UUID, course: UUID, kind: str) -> UUID:
    """The id of the one certificate of this kind that a person can get for a course."""
    return derived(person, "certificate", str(course), kind)


def earned(person: Person, course: Course) -> Earned | None:
    """What ``person`` has earned in ``course`` by now, by the rule of the version that they study."""
    study = progress.study(person, course)
    rule = study.version.certificate
    if not rule or not study.finished or not study.done:
        return None
    done = sorted(study.done[lesson.id] for lesson in study.finished_lessons)
    if not rule["test"]:
        return Earned(study.version, rule["kind"], done[0], _needed(study, done), None)
    marks = _passed(person, UUID(rule["test"]))
    if not marks:
        return None
    first = min(marks, key=lambda mark: mark.attempt.submitted_at)
    finished = max(_needed(study, done), first.attempt.submitted_at)
    started = min(done[0], first.attempt.started_at)
    return Earned(study.version, rule["kind"], started, finished, max(mark.score for mark in marks))


def issue(person: Person, course: Course) -> Certificate | None:
    """The certificate that ``person`` has earned in ``course``; made now if it is not there.

    ``None`` when none is earned. Raises ``Refusal`` (``NO_KEY``) when the hub cannot sign yet.
    """
    found = earned(person, course)
    return award(person, found) if found else None


def award(person: Person, found: Earned) -> Certificate:
    """The certificate for what ``person`` earned, made now if it is not there. Raises ``Refusal``."""
    given = Certificate.objects.of(person).filter(course=found.version.course_id, kind=found.kind)
    issued = given.first()
    if issued is None:
        _issue(person, found)
        issued = given[:1].get()
    return issued


@transaction.atomic
def _issue(person: Person, found: Earned) -> None:
    """Number, sign and record, or nothing. Whoever waited for the lock finds the certificate and leaves."""
    today = clock.wall().astimezone(_NATIONAL_ZONE).date()
    sequence = numbering.take(str(today.year))
    id = certificate_id(person.id, found.version.course_id, found.kind)
    if Certificate.objects.filter(pk=id).exists():
        transaction.set_rollback(True)
        return
    payload = _payload(person, found, today, sequence)
    record("certificate.issued", payload, id=id, subject=person.id, audience=person.region_id, proof=Entry.Proof.HUB)


def _payload(person: Person, found: Earned, today: date, sequence: int) -> CertificateIssued:
    key, head = keys.current(), Letterhead.current()
    said = _statement(person, found, today, numbering.write(head.pattern, sequence, today))
    return CertificateIssued(
        course=found.version.course_id,
        version=found.version.pk,
        kind=found.kind,
        number=said.number,
        name=said.name,
        place=said.place,
        title=said.course,
        hours=said.hours,
        started_on=said.started_on,
        finished_on=said.finished_on,
        issued_on=said.issued_on,
        score=found.score,
        organisation=head.organisation,
        signer=head.signer,
        signer_title=head.signer_title,
        city=head.city,
        demo=said.demo,
        key_id=key.id,
        signed=statement.write(said, key.public, key.sign),
        status=numbering.take(numbering.ALL),
    )


def _statement(person: Person, found: Earned, today: date, number: str) -> Statement:
    zone = formats.zone_of(person.region.code if person.region else "")
    return Statement(
        number=number,
        name=person.name,
        place=place_of(person, today),
        course=found.version.title,
        kind=found.kind,
        hours=found.version.jp,
        started=statement.to_day(found.started_at.astimezone(zone).date()),
        finished=statement.to_day(found.finished_at.astimezone(zone).date()),
        issued=statement.to_day(today),
        score=-1 if found.score is None else found.score,
        demo=settings.BALAI_DEMO,
    )


def _needed(study: Study, done: list[datetime]) -> datetime:
    """When the last lesson that the rule asks for was completed."""
    return done[max(study.version.needed_lessons(), 1) - 1]


def _passed(person: Person, test: UUID) -> list[Mark]:
    marks = Mark.objects.passed().filter(attempt__person__in=person.identities, attempt__test__identity=test)
    return list(marks.select_related("attempt"))


def after_marks(ids: list[UUID]) -> None:
    """Issue what the passed marks among ``ids`` complete; repeatable."""
    marks = Mark.objects.passed().filter(pk__in=ids).select_related("attempt__person", "attempt__test__version")
    _issue_all({(mark.attempt.person, mark.attempt.test.version.course_id) for mark in marks})


def after_lessons(ids: list[UUID]) -> None:
    """Issue what the lesson completions among ``ids`` complete; repeatable."""
    rows = LessonCompletion.objects.filter(pk__in=ids).select_related("person")
    _issue_all({(row.person, row.course_id) for row in rows})


def _issue_all(pairs: set[tuple[Person, UUID]]) -> None:
    for person, course in sorted(pairs, key=lambda pair: (pair[0].id, pair[1])):
        issue(person.merged_into or person, Course.objects.select_related("current").get(pk=course))


kinds.follow("attempt.marked", after_marks, when=lambda taken, batch: taken.payload.outcome == Mark.Outcome.PASSED)
kinds.follow("lesson.completed", after_lessons)
