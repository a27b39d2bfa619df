"""Sealing bytes to one receiver, with what every phone's WebCrypto has too.

ECDH on P-256 with a fresh sender key, HKDF-SHA256, AES-256-GCM. A sealed text is
``sender's point (65 bytes, uncompressed) + nonce (12) + ciphertext and tag``.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

_CURVE = ec.SECP256R1()
_POINT = 65
_NONCE = 12


class SealBroken(ValueError):
    """The bytes were not sealed to this key and context, or were altered."""


def public_bytes(key: ec.EllipticCurvePublicKey) -> bytes:
    """The uncompressed point, 65 bytes: how a public sealing key is written."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def seal(receiver: bytes, plain: bytes, context: bytes) -> bytes:
    """``plain`` sealed to ``receiver`` (65 bytes); opening it needs the same ``context``."""
    sender = ec.generate_private_key(_CURVE)
    shared = sender.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, receiver))
    point, nonce = public_bytes(sender.public_key()), os.urandom(_NONCE)
    return point + nonce + AESGCM(_derive(shared, point, receiver)).encrypt(nonce, plain, context)


def unseal(receiver: ec.EllipticCurvePrivateKey, sealed: bytes, context: bytes) -> bytes:
    """The plain bytes. Raises ``SealBroken``."""
    try:
        sender = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, sealed[:_POINT])
        key = _derive(receiver.exchange(ec.ECDH(), sender), sealed[:_POINT], public_bytes(receiver.public_key()))
        return AESGCM(key).decrypt(sealed[_POINT : _POINT + _NONCE], sealed[_POINT + _NONCE :], context)
    except (InvalidTag, ValueError) as error:
        raise SealBroken from error


def _derive(shared: bytes, sender: bytes, receiver: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=sender + receiver, info=b"balai sealed 1").derive(shared)
