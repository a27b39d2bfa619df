"""The kinds of this room: issuer keys are published and revoked, certificates issued and revoked."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec

from balai.log import handlers, kinds
from balai.log.models import Entry

from . import rules
from .models import (
    ArchivedCertificate,
    ArchiveWithdrawal,
    Certificate,
    CertificateReplacement,
    CertificateRevocation,
    CertificateScan,
    IssuerKey,
    IssuerKeyRevocation,
)
from .statement import key_id


class Shape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A payload: nothing but what is named."""


class KeyPublished(Shape, frozen=True):
    """``public``: the Ed25519 key as Multikey. The entry's id is ``IssuerKey.row_id`` of its short id."""

    public: str


class KeyRevoked(Shape, frozen=True):
    """``revoked_from``: the day from which somebody else may have had the key."""

    key: UUID
    revoked_from: date
    reason: str


class CertificateIssued(Shape, frozen=True):
    """Everything that is printed, and the signed statement. The person is the subject.

    ``hours`` in JP; ``score`` in per mille; ``key_id`` names the key that signed. ``expires_on``: the last day;
    ``replaces``: the certificate that this one renews or corrects.
    """

    course: UUID
    version: UUID
    kind: Literal["pelatihan", "kompetensi"]
    number: str
    name: str
    place: str
    title: str
    hours: int
    started_on: date
    finished_on: date
    issued_on: date
    score: Annotated[int, msgspec.Meta(ge=0, le=1000)] | None
    organisation: str
    signer: str
    signer_title: str
    city: str
    demo: bool
    key_id: str
    signed: str
    status: int
    expires_on: date | None = None
    replaces: UUID | None = None
    replaces_number: str = ""
    wording: str = ""
    second_signer: str = ""
    second_signer_title: str = ""


class CertificateReplaced(Shape, frozen=True):
    """``by`` says right what ``certificate`` said wrong; ``replaced_on`` is told to whoever checks the old paper."""

    certificate: UUID
    by: UUID
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
    replaced_on: date


class CertificateScanned(Shape, frozen=True):
    """The office's own PDF for ``certificate``: its bytes are in the file store under ``sha256``."""

    certificate: UUID
    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
    size: Annotated[int, msgspec.Meta(ge=1, le=5_000_000)]


class CertificateArchived(Shape, frozen=True):
    """What an archive says of the subject: a certificate that Balai did not issue. ``hours`` in JP."""

    number: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
    hours: Annotated[int, msgspec.Meta(ge=0, le=2_000)]
    issued_on: date


class ArchiveWithdrawn(Shape, frozen=True):
    """The archived ``certificate`` of the subject was written down by mistake and counts no more."""

    certificate: UUID


class CertificateRevoked(Shape, frozen=True):
    """``revoked_on``: the day that is told to whoever checks the paper."""

    certificate: UUID
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
    revoked_on: date


def _key(taken: kinds.Taken) -> dict[str, Any]:
    key = IssuerKey(public=taken.payload.public)
    return {"key_id": key_id(key.raw), "public": key.public, "published_at": taken.made_at}


def _key_revocation(taken: kinds.Taken) -> dict[str, Any]:
    payload: KeyRevoked = taken.payload
    return {"key_id": payload.key, "revoked_from": payload.revoked_from, "reason": payload.reason}


def _certificate(taken: kinds.Taken) -> dict[str, Any]:
    payload: CertificateIssued = taken.payload
    return {"person_id": taken.subject, "issued_at": taken.made_at, **msgspec.structs.asdict(payload)}


def _revocation(taken: kinds.Taken) -> dict[str, Any]:
    payload: CertificateRevoked = taken.payload
    return {
        "certificate_id": payload.certificate,
        "reason": payload.reason,
        "revoked_by": taken.actor,
        "revoked_on": payload.revoked_on,
    }


