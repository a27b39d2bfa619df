"""Documents of this room: the values that win, and the versions that an edit is based on."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from balai.log import handlers
from balai.log.handlers import Change


def winners(ids: Iterable[UUID], field: str) -> dict[UUID, Any]:
    """The winning value of ``field`` of each document with an edit of it."""
    found = handlers.versions(list(ids))
    chosen = {id: handlers.winning(values) for (id, name), values in found.items() if name == field}
    return {id: revision.value for id, revision in chosen.items() if revision}


def edits(wanted: Mapping[UUID, Mapping[str, Any]]) -> dict[UUID, dict[str, Change]]:
    """``changes`` for new values by document and field, based on all versions that stand now."""
    found = handlers.versions(list(wanted))

    def based(id: UUID, field: str, value: Any) -> Change:
        return Change(value, tuple(handlers.heads(id, found.get((id, field), []))))

    return {id: {field: based(id, field, value) for field, value in values.items()} for id, values in wanted.items()}
