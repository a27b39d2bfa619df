"""Envelopes: signing what is made here, checking what comes from elsewhere, writing both down for travel."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from balai.common import canonical

from .kinds import rank
from .models import Entry, Envelope
from .nodekeys import this_node, verifies

LIMIT = 200
#: Years that a clock may show, however wrong it is; with others no page could be drawn.
YEARS = range(1970, 3000)


@dataclass(frozen=True)
class Signer:
    """Who signs envelopes: a raw Ed25519 public key, and the strongest proof that this signer can give.

    A device signs for its ``person`` alone; a node has none.
    """

    public: bytes
    vouches: Entry.Proof
    person: UUID | None = None


Resolver = Callable[[UUID], Signer | None]
_RESOLVERS: list[Resolver] = []
#: The version of ids that are made where a deed is done.
MADE_HERE = 7
_DOMAIN = b"balai envelope 1\0"


class SentEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry as it travels."""

    id: UUID
    kind: Annotated[str, Meta(pattern=r"^[a-z_]+(\.[a-z_]+)+\Z", max_length=60)]
    schema: Annotated[int, Meta(ge=1, le=32_767)]
    actor: UUID | None
    subject: UUID | None
    payload: str
    payload_hash: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z")]
    made_at: Annotated[datetime, Meta(tz=True)]
    node: UUID
    audience: UUID | None
    proof: Literal["node", "person", "hub"]


class SentEnvelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An envelope as it travels, whole."""

    id: UUID
    signer: UUID
    algorithm: Literal["Ed25519"]
    signature: Annotated[bytes, Meta(min_length=64, max_length=64)]
    entries: Annotated[tuple[SentEntry, ...], Meta(min_length=1, max_length=LIMIT)]


def register_resolver(resolver: Resolver) -> None:
    """A room that knows signers (nodes, devices) says how to find the public key of one."""
    _RESOLVERS.append(resolver)


def message(entries: list[Entry]) -> bytes:
    """What the signature of an envelope of ``entries`` covers."""
    return _DOMAIN + b"".join(entry.seal() for entry in entries)


def enclose(entries: list[Entry]) -> list[Envelope]:
    """Put ``entries`` made on this node into envelopes signed by it. Nothing is saved."""
    return [_enclosed(entries[start : start + LIMIT]) for start in range(0, len(entries), LIMIT)]


def _enclosed(entries: list[Entry]) -> Envelope:
    node = this_node()
    envelope = Envelope(signer=node.id, signature=node.sign(message(entries)), size=len(entries))
    _place(envelope, entries)
    return envelope


def _place(envelope: Envelope, entries: list[Entry]) -> None:
    for place, entry in enumerate(entries):
        entry.envelope, entry.place = envelope, place


def genuine(envelope: Envelope, entries: list[Entry]) -> bool:
    """Whether a known signer signed exactly ``entries``, in their order, and may vouch for each of them."""
    found = signer(envelope.signer)
    return (
        found is not None
        and all(_vouched(found, entry) for entry in entries)
        and verifies(found.public, bytes(envelope.signature), message(entries))
    )


def _vouched(found: Signer, entry: Entry) -> bool:
    """The ids of the hub's decisions follow from their causes; who took one would keep it from being decided."""
    mine = found.person in {None, entry.actor}
    own_id = found.vouches == Entry.Proof.HUB or entry.id.version == MADE_HERE
    return mine and own_id and rank(entry.proof) <= rank(found.vouches)


def signer(id: UUID) -> Signer | None:
    """The known signer with this id."""
    node = this_node()
    if id == node.id:
        return Signer(node.public, Entry.Proof.HUB)
    return next((found for found in (resolve(id) for resolve in _RESOLVERS) if found), None)


def sent(envelope: Envelope) -> SentEnvelope:
    """A stored envelope, ready to travel."""
    entries = tuple(_sent(entry) for entry in envelope.entries.order_by("place"))
    return SentEnvelope(envelope.id, envelope.signer, "Ed25519", bytes(envelope.signature), entries)


def _sent(entry: Entry) -> SentEntry:
    names = (name for name in SentEntry.__struct_fields__ if name != "payload_hash")
    return SentEntry(**{name: getattr(entry, name) for name in names}, payload_hash=bytes(entry.payload_hash).hex())


def sound(envelope: SentEnvelope) -> bool:
    """Whether all of it can be stored: every part in its shape, each id once."""
    try:
        msgspec.convert(msgspec.to_builtins(envelope), SentEnvelope)
    except (msgspec.MsgspecError, ValueError, OverflowError):
        return False
    ids = {entry.id for entry in envelope.entries}
    return len(ids) == len(envelope.entries) and all(entry.made_at.year in YEARS for entry in envelope.entries)


def opened(sent_envelope: SentEnvelope) -> tuple[Envelope, list[Entry]]:
    """The unsaved rows of an envelope that arrived."""
    envelope = Envelope(
        id=sent_envelope.id,
        signer=sent_envelope.signer,
        algorithm=sent_envelope.algorithm,
        signature=sent_envelope.signature,
        size=len(sent_envelope.entries),
    )
    entries = [_opened(entry) for entry in sent_envelope.entries]
    _place(envelope, entries)
    return envelope, entries


def _opened(entry: SentEntry) -> Entry:
    fields = {name: getattr(entry, name) for name in SentEntry.__struct_fields__}
    fields["payload_hash"] = bytes.fromhex(entry.payload_hash)
    return Entry(**fields)


def intact(entry: Entry) -> bool:
    """Whether the payload (if it is not erased) has the hash that the entry states."""
    return entry.erased or canonical.digest(entry.payload) == bytes(entry.payload_hash)


def written_well(entry: Entry) -> bool:
    """Whether the payload (if it is not erased) is canonical, and intact."""
    return entry.erased or (canonical.is_canonical(entry.payload) and intact(entry))
