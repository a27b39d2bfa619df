"""Checking a certificate with public keys alone: the text of a QR, a credential, or a file that holds them.

The same functions serve the page, the command line and a machine without a network.
"""

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from . import openbadge, statement
from .keyring import KeyRing
from .revocations import Revocations
from .statement import Statement
from .verdict import State, Verdict

#: A larger file is not opened; a certificate's PDF has some 60 KB.
LARGEST = 2_000_000
_STREAMS = 100
_LINK = re.compile(rb"/V/([A-Z2-7]{100,2000})")
_STREAM = re.compile(rb"\bstream\r?\n")


@dataclass(frozen=True)
class Verifier:
    """What a check relies on.

    ``registered`` asks the issuer's own register whether it made exactly this statement: it saves what was
    signed before its key was revoked. A machine without the register has none.
    """

    keys: KeyRing
    revocations: Revocations | None = None
    registered: Callable[[Statement], bool] | None = None

    def text(self, text: str) -> Verdict:
        """Check what a QR says (a link, or the signs after it) or a credential's JSON, however pasted."""
        if text.lstrip().startswith("{"):
            return self.credential(text.strip().encode())
        found = statement.find(text)
        try:
            signed = statement.read(found or "")
        except statement.Unreadable:
            return Verdict(State.UNREADABLE)
        return self._judge(signed.statement, signed.key_id, signed.fits)

    def credential(self, content: bytes) -> Verdict:
        """Check an Open Badges credential (JSON)."""
        try:
            read = openbadge.read(content)
        except openbadge.Unreadable:
            return Verdict(State.UNREADABLE)
        return self._judge(read.statement, read.key_id, read.fits)

    def content(self, content: bytes) -> Verdict:
        """Check a file: a certificate's PDF, its credential, or a text with a QR's link."""
        if not content.startswith(b"%PDF-"):
            return self.text(content[:LARGEST].decode("utf-8-sig", "replace"))
        verdicts = [self.text(f"/V/{link.decode()}") for link in set(_LINK.findall(content))]
        verdicts += [self.credential(text) for text in _attached(content)]
        found = [verdict for verdict in verdicts if verdict.state != State.UNREADABLE]
        if len({verdict.statement for verdict in found}) > 1:
            # Genuine or not, they do not speak of one paper.
            return Verdict(State.ALTERED)
        return found[0] if found else Verdict(State.UNREADABLE)

    def _judge(self, said: Statement | None, key_id: str, fits: Callable[[bytes], bool]) -> Verdict:
        key = self.keys.get(key_id)
        if key and not fits(key.public):
            return Verdict(State.ALTERED)
        if said is None:
            return Verdict(State.UNREADABLE)
        if key is None:
            return Verdict(State.DEMO if said.demo else State.FORGED)
        issuer = self.keys.issuer
        if said.demo:
            return Verdict(State.DEMO, said, issuer)
        if key.revoked_from and not (self.registered and self.registered(said)):
            return Verdict(State.KEY_REVOKED, None, issuer, key.revoked_from)
        as_of = self.revocations.as_of if self.revocations else None
        revoked = self.revocations.revoked_on(said.number) if self.revocations else None
        state = State.REVOKED if revoked else State.VALID
        return Verdict(state, said, issuer, revoked, as_of)


def _attached(content: bytes) -> Iterator[bytes]:
    """The JSON texts among the packed streams of a PDF, without trusting its tables."""
    for place, start in enumerate(_STREAM.finditer(content)):
        if place == _STREAMS:
            return
        try:
            text = zlib.decompressobj().decompress(memoryview(content)[start.end() :], openbadge.LARGEST)
        except zlib.error:
            continue
        if text.startswith(b"{"):
            yield text
