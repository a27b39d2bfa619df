"""Data Integrity proofs with the cryptosuite eddsa-rdfc-2022 (W3C Recommendation vc-di-eddsa, §3.2).

Contexts are never fetched: a document that names another one than those of this package is refused.
"""

import hashlib
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from balai.log.nodekeys import verifies

from . import multibase

SUITE = "eddsa-rdfc-2022"
CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"

_FOLDER = Path(__file__).parent / "contexts"
_FILES = {CREDENTIALS: "credentials-v2.json", OPEN_BADGES: "open-badges-3.0.3.json"}
_documents: dict[str, Any] = {}
#: PyLD keeps resolved contexts in a table that is not made for threads.
_lock = threading.Lock()


class UnknownContext(ValueError):
    """A document names a context that does not come with this package."""


def add_proof(document: Mapping[str, Any], method: str, created: str, sign: Callable[[bytes], bytes]) -> dict[str, Any]:
    """``document`` with a proof by ``method`` (a URL of the key), made at ``created`` (XML dateTime, UTC)."""
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": created,
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    value = multibase.encode(sign(hash_data(document, proof)))
    return {**document, "proof": {**proof, "proofValue": value}}


def proof_fits(document: Mapping[str, Any], public: bytes, contexts: Mapping[str, Any] | None = None) -> bool:
    """Whether the proof in ``document`` was made over it by the raw key ``public``.

    The caller has bounded the document's size and shape: canonicalising a hostile graph may take for ever.
    """
    proof = dict(document["proof"])
    try:
        signature = multibase.decode(proof.pop("proofValue"))
    except ValueError:
        return False
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    suited = proof.get("cryptosuite") == SUITE and proof.get("type") == "DataIntegrityProof"
    return suited and verifies(public, signature, hash_data(unsigned, proof, contexts))


def hash_data(
    document: Mapping[str, Any], proof: Mapping[str, Any], contexts: Mapping[str, Any] | None = None
) -> bytes:
    """The 64 bytes that are signed: the hash of the proof's options, then that of the document (§3.2.4).

    ``contexts`` adds documents by their address to those of this package.
    """
    options = {"@context": document["@context"], **proof}
    return _hash(options, contexts) + _hash(document, contexts)


def timestamp(moment: datetime) -> str:
    """An aware datetime as credentials write it: ``2026-11-21T05:00:00Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _hash(document: Mapping[str, Any], contexts: Mapping[str, Any] | None) -> bytes:
    from pyld import jsonld  # 20 MB and a third of a second, only where credentials are made or checked

    known = dict(contexts or {})

    def load(address: str, options: Any) -> dict[str, Any]:
        if address in known:
            return {"contextUrl": None, "documentUrl": address, "document": known[address]}
        # "static" lets PyLD keep the terms that it made of our own contexts, which never change.
        return {"contextUrl": None, "documentUrl": address, "document": _context(address), "tag": "static"}

    options = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}
    with _lock:
        quads: str = jsonld.normalize(dict(document), options)
    return hashlib.sha256(quads.encode()).digest()


def _context(address: str) -> Any:
    if address not in _FILES:
        raise UnknownContext(address)
    if address not in _documents:
        _documents[address] = msgspec.json.decode((_FOLDER / _FILES[address]).read_bytes())
    return _documents[address]
