"""Multibase base58btc, as public keys and proofs of W3C documents are written ("z…").

Alphabet and leading zeros as in https://datatracker.ietf.org/doc/html/draft-msporny-base58-03.
"""

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUE = {sign: value for value, sign in enumerate(_ALPHABET)}
#: Multicodec prefix of a raw Ed25519 public key.
_ED25519 = b"\xed\x01"


def encode(raw: bytes) -> str:
    """``raw`` as "z" and base58btc."""
    number = int.from_bytes(raw, "big")
    signs = []
    while number:
        number, rest = divmod(number, 58)
        signs.append(_ALPHABET[rest])
    zeros = len(raw) - len(raw.lstrip(b"\0"))
    return "z" + "1" * zeros + "".join(reversed(signs))


def decode(text: str) -> bytes:
    """The bytes of a "z…" text. Raises ``ValueError``."""
    if not text.startswith("z") or not set(text[1:]) <= _VALUE.keys():
        raise ValueError(text)
    number = 0
    for sign in text[1:]:
        number = number * 58 + _VALUE[sign]
    zeros = len(text[1:]) - len(text[1:].lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def public_key(raw: bytes) -> str:
    """A raw Ed25519 public key as a Multikey text."""
    return encode(_ED25519 + raw)


def raw_public_key(text: str) -> bytes:
    """The raw Ed25519 key (32 bytes) of a Multikey text. Raises ``ValueError``."""
    raw = decode(text)
    if not raw.startswith(_ED25519) or len(raw) != 34:
        raise ValueError(text)
    return raw[2:]
