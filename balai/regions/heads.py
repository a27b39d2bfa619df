"""Documents of this room: the values that win, and the versions that an edit is based on."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from balai.log import handlers
from balai.log.handlers import Change
from balai.log.models import Revision


def winners(ids: Iterable[UUID], field: str) -> dict[UUID, Any]:
    """The winning value of ``field`` of each document with an edit of it."""
    found = handlers.versions(list(ids))
    chosen = {id: handlers.winning(values) for (id, name), values in found.items() if name == field}
    return {id: revision.value for id, revision in chosen.items() if revision}


def edits(wanted: Mapping[UUID, Mapping[str, Any]]) -> dict[UUID, dict[str, Change]]:
    """``changes`` for new values by document and field, based on all versions that stand now."""
    found = handlers.versions(list(wanted))

    def based(id: UUID, field: str, value: Any) -> Change:
        return Change(value, heads(id, found.get((id, field), [])))

    return {id: {field: based(id, field, value) for field, value in values.items()} for id, values in wanted.items()}


def disagreements(id: UUID) -> list[str]:
    """The fields of a document that people changed without seeing each other's change."""
    return sorted(
        field for (document, field), values in handlers.versions([id]).items() if len(heads(document, values)) > 1
    )


def heads(id: UUID, values: list[Revision]) -> tuple[UUID, ...]:
    """The versions of a field that nobody replaced, each once (a creating entry is also its own first edit)."""
    return tuple(dict.fromkeys(handlers.heads(id, values)))
