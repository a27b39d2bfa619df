"""The issuer's keys: made, rotated, revoked, kept. What their keeper does with them is in docs/key-ceremony.md.

The private half is a file in ``BALAI_DATA/keys/issuer`` that only the hub's own user may read; the public half
is an entry. The newest key that is not revoked signs.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.db import transaction

from balai.common import clock, secretfile
from balai.common.problems import Refusal
from balai.log.models import Entry
from balai.log.record import record

from . import multibase, problems, statement
from .entries import KeyPublished, KeyRevoked
from .models import IssuerKey, IssuerKeyRevocation

#: A passphrase shorter than this is refused: whoever has the file may guess for years.
SHORTEST_PASSPHRASE = 20
FORMAT = "balai issuer keys 1"


@dataclass(frozen=True)
class SigningKey:
    """A key whose private half is here."""

    id: str
    published_at: datetime
    private: Ed25519PrivateKey

    @property
    def public(self) -> bytes:
        """The raw public key, 32 bytes."""
        return _raw(self.private)

    def sign(self, message: bytes) -> bytes:
        """The Ed25519 signature, 64 bytes."""
        return self.private.sign(message)


@dataclass(frozen=True)
class KeyState:
    """A line of ``listing``. ``state``: active, retired or revoked; ``here``: its private half is on this machine."""

    id: str
    public: str
    published_at: datetime
    state: str
    revoked_from: date | None
    here: bool


class _Kept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    private: str
    published_at: datetime


class _Backup(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: str
    made_at: datetime
    keys: tuple[_Kept, ...]


def current() -> SigningKey:
    """The key that signs. Raises ``Refusal`` when there is none."""
    for row in _unrevoked():
        if _path(row.key_id).exists():
            return SigningKey(row.key_id, row.published_at, _load(_path(row.key_id)))
    raise Refusal(problems.NO_KEY)


def ensure() -> str:
    """The id of the key that signs; made when there is none (a demo has no ceremony)."""
    try:
        return current().id
    except Refusal:
        return rotate()


def rotate() -> str:
    """Make a new key, publish it and let it sign from now on; older private halves are deleted here.

    Returns its short id. Certificates of older keys stay valid. The first rotation is the creation.
    """
    private = Ed25519PrivateKey.generate()
    id = _keep(private)
    _publish(private, clock.now())
    for row in IssuerKey.objects.exclude(key_id=id):
        _path(row.key_id).unlink(missing_ok=True)
    return id


def revoke(key: str, revoked_from: date, reason: str) -> None:
    """Trust the key called ``key`` no more: since ``revoked_from`` somebody else may have had it.

    Its private half is deleted here; another key must be made before certificates are issued again. Raises
    ``Refusal``.
    """
    row = IssuerKey.objects.filter(key_id=key).first()
    if row is None:
        raise Refusal(problems.UNKNOWN_KEY, key=key)
    if row.revocations.exists():
        raise Refusal(problems.KEY_REVOKED_ALREADY, key=key)
    payload = KeyRevoked(key=row.id, revoked_from=revoked_from, reason=reason)
    record("issuer_key.revoked", payload, proof=Entry.Proof.HUB)
    _path(key).unlink(missing_ok=True)


def listing() -> list[KeyState]:
    """All keys, the newest first."""
    revocations = IssuerKeyRevocation.objects.order_by("-revoked_from")
    revoked: dict[UUID, date] = {row.key_id: row.revoked_from for row in revocations}
    rows = list(IssuerKey.objects.order_by("-published_at", "-pk"))
    signing = next((row.key_id for row in rows if row.pk not in revoked and _path(row.key_id).exists()), None)
    return [
        KeyState(
            id=row.key_id,
            public=row.public,
            published_at=row.published_at,
            state="revoked" if row.pk in revoked else "active" if row.key_id == signing else "retired",
            revoked_from=revoked.get(row.pk),
            here=_path(row.key_id).exists(),
        )
        for row in rows
    ]


def backup(passphrase: str) -> bytes:
    """The private halves that are here, sealed with ``passphrase`` (an age file). Raises ``Refusal``."""
    import pyrage  # only here and in restore

    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise Refusal(problems.WEAK_PASSPHRASE, length=len(passphrase), least=SHORTEST_PASSPHRASE)
    rows = [row for row in IssuerKey.objects.order_by("published_at") if _path(row.key_id).exists()]
    if not rows:
        raise Refusal(problems.NO_KEY)
    kept = tuple(_Kept(_path(row.key_id).read_text(), row.published_at) for row in rows)
    plain = msgspec.json.encode(_Backup(FORMAT, clock.wall(), kept))
    sealed: bytes = pyrage.passphrase.encrypt(plain, passphrase)
    return sealed


def restore(content: bytes, passphrase: str) -> list[str]:
    """Bring back the keys of a backup. Returns their ids; what is here already stays. Raises ``Refusal``."""
    import pyrage  # only here and in backup

    from balai.common.passphrases import unsealed  # which brings it along

    try:
        kept = msgspec.json.decode(unsealed(content, passphrase), type=_Backup).keys
    except (pyrage.DecryptError, msgspec.MsgspecError) as error:
        raise Refusal(problems.WRONG_PASSPHRASE) from error
    return [_restore(key) for key in kept]


def _restore(kept: _Kept) -> str:
    private = load_pem_private_key(kept.private.encode(), None)
    assert isinstance(private, Ed25519PrivateKey)  # noqa: S101  (we wrote the file)
    id = statement.key_id(_raw(private))
    if not IssuerKeyRevocation.objects.filter(key__key_id=id).exists():
        _keep(private)
    _publish(private, kept.published_at)
    return id


@transaction.atomic
def _publish(private: Ed25519PrivateKey, moment: datetime) -> None:
    public = _raw(private)
    row = IssuerKey.row_id(statement.key_id(public))
    payload = KeyPublished(public=multibase.public_key(public))
    record("issuer_key.published", payload, id=row, made_at=moment, proof=Entry.Proof.HUB)


def _unrevoked() -> list[IssuerKey]:
    return list(IssuerKey.objects.filter(revocations=None).order_by("-published_at", "-pk"))


def _keep(private: Ed25519PrivateKey) -> str:
    id = statement.key_id(_raw(private))
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    secretfile.write_new(_path(id), pem)
    return id


def _path(key: str) -> Path:
    return Path(settings.BALAI_DATA) / "keys" / "issuer" / f"{key}.pem"


@lru_cache(maxsize=8)
def _load(path: Path) -> Ed25519PrivateKey:
    private = load_pem_private_key(path.read_bytes(), None)
    assert isinstance(private, Ed25519PrivateKey)  # noqa: S101  (we wrote the file)
    return private


def _raw(private: Ed25519PrivateKey) -> bytes:
    return private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
