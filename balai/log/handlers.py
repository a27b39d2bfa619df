"""The two generic handlers, enough for most kinds: a fact (insert once) and a document (edited fields)."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import DEFAULT_DB_ALIAS, models

from balai.common.ids import derived
from balai.common.prepared import Insert

from .kinds import KINDS, Apply, Taken, Withdraw
from .models import Entry, Revision, Ruling, SyncedModel

Columns = dict[str, Any]
_BATCH = 500


class Change(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A new value of one field, and the ids of the versions (entries) that its author saw and replaces."""

    value: Any
    bases: tuple[UUID, ...]


def fact(model: type[SyncedModel], columns: Callable[[Taken], Columns]) -> Apply:
    """A handler that inserts one row of ``model`` an entry, once, with the entry's id."""

    insert = Insert(model, ignore=True)

    def apply(group: list[Taken]) -> None:
        insert(model(id=taken.id, **columns(taken)) for taken in group)

    return apply


def withdraw_rows(model: type[SyncedModel]) -> Withdraw:
    """For kinds whose row carries the entry's id: the row goes, and first every synced row that hangs on it."""

    def withdraw(entries: list[Entry]) -> set[UUID]:
        return _delete(model, [entry.id for entry in entries])

    return withdraw


def _delete(model: type[SyncedModel], ids: list[UUID]) -> set[UUID]:
    gone: set[UUID] = set()
    for relation in model._meta.related_objects:
        child: Any = relation.related_model
        if ids and issubclass(child, SyncedModel):
            below = list(
                child._default_manager.filter(**{f"{relation.field.name}__in": ids}).values_list("pk", flat=True)
            )
            gone |= _delete(child, below) | set(below)
    model._default_manager.filter(pk__in=ids).delete()
    return gone


def withdraw_changes(
    model: type[SyncedModel],
    fields: Mapping[str, Callable[[Any], Columns]],
    root: Callable[[Taken], Columns],
) -> Withdraw:
    """For "changed" kinds: the values go, and the row shows what is left; ``root`` are the registered columns."""

    def withdraw(entries: list[Entry]) -> set[UUID]:
        ids = [entry.subject for entry in entries if entry.subject]
        Revision.objects.filter(entry__in=[entry.id for entry in entries]).delete()
        for registered in Entry.objects.using(DEFAULT_DB_ALIAS).filter(pk__in=ids).exclude(payload=""):
            payload = KINDS[registered.kind].decode(registered.schema, registered.payload)
            model._default_manager.filter(pk=registered.id).update(**root(Taken(registered, payload)))
        show(model, fields, ids)
        return set()

    return withdraw


def document(model: type[SyncedModel], fields: Mapping[str, Callable[[Any], Columns]]) -> Apply:
    """A handler for "changed" entries: ``payload.changes`` is ``{field: Change}``, the subject is the row's id.

    ``fields`` says which columns a field's value becomes. The row shows the winning head of each field.
    """

    def apply(group: list[Taken]) -> None:
        alive = _not_erased(group)
        write_revisions(alive, fields.keys())
        show(model, fields, [taken.subject for taken in alive if taken.subject])

    return apply


def _not_erased(group: list[Taken]) -> list[Taken]:
    """A change of a document that was erased has no effect, whichever arrives first."""
    rulings = Ruling.objects.filter(target__in=[taken.subject for taken in group], verdict=Ruling.Verdict.ERASED)
    erased = set(rulings.values_list("target", flat=True))
    return [taken for taken in group if taken.subject not in erased]


def write_revisions(group: list[Taken], names: Any) -> None:
    """Write down each changed field of ``group``. Raises ``ValueError`` for a field that the document lacks."""
    rows = []
    for taken in group:
        for field, change in taken.payload.changes.items():
            if field not in names:
                raise ValueError(f"no field {field}")
            rows.append(_revision(taken, field, change))
    Revision.objects.bulk_create(rows, ignore_conflicts=True, batch_size=_BATCH)


def _revision(taken: Taken, field: str, change: Change) -> Revision:
    if taken.subject is None:
        raise ValueError("a change needs the document that it changes as its subject")
    return Revision(
        id=derived(taken.id, field),
        entry=taken.id,
        document=taken.subject,
        field=field,
        value=change.value,
        bases=[str(base) for base in change.bases],
        made_at=taken.made_at,
    )


def show(model: type[SyncedModel], fields: Mapping[str, Callable[[Any], Columns]], ids: list[UUID]) -> None:
    """Write the winners into the columns of the rows with ``ids``."""
    columns: dict[UUID, Columns] = defaultdict(dict)
    for (document_id, field), found in versions(ids).items():
        winner = winning(found)
        if winner is not None and field in fields:
            columns[document_id].update(fields[field](winner.value))
    rows = list(model._default_manager.filter(pk__in=columns.keys()))
    changed = [row for row in rows if _assign(row, columns[row.pk])]
    names = {name for row in changed for name in columns[row.pk]}
    if changed:
        model._default_manager.bulk_update(changed, sorted(names), batch_size=100)


def _assign(row: models.Model, columns: Columns) -> bool:
    """Whether something changed."""
    changed = {name: value for name, value in columns.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    return bool(changed)


def versions(ids: list[UUID]) -> dict[tuple[UUID, str], list[Revision]]:
    """All revisions of the documents with ``ids``, by document and field."""
    found: dict[tuple[UUID, str], list[Revision]] = defaultdict(list)
    for start in range(0, len(ids), _BATCH):
        for revision in Revision.objects.of(ids[start : start + _BATCH]):
            found[revision.document, revision.field].append(revision)
    return found


def heads(document_id: UUID, found: list[Revision]) -> list[UUID]:
    """The current versions of a field: entries whose value nobody replaced. More than one: a disagreement.

    The registering entry (its id is the document's) is the first version of every field.
    """
    replaced = {UUID(base) for revision in found for base in revision.bases}
    return [id for id in (document_id, *(revision.entry for revision in found)) if id not in replaced]


def winning(found: list[Revision]) -> Revision | None:
    """The head that is shown until somebody decides: the latest made, then the greatest id."""
    replaced = {UUID(base) for revision in found for base in revision.bases}
    current = [revision for revision in found if revision.entry not in replaced]
    return max(current, key=_order, default=None)


def _order(revision: Revision) -> tuple[datetime, int]:
    return revision.made_at, revision.entry.int
