"""``record()``: somebody does something here, now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from balai.common import canonical, clock
from balai.common.ids import uuid7
from balai.common.prepared import Prepared
from balai.common.problems import CATALOGUE, Refusal

from . import conflicts, kinds, problems
from .envelopes import enclose
from .models import Entry, Standing
from .nodekeys import this_node
from .storing import store
from .taking import Outcome

_stored = Prepared(Entry, lambda ids: Entry.objects.filter(pk__in=ids))


@dataclass(frozen=True)
class Deed:
    """What somebody does: everything of an entry that the caller knows."""

    kind: str
    payload: Any
    actor: UUID | None = None
    subject: UUID | None = None
    audience: UUID | None = None
    proof: str = Entry.Proof.PERSON
    id: UUID | None = None
    made_at: datetime | None = None


def record(kind: str, payload: Any, **rest: Any) -> Entry:
    """Record one deed (see ``Deed``): check ``may``, insert and apply, all or nothing.

    A deed whose id is stored already with the same content is returned as it stands. Raises ``Refusal``.
    """
    return record_many([Deed(kind, payload, **rest)])[0]


def record_many(deeds: Sequence[Deed]) -> list[Entry]:
    """Record ``deeds`` in their order, all or none, in one transaction. Raises ``Refusal``."""
    entries = [_entry(deed) for deed in deeds]
    for last in (False, True):
        known = _known(entries)
        try:
            return _store(entries, known)
        except IntegrityError:
            # Another process stored one of these ids between the look and the insert: look once more.
            if last:
                raise
    raise AssertionError


def _entry(deed: Deed) -> Entry:
    kind = kinds.KINDS[deed.kind]
    payload = canonical.encode(deed.payload)
    return Entry(
        id=deed.id or uuid7(),
        kind=kind.name,
        schema=kind.schema,
        actor=deed.actor,
        subject=deed.subject,
        payload=payload,
        payload_hash=canonical.digest(payload),
        made_at=deed.made_at or clock.now(),
        node=this_node().id,
        audience=deed.audience,
        proof=deed.proof,
    )


def _known(entries: list[Entry]) -> dict[UUID, Entry]:
    """Those stored already. Keeps a conflict and raises ``Refusal`` when one has other bytes."""
    known = {stored.id: stored for stored in _stored(ids=[entry.id for entry in entries])}
    for entry in entries:
        stored = known.get(entry.id)
        if stored and bytes(stored.payload_hash) != entry.payload_hash:
            conflicts.keep(stored, entry, this_node().id, clock.wall())
            raise Refusal(problems.OTHER_BYTES)
    return known


def _store(entries: list[Entry], known: dict[UUID, Entry]) -> list[Entry]:
    fresh = [entry for entry in entries if entry.id not in known]
    if fresh:
        with transaction.atomic():
            taking = store(enclose(fresh), fresh, clock.wall(), insist=True)
            for entry in fresh:
                _insist(taking.outcomes[entry.id])
    return [known.get(entry.id, entry) for entry in entries]


def _insist(outcome: Outcome) -> None:
    """What is done here and now is applied, or it is refused and leaves no trace."""
    if outcome.state == Standing.State.APPLIED:
        return
    if isinstance(outcome.error, Exception):
        raise outcome.error
    raise Refusal(CATALOGUE[outcome.reason], detail=outcome.detail)
