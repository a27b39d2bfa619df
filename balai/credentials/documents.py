"""What is handed out: the paper and the credential of a certificate, and the lists for whoever checks them.

All are made when they are asked for, with the key that signs today: keeping four million files is not needed
to print one again.
"""

from typing import Any

import msgspec
from django.conf import settings

from balai.common import clock

from . import dataintegrity, didweb, keys, openbadge, paper, qr, register, statuslist, structure
from .models import Certificate, CertificateReplacement, CertificateRevocation


def credential(certificate: Certificate) -> bytes:
    """The signed Open Badges credential (JSON, some 2 KB). Raises ``Refusal`` without a key."""
    site: str = settings.BALAI_URL
    facts = openbadge.Facts(
        certificate=certificate.id,
        person=certificate.person_id,
        course=certificate.course,
        issuer=certificate.organisation,
        did=didweb.did(site),
        site=site,
        status=statuslist.index(certificate.status),
        status_list=statuslist.address(site, certificate.status),
    )
    key = keys.current()
    made_at = max(certificate.issued_at, key.published_at)
    return _signed(openbadge.build(certificate.statement, facts), key, dataintegrity.timestamp(made_at))


def pdf(certificate: Certificate) -> bytes:
    """The paper, with the credential inside. Raises ``Refusal`` without a key."""
    return paper.render(sheet(certificate, structure.of(certificate.version)))


def sheet(certificate: Certificate, back: structure.Structure) -> paper.Sheet:
    """What is printed, with ``back`` on its back. Raises ``Refusal`` without a key."""
    return paper.Sheet(
        statement=certificate.statement,
        signed=certificate.signed,
        organisation=certificate.organisation,
        signer=certificate.signer,
        signer_title=certificate.signer_title,
        city=certificate.city,
        second_signer=certificate.second_signer,
        second_signer_title=certificate.second_signer_title,
        wording=certificate.wording,
        replaces=certificate.replaces_number,
        structure=back,
        site=settings.BALAI_URL,
        credential=credential(certificate).decode(),
        made_at=certificate.issued_at,
    )


def link(certificate: Certificate) -> str:
    """The link in the QR."""
    return qr.link(settings.BALAI_URL, certificate.signed)


def key_file() -> bytes:
    """``kunci.json``: all public keys."""
    return register.keyring().write(clock.wall())


def did_document() -> bytes:
    """``/.well-known/did.json``."""
    return msgspec.json.encode(didweb.document(settings.BALAI_URL, register.keyring()))


def revocation_file() -> bytes:
    """``pencabutan.json``: the list of revoked numbers, signed. Raises ``Refusal`` without a key."""
    key = keys.current()
    return register.revocation_list().write(key.id, key.sign)


def status_list(number: int) -> bytes | None:
    """The signed status list ``number``; ``None`` when no certificate is in it. Raises ``Refusal`` without a key."""
    first = number * statuslist.SIZE
    places = range(first, first + statuslist.SIZE)
    if not Certificate.objects.filter(status__gte=first, status__lt=places.stop).exists():
        return None
    ended = [
        rows.objects.filter(certificate__status__gte=first, certificate__status__lt=places.stop)
        for rows in (CertificateRevocation, CertificateReplacement)
    ]
    revoked = {place for rows in ended for place in rows.values_list("certificate__status", flat=True)}
    moment, site = clock.wall(), settings.BALAI_URL
    unsigned = statuslist.build(site, didweb.did(site), number, revoked, moment)
    return _signed(unsigned, keys.current(), dataintegrity.timestamp(moment))


def _signed(unsigned: dict[str, Any], key: keys.SigningKey, created: str) -> bytes:
    method = didweb.method(settings.BALAI_URL, key.id)
    return msgspec.json.encode(dataintegrity.add_proof(unsigned, method, created, key.sign))
