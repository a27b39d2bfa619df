"""The kinds of a roll-out: that it is kept at all, its sheet, the steps, what leaders signed."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from balai.log import handlers, kinds
from balai.log.models import Entry
from balai.log.values import insist_fitting
from balai.programmes import rules
from balai.programmes.shapes import Name, Reason, Shape, Words

from .models import Commitment, CommitmentWithdrawal, Rollout, StatusReport, StatusWithdrawal

Status = Literal["not_started", "team_named", "trained", "running", "sustained"]
Decree = Annotated[str, Meta(max_length=120)]
#: A few paragraphs of the sheet.
Text = Annotated[str, Meta(max_length=4_000)]


class File(Shape, frozen=True):
    """A file of the store: its SHA-256, what it was called, what it is, its bytes."""

    sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")]
    name: Name
    media_type: Literal["application/pdf", "image/jpeg"]
    bytes: Annotated[int, Meta(ge=1, le=100_000_000)]


class RolloutRegistered(Shape, frozen=True):
    """The programme is kept for the region. Said twice, the first has the sheet; reports of both count."""

    programme: UUID
    region: UUID


class RolloutValues(Shape, frozen=True):
    """The sustainability sheet: who keeps the programme going, with which money, who operates it, when."""

    team: Text | UnsetType = UNSET
    budget: Text | UnsetType = UNSET
    operator: Text | UnsetType = UNSET
    schedule: Text | UnsetType = UNSET


class RolloutChanged(Shape, frozen=True):
    """``changes`` by field: see ``RolloutValues``."""

    changes: dict[str, handlers.Change]

    def __post_init__(self) -> None:
        insist_fitting(self.changes, RolloutValues)


class StatusReported(Shape, frozen=True):
    """The roll-out (the subject) reached ``status`` on a day, by which decree, proven by which file."""

    status: Status
    on: date
    decree: Decree = ""
    decree_on: date | None = None
    note: Words = ""
    file: File | None = None


class CommitmentSigned(Shape, frozen=True):
    """A leader of the region signed for the roll-out (the subject)."""

    leader: Name
    title: Name
    signed_on: date
    file: File


class EvidenceWithdrawn(Shape, frozen=True):
    """What was told of the roll-out (the subject), a step or a paper, was a mistake."""

    told: UUID
    reason: Reason = ""


ROLLOUT_FIELDS = {field: lambda value, field=field: {field: value} for field in RolloutValues.__struct_fields__}


def _rollout(taken: kinds.Taken) -> handlers.Columns:
    sheet = dict.fromkeys(ROLLOUT_FIELDS, "")
    about = {"programme_id": taken.payload.programme, "region_id": taken.payload.region}
    return {**about, **sheet, "registered_at": taken.made_at}


def _report(taken: kinds.Taken) -> handlers.Columns:
    payload: StatusReported = taken.payload
    return {
        "rollout_id": taken.subject,
        "status": payload.status,
        "on": payload.on,
        "decree": payload.decree,
        "decree_on": payload.decree_on,
        "note": payload.note,
        **_evidence(taken, payload.file),
    }


def _commitment(taken: kinds.Taken) -> handlers.Columns:
    payload: CommitmentSigned = taken.payload
    who = {"leader": payload.leader, "title": payload.title, "signed_on": payload.signed_on}
    return {"rollout_id": taken.subject, **who, **_evidence(taken, payload.file)}


def _evidence(taken: kinds.Taken, file: File | None) -> handlers.Columns:
    who = {"reported_by": taken.actor, "reported_at": taken.made_at}
    if file is None:
        return who
    return {**who, "file": file.sha256, "file_name": file.name, "media_type": file.media_type, "bytes": file.bytes}


def _withdrawal(taken: kinds.Taken) -> handlers.Columns:
    payload: EvidenceWithdrawn = taken.payload
    who = {"withdrawn_by": taken.actor, "withdrawn_at": taken.made_at}
    return {"told_id": payload.told, "reason": payload.reason, **who}


def _on_rollout(taken: kinds.Taken) -> list[kinds.Need]:
    return [("rollout.registered", taken.subject)]


_PERSON = Entry.Proof.PERSON
_KINDS = (
    kinds.Kind("rollout.registered", (RolloutRegistered,), handlers.fact(Rollout, _rollout),
               rules.may_register_rollout, _PERSON, handlers.withdraw_rows(Rollout),
               needs=lambda taken: [("programme.registered", taken.payload.programme),
                                    ("region.changed", taken.payload.region)]),
    kinds.Kind("rollout.changed", (RolloutChanged,), handlers.document(Rollout, ROLLOUT_FIELDS),
               rules.may_change_rollout, _PERSON, handlers.withdraw_changes(Rollout, ROLLOUT_FIELDS, _rollout),
               needs=_on_rollout),
    kinds.Kind("rollout.status_reported", (StatusReported,), handlers.fact(StatusReport, _report),
               rules.may_report_step, _PERSON, handlers.withdraw_rows(StatusReport), needs=_on_rollout),
    kinds.Kind("rollout.commitment_signed", (CommitmentSigned,), handlers.fact(Commitment, _commitment),
               rules.may_sign, _PERSON, handlers.withdraw_rows(Commitment), needs=_on_rollout),
    kinds.Kind("rollout.status_withdrawn", (EvidenceWithdrawn,), handlers.fact(StatusWithdrawal, _withdrawal),
               rules.may_withdraw_step, _PERSON, handlers.withdraw_rows(StatusWithdrawal),
               needs=lambda taken: [("rollout.status_reported", taken.payload.told)]),
    kinds.Kind("rollout.commitment_withdrawn", (EvidenceWithdrawn,),
               handlers.fact(CommitmentWithdrawal, _withdrawal),
               rules.may_withdraw_commitment, _PERSON, handlers.withdraw_rows(CommitmentWithdrawal),
               needs=lambda taken: [("rollout.commitment_signed", taken.payload.told)]),
)  # fmt: skip
for _kind in _KINDS:
    kinds.register(_kind)
