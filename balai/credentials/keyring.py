"""The public keys of an issuer, as a verifier holds them: from the register, or from a file made by it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

import msgspec

from . import multibase
from .statement import key_id

FORMAT = "balai keys 1"


class BadKeyFile(ValueError):
    """Not a file of public keys."""


@dataclass(frozen=True)
class PublicKey:
    """One key. ``revoked_from``: nothing that is dated on this day or later can be trusted to this key."""

    public: bytes
    published_on: date
    revoked_from: date | None = None

    @property
    def id(self) -> str:
        """Eight hexadecimal digits."""
        return key_id(self.public)

    @property
    def multibase(self) -> str:
        """The key as W3C documents write it ("z6Mk…")."""
        return multibase.public_key(self.public)


class _WrittenKey(msgspec.Struct, frozen=True):
    id: str
    public: str
    published_on: date
    revoked_from: date | None = None


class _Written(msgspec.Struct, frozen=True):
    format: str
    issuer: str
    made_at: datetime
    keys: tuple[_WrittenKey, ...]


class KeyRing:
    """Public keys by their id, and who they belong to."""

    def __init__(self, issuer: str, keys: Iterable[PublicKey]) -> None:
        self.issuer = issuer
        self._keys = {key.id: key for key in keys}

    def __iter__(self) -> Iterator[PublicKey]:
        return iter(self._keys.values())

    def get(self, id: str) -> PublicKey | None:
        """The key with this id."""
        return self._keys.get(id)

    def write(self, made_at: datetime) -> bytes:
        """The ring as a JSON file, for checking without a network."""
        keys = tuple(_WrittenKey(key.id, key.multibase, key.published_on, key.revoked_from) for key in self)
        return msgspec.json.format(msgspec.json.encode(_Written(FORMAT, self.issuer, made_at, keys)))

    @classmethod
    def read(cls, content: bytes) -> "KeyRing":
        """The ring of a file that ``write`` made. Raises ``BadKeyFile``."""
        try:
            written = msgspec.json.decode(content, type=_Written)
            keys = [
                PublicKey(multibase.raw_public_key(key.public), key.published_on, key.revoked_from)
                for key in written.keys
            ]
        except (msgspec.MsgspecError, ValueError) as error:
            raise BadKeyFile from error
        if written.format != FORMAT or [key.id for key in keys] != [key.id for key in written.keys]:
            raise BadKeyFile
        return cls(written.issuer, keys)
