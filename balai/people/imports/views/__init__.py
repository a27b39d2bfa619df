"""The pages of imports. An import is only loaded through its owner: of anybody else's one gets a 404."""

from uuid import UUID

from balai.common.problems import NOT_FOUND, Refusal
from balai.people.access import Request
from balai.people.imports.models import Import, Row


def own(request: Request, id: UUID) -> Import:
    """The asker's import with this id. Raises ``Refusal`` (404)."""
    batch = Import.objects.filter(pk=id, owner=request.person).first()
    if batch is None:
        raise Refusal(NOT_FOUND)
    batch.owner = request.person
    return batch


def own_row(batch: Import, id: int) -> Row:
    """A row of ``batch`` that is not saved yet. Raises ``Refusal`` (404)."""
    row = batch.rows.filter(pk=id, saved=None).first()
    if row is None:
        raise Refusal(NOT_FOUND)
    row.batch = batch
    return row
