"""The kinds of this room: programmes, asking for a place in a course, being given one."""

from uuid import UUID

import msgspec

from balai.log import handlers, kinds
from balai.log.models import Entry

from . import rules
from .models import Enrolment, Programme, Seat


class Shape(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A payload: nothing but what is named; what is empty is not written."""


class ProgrammeRegistered(Shape, frozen=True):
    name: str
    summary: str = ""
    courses: tuple[UUID, ...] = ()


class ProgrammeChanged(Shape, frozen=True):
    """``changes`` by field: name, summary, courses."""

    changes: dict[str, handlers.Change]


class EnrolmentAsked(Shape, frozen=True):
    """``version``: the one that was out when this was asked; the person is the subject."""

    course: UUID
    version: UUID
    programme: UUID | None = None


class SeatGiven(Shape, frozen=True):
    """The hub's decision on ``enrolment``; the person is the subject."""

    enrolment: UUID
    course: UUID


PROGRAMME_FIELDS = {
    "name": lambda value: {"name": value},
    "summary": lambda value: {"summary": value},
    "courses": lambda value: {"courses": value},
}


def _programme(taken: kinds.Taken) -> handlers.Columns:
    payload: ProgrammeRegistered = taken.payload
    return {
        "name": payload.name,
        "summary": payload.summary,
        "courses": [str(course) for course in payload.courses],
        "registered_at": taken.made_at,
    }


def _enrolment(taken: kinds.Taken) -> handlers.Columns:
    payload: EnrolmentAsked = taken.payload
    return {
        "person_id": taken.subject,
        "course_id": payload.course,
        "version_id": payload.version,
        "programme": payload.programme,
        "asked_by": taken.actor,
        "asked_at": taken.made_at,
    }


def _seat(taken: kinds.Taken) -> handlers.Columns:
    payload: SeatGiven = taken.payload
    return {
        "person_id": taken.subject,
        "course_id": payload.course,
        "enrolment_id": payload.enrolment,
        "given_at": taken.made_at,
    }


kinds.register(
    kinds.Kind(
        name="programme.registered",
        payloads=(ProgrammeRegistered,),
        apply=handlers.fact(Programme, _programme),
        may=rules.may_change_programme,
        proof=Entry.Proof.PERSON,
        withdraw=handlers.withdraw_rows(Programme),
    )
)
kinds.register(
    kinds.Kind(
        name="programme.changed",
        payloads=(ProgrammeChanged,),
        apply=handlers.document(Programme, PROGRAMME_FIELDS),
        may=rules.may_change_programme,
        proof=Entry.Proof.PERSON,
        needs=lambda taken: [("programme.registered", taken.subject)],
        withdraw=handlers.withdraw_changes(Programme, PROGRAMME_FIELDS, _programme),
    )
)
kinds.register(
    kinds.Kind(
        name="enrolment.asked",
        payloads=(EnrolmentAsked,),
        apply=handlers.fact(Enrolment, _enrolment),
        may=rules.may_ask,
        proof=Entry.Proof.PERSON,
        needs=lambda taken: [
            ("person.registered", taken.subject),
            ("course.version_published", taken.payload.version),
        ],
        withdraw=handlers.withdraw_rows(Enrolment),
    )
)
kinds.register(
    kinds.Kind(
        name="seat.given",
        payloads=(SeatGiven,),
        apply=handlers.fact(Seat, _seat),
        may=kinds.only_hub,
        proof=Entry.Proof.HUB,
        needs=lambda taken: [("enrolment.asked", taken.payload.enrolment)],
        withdraw=handlers.withdraw_rows(Seat),
    )
)
