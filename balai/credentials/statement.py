"""The compact signed statement in a certificate's QR: all that the paper says, in some 200 bytes.

Bytes::

    1 byte    version: 1 for good, 2 with a last day
    4 bytes   key id: the first bytes of SHA-256 over the raw public key
    n bytes   MessagePack array of the fields of ``Statement``, in their order (version 1: all but the last)
    64 bytes  Ed25519 signature over ``b"balai certificate 1\\0"`` and everything before it

Written as base32 (RFC 4648 §6, upper case, no padding): every sign of it and of the link before it is in the
QR's alphanumeric mode (5.5 bits a sign), survives being typed, pasted into a chat or put in a path.
"""

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated

import msgspec

from balai.log.nodekeys import verifies

VERSION, VERSION_WITH_END = 1, 2
#: How MessagePack begins an array of 11 or 12.
_ARRAYS = {VERSION: 0x9B, VERSION_WITH_END: 0x9C}
#: A text longer than this is not looked at; the longest real statement has some 1,700 signs.
LONGEST = 4000

_DOMAIN = b"balai certificate 1\0"
_DAY_ZERO = date(2020, 1, 1)
_SIGNATURE = 64
_KEY = 4

Day = Annotated[int, msgspec.Meta(ge=0, le=65_535)]


class Unreadable(ValueError):
    """The text is not a statement."""


class Statement(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """What is printed on the paper.

    ``kind``: the certificate's kind in its published spelling; ``hours`` in JP; days count from 1 January 2020;
    ``score`` in per mille, -1 without one; ``demo``: an example, not a certificate; ``expires``: the last day on
    which it is valid, 0 for good.
    """

    number: str
    name: str
    place: str
    course: str
    kind: str
    hours: int
    started: Day
    finished: Day
    issued: Day
    score: Annotated[int, msgspec.Meta(ge=-1, le=1000)]
    demo: bool
    expires: Day = 0

    @property
    def expires_on(self) -> date | None:
        return from_day(self.expires) if self.expires else None

    @property
    def percent(self) -> float:
        """The score as people know it: 86.5."""
        return self.score / 10

    @property
    def started_on(self) -> date:
        return from_day(self.started)

    @property
    def finished_on(self) -> date:
        return from_day(self.finished)

    @property
    def issued_on(self) -> date:
        return from_day(self.issued)


@dataclass(frozen=True)
class Signed:
    """A statement as it was read, its signature not yet checked. ``None``: its fields make no sense."""

    statement: Statement | None
    key_id: str
    message: bytes
    signature: bytes

    def fits(self, public: bytes) -> bool:
        """Whether the raw Ed25519 key ``public`` made the signature over exactly this."""
        return verifies(public, self.signature, self.message)


def to_day(moment: date) -> int:
    """Days since 1 January 2020."""
    return (moment - _DAY_ZERO).days


def from_day(day: int) -> date:
    """The date of a day number."""
    return _DAY_ZERO + timedelta(days=day)


def key_id(public: bytes) -> str:
    """The short name of a raw public key: eight hexadecimal digits."""
    return hashlib.sha256(public).digest()[:_KEY].hex()


def write(statement: Statement, public: bytes, sign: Callable[[bytes], bytes]) -> str:
    """``statement`` signed, as text. ``sign`` belongs to the raw public key ``public``."""
    fields = msgspec.structs.astuple(statement)
    version = VERSION_WITH_END if statement.expires else VERSION
    said = fields if statement.expires else fields[:-1]
    body = bytes([version]) + bytes.fromhex(key_id(public)) + msgspec.msgpack.encode(said)
    return _text(body + sign(_DOMAIN + body))


def read(text: str) -> Signed:
    """The statement in ``text`` (see ``find``). Raises ``Unreadable``."""
    raw = _bytes(text)
    body, signature = raw[:-_SIGNATURE], raw[-_SIGNATURE:]
    if len(body) <= 1 + _KEY or body[0] not in _ARRAYS:
        raise Unreadable
    fields = body[1 + _KEY :]
    said = _statement(fields) if fields[0] == _ARRAYS[body[0]] else None
    return Signed(said, body[1 : 1 + _KEY].hex(), _DOMAIN + body, signature)


def _statement(fields: bytes) -> Statement | None:
    try:
        return msgspec.msgpack.decode(fields, type=Statement)
    except (msgspec.MsgspecError, ValueError):
        return None


def find(text: str) -> str | None:
    """The statement's text in a link, or in what somebody pasted: spaces and line breaks do not matter."""
    packed = re.sub(r"\s+", "", text[:LONGEST]).upper()
    linked = re.search(r"/V/([A-Z2-7]+)", packed)
    if linked:
        return linked[1]
    return packed if re.fullmatch(r"[A-Z2-7]{100,}", packed) else None


def _bytes(text: str) -> bytes:
    try:
        raw = base64.b32decode(text + "=" * (-len(text) % 8))
    except ValueError as error:
        raise Unreadable from error
    # Base32 leaves up to four bits over; they must be zero, or two texts would say the same.
    if _text(raw) != text:
        raise Unreadable
    return raw


def _text(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=")
