"""Editing programmes, cohorts, batches, sessions: documents whose changes name what their author saw."""

from typing import Any
from uuid import UUID

from balai.log.models import Entry
from balai.log.record import record
from balai.people.models import Person
from balai.regions.heads import edits


def edit(
    kind: str, payload: type, id: UUID, values: dict[str, Any], actor: Person, audience: UUID | None
) -> Entry | None:
    """Record that ``actor`` gave the document ``id`` new ``values``; nothing when there are none."""
    if not values:
        return None
    changes = edits({id: values})[id]
    return record(kind, payload(changes=changes), actor=actor.id, subject=id, audience=audience)
