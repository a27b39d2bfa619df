"""Putting a certificate right: a new one takes the place of one with a wrong name or title."""

import msgspec
from django.conf import settings
from django.db import transaction

from balai.common.ids import derived
from balai.common.problems import Refusal
from balai.log.models import Entry
from balai.log.record import record
from balai.people.models import Person

from . import day, issuing, letterheads, numbering, problems, statement
from .entries import CertificateReplaced
from .models import Certificate


def correct(certificate: Certificate, name: str, place: str, reason: str, actor: Person | None) -> Certificate:
    """A new certificate that says ``name`` and ``place``, all else as before, in place of the old one.

    Raises ``Refusal`` when the old one does not count any more.
    """
    if certificate.revocation:
        raise Refusal(problems.ALREADY_REVOKED)
    id = derived(certificate.pk, "corrected")
    with transaction.atomic():
        today = day.today()
        sequence = numbering.take(str(today.year))
        if certificate.replacement or Certificate.objects.filter(pk=id).exists():
            raise Refusal(problems.ALREADY_REPLACED)
        head = letterheads.of(certificate.person, certificate.course)
        said = msgspec.structs.replace(
            certificate.statement,
            name=name,
            place=place,
            number=numbering.write(head.pattern, sequence, today),
            issued=statement.to_day(today),
            demo=settings.BALAI_DEMO,
        )
        payload = issuing.signed(
            said,
            head,
            course=certificate.course,
            version=certificate.version,
            replaces=certificate.pk,
            replaces_number=certificate.number,
        )
        replaced = CertificateReplaced(certificate=certificate.pk, by=id, reason=reason, replaced_on=today)
        for kind, facts, entry in (
            ("certificate.issued", payload, id),
            ("certificate.replaced", replaced, derived(certificate.pk, "replaced")),
        ):
            record(
                kind,
                facts,
                id=entry,
                actor=actor.id if actor else None,
                subject=certificate.person_id,
                audience=certificate.person.region_id,
                proof=Entry.Proof.HUB,
            )
    return Certificate.objects.get(pk=id)
