"""Changing fields of people, naming the versions that are replaced."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from balai.log import handlers
from balai.log.record import Deed

from .entries import PERSON_FIELDS, PersonChanged
from .models import Person


class Shown:
    """Which version of each field of ``people`` is shown, and so is replaced by a change. A query per 500."""

    def __init__(self, people: Iterable[UUID]) -> None:
        self._found = handlers.versions(list(people))

    def version(self, person: UUID, field: str) -> UUID:
        """The id of the entry whose value is shown; the person's own id is the first version."""
        winner = handlers.winning(self._found.get((person, field), []))
        return winner.entry if winner else person

    def versions(self, person: UUID, field: str) -> list[UUID]:
        """All current versions; more than one is a disagreement."""
        return handlers.heads(person, self._found.get((person, field), []))


def change(person: Person, changes: Mapping[str, object], actor: Person, shown: Shown | None = None) -> Deed:
    """The deed that gives fields of ``person`` new values (as in ``person.changed``), replacing what is shown now."""
    shown = shown or Shown([person.id])
    payload = PersonChanged(
        changes={field: handlers.Change(new, (shown.version(person.id, field),)) for field, new in changes.items()}
    )
    return Deed("person.changed", payload, actor=actor.id, subject=person.id, audience=person.region_id)


def value(person: Person, field: str) -> object:
    """A field as an entry writes it."""
    if field == "nik":
        return {"sealed": person.nik_sealed, "mask": person.nik_mask} if person.nik_sealed else None
    if field == "region":
        return str(person.region_id) if person.region_id else None
    if field == "birth_date":
        return person.birth_date.isoformat() if person.birth_date else None
    if field not in PERSON_FIELDS:
        raise ValueError(field)
    return getattr(person, field)