def _replacement(taken: kinds.Taken) -> dict[str, Any]:
    payload: CertificateReplaced = taken.payload
    return {
        "certificate_id": payload.certificate,
        "by_id": payload.by,
        "reason": payload.reason,
        "replaced_by": taken.actor,
        "replaced_on": payload.replaced_on,
    }


def _scan(taken: kinds.Taken) -> dict[str, Any]:
    payload: CertificateScanned = taken.payload
    return {
        "certificate_id": payload.certificate,
        "sha256": payload.sha256,
        "size": payload.size,
        "attached_by": taken.actor,
        "attached_at": taken.made_at,
    }


def _archived(taken: kinds.Taken) -> dict[str, Any]:
    payload: CertificateArchived = taken.payload
    who = {"person_id": taken.subject, "recorded_by": taken.actor, "recorded_at": taken.made_at}
    return who | msgspec.structs.asdict(payload)


def _archive_withdrawal(taken: kinds.Taken) -> dict[str, Any]:
    return {
        "certificate_id": taken.payload.certificate,
        "withdrawn_by": taken.actor,
        "withdrawn_at": taken.made_at,
    }


_HUB = Entry.Proof.HUB
for _kind in (
    kinds.Kind(
        "issuer_key.published", (KeyPublished,), handlers.fact(IssuerKey, _key), kinds.only_hub, _HUB,
        withdraw=handlers.withdraw_rows(IssuerKey),
        aliases=lambda taken: [_key(taken)["key_id"]],
    ),
    kinds.Kind(
        "issuer_key.revoked", (KeyRevoked,), handlers.fact(IssuerKeyRevocation, _key_revocation), kinds.only_hub, _HUB,
        withdraw=handlers.withdraw_rows(IssuerKeyRevocation),
        needs=lambda taken: [("issuer_key.published", taken.payload.key)],
    ),
    kinds.Kind(
        "certificate.issued", (CertificateIssued,), handlers.fact(Certificate, _certificate), kinds.only_hub, _HUB,
        withdraw=handlers.withdraw_rows(Certificate),
        needs=lambda taken: [
            ("person.registered", taken.subject),
            ("course.version_published", taken.payload.version),
            ("issuer_key.published", IssuerKey.row_id(taken.payload.key_id)),
        ],
    ),
    kinds.Kind(
        "certificate.revoked", (CertificateRevoked,), handlers.fact(CertificateRevocation, _revocation),
        rules.may_revoke, _HUB,
        withdraw=handlers.withdraw_rows(CertificateRevocation),
        needs=lambda taken: [("certificate.issued", taken.payload.certificate)],
    ),
    kinds.Kind(
        "certificate.scanned", (CertificateScanned,), handlers.fact(CertificateScan, _scan), rules.may_revoke, _HUB,
        withdraw=handlers.withdraw_rows(CertificateScan),
        needs=lambda taken: [("certificate.issued", taken.payload.certificate)],
    ),
    kinds.Kind(
        "certificate.archived", (CertificateArchived,), handlers.fact(ArchivedCertificate, _archived),
        rules.may_archive, _HUB,
        withdraw=handlers.withdraw_rows(ArchivedCertificate),
        needs=lambda taken: [("person.registered", taken.subject)],
    ),
    kinds.Kind(
        "certificate.archive_withdrawn", (ArchiveWithdrawn,), handlers.fact(ArchiveWithdrawal, _archive_withdrawal),
        rules.may_archive, _HUB,
        withdraw=handlers.withdraw_rows(ArchiveWithdrawal),
        needs=lambda taken: [("certificate.archived", taken.payload.certificate)],
    ),
    kinds.Kind(
        "certificate.replaced", (CertificateReplaced,), handlers.fact(CertificateReplacement, _replacement),
        rules.may_revoke, _HUB,
        withdraw=handlers.withdraw_rows(CertificateReplacement),
        needs=lambda taken: [
            ("certificate.issued", taken.payload.certificate),
            ("certificate.issued", taken.payload.by),
        ],
    ),
):  # fmt: skip
    kinds.register(_kind)
