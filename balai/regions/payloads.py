"""What the entries of this room say. A value that does not fit its field makes the entry malformed."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from balai.log.handlers import Change
from balai.log.values import insist_fitting

from . import codes

Event = Literal["created", "changed", "renumbered", "split", "merged", "ended"]
RegionKind = Literal["provinsi", "kabupaten", "kota", "kecamatan", "distrik", "desa", "kelurahan", "desa_adat"]
Name = Annotated[str, Meta(min_length=1, max_length=80)]
LongName = Annotated[str, Meta(min_length=1, max_length=160)]
InstitutionKind = Annotated[str, Meta(min_length=1, max_length=24)]


class RegionValues(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The fields of a region, each as it may be."""

    code: Annotated[str, Meta(pattern=f"^{codes.PATTERN.pattern}$")] | UnsetType = UNSET
    name: Name | UnsetType = UNSET
    kind: RegionKind | UnsetType = UNSET
    local_kind: Annotated[str, Meta(max_length=30)] | UnsetType = UNSET
    postal_code: Annotated[str, Meta(pattern="^([0-9]{5})?$")] | UnsetType = UNSET
    ended_on: date | UnsetType | None = UNSET
    successors: tuple[UUID, ...] | UnsetType = UNSET


class InstitutionValues(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The fields of an institution, each as it may be."""

    kind: InstitutionKind | UnsetType = UNSET
    name: LongName | UnsetType = UNSET
    region: UUID | UnsetType = UNSET
    serves: tuple[UUID, ...] | UnsetType = UNSET
    closed_on: date | UnsetType | None = UNSET


class RegionChanged(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What happened to the subject, since when, on which legal ground.

    ``act`` is shared by the entries of one decision (a split, the new codes of a subtree). ``changes`` by
    field: see ``RegionValues``. ``former`` is the name and the code that go out of use. A region is created by
    the entry that has its id; that one says at least its code, name and kind.
    """

    act: UUID
    event: Event
    since: date
    changes: dict[str, Change]
    basis: str = ""
    former: tuple[Name, Name] | None = None

    def __post_init__(self) -> None:
        insist_fitting(self.changes, RegionValues)
        if self.event == "created" and not {"code", "name", "kind"} <= self.changes.keys():
            raise ValueError("a created region has a code, a name and a kind")


class InstitutionRegistered(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """``kind``: see ``institutions.KINDS``. ``serves``: regions besides the one where it lies."""

    kind: InstitutionKind
    name: LongName
    region: UUID
    serves: tuple[UUID, ...] = ()


class InstitutionChanged(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """``changes`` by field: see ``InstitutionValues``."""

    changes: dict[str, Change]

    def __post_init__(self) -> None:
        insist_fitting(self.changes, InstitutionValues)
