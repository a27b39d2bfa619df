"""Kinds of this room: programmes, and asking for a place. What belongs to cohorts, seats and the roll-out is there."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from balai.log import handlers, kinds
from balai.log.models import Entry
from balai.log.values import insist_fitting

from . import rules
from .models import Enrolment, Programme
from .shapes import Name, Shape, Words

Courses = Annotated[tuple[UUID, ...], Meta(max_length=100)]


class StageShape(Shape, frozen=True):
    """One stage, see ``models.Stage``."""

    name: Annotated[str, Meta(min_length=1, max_length=80)]
    starts_on: date | None = None
    ends_on: date | None = None


Stages = Annotated[tuple[StageShape, ...], Meta(max_length=20)]


class ProgrammeRegistered(Shape, frozen=True):
    """``region``: whom it is for; none is the nation."""

    name: Name
    summary: Words = ""
    courses: Courses = ()
    stages: Stages = ()
    region: UUID | None = None


class ProgrammeValues(Shape, frozen=True):
    """The fields of a programme, each as it may be."""

    name: Name | UnsetType = UNSET
    summary: Words | UnsetType = UNSET
    courses: Courses | UnsetType = UNSET
    stages: Stages | UnsetType = UNSET


class ProgrammeChanged(Shape, frozen=True):
    """``changes`` by field: see ``ProgrammeValues``."""

    changes: dict[str, handlers.Change]

    def __post_init__(self) -> None:
        insist_fitting(self.changes, ProgrammeValues)


class EnrolmentAsked(Shape, frozen=True):
    """``version``: the one that was out when this was asked; the person is the subject."""

    course: UUID
    version: UUID
    programme: UUID | None = None
    session: UUID | None = None


PROGRAMME_FIELDS = {field: lambda value, field=field: {field: value} for field in ProgrammeValues.__struct_fields__}


def _programme(taken: kinds.Taken) -> handlers.Columns:
    payload: ProgrammeRegistered = taken.payload
    return {
        "name": payload.name,
        "summary": payload.summary,
        "courses": [str(course) for course in payload.courses],
        "stages": msgspec.to_builtins(payload.stages),
        "region_id": payload.region,
        "registered_at": taken.made_at,
    }


def _enrolment(taken: kinds.Taken) -> handlers.Columns:
    payload: EnrolmentAsked = taken.payload
    return {
        "person_id": taken.subject,
        "course_id": payload.course,
        "version_id": payload.version,
        "session_id": payload.session,
        "programme": payload.programme,
        "asked_by": taken.actor,
        "asked_at": taken.made_at,
    }


def _needs_of_programme(taken: kinds.Taken) -> list[kinds.Need]:
    region = taken.payload.region
    return [("region.changed", region)] if region else []


def _needs_of_enrolment(taken: kinds.Taken) -> list[kinds.Need]:
    session = taken.payload.session
    needs: list[kinds.Need] = [("session.registered", session)] if session else []
    return [("person.registered", taken.subject), ("course.version_published", taken.payload.version), *needs]


_KINDS: tuple[Any, ...] = (
    kinds.Kind(
        name="programme.registered",
        payloads=(ProgrammeRegistered,),
        apply=handlers.fact(Programme, _programme),
        may=rules.may_register_programme,
        proof=Entry.Proof.PERSON,
        needs=_needs_of_programme,
        withdraw=handlers.withdraw_rows(Programme),
    ),
    kinds.Kind(
        name="programme.changed",
        payloads=(ProgrammeChanged,),
        apply=handlers.document(Programme, PROGRAMME_FIELDS),
        may=rules.may_change_programme,
        proof=Entry.Proof.PERSON,
        needs=lambda taken: [("programme.registered", taken.subject)],
        withdraw=handlers.withdraw_changes(Programme, PROGRAMME_FIELDS, _programme),
    ),
    kinds.Kind(
        name="enrolment.asked",
        payloads=(EnrolmentAsked,),
        apply=handlers.fact(Enrolment, _enrolment),
        may=rules.may_ask,
        proof=Entry.Proof.PERSON,
        needs=_needs_of_enrolment,
        withdraw=handlers.withdraw_rows(Enrolment),
    ),
)
for _kind in _KINDS:
    kinds.register(_kind)
