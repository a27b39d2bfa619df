"""The certificate as an Open Badges 3.0 AchievementCredential, made and read in one strict shape.

What is signed is the RDF that the JSON stands for, while a reader sees the JSON. Because ``read`` takes no
member, type or context but those that ``build`` writes, both always say the same, and canonicalising an
uploaded file costs no more than our own.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

import msgspec

from . import dataintegrity, statement
from .certificate_kinds import ACHIEVEMENT_TYPES, NAMES, AchievementType, Kind
from .statement import Statement

#: A larger text is not read; ours have some 3 KB.
LARGEST = 32_000
DEMO = "CONTOH · "

_KINDS = {term: kind for kind, term in ACHIEVEMENT_TYPES.items()}
_MIDNIGHT = "T00:00:00+07:00"
_LAST_SECOND = "T23:59:59+07:00"


class Unreadable(ValueError):
    """The text is not a credential that Balai made."""


class Shape(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel", omit_defaults=True):
    """A part of the credential."""


class Issuer(Shape, frozen=True):
    id: str
    type: tuple[Literal["Profile"]]
    name: str
    url: str


class Identity(Shape, frozen=True):
    type: Literal["IdentityObject"]
    hashed: bool
    identity_hash: str
    identity_type: Literal["name", "systemId"]
    salt: str | None = None


class Criteria(Shape, frozen=True):
    narrative: str


class ResultDescription(Shape, frozen=True):
    id: str
    type: tuple[Literal["ResultDescription"]]
    name: str
    result_type: Literal["Percent"]
    value_min: str
    value_max: str


class Achievement(Shape, frozen=True):
    id: str
    type: tuple[Literal["Achievement"]]
    achievement_type: AchievementType
    name: str
    description: str
    criteria: Criteria
    result_description: tuple[ResultDescription] | None = None


class Result(Shape, frozen=True):
    type: tuple[Literal["Result"]]
    result_description: str
    value: str


class Subject(Shape, frozen=True):
    type: tuple[Literal["AchievementSubject"]]
    identifier: tuple[Identity, Identity]
    license_number: str
    role: str
    activity_start_date: date
    activity_end_date: date
    credits_earned: int
    achievement: Achievement
    result: tuple[Result] | None = None


class Status(Shape, frozen=True):
    id: str
    type: Literal["BitstringStatusListEntry"]
    status_purpose: Literal["revocation"]
    status_list_index: str
    status_list_credential: str


class Proof(Shape, frozen=True):
    type: Literal["DataIntegrityProof"]
    cryptosuite: Literal["eddsa-rdfc-2022"]
    created: str
    verification_method: str
    proof_purpose: Literal["assertionMethod"]
    proof_value: str


class Credential(Shape, frozen=True):
    context: tuple[str, str] = msgspec.field(name="@context")
    id: str
    type: tuple[Literal["VerifiableCredential"], Literal["OpenBadgeCredential"]]
    name: str
    issuer: Issuer
    valid_from: str
    credential_subject: Subject
    credential_status: Status
    valid_until: str | None = None
    proof: Proof | None = None


@dataclass(frozen=True)
class Facts:
    """What a credential is made of besides its statement.

    ``site`` is the address of the hub without a slash at its end; ``status`` the certificate's place in the
    lists of revocations.
    """

    certificate: UUID
    person: UUID
    course: UUID
    issuer: str
    did: str
    site: str
    status: int
    status_list: str


@dataclass(frozen=True)
class Read:
    """A credential as it was read, its signature not yet checked."""

    statement: Statement
    key_id: str
    document: dict[str, Any]

    def fits(self, public: bytes) -> bool:
        """Whether the raw Ed25519 key ``public`` made the proof over exactly this."""
        return dataintegrity.proof_fits(self.document, public)


def build(said: Statement, facts: Facts) -> dict[str, Any]:
    """The unsigned credential for ``said``."""
    kind = Kind(said.kind)
    heading = f"{DEMO if said.demo else ''}{NAMES[kind]} {said.course}"
    credential = Credential(
        context=(dataintegrity.CREDENTIALS, dataintegrity.OPEN_BADGES),
        id=f"urn:uuid:{facts.certificate}",
        type=("VerifiableCredential", "OpenBadgeCredential"),
        name=heading,
        issuer=Issuer(facts.did, ("Profile",), facts.issuer, facts.site),
        valid_from=f"{said.issued_on}{_MIDNIGHT}",
        credential_subject=_subject(said, facts, kind),
        credential_status=Status(
            id=f"{facts.status_list}#{facts.status}",
            type="BitstringStatusListEntry",
            status_purpose="revocation",
            status_list_index=str(facts.status),
            status_list_credential=facts.status_list,
        ),
        valid_until=f"{said.expires_on}{_LAST_SECOND}" if said.expires_on else None,
    )
    built: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(credential))
    return built


def read(content: bytes) -> Read:
    """The credential in a JSON text. Raises ``Unreadable`` for anything that ``build`` would not write."""
    if len(content) > LARGEST:
        raise Unreadable
    try:
        credential = msgspec.json.decode(content, type=Credential)
        if credential.proof is None or credential.context != (dataintegrity.CREDENTIALS, dataintegrity.OPEN_BADGES):
            raise Unreadable
        said = _said(credential)
    except (msgspec.MsgspecError, ValueError) as error:
        raise Unreadable from error
    key = credential.proof.verification_method.rpartition("#")[2]
    return Read(said, key, msgspec.json.decode(content))


def _subject(said: Statement, facts: Facts, kind: Kind) -> Subject:
    scored = said.score >= 0
    scale = f"urn:uuid:{facts.course}#nilai"
    return Subject(
        type=("AchievementSubject",),
        identifier=(
            Identity("IdentityObject", False, said.name, "name"),
            _hashed(str(facts.person), str(facts.certificate)),
        ),
        license_number=said.number,
        role=said.place,
        activity_start_date=said.started_on,
        activity_end_date=said.finished_on,
        credits_earned=said.hours,
        achievement=Achievement(
            id=f"urn:uuid:{facts.course}",
            type=("Achievement",),
            achievement_type=ACHIEVEMENT_TYPES[kind],
            name=said.course,
            description=f"{NAMES[kind]}, {said.hours} JP (1 JP = 45 menit)",
            criteria=Criteria(_CRITERIA[kind]),
            result_description=(_scale(scale),) if scored else None,
        ),
        result=(Result(("Result",), scale, percent(said.score)),) if scored else None,
    )


_CRITERIA = {
    Kind.TRAINING: "Menyelesaikan materi yang diwajibkan dan lulus tes pelatihan.",
    Kind.COMPETENCY: "Membuktikan kompetensi lewat tes sertifikasi.",
}


def _hashed(identity: str, salt: str) -> Identity:
    """An identity that only who knows it can recognise (Open Badges 3.0, ``IdentityHash``)."""
    digest = hashlib.sha256((identity + salt).encode()).hexdigest()
    return Identity("IdentityObject", True, f"sha256${digest}", "systemId", salt)


def _scale(id: str) -> ResultDescription:
    return ResultDescription(id, ("ResultDescription",), "Nilai tes", "Percent", "0", "100")


def percent(score: int) -> str:
    """A score in per mille as percent: ``860`` is "86", ``865`` is "86.5"."""
    whole, tenth = divmod(score, 10)
    return f"{whole}.{tenth}" if tenth else str(whole)


def _score(value: str) -> int:
    whole, _point, tenth = value.partition(".")
    return int(whole) * 10 + int(tenth or 0)


def _last_day(written: str | None) -> int:
    return statement.to_day(date.fromisoformat(written.removesuffix(_LAST_SECOND))) if written else 0


def _said(credential: Credential) -> Statement:
    subject = credential.credential_subject
    return Statement(
        number=subject.license_number,
        name=subject.identifier[0].identity_hash,
        place=subject.role,
        course=subject.achievement.name,
        kind=_KINDS[subject.achievement.achievement_type],
        hours=subject.credits_earned,
        started=statement.to_day(subject.activity_start_date),
        finished=statement.to_day(subject.activity_end_date),
        issued=statement.to_day(date.fromisoformat(credential.valid_from.removesuffix(_MIDNIGHT))),
        score=_score(subject.result[0].value) if subject.result else -1,
        demo=credential.name.startswith(DEMO),
        expires=_last_day(credential.valid_until),
    )
