"""What a row would change of a person who is here already, field by field."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from balai.common import names
from balai.people.models import Person, Position
from balai.people.reach import covers

from .models import Row
from .places import Places

#: ``{field: [old, new]}``, as shown: dates ISO, regions ids, a NIK by its mask.
Changes = dict[str, list[str]]
_PLAIN = ("sex", "phone", "email", "nip")
_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Present:
    """A person as far as a row can change them. ``nik``: the keyed hash; ``positions``: current titles, latest last."""

    id: UUID
    name: str
    sex: str
    birth_date: date | None
    phone: str
    email: str
    nip: str
    nik_mask: str
    nik: str
    region: UUID | None
    code: str
    positions: tuple[str, ...] = ()


def load(ids: Iterable[UUID]) -> dict[UUID, Present]:
    """The people with ``ids``. Two queries."""
    wanted = set(ids)
    titles: dict[UUID, list[str]] = {}
    held = Position.objects.filter(person__in=wanted, ends=None).order_by("held_at", "id")
    for person, title in held.values_list("person", "title"):
        titles.setdefault(person, []).append(title)
    columns = ("id", "name", "sex", "birth_date", "phone", "email", "nip", "nik_mask", "nik_key__digest")
    rows = Person.objects.filter(pk__in=wanted).values_list(*columns, "region", "region__code")
    return {
        id: Present(
            id, name, sex, born, phone, email, nip, mask, key or "", region, code or "", tuple(titles.get(id, ()))
        )
        for id, name, sex, born, phone, email, nip, mask, key, region, code in rows
    }


def changes(row: Row, nik_mask: str, person: Present, places: Places) -> Changes:
    """What an examined row says differently. An empty cell says nothing; so does a name that only lacks titles."""
    found: Changes = {}
    said = row.values
    if _renames(person.name, said["name"]):
        found["name"] = [person.name, said["name"]]
    for name in _PLAIN:
        if said.get(name) and said[name] != getattr(person, name):
            found[name] = [getattr(person, name), said[name]]
    born = person.birth_date.isoformat() if person.birth_date else ""
    if said.get("birth_date") and said["birth_date"] != born:
        found["birth_date"] = [born, said["birth_date"]]
    if row.nik_digest and row.nik_digest != person.nik:
        found["nik"] = [person.nik_mask, nik_mask]
    if row.region and row.region != person.region and not _lies_within(person.code, places.code_of(row.region)):
        found["region"] = [str(person.region or ""), str(row.region)]
    if said.get("position") and not any(_same_words(said["position"], title) for title in person.positions):
        found["position"] = [person.positions[-1] if person.positions else "", said["position"]]
    return found


def _renames(old: str, new: str) -> bool:
    if _same_words(old, new):
        return False
    return not (names.bare(old) == names.bare(new) and len(_letters(new)) < len(_letters(old)))


def _lies_within(code: str, prefix: str) -> bool:
    """A row that only names the kecamatan does not move a person out of their village in it."""
    return bool(code and prefix) and covers(prefix, code)


def _same_words(one: str, other: str) -> bool:
    return _letters(one) == _letters(other)


def _letters(text: str) -> str:
    return _LETTERS.sub("", text.casefold())
