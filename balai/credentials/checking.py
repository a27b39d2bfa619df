"""Checking a certificate with public keys alone: the text of a QR, a credential, or a file that holds them.

The same functions serve the page, the command line and a machine without a network.
"""

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from . import day, openbadge, statement
from .keyring import KeyRing
from .revocations import Revocations
from .statement import Statement
from .verdict import State, Verdict

#: A larger file is not opened; a certificate's PDF has some 60 KB.
LARGEST = 2_000_000
#: Of one PDF so many links and so many credentials are checked: ours has one of each, and each check costs.
CHECKED = 5
_STREAMS = 100
#: What cannot be packed at all grows by a few bytes only.
_PACKED = openbadge.LARGEST + 1000
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
        links = list(islice(_linked(content), CHECKED + 1))
        credentials = list(islice(_attached(content), CHECKED + 1))
        verdicts = [self.text(f"/V/{link.decode()}") for link in links[:CHECKED]]
        verdicts += [self.credential(text) for text in credentials[:CHECKED]]
        return replace(_together(verdicts), unchecked=max(len(links), len(credentials)) > CHECKED)

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
            return as_example(lasting(Verdict(State.VALID, said, issuer), self.revocations))
        if key.revoked_from and not (self.registered and self.registered(said)):
            return Verdict(State.KEY_REVOKED, None, issuer, key.revoked_from)
        return lasting(Verdict(State.VALID, said, issuer), self.revocations)


def as_example(verdict: Verdict) -> Verdict:
    """``verdict`` about a paper of a demonstration, which is none, whatever became of it there."""
    return replace(verdict, state=State.DEMO, example_of=verdict.state)


def lasting(verdict: Verdict, revocations: Revocations | None) -> Verdict:
    """``verdict``, unless what it speaks of has ended by today, as far as ``revocations`` know."""
    said = verdict.statement
    if said is None:
        return verdict
    if revocations:
        verdict = replace(verdict, as_of=revocations.as_of)
        revoked = revocations.revoked_on(said.number)
        if revoked:
            return replace(verdict, state=State.REVOKED, since=revoked)
        successor = revocations.successor(said.number)
        if successor:
            return replace(verdict, state=State.REPLACED, since=successor.since, successor=successor.number)
    if said.expires_on and day.today() > said.expires_on:
        return replace(verdict, state=State.EXPIRED, since=said.expires_on)
    return verdict


def _together(verdicts: list[Verdict]) -> Verdict:
    """What the proofs of one file say of it."""
    found = [verdict for verdict in verdicts if verdict.state != State.UNREADABLE]
    if len({verdict.statement for verdict in found}) > 1:
        # Genuine or not, they do not speak of one paper.
        return Verdict(State.ALTERED)
    return found[0] if found else Verdict(State.UNREADABLE)


def _linked(content: bytes) -> Iterator[bytes]:
    """What stands in the links of a PDF, each once."""
    seen = set()
    for match in _LINK.finditer(content):
        if match[1] not in seen:
            seen.add(match[1])
            yield match[1]


def _attached(content: bytes) -> Iterator[bytes]:
    """The JSON texts among the packed streams of a PDF, without trusting its tables."""
    packed = memoryview(content)
    for place, start in enumerate(_STREAM.finditer(content)):
        if place == _STREAMS:
            return
        try:
            text = zlib.decompressobj().decompress(packed[start.end() :][:_PACKED], openbadge.LARGEST)
        except zlib.error:
            continue
        if text.startswith(b"{"):
            yield text
