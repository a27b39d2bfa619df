"""Adding and changing people by hand, and looking first whether they are known already."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from django.utils.translation import gettext_lazy as _

from balai.common import names, phone
from balai.common.ids import uuid7
from balai.common.nik import Nik
from balai.log import handlers
from balai.log.models import Revision
from balai.log.record import Deed, record_many
from balai.people.changing import Shown, change, value
from balai.people.entries import PersonChanged, PersonRegistered, PositionEnded, PositionHeld
from balai.people.identities import niks
from balai.people.identities.matching import Acquaintances, Features, Match
from balai.people.models import Person, Position
from balai.people.reach import CHANGE_PERSONS

#: What is called how; also the order on pages.
LABELS = {
    "name": _("Nama"),
    "nik": _("NIK"),
    "sex": _("Jenis kelamin"),
    "birth_date": _("Tanggal lahir"),
    "phone": _("Nomor HP"),
    "email": _("Email"),
    "nip": _("NIP"),
    "region": _("Wilayah"),
}


def likely(viewer: Person, data: dict[str, Any]) -> list[tuple[Person, Match]]:
    """People within reach who may be the one being typed, the surest first, at most five."""
    features = Features(
        name_key=names.key(data["name"]),
        region=data["region"].id,
        nik=niks.digest(data["nik"]) if data["nik"] else "",
        phone=data["phone"],
        nip=data["nip"],
        email=data["email"],
        birth_date=data["birth_date"],
        sex=data["sex"],
    )
    known = Acquaintances(viewer.reach.people(*CHANGE_PERSONS))
    known.prepare([features])
    matches = known.matches(features)[:5]
    people = Person.objects.select_related("region").in_bulk([match.id for match in matches])
    return [(people[match.id], match) for match in matches]


def register(viewer: Person, data: dict[str, Any], id: UUID | None = None) -> Person:
    """Record a new person, and their position if one is given. Raises ``Refusal``."""
    id = id or uuid7()
    payload = PersonRegistered(
        name=data["name"],
        region=data["region"].id,
        sex=data["sex"],
        birth_date=data["birth_date"],
        phone=data["phone"],
        email=data["email"],
        nik=_sealed(data["nik"]),
        nip=data["nip"],
    )
    place = data["region"].id
    deeds = [Deed("person.registered", payload, actor=viewer.id, audience=place, id=id)]
    if data["title"]:
        held = PositionHeld(title=data["title"], region=place)
        deeds.append(Deed("position.held", held, actor=viewer.id, subject=id, audience=place))
    record_many(deeds)
    return Person.objects.get(pk=id)


def _sealed(nik: Nik | None) -> Any:
    return niks.seal(nik) if nik else None


def edit(viewer: Person, person: Person, data: dict[str, Any]) -> bool:
    """Record what ``data`` changes; a NIK left empty stays. Returns whether anything was changed."""
    wanted: dict[str, Any] = {name: data[name] for name in ("name", "sex", "phone", "email", "nip")}
    wanted["birth_date"] = data["birth_date"].isoformat() if data["birth_date"] else None
    wanted["region"] = str(data["region"].id)
    changes = {field: new for field, new in wanted.items() if new != value(person, field)}
    if data["nik"] and not _same_nik(person, data["nik"]):
        changes["nik"] = msgspec.to_builtins(niks.seal(data["nik"]))
    deeds = [change(person, changes, viewer)] if changes else []
    deeds += _position(viewer, person, data)
    record_many(deeds)
    return bool(deeds)


def _same_nik(person: Person, nik: Nik) -> bool:
    return bool(person.nik_sealed) and niks.unseal(person.nik_sealed) == nik


def current_position(person: Person) -> Position | None:
    """The position that the person holds now, the latest if several."""
    return Position.objects.filter(person__in=person.identities, ends=None).order_by("-held_at").first()


def _position(viewer: Person, person: Person, data: dict[str, Any]) -> list[Deed]:
    held = current_position(person)
    if data["title"] == (held.title if held else ""):
        return []
    about = {"actor": viewer.id, "subject": person.id, "audience": data["region"].id}
    deeds = []
    if held:
        deeds.append(Deed("position.ended", PositionEnded(held.id, data["today"]), **about))
    if data["title"]:
        deeds.append(Deed("position.held", PositionHeld(title=data["title"], region=data["region"].id), **about))
    return deeds


@dataclass(frozen=True)
class Version:
    """One of several current values of a field: ``entry`` names it in a decision."""

    entry: UUID
    text: str
    shown: bool


@dataclass(frozen=True)
class Disagreement:
    """A field of which two people wrote different values without seeing each other's."""

    field: str
    label: str
    versions: list[Version]


def disagreements(person: Person) -> list[Disagreement]:
    """The fields of ``person`` that have several current values. Two queries at most."""
    found = handlers.versions([person.id])
    open_fields = []
    for field, label in LABELS.items():
        revisions = found.get((person.id, field), [])
        current = handlers.heads(person.id, revisions)
        if len(current) > 1:
            open_fields.append(Disagreement(field, str(label), _versions(field, current, revisions)))
    return open_fields


def _versions(field: str, current: list[UUID], revisions: list[Revision]) -> list[Version]:
    winner = handlers.winning(revisions)
    by_entry = {revision.entry: revision for revision in revisions}
    return [
        Version(entry, readable(field, by_entry[entry].value), winner is not None and winner.entry == entry)
        for entry in current
        if entry in by_entry
    ]


def readable(field: str, content: Any) -> str:
    """A value of an entry as people read it."""
    if not content:
        return "–"
    if field == "nik":
        return str(content["mask"])
    return phone.shown(content) if field == "phone" else str(content)


def settle(viewer: Person, person: Person, field: str, entry: UUID) -> None:
    """Decide for the value that ``entry`` gave, in place of all current ones. Raises ``Refusal``."""
    chosen = Revision.objects.filter(document=person.id, field=field, entry=entry).first()
    if chosen is None:
        return
    bases = Shown([person.id]).versions(person.id, field)
    payload = PersonChanged(changes={field: handlers.Change(chosen.value, tuple(bases))})
    record_many([Deed("person.changed", payload, actor=viewer.id, subject=person.id, audience=person.region_id)])
