"""What this server knows of keys, certificates and revocations, as a verifier asks for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from balai.common import clock

from .checking import Verifier
from .keyring import KeyRing, PublicKey
from .models import Certificate, CertificateReplacement, CertificateRevocation, IssuerKey, Letterhead
from .revocations import RevocationList, Successor
from .statement import Statement


@dataclass(frozen=True)
class LiveRevocations:
    """The register itself, asked number by number: as of now."""

    as_of: datetime

    def revoked_on(self, number: str) -> date | None:
        """The day on which the certificate ``number`` was revoked."""
        found = CertificateRevocation.objects.filter(certificate__number=number).order_by("revoked_on")
        return found.values_list("revoked_on", flat=True).first()

    def successor(self, number: str) -> Successor | None:
        """What took the place of the certificate ``number``."""
        rows = CertificateReplacement.objects.filter(certificate__number=number).order_by("replaced_on", "pk")
        found = rows.values_list("replaced_on", "by__number").first()
        return Successor(*found) if found else None


def verifier() -> Verifier:
    """A verifier that relies on this server's register."""
    return Verifier(keyring(), LiveRevocations(clock.wall()), registered)


def keyring() -> KeyRing:
    """All public keys of the issuer, retired and revoked ones too. Three queries."""
    rows = IssuerKey.objects.order_by("published_at", "pk").prefetch_related("revocations")
    return KeyRing(Letterhead.current().organisation, [_public(row) for row in rows])


def registered(said: Statement) -> bool:
    """Whether a certificate with exactly this content was issued."""
    return any(row.statement == said for row in Certificate.objects.filter(number=said.number))


def revocation_list() -> RevocationList:
    """The whole list, as of now."""
    rows = CertificateRevocation.objects.order_by("-revoked_on").values_list("certificate__number", "revoked_on")
    replaced = CertificateReplacement.objects.order_by("-replaced_on", "-pk")
    known = replaced.values_list("certificate__number", "replaced_on", "by__number")
    return RevocationList(clock.wall(), dict(rows), {number: Successor(since, by) for number, since, by in known})


def _public(row: IssuerKey) -> PublicKey:
    return PublicKey(row.raw, timezone.localdate(row.published_at), _earliest(row.revocations.all()))


def _earliest(revocations: Iterable) -> date | None:  # type: ignore[type-arg]
    return min((row.revoked_from for row in revocations), default=None)
