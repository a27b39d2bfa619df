"""The registry of kinds: what may be said, in which shape, by whom, and what it does to the tables."""

from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from balai.common.problems import Problem

from .models import Entry

Payload = msgspec.Struct


@dataclass(frozen=True)
class Taken:
    """An entry with its payload decoded and upgraded to the newest schema: what a handler sees."""

    entry: Entry
    payload: Any

    @property
    def id(self) -> UUID:
        return self.entry.id

    @property
    def actor(self) -> UUID | None:
        return self.entry.actor

    @property
    def subject(self) -> UUID | None:
        return self.entry.subject

    @property
    def made_at(self) -> datetime:
        return self.entry.made_at


@dataclass(frozen=True)
class Ask:
    """May this be done? ``received_at`` is when this node learned of it; ``memo`` is shared by one round of a
    batch.

    ``memo["subjects"]`` are the subjects of all that is judged in this round, so that one query serves all.
    """

    taken: Taken
    received_at: datetime
    memo: dict[Any, Any] = field(default_factory=dict)

    @property
    def actor(self) -> UUID | None:
        return self.taken.actor

    @property
    def subject(self) -> UUID | None:
        return self.taken.subject

    @property
    def payload(self) -> Any:
        return self.taken.payload

    @property
    def made_at(self) -> datetime:
        return self.taken.made_at


@dataclass(frozen=True)
class Wait:
    """Not now: kept until ``awaits`` happens (see ``Standing.awaits``)."""

    problem: Problem
    awaits: str


Verdict = Problem | Wait | None
Apply = Callable[[list[Taken]], None]
#: The kind and id of an entry that another one stands on. Without an id the need can never be met.
Need = tuple[str, UUID | None]
CalledFor = Callable[[Taken, AbstractSet[UUID]], bool]
#: Takes entries back, repeatable. Returns the ids of dependent rows (so, of entries) that went with them.
Withdraw = Callable[[list[Entry]], set[UUID]]


def _nothing(taken: Taken) -> Sequence[Any]:
    return ()


@dataclass(frozen=True)
class Kind:
    """One kind of entry.

    ``payloads``: one struct for each schema version, oldest first; all but the last have ``upgrade()``
    returning the next. ``needs``: what must be applied before, each by its kind and id. ``wakes``: keys of waiting
    entries that this one may wake, besides its own id. ``proof``: the least that is enough. ``withdraw``: take
    back what entries did, with all rows that depend on them. ``blank``: for what others stand on (a person):
    when it is erased a row without content stays. ``aliases``: texts by which others name such an entry where they
    do not say its id.
    """

    name: str
    payloads: tuple[type[Payload], ...]
    apply: Apply
    may: Callable[[Ask], Verdict]
    proof: Entry.Proof
    withdraw: Withdraw
    needs: Callable[[Taken], Sequence[Need]] = _nothing
    wakes: Callable[[Taken], Sequence[str]] = _nothing
    aliases: Callable[[Taken], Sequence[str]] = _nothing
    blank: Callable[[list[Entry]], None] | None = None

    @property
    def schema(self) -> int:
        """The newest schema version."""
        return len(self.payloads)

    def decode(self, schema: int, text: str) -> Any:
        """The payload in its newest shape. Raises ``msgspec.ValidationError`` (a ``ValueError``)."""
        payload: Any = msgspec.json.decode(text, type=self.payloads[schema - 1])
        for _step in range(schema, self.schema):
            payload = payload.upgrade()
        return payload


KINDS: dict[str, Kind] = {}
FOLLOWERS: dict[str, dict[str, Callable[[list[UUID]], None]]] = {}
CALLED_FOR: dict[str, CalledFor] = {}
GROUNDS: dict[str, Callable[[set[UUID]], Iterable[UUID]]] = {}
_RANK = {Entry.Proof.NODE: 0, Entry.Proof.PERSON: 1, Entry.Proof.HUB: 2}


def register(kind: Kind) -> None:
    """Enter ``kind`` in the registry. Raises ``ValueError`` when its name is taken."""
    if kind.name in KINDS:
        raise ValueError(f"two kinds are named {kind.name}")
    KINDS[kind.name] = kind


def ground(kind: str, standing: Callable[[set[UUID]], Iterable[UUID]]) -> None:
    """A room with shipped rows says which of the given ids exist: what needs them waits for no entry of ``kind``."""
    GROUNDS[kind] = standing


def follow(kind: str, job: Callable[[list[UUID]], None], when: CalledFor | None = None) -> None:
    """After entries of ``kind`` are applied and committed here, call ``job`` with their ids.

    At least once, also after a crash in between; so ``job`` must be repeatable. ``when(taken, batch)`` says from
    the entry alone, and the ids applied together with it, whether there is anything to do: a promise not made
    is a transaction saved.
    """
    name = f"{job.__module__}.{job.__qualname__}"
    FOLLOWERS.setdefault(kind, {})[name] = job
    if when:
        CALLED_FOR[name] = when


def called_for(taken: Taken, job: str, batch: AbstractSet[UUID]) -> bool:
    """Whether ``job`` has anything to do after ``taken``, applied with the entries ``batch``."""
    when = CALLED_FOR.get(job)
    return when is None or when(taken, batch)


def enough(kind: Kind, proof: str) -> bool:
    """Whether an entry with ``proof`` is proven well enough for ``kind``."""
    return rank(proof) >= rank(kind.proof)


def rank(proof: str) -> int:
    """How strong a proof is: 0 (a node vouches) to 2 (the hub decides)."""
    return _RANK[Entry.Proof(proof)]


def only_hub(ask: Ask) -> Verdict:
    """For decisions: the proof ``hub`` is all that is asked."""
    return None
