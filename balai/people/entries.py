"""The kinds of this room, and what they do to its tables."""

from datetime import date
from typing import Annotated, Any, Literal, cast
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from balai.common import names
from balai.common.ids import derived
from balai.log import handlers, kinds
from balai.log.models import Entry, Revision
from balai.log.values import insist_fitting

from . import rules
from .models import Person, Position, PositionEnd
from .roles import Role, RoleRevocation, RoleScope

Name = Annotated[str, Meta(min_length=1, max_length=120)]
Sex = Literal["", "L", "P"]
#: E.164, or nothing.
Phone = Annotated[str, Meta(pattern=r"^(\+[0-9]{6,15})?$")]
Email = Annotated[str, Meta(max_length=254)]
Nip = Annotated[str, Meta(max_length=18)]
Title = Annotated[str, Meta(min_length=1, max_length=80)]
Reason = Annotated[str, Meta(max_length=200)]


class Shape(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A payload: nothing but what is named; what is empty is not written."""


class SealedNik(Shape, frozen=True):
    """A NIK sealed to the hub (base64) and what may be shown of it."""

    sealed: Annotated[str, Meta(min_length=1, max_length=400)]
    mask: Annotated[str, Meta(max_length=16)]


class PersonRegistered(Shape, frozen=True):
    name: Name
    region: UUID | None
    sex: Sex = ""
    birth_date: date | None = None
    phone: Phone = ""
    email: Email = ""
    nik: SealedNik | None = None
    nip: Nip = ""


class PersonValues(Shape, frozen=True):
    """The fields of a person, each as it may be."""

    name: Name | UnsetType = UNSET
    sex: Sex | UnsetType = UNSET
    birth_date: date | UnsetType | None = UNSET
    phone: Phone | UnsetType = UNSET
    email: Email | UnsetType = UNSET
    nik: SealedNik | UnsetType | None = UNSET
    nip: Nip | UnsetType = UNSET
    region: UUID | UnsetType | None = UNSET


class PersonChanged(Shape, frozen=True):
    """``changes`` by field: see ``PersonValues``."""

    changes: dict[str, handlers.Change]

    def __post_init__(self) -> None:
        insist_fitting(self.changes, PersonValues)


class PositionHeld(Shape, frozen=True):
    title: Title
    region: UUID | None = None
    institution: UUID | None = None
    started_on: date | None = None


class PositionEnded(Shape, frozen=True):
    position: UUID
    ended_on: date
    reason: Reason = ""


class RoleGranted(Shape, frozen=True):
    """``regions``: ids; ``null`` in it is the nation. The person is the subject."""

    role: Annotated[str, Meta(min_length=1, max_length=12)]
    regions: Annotated[tuple[UUID | None, ...], Meta(min_length=1)]
    programme: UUID | None = None


class RoleRevoked(Shape, frozen=True):
    role_id: UUID
    reason: Reason = ""


def _nik(value: dict[str, str] | None) -> dict[str, str]:
    return {"nik_sealed": value["sealed"] if value else "", "nik_mask": value["mask"] if value else ""}


def _region(value: str | None) -> dict[str, Any]:
    return {"region_id": UUID(value) if value else None}


def _name(value: str) -> dict[str, str]:
    return {"name": value, "name_key": names.key(value), "sort_name": names.sorting(value)}


PERSON_FIELDS = {
    "name": _name,
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
        **_name(payload.name),
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
    blank = {**_name(""), "sex": "", "birth_date": None, "phone": "", "email": "", "nip": ""}
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


def _subject(taken: kinds.Taken) -> list[kinds.Need]:
    return [("person.registered", taken.subject)]


def _regions(*ids: UUID | None) -> list[kinds.Need]:
    """The shipped ones are there; one that an entry creates is waited for."""
    return [("region.changed", id) for id in ids if id]


def _needs_of_change(taken: kinds.Taken) -> list[kinds.Need]:
    region = taken.payload.changes.get("region")
    return [*_subject(taken), *_regions(UUID(region.value) if region and region.value else None)]


def _needs_of_position(taken: kinds.Taken) -> list[kinds.Need]:
    institution = taken.payload.institution
    office: list[kinds.Need] = [("institution.registered", institution)] if institution else []
    return [*_subject(taken), *_regions(taken.payload.region), *office]


def _wakes_role(taken: kinds.Taken) -> list[str]:
    return [f"role:{taken.subject}"]


_PERSON = Entry.Proof.PERSON
_REGISTERED = (
    kinds.Kind("person.registered", (PersonRegistered,), handlers.fact(Person, _person), rules.may_register, _PERSON,
               handlers.withdraw_rows(Person), needs=lambda taken: _regions(taken.payload.region), blank=blank_people),
    kinds.Kind("person.changed", (PersonChanged,), handlers.document(Person, PERSON_FIELDS), rules.may_change, _PERSON,
               handlers.withdraw_changes(Person, PERSON_FIELDS, _person), needs=_needs_of_change),
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
        rules.may_hold_position, _PERSON, handlers.withdraw_rows(Position),
        needs=_needs_of_position,
    ),
    kinds.Kind(
        "position.ended", (PositionEnded,),
        handlers.fact(PositionEnd, lambda taken: {
            "position_id": taken.payload.position,
            "ended_on": taken.payload.ended_on,
            "reason": taken.payload.reason,
        }),
        rules.may_end_position, _PERSON, handlers.withdraw_rows(PositionEnd),
        needs=lambda taken: [*_subject(taken), ("position.held", taken.payload.position)],
    ),
    kinds.Kind("role.granted", (RoleGranted,), _grant, rules.may_grant, _PERSON, handlers.withdraw_rows(Role),
               needs=lambda taken: [*_subject(taken), *_regions(*taken.payload.regions)], wakes=_wakes_role),
    kinds.Kind(
        "role.revoked", (RoleRevoked,),
        handlers.fact(RoleRevocation, lambda taken: {
            "role_id": taken.payload.role_id,
            "revoked_by": taken.actor,
            "revoked_at": taken.made_at,
            "reason": taken.payload.reason,
        }),
        rules.may_revoke, _PERSON, handlers.withdraw_rows(RoleRevocation),
        needs=lambda taken: [("role.granted", taken.payload.role_id)],
    ),
)  # fmt: skip

for _kind in _REGISTERED:
    kinds.register(_kind)
