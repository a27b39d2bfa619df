"""What stands on an entry: found by looking, because it is asked for rarely and an index would cost every deed."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

import msgspec
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q

from . import kinds
from .models import Entry


def dependents_of(entries: Iterable[Entry]) -> list[Entry]:
    """Every stored entry that needs one of ``entries``, or needs one that does: the furthest first."""
    found: dict[UUID, Entry] = {}
    edge = {entry.id: entry for entry in entries}
    while edge:
        known = edge.keys() | found.keys()
        next_ones = [entry for entry in _naming(edge.values()) if entry.id not in known and _needs_any(entry, edge)]
        edge = {entry.id: entry for entry in next_ones}
        found.update(edge)
    return list(reversed(found.values()))


def _naming(entries: Iterable[Entry]) -> Iterable[Entry]:
    """Whatever an entry needs, it has as its subject or names in its payload, by id or by an alias."""
    wanted = Q(subject__in=[entry.id for entry in entries])
    for entry in entries:
        for text in (str(entry.id), *_aliases(entry)):
            wanted |= Q(payload__contains=text)
    return Entry.objects.using(DEFAULT_DB_ALIAS).filter(wanted).exclude(payload="")


def _aliases(entry: Entry) -> Sequence[str]:
    taken = _taken(entry)
    return kinds.KINDS[entry.kind].aliases(taken) if taken else ()


def _needs_any(entry: Entry, ids: Collection[UUID]) -> bool:
    taken = _taken(entry)
    return taken is not None and any(id in ids for _kind, id in kinds.KINDS[entry.kind].needs(taken))


def _taken(entry: Entry) -> kinds.Taken | None:
    """``entry`` as this version understands it; ``None`` when it does not."""
    kind = kinds.KINDS.get(entry.kind)
    if kind is None or entry.schema > kind.schema:
        return None
    try:
        return kinds.Taken(entry, kind.decode(entry.schema, entry.payload))
    except (msgspec.MsgspecError, ValueError):
        return None
