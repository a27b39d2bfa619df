"""The kinds of cohorts, batches and sessions, and of quotas that deviate."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from balai.log import handlers, kinds
from balai.log.models import Entry
from balai.log.values import insist_fitting
from balai.programmes import rules
from balai.programmes.entries import Courses
from balai.programmes.shapes import Name, Reason, Shape

from .models import Batch, Cohort, Deviation, Session

Asking = Literal["approval", "open", "coordinator"]
Number = Annotated[int, Meta(ge=0, le=1_000_000)]
Clock = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
Day = Annotated[int, Meta(ge=1, le=7)]
Days = Annotated[tuple[Day, ...], Meta(max_length=7)]
Part = Literal["morning", "noon", "evening"]
Zone = Literal["WIB", "WITA", "WIT"]


class Quota(Shape, frozen=True):
    """At most ``number`` people of each region of ``level`` (0 is the nation) for ``course``; none is each course."""

    level: Annotated[int, Meta(ge=0, le=4)]
    number: Number
    course: UUID | None = None


Quotas = Annotated[tuple[Quota, ...], Meta(max_length=100)]


class CohortRegistered(Shape, frozen=True):
    programme: UUID
    name: Name
    courses: Courses = ()
    asking: Asking = "approval"
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    quotas: Quotas = ()


class CohortValues(Shape, frozen=True):
    """The fields of a cohort, each as it may be."""

    name: Name | UnsetType = UNSET
    courses: Courses | UnsetType = UNSET
    asking: Asking | UnsetType = UNSET
    opens_at: datetime | UnsetType | None = UNSET
    closes_at: datetime | UnsetType | None = UNSET
    quotas: Quotas | UnsetType = UNSET


class CohortChanged(Shape, frozen=True):
    """``changes`` by field: see ``CohortValues``."""

    changes: dict[str, handlers.Change]

    def __post_init__(self) -> None:
        insist_fitting(self.changes, CohortValues)


class BatchRegistered(Shape, frozen=True):
    cohort: UUID
    name: Name
    starts_on: date | None = None
    ends_on: date | None = None


class BatchValues(Shape, frozen=True):
    """The fields of a batch, each as it may be."""

    name: Name | UnsetType = UNSET
    starts_on: date | UnsetType | None = UNSET
    ends_on: date | UnsetType | None = UNSET


class BatchChanged(Shape, frozen=True):
    """``changes`` by field: see ``BatchValues``."""

    changes: dict[str, handlers.Change]

    def __post_init__(self) -> None:
        insist_fitting(self.changes, BatchValues)


class SessionRegistered(Shape, frozen=True):
    """``days`` of the week, Monday is 1; ``starts`` and ``ends`` like "08:00", in ``zone``."""

    batch: UUID
    part: Part
    capacity: Number
    starts: Clock
    ends: Clock
    zone: Zone = "WIB"
    days: Days = ()


class SessionValues(Shape, frozen=True):
    """The fields of a session, each as it may be."""

    part: Part | UnsetType = UNSET
    capacity: Number | UnsetType = UNSET
    starts: Clock | UnsetType = UNSET
    ends: Clock | UnsetType = UNSET
    zone: Zone | UnsetType = UNSET
    days: Days | UnsetType = UNSET


class SessionChanged(Shape, frozen=True):
    """``changes`` by field: see ``SessionValues``."""

    changes: dict[str, handlers.Change]

    def __post_init__(self) -> None:
        insist_fitting(self.changes, SessionValues)


class QuotaDeviated(Shape, frozen=True):
    """``region`` has ``number`` places for ``course``, or for each course, whatever the rule of its level says."""

    cohort: UUID
    region: UUID
    number: Number
    course: UUID | None = None
    reason: Reason = ""


def _as_it_is(*fields: str) -> dict[str, Any]:
    return {field: lambda value, field=field: {field: value} for field in fields}


def _moment(field: str) -> Any:
    return lambda value: {field: datetime.fromisoformat(value) if value else None}


def _day(field: str) -> Any:
    return lambda value: {field: date.fromisoformat(value) if value else None}


COHORT_FIELDS = _as_it_is("name", "courses", "asking", "quotas")
COHORT_FIELDS |= {field: _moment(field) for field in ("opens_at", "closes_at")}
BATCH_FIELDS = _as_it_is("name") | {field: _day(field) for field in ("starts_on", "ends_on")}
SESSION_FIELDS = _as_it_is(*SessionValues.__struct_fields__)


def _cohort(taken: kinds.Taken) -> handlers.Columns:
    payload: CohortRegistered = taken.payload
    return {
        "programme_id": payload.programme,
        "name": payload.name,
        "courses": [str(course) for course in payload.courses],
        "asking": payload.asking,
        "opens_at": payload.opens_at,
        "closes_at": payload.closes_at,
        "quotas": msgspec.to_builtins(payload.quotas),
        "registered_at": taken.made_at,
    }


def _batch(taken: kinds.Taken) -> handlers.Columns:
    payload: BatchRegistered = taken.payload
    dates = {"starts_on": payload.starts_on, "ends_on": payload.ends_on}
    return {"cohort_id": payload.cohort, "name": payload.name, **dates, "registered_at": taken.made_at}


def _session(taken: kinds.Taken) -> handlers.Columns:
    payload: SessionRegistered = taken.payload
    fields: dict[str, Any] = {field: getattr(payload, field) for field in SESSION_FIELDS}
    return {**fields, "days": list(payload.days), "batch_id": payload.batch, "registered_at": taken.made_at}


def _deviation(taken: kinds.Taken) -> handlers.Columns:
    payload: QuotaDeviated = taken.payload
    return {
        "cohort_id": payload.cohort,
        "region_id": payload.region,
        "course": payload.course,
        "number": payload.number,
        "reason": payload.reason,
        "decided_by": taken.actor,
        "decided_at": taken.made_at,
    }


_PERSON = Entry.Proof.PERSON
_KINDS = (
    kinds.Kind("cohort.registered", (CohortRegistered,), handlers.fact(Cohort, _cohort), rules.may_register_cohort,
               _PERSON, handlers.withdraw_rows(Cohort),
               needs=lambda taken: [("programme.registered", taken.payload.programme)]),
    kinds.Kind("cohort.changed", (CohortChanged,), handlers.document(Cohort, COHORT_FIELDS), rules.may_change_cohort,
               _PERSON, handlers.withdraw_changes(Cohort, COHORT_FIELDS, _cohort),
               needs=lambda taken: [("cohort.registered", taken.subject)]),
    kinds.Kind("batch.registered", (BatchRegistered,), handlers.fact(Batch, _batch), rules.may_register_batch,
               _PERSON, handlers.withdraw_rows(Batch),
               needs=lambda taken: [("cohort.registered", taken.payload.cohort)]),
    kinds.Kind("batch.changed", (BatchChanged,), handlers.document(Batch, BATCH_FIELDS), rules.may_change_batch,
               _PERSON, handlers.withdraw_changes(Batch, BATCH_FIELDS, _batch),
               needs=lambda taken: [("batch.registered", taken.subject)]),
    kinds.Kind("session.registered", (SessionRegistered,), handlers.fact(Session, _session),
               rules.may_register_session, _PERSON, handlers.withdraw_rows(Session),
               needs=lambda taken: [("batch.registered", taken.payload.batch)]),
    kinds.Kind("session.changed", (SessionChanged,), handlers.document(Session, SESSION_FIELDS),
               rules.may_change_session, _PERSON, handlers.withdraw_changes(Session, SESSION_FIELDS, _session),
               needs=lambda taken: [("session.registered", taken.subject)]),
    kinds.Kind("quota.deviated", (QuotaDeviated,), handlers.fact(Deviation, _deviation), rules.may_deviate,
               _PERSON, handlers.withdraw_rows(Deviation),
               needs=lambda taken: [("cohort.registered", taken.payload.cohort),
                                    ("region.changed", taken.payload.region)]),
)  # fmt: skip
for _kind in _KINDS:
    kinds.register(_kind)
