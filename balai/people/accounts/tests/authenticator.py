"""A phone's passkeys in software: makes one, and answers with it, as a browser would (WebAuthn level 3)."""

import hashlib
import json
import os
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor

PRESENT, VERIFIED, HOLDS_KEY = 0x01, 0x04, 0x40


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass
class Phone:
    """One passkey of one site. ``flags`` tells whether the owner's finger or PIN was asked for."""

    site: str = "localhost"
    id: bytes = field(default_factory=lambda: os.urandom(16))
    flags: int = PRESENT | VERIFIED
    owner: str = ""

    def __post_init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())

    def make(self, options: dict[str, Any]) -> str:
        """A new passkey, as JSON for the form."""
        asked = options["publicKey"]
        self.owner = asked["user"]["id"]
        point = self._key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        held = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + cbor.encode(public)
        attestation = {"fmt": "none", "attStmt": {}, "authData": self._state(self.flags | HOLDS_KEY) + held}
        said = self._said("webauthn.create", asked["challenge"])
        return self._answer({"clientDataJSON": _text(said), "attestationObject": _text(cbor.encode(attestation))})

    def use(self, options: dict[str, Any]) -> str:
        """The passkey shown, as JSON for the form."""
        said = self._said("webauthn.get", options["publicKey"]["challenge"])
        state = self._state(self.flags)
        signature = self._key.sign(state + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        response = {"clientDataJSON": said, "authenticatorData": state, "signature": signature}
        return self._answer({**{name: _text(data) for name, data in response.items()}, "userHandle": self.owner})

    def _state(self, flags: int) -> bytes:
        return hashlib.sha256(self.site.encode()).digest() + bytes([flags]) + bytes(4)

    def _said(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": f"https://{self.site}"}).encode()

    def _answer(self, response: dict[str, str]) -> str:
        id = _text(self.id)
        extensions: dict[str, Any] = {}
        return json.dumps(
            {"id": id, "rawId": id, "type": "public-key", "clientExtensionResults": extensions, "response": response}
        )
