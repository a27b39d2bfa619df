"""The issuer as a did:web: its name, and the document that says which keys speak for it."""

from typing import Any
from urllib.parse import quote, urlsplit

from .keyring import KeyRing


def did(site: str) -> str:
    """``did:web:balai.example`` for the hub's address; a port becomes ``%3A8000`` (did:web §3.1)."""
    return f"did:web:{quote(urlsplit(site).netloc, safe='.')}"


def method(site: str, key_id: str) -> str:
    """The URL of one key of the issuer."""
    return f"{did(site)}#{key_id}"


def document(site: str, keys: KeyRing) -> dict[str, Any]:
    """What stands at ``/.well-known/did.json``. Retired keys still assert; revoked ones are only named."""
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did(site),
        "verificationMethod": [
            {
                "id": method(site, key.id),
                "type": "Multikey",
                "controller": did(site),
                "publicKeyMultibase": key.multibase,
                **({"revoked": f"{key.revoked_from}T00:00:00Z"} if key.revoked_from else {}),
            }
            for key in keys
        ],
        "assertionMethod": [method(site, key.id) for key in keys if not key.revoked_from],
    }
