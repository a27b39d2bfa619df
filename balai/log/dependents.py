"""What stands on an entry: found by looking, because it is asked for rarely and an index would cost every deed."""

from collections.abc import Iterable
from uuid import UUID

import msgspec
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q

from . import kinds
from .models import Entry


def dependents_of(entries: Iterable[Entry]) -> list[Entry]:
    """Every stored entry that needs one of ``entries``, or needs one that does: the furthest first."""
    found: dict[UUID, Entry] = {}
    edge = {entry.id for entry in entries}
    while edge:
        known = edge | found.keys()
        next_ones = [entry for entry in _naming(edge) if entry.id not in known and _needs_any(entry, edge)]
        found.update({entry.id: entry for entry in next_ones})
        edge = {entry.id for entry in next_ones}
    return list(reversed(found.values()))


def _naming(ids: set[UUID]) -> Iterable[Entry]:
    """Whatever an entry needs, it has as its subject or names in its payload."""
    wanted = Q(subject__in=ids)
    for id in ids:
        wanted |= Q(payload__contains=str(id))
    return Entry.objects.using(DEFAULT_DB_ALIAS).filter(wanted).exclude(payload="")


def _needs_any(entry: Entry, ids: set[UUID]) -> bool:
    kind = kinds.KINDS.get(entry.kind)
    if kind is None or entry.schema > kind.schema:
        return False
    try:
        taken = kinds.Taken(entry, kind.decode(entry.schema, entry.payload))
    except (msgspec.MsgspecError, ValueError):
        return False
    return not ids.isdisjoint(id for _kind, id in kind.needs(taken))
