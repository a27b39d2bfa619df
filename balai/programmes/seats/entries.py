"""The kinds of answers to a request: of coordinators, of the person, and the decisions of the hub."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from balai.common.ids import derived
from balai.log import handlers, kinds
from balai.log.models import Entry
from balai.programmes import rules
from balai.programmes.shapes import Reason, Shape

from .models import Approval, Decline, Seat, Waiting, Withdrawal

Turn = Annotated[int, Meta(ge=1)]


class EnrolmentApproved(Shape, frozen=True):
    """A coordinator agrees; the person is the subject."""

    enrolment: UUID


class EnrolmentDeclined(Shape, frozen=True):
    """A coordinator says no, with a ``reason``; or the hub, by a ``rule`` (see ``Decline.Rule``)."""

    enrolment: UUID
    reason: Reason = ""
    rule: Annotated[str, Meta(max_length=11)] = ""


class EnrolmentWithdrawn(Shape, frozen=True):
    """The request, or the seat that it led to, is taken back."""

    enrolment: UUID
    reason: Reason = ""


class SeatGiven(Shape, frozen=True):
    """The hub's decision on ``enrolment``; the person is the subject. In a cohort also where, and in which turn."""

    enrolment: UUID
    course: UUID
    cohort: UUID | None = None
    session: UUID | None = None
    region: UUID | None = None
    turn: Turn | None = None


class SeatWaitlisted(Shape, frozen=True):
    """The hub took ``enrolment`` in as number ``turn`` of its cohort and had no seat: session or quota are full."""

    enrolment: UUID
    course: UUID
    cohort: UUID
    session: UUID
    turn: Turn
    cause: Literal["capacity", "quota"]
    region: UUID | None = None


class SeatReleased(Shape, frozen=True):
    """The hub took ``seat`` back; the person is the subject."""

    seat: UUID
    because: Literal["withdrawn", "declined", "double", "gone"]


def _approval(taken: kinds.Taken) -> handlers.Columns:
    return {"enrolment_id": taken.payload.enrolment, "approved_by": taken.actor, "approved_at": taken.made_at}


def _decline(taken: kinds.Taken) -> handlers.Columns:
    payload: EnrolmentDeclined = taken.payload
    who = {"declined_by": taken.actor, "declined_at": taken.made_at}
    return {"enrolment_id": payload.enrolment, "reason": payload.reason, "rule": payload.rule, **who}


def _withdrawal(taken: kinds.Taken) -> handlers.Columns:
    payload: EnrolmentWithdrawn = taken.payload
    who = {"withdrawn_by": taken.actor, "withdrawn_at": taken.made_at}
    return {"enrolment_id": payload.enrolment, "reason": payload.reason, **who}


def _seat(taken: kinds.Taken) -> handlers.Columns:
    payload: SeatGiven = taken.payload
    return {**_place(taken), "turn": payload.turn, "given_at": taken.made_at}


def _waiting(taken: kinds.Taken) -> handlers.Columns:
    payload: SeatWaitlisted = taken.payload
    return {**_place(taken), "turn": payload.turn, "cause": payload.cause, "waiting_since": taken.made_at}


def _place(taken: kinds.Taken) -> handlers.Columns:
    payload: SeatGiven | SeatWaitlisted = taken.payload
    return {
        "person_id": taken.subject,
        "course_id": payload.course,
        "enrolment_id": payload.enrolment,
        "cohort_id": payload.cohort,
        "session_id": payload.session,
        "region_id": payload.region,
    }


def _release(group: list[kinds.Taken]) -> None:
    for taken in group:
        because = {"released_at": taken.made_at, "released_because": taken.payload.because}
        Seat.objects.filter(pk=taken.payload.seat).update(**because)


def _unrelease(entries: list[Entry]) -> set[UUID]:
    """A seat has one release, whose subject is its person."""
    ids = {entry.id for entry in entries}
    for seat in Seat.objects.filter(person__in={entry.subject for entry in entries}).exclude(released_at=None):
        if released_id(seat.pk) in ids:
            Seat.objects.filter(pk=seat.pk).update(released_at=None, released_because="")
    return set()


def _on_enrolment(taken: kinds.Taken) -> list[kinds.Need]:
    return [("enrolment.asked", taken.payload.enrolment)]


def _needs_of_place(taken: kinds.Taken) -> list[kinds.Need]:
    payload: SeatGiven | SeatWaitlisted = taken.payload
    named = (("cohort.registered", payload.cohort), ("session.registered", payload.session))
    return [*_on_enrolment(taken), *((kind, id) for kind, id in (*named, ("region.changed", payload.region)) if id)]


def released_id(seat: UUID) -> UUID:
    """The id of the only release that ``seat`` can have."""
    return derived(seat, "released")


_PERSON, _HUB = Entry.Proof.PERSON, Entry.Proof.HUB
_KINDS = (
    kinds.Kind("enrolment.approved", (EnrolmentApproved,), handlers.fact(Approval, _approval), rules.may_answer,
               _PERSON, handlers.withdraw_rows(Approval), needs=_on_enrolment),
    kinds.Kind("enrolment.declined", (EnrolmentDeclined,), handlers.fact(Decline, _decline), rules.may_answer,
               _PERSON, handlers.withdraw_rows(Decline), needs=_on_enrolment),
    kinds.Kind("enrolment.withdrawn", (EnrolmentWithdrawn,), handlers.fact(Withdrawal, _withdrawal),
               rules.may_withdraw, _PERSON, handlers.withdraw_rows(Withdrawal), needs=_on_enrolment),
    kinds.Kind("seat.given", (SeatGiven,), handlers.fact(Seat, _seat), rules.may_decide_once,
               _HUB, handlers.withdraw_rows(Seat), needs=_needs_of_place),
    kinds.Kind("seat.waitlisted", (SeatWaitlisted,), handlers.fact(Waiting, _waiting), rules.may_decide_once,
               _HUB, handlers.withdraw_rows(Waiting), needs=_needs_of_place),
    kinds.Kind("seat.released", (SeatReleased,), _release, rules.may_decide_once,
               _HUB, _unrelease, needs=lambda taken: [("seat.given", taken.payload.seat)]),
)  # fmt: skip
for _kind in _KINDS:
    kinds.register(_kind)
