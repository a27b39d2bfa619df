"""What ``institution.registered`` and ``institution.changed`` do to the tables."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS

from balai.common.ids import derived
from balai.log import handlers
from balai.log.kinds import Taken
from balai.log.models import Entry

from .heads import winners
from .models import Institution, InstitutionScope
from .payloads import InstitutionRegistered

FIELDS: dict[str, Callable[[Any], handlers.Columns]] = {
    "kind": lambda value: {"kind": value},
    "name": lambda value: {"name": value},
    "region": lambda value: {"region_id": UUID(value)},
    "serves": lambda value: {},
    "closed_on": lambda value: {"closed_on": date.fromisoformat(value) if value else None},
}


def _registered(taken: Taken) -> handlers.Columns:
    payload: InstitutionRegistered = taken.payload
    return {
        "kind": payload.kind,
        "name": payload.name,
        "region_id": payload.region,
        "registered_at": taken.made_at,
    }


_insert = handlers.fact(Institution, _registered)
_document = handlers.document(Institution, FIELDS)
_withdraw_values = handlers.withdraw_changes(
    Institution, FIELDS, lambda taken: {**_registered(taken), "closed_on": None}
)
withdraw_registered = handlers.withdraw_rows(Institution)


def register(group: list[Taken]) -> None:
    """Insert institutions and what they serve."""
    _insert(group)
    _show_served({taken.id: taken.payload.serves for taken in group if taken.payload.serves})


def change(group: list[Taken]) -> None:
    """Edit institutions."""
    _document(group)
    changed = [taken.subject for taken in group if taken.subject and "serves" in taken.payload.changes]
    _show_served(dict.fromkeys(changed, ()))


def withdraw_changed(entries: list[Entry]) -> set[UUID]:
    """Take back edits. An institution that is not here (refused with its region, or not yet taken) serves nothing."""
    gone = _withdraw_values(entries)
    subjects = {entry.subject for entry in entries if entry.subject}
    ids = list(Institution.objects.filter(pk__in=subjects).values_list("pk", flat=True))
    first = Entry.objects.using(DEFAULT_DB_ALIAS).filter(pk__in=ids).exclude(payload="")
    served = {entry.id: tuple(UUID(item) for item in entry.content.get("serves", ())) for entry in first}
    _show_served({id: served.get(id, ()) for id in ids})
    return gone


def _show_served(registered: Mapping[UUID, Sequence[UUID]]) -> None:
    """The regions of the winning edit, else those that were registered, become the rows."""
    edited = winners(list(registered), "serves")
    InstitutionScope.objects.filter(institution__in=registered).delete()
    InstitutionScope.objects.bulk_create(
        InstitutionScope(id=derived(institution, str(region)), institution_id=institution, region_id=region)
        for institution, regions in registered.items()
        for region in dict.fromkeys(map(_uuid, edited.get(institution, regions)))
    )


def _uuid(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)
