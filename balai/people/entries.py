"""The kinds of this room, and what they do to its tables."""

from datetime import date
from typing import Any, cast
from uuid import UUID

import msgspec

from balai.common import names
from balai.common.ids import derived
from balai.log import handlers, kinds
from balai.log.models import Entry, Revision

from . import rules
from .models import Person, Position, PositionEnd
from .roles import Role, RoleRevocation, RoleScope


class Shape(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A payload: nothing but what is named; what is empty is not written."""


class SealedNik(Shape, frozen=True):
    """A NIK sealed to the hub (base64) and what may be shown of it."""

    sealed: str
    mask: str


class PersonRegistered(Shape, frozen=True):
    name: str
    region: UUID | None
    sex: str = ""
    birth_date: date | None = None
    phone: str = ""
    email: str = ""
    nik: SealedNik | None = None
    nip: str = ""


class PersonChanged(Shape, frozen=True):
    """``changes`` by field: name, sex, birth_date, phone, email, nik, nip, region."""

    changes: dict[str, handlers.Change]


class PositionHeld(Shape, frozen=True):
    title: str
    region: UUID | None = None
    institution: UUID | None = None
    started_on: date | None = None


class PositionEnded(Shape, frozen=True):
    position: UUID
    ended_on: date
    reason: str = ""


class RoleGranted(Shape, frozen=True):
    """``regions``: ids; ``null`` in it is the nation. The person is the subject."""

    role: str
    regions: tuple[UUID | None, ...]
    programme: UUID | None = None


class RoleRevoked(Shape, frozen=True):
    role_id: UUID
    reason: str = ""


def _nik(value: dict[str, str] | None) -> dict[str, str]:
    return {"nik_sealed": value["sealed"] if value else "", "nik_mask": value["mask"] if value else ""}


def _region(value: str | None) -> dict[str, Any]:
    return {"region_id": UUID(value) if value else None}


PERSON_FIELDS = {
    "name": lambda value: {"name": value, "name_key": names.key(value)},
    "sex": lambda value: {"sex": value},
    "birth_date": lambda value: {"birth_date": date.fromisoformat(value) if value else None},
    "phone": lambda value: {"phone": value},
    "email": lambda value: {"email": value},
    "nik": _nik,
    "nip": lambda value: {"nip": value},
    "region": _region,
}


def _person(taken: kinds.Taken) -> dict[str, Any]:
    payload: PersonRegistered = taken.payload
    return {
        "name": payload.name,
        "name_key": names.key(payload.name),
        "sex": payload.sex,
        "birth_date": payload.birth_date,
        "phone": payload.phone,
        "email": payload.email,
        "nip": payload.nip,
        "region_id": payload.region,
        "registered_at": taken.made_at,
        **_nik(msgspec.to_builtins(payload.nik) if payload.nik else None),
    }


def blank_people(entries: list[Entry]) -> None:
    """Erasing a registration leaves a nameless row, so that what the person did still counts as somebody's."""
    ids = [entry.id for entry in entries]
    Revision.objects.filter(document__in=ids).delete()
    Person.objects.bulk_create(
        [Person(id=entry.id, registered_at=entry.made_at) for entry in entries], ignore_conflicts=True
    )
    blank = {"name": "", "name_key": "", "sex": "", "birth_date": None, "phone": "", "email": "", "nip": ""}
    Person.objects.filter(pk__in=ids).update(**blank, nik_sealed="", nik_mask="", region=None)


def _grant(group: list[kinds.Taken]) -> None:
    roles = [
        Role(
            id=taken.id,
            person_id=cast(UUID, taken.subject),
            name=taken.payload.role,
            programme=taken.payload.programme,
            granted_by=taken.actor,
            granted_at=taken.made_at,
        )
        for taken in group
    ]
    Role.objects.bulk_create(roles, ignore_conflicts=True)
    scopes = [
        RoleScope(id=derived(taken.id, str(region)), role_id=taken.id, region_id=region)
        for taken in group
        for region in taken.payload.regions
    ]
    RoleScope.objects.bulk_create(scopes, ignore_conflicts=True)


def _subject(taken: kinds.Taken) -> list[UUID | None]:
    return [taken.subject]


def _wakes_role(taken: kinds.Taken) -> list[str]:
    return [f"role:{taken.subject}"]


_PERSON = Entry.Proof.PERSON
_REGISTERED = (
    kinds.Kind("person.registered", (PersonRegistered,), handlers.fact(Person, _person), rules.may_register, _PERSON,
               handlers.withdraw_rows(Person), blank=blank_people),
    kinds.Kind("person.changed", (PersonChanged,), handlers.document(Person, PERSON_FIELDS), rules.may_change, _PERSON,
               handlers.withdraw_changes(Person, PERSON_FIELDS, _person), needs=_subject),
    kinds.Kind(
        "position.held", (PositionHeld,),
        handlers.fact(Position, lambda taken: {
            "person_id": taken.subject,
            "title": taken.payload.title,
            "region_id": taken.payload.region,
            "institution_id": taken.payload.institution,
            "started_on": taken.payload.started_on,
            "held_at": taken.made_at,
        }),
        rules.may_change, _PERSON, handlers.withdraw_rows(Position),
        needs=lambda taken: [taken.subject, taken.payload.institution],
    ),
    kinds.Kind(
        "position.ended", (PositionEnded,),
        handlers.fact(PositionEnd, lambda taken: {
            "position_id": taken.payload.position,
            "ended_on": taken.payload.ended_on,
            "reason": taken.payload.reason,
        }),
        rules.may_change, _PERSON, handlers.withdraw_rows(PositionEnd),
        needs=lambda taken: [taken.subject, taken.payload.position],
    ),
    kinds.Kind("role.granted", (RoleGranted,), _grant, rules.may_grant, _PERSON, handlers.withdraw_rows(Role),
               needs=_subject, wakes=_wakes_role),
    kinds.Kind(
        "role.revoked", (RoleRevoked,),
        handlers.fact(RoleRevocation, lambda taken: {
            "role_id": taken.payload.role_id,
            "revoked_by": taken.actor,
            "revoked_at": taken.made_at,
            "reason": taken.payload.reason,
        }),
        rules.may_revoke, _PERSON, handlers.withdraw_rows(RoleRevocation),
        needs=lambda taken: [taken.payload.role_id],
    ),
)  # fmt: skip

for _kind in _REGISTERED:
    kinds.register(_kind)
