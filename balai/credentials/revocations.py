"""The list of revoked certificates, signed, so that it may travel by any way and its age is known."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple, Protocol

import msgspec

from balai.common import canonical
from balai.log.nodekeys import verifies

from .keyring import KeyRing

FORMAT = "balai revocations 1"
_DOMAIN = b"balai revocations 1\0"


class BadRevocationFile(ValueError):
    """Not a list of revocations, or not signed by a key of the ring."""


class Revocations(Protocol):
    """What knows which numbers are revoked, and how old its knowledge is."""

    @property
    def as_of(self) -> datetime: ...

    def revoked_on(self, number: str) -> date | None:
        """The day on which the certificate ``number`` was revoked."""

    def successor(self, number: str) -> "Successor | None":
        """What took the place of the certificate ``number``."""


class Successor(NamedTuple):
    """The certificate that took another's place, and since when."""

    since: date
    number: str


class _Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    format: str
    as_of: datetime
    revoked: tuple[tuple[str, date], ...]
    replaced: tuple[tuple[str, date, str], ...] = ()


class _Written(msgspec.Struct, frozen=True):
    body: _Body
    key: str
    signature: bytes


@dataclass(frozen=True)
class RevocationList:
    """Revoked numbers and the days of their revocation, and what replaced others, as known at ``as_of``."""

    as_of: datetime
    numbers: Mapping[str, date] = field(default_factory=dict)
    successors: Mapping[str, Successor] = field(default_factory=dict)

    def revoked_on(self, number: str) -> date | None:
        """The day on which the certificate ``number`` was revoked."""
        return self.numbers.get(number)

    def successor(self, number: str) -> Successor | None:
        """What took the place of the certificate ``number``."""
        return self.successors.get(number)

    def write(self, key_id: str, sign: Callable[[bytes], bytes]) -> bytes:
        """The list as a JSON file, signed by the key ``key_id``."""
        replaced = sorted((number, *successor) for number, successor in self.successors.items())
        body = _Body(FORMAT, self.as_of, tuple(sorted(self.numbers.items())), tuple(replaced))
        return msgspec.json.encode(_Written(body, key_id, sign(_message(body))))

    @classmethod
    def read(cls, content: bytes, keys: KeyRing) -> "RevocationList":
        """The list of a file that ``write`` made. Raises ``BadRevocationFile``."""
        try:
            written = msgspec.json.decode(content, type=_Written)
        except msgspec.MsgspecError as error:
            raise BadRevocationFile from error
        key = keys.get(written.key)
        if key is None or not verifies(key.public, written.signature, _message(written.body)):
            raise BadRevocationFile
        successors = {number: Successor(since, by) for number, since, by in written.body.replaced}
        return cls(written.body.as_of, dict(written.body.revoked), successors)


def _message(body: _Body) -> bytes:
    return _DOMAIN + canonical.encode(body).encode()
