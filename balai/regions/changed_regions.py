"""What ``region.changed`` does to the tables."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from balai.common.ids import derived
from balai.log import handlers
from balai.log.kinds import Taken
from balai.log.models import Entry, Revision

from . import codes, shipping
from .heads import winners
from .models import FormerName, Region, Succession

FIELDS: dict[str, Callable[[Any], handlers.Columns]] = {
    "code": lambda value: {"code": value, "level": codes.level_of(value)},
    "name": lambda value: {"name": value},
    "kind": lambda value: {"kind": value},
    "local_kind": lambda value: {"local_kind": value},
    "postal_code": lambda value: {"postal_code": value},
    "ended_on": lambda value: {"ended_on": date.fromisoformat(value) if value else None},
    "successors": lambda value: {},
}
#: What a created region is until an entry says otherwise.
_BARE: handlers.Columns = {"local_kind": "", "postal_code": "", "ended_on": None}
_document = handlers.document(Region, FIELDS)
_withdraw_rows = handlers.withdraw_rows(Region)


def apply(group: list[Taken]) -> None:
    """Create, change and end regions; keep the names and codes that go out of use."""
    created = [_created(taken) for taken in group if creates(taken)]
    Region.objects.bulk_create(created, ignore_conflicts=True)
    former = [_former(taken) for taken in group if taken.payload.former]
    FormerName.objects.bulk_create(former, ignore_conflicts=True)
    _document(group)
    _show_successors([taken.subject for taken in group if "successors" in taken.payload.changes])


def creates(taken: Taken) -> bool:
    """Whether the subject is there because of this entry."""
    return taken.payload.event == "created" and taken.id == taken.subject


def withdraw(entries: list[Entry]) -> set[UUID]:
    """Take back changes; a region that only its entry created goes, with all that was registered in it."""
    FormerName.objects.filter(pk__in=[_former_id(entry.id) for entry in entries]).delete()
    Revision.objects.filter(entry__in=[entry.id for entry in entries]).delete()
    ids = {entry.subject for entry in entries if entry.subject}
    shipped = shipping.columns_of(ids)
    gone = _withdraw_rows([entry for entry in entries if entry.id == entry.subject and entry.id not in shipped])
    for id in ids:
        Region.objects.filter(pk=id).update(**{**_BARE, **shipped.get(id, {})})
    handlers.show(Region, FIELDS, list(ids))
    _show_successors(ids)
    return gone


def _created(taken: Taken) -> Region:
    columns: handlers.Columns = {}
    for field, change in taken.payload.changes.items():
        columns.update(FIELDS[field](change.value))
    return Region(id=taken.id, **columns)


def _former(taken: Taken) -> FormerName:
    name, code = taken.payload.former
    columns: handlers.Columns = {"region_id": taken.subject, "name": name, "code": code}
    return FormerName(id=_former_id(taken.id), until=taken.payload.since, **columns)


def _former_id(entry: UUID) -> UUID:
    return derived(entry, "former")


def _show_successors(ids: Iterable[UUID | None]) -> None:
    """The winning list of successors of each region becomes its rows."""
    regions = [id for id in ids if id]
    Succession.objects.filter(region__in=regions).delete()
    Succession.objects.bulk_create(
        Succession(id=derived(region, successor), region_id=region, successor_id=UUID(successor))
        for region, successors in winners(regions, "successors").items()
        for successor in dict.fromkeys(successors)
    )
