"""When a certificate that ends can be renewed: its test may then be taken anew."""

from datetime import datetime, time, timedelta
from uuid import UUID

from balai.assessments import renewals
from balai.common import clock, formats
from balai.courses.models import CourseVersion
from balai.people.models import Person

from .models import Certificate

#: So long before its last day, or for the last half of a shorter life.
EARLY = timedelta(days=180)


def opens(certificate: Certificate) -> datetime | None:
    """From when on passing the test renews it; ``None`` for one that has no end, or was revoked."""
    if certificate.expires_on is None or certificate.revocation:
        return None
    life = certificate.expires_on - certificate.issued_on
    first = certificate.expires_on - min(EARLY, life / 2)
    return datetime.combine(first, time(), formats.zone_of(""))


def since(person: UUID, course: UUID, test: UUID) -> datetime | None:
    """Since when attempts at ``test`` count anew for the certificates of ``person``, if they do by now."""
    holder = Person.objects.get(pk=person)
    held = Certificate.latest(Certificate.objects.of(holder).filter(course=course).with_ends())
    asking = _asking({certificate.version for certificate in held}, test)
    moments = [opens(certificate) for certificate in held if (certificate.version, certificate.kind) in asking]
    return max((moment for moment in moments if moment and moment <= clock.wall()), default=None)


def _asking(versions: set[UUID], test: UUID) -> set[tuple[UUID, str]]:
    """The certificates for which ``test`` must be passed, as version and kind."""
    rules = CourseVersion.objects.filter(pk__in=versions).values_list("pk", "certificates")
    return {(pk, rule["kind"]) for pk, found in rules for rule in found if rule["test"] == str(test)}


renewals.ASKED.append(since)
