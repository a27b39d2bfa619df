"""Issuing: when somebody has earned a certificate, the hub makes it, once, whatever is replayed.

A certificate that ends is renewed by passing its test again: a new one that names the old.
"""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import transaction

from balai.assessments.models import Mark
from balai.common import formats
from balai.common.ids import derived
from balai.courses.models import Course, LessonCompletion
from balai.log import kinds
from balai.log.models import Entry
from balai.log.record import record
from balai.people.models import Person

from . import day, keys, letterheads, numbering, renewing, statement
from .earning import Earned, earned
from .entries import CertificateIssued
from .models import Certificate, Letterhead
from .place import place_of
from .statement import Statement


def certificate_id(person: UUID, course: UUID, kind: str) -> UUID:
    """The id of the first certificate of this kind that a person can get for a course."""
    return derived(person, "certificate", str(course), kind)


def renewal_id(certificate: UUID) -> UUID:
    """The id of the one certificate that can renew ``certificate``."""
    return derived(certificate, "renewed")


def issue(person: Person, course: Course) -> list[Certificate]:
    """The certificates that ``person`` has earned in ``course``; made now where they are not there.

    Raises ``Refusal`` (``NO_KEY``) when the hub cannot sign yet.
    """
    return [award(person, found) for found in earned(person, course)]


def award(person: Person, found: Earned) -> Certificate:
    """The certificate for what ``person`` earned, made now if it is not there. Raises ``Refusal``."""
    held = _held(person, found)
    if held is None:
        return _issue(person, found, certificate_id(person.id, found.version.course_id, found.kind))
    again = _passed_again(held, found)
    return _issue(person, again, renewal_id(held.pk), held) if again else held


def _held(person: Person, found: Earned) -> Certificate | None:
    """The one that counts now."""
    given = Certificate.objects.of(person).filter(course=found.version.course_id, kind=found.kind)
    return next(iter(Certificate.latest(given.with_ends())), None)


def _passed_again(held: Certificate, found: Earned) -> Earned | None:
    """What renews ``held``: the first attempt passed since it could be renewed."""
    opens = renewing.opens(held)
    if opens is None:
        return None
    for mark in found.passes:
        attempt = mark.attempt
        if attempt.submitted_at >= opens:
            return replace(found, started_at=attempt.started_at, finished_at=attempt.submitted_at, score=mark.score)
    return None


def _issue(person: Person, found: Earned, id: UUID, renewed: Certificate | None = None) -> Certificate:
    """Number, sign and record, or nothing. Whoever waited for the lock finds the certificate and leaves."""
    with transaction.atomic():
        today = day.today()
        sequence = numbering.take(str(today.year))
        if Certificate.objects.filter(pk=id).exists():
            transaction.set_rollback(True)
        else:
            payload = _payload(person, found, today, sequence, renewed)
            home = person.region_id
            record("certificate.issued", payload, id=id, subject=person.id, audience=home, proof=Entry.Proof.HUB)
    return Certificate.objects.get(pk=id)


def _payload(
    person: Person, found: Earned, today: date, sequence: int, renewed: Certificate | None
) -> CertificateIssued:
    head = letterheads.of(person, found.version.course_id)
    said = _statement(person, found, today, numbering.write(head.pattern, sequence, today))
    if renewed and renewed.expires_on and found.months:
        last = day.after(max(today, renewed.expires_on), found.months)
        said = msgspec.structs.replace(said, expires=statement.to_day(last))
    return signed(
        said,
        head,
        course=found.version.course_id,
        version=found.version.pk,
        replaces=renewed.pk if renewed else None,
        replaces_number=renewed.number if renewed else "",
    )


def signed(said: Statement, head: Letterhead, **facts: Any) -> CertificateIssued:
    """``said`` signed with today's key, under ``head``, in the next place of the lists of revocations."""
    key = keys.current()
    return CertificateIssued(
        kind=said.kind,  # type: ignore[arg-type]  # a statement carries any text; ours come from rules
        number=said.number,
        name=said.name,
        place=said.place,
        title=said.course,
        hours=said.hours,
        started_on=said.started_on,
        finished_on=said.finished_on,
        issued_on=said.issued_on,
        score=said.score if said.score >= 0 else None,
        expires_on=said.expires_on,
        demo=said.demo,
        organisation=head.organisation,
        signer=head.signer,
        signer_title=head.signer_title,
        second_signer=head.second_signer,
        second_signer_title=head.second_signer_title,
        wording=head.wording,
        city=head.city,
        key_id=key.id,
        signed=statement.write(said, key.public, key.sign),
        status=numbering.take(numbering.ALL),
        **facts,
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
        expires=statement.to_day(day.after(today, found.months)) if found.months else 0,
    )


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
