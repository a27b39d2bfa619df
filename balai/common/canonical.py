"""One byte form for a payload, so that every node computes the same hash.

RFC 8785 (JSON Canonicalization Scheme) over a part of JSON in which msgspec's sorted output is
already canonical: objects with ASCII keys, arrays, strings, integers up to 2**53, true, false, null.
Fractions are written as integers of a named unit (per mille, bytes, seconds).
"""

import hashlib
from typing import Any

import msgspec

_encoder = msgspec.json.Encoder(order="sorted")


def encode(value: Any) -> str:
    """``value`` (structs, UUIDs and aware datetimes allowed) as canonical JSON text.

    Raises ``ValueError`` for a number that is not an integer within ±2**53, and for a text with a NUL, which
    PostgreSQL cannot keep.
    """
    text = _encoder.encode(value).decode()
    _check(msgspec.json.decode(text))
    return text


def is_canonical(text: str) -> bool:
    """Whether ``text`` is what ``encode`` writes for its value: one value, one text, one hash."""
    try:
        return encode(msgspec.json.decode(text)) == text
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return False


def digest(text: str) -> bytes:
    """SHA-256 of a canonical text, 32 bytes."""
    return hashlib.sha256(text.encode()).digest()


def _check(value: Any) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            if not key.isascii() or "\0" in key:
                raise ValueError(f"a key must be ASCII: {key!r}")
            _check(inner)
    elif isinstance(value, list):
        for inner in value:
            _check(inner)
    elif isinstance(value, str):
        if "\0" in value:
            raise ValueError("a text with a NUL")
    elif isinstance(value, float) or (isinstance(value, int) and abs(value) > 2**53):
        raise ValueError(f"not an integer that every node can hold: {value!r}")
