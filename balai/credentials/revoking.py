"""Ending a certificate: a mistake, a fraud, a wrong name."""

from balai.common.ids import derived
from balai.common.problems import Refusal
from balai.log.models import Entry
from balai.log.record import record
from balai.people.models import Person

from . import day, problems
from .entries import CertificateRevoked
from .models import Certificate


def revoke(certificate: Certificate, reason: str, actor: Person | None) -> None:
    """Revoke ``certificate`` from today on, once. Raises ``Refusal``."""
    if certificate.revocation:
        raise Refusal(problems.ALREADY_REVOKED)
    record(
        "certificate.revoked",
        CertificateRevoked(certificate=certificate.id, reason=reason, revoked_on=day.today()),
        id=derived(certificate.id, "revoked"),
        actor=actor.id if actor else None,
        subject=certificate.person_id,
        audience=certificate.person.region_id,
        proof=Entry.Proof.HUB,
    )
