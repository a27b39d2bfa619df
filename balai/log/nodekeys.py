"""The keys of the node that this program is: one to sign (Ed25519), one to open what is sealed to it (P-256)."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings

from balai.common import sealing, secretfile
from balai.common.ids import uuid7


@dataclass(frozen=True)
class Node:
    """This machine: its id, what it signs with and what it opens seals with."""

    id: UUID
    signing: Ed25519PrivateKey
    sealing: ec.EllipticCurvePrivateKey
    secret: bytes

    @property
    def public(self) -> bytes:
        """The raw Ed25519 public key, 32 bytes."""
        return self.signing.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @property
    def sealing_public(self) -> bytes:
        """The public point to seal to, 65 bytes."""
        return sealing.public_bytes(self.sealing.public_key())

    def sign(self, message: bytes) -> bytes:
        return self.signing.sign(message)

    def unseal(self, sealed: bytes, context: bytes) -> bytes:
        """What was sealed to this node. Raises ``sealing.SealBroken``."""
        return sealing.unseal(self.sealing, sealed, context)


def verifies(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether ``signature`` is Ed25519 over ``message`` by the raw key ``public``."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def this_node() -> Node:
    """The node of the current data folder; its keys are made on first use."""
    return _load(Path(settings.BALAI_DATA) / "keys")


@lru_cache(maxsize=4)
def _load(folder: Path) -> Node:
    return Node(
        id=UUID(_read_or_make(folder / "node.id", lambda: str(uuid7()).encode()).decode().strip()),
        signing=_private(folder / "node.signing.pem", Ed25519PrivateKey.generate),
        sealing=_private(folder / "node.sealing.pem", lambda: ec.generate_private_key(ec.SECP256R1())),
        secret=_read_or_make(folder / "node.secret", lambda: os.urandom(32)),
    )


def _private(path: Path, generate: Callable[[], Any]) -> Any:
    def pem() -> bytes:
        text: bytes = generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return text

    return load_pem_private_key(_read_or_make(path, pem), None)


def _read_or_make(path: Path, make: Callable[[], bytes]) -> bytes:
    if not path.exists():
        secretfile.write_new(path, make())
    return path.read_bytes()
