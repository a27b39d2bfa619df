"""Saying how far a region has come: a step, the sheet, a leader's paper. The first word also begins the roll-out."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from balai.common.ids import derived, uuid7
from balai.log.handlers import Change
from balai.log.models import Entry
from balai.log.record import Deed, record_many
from balai.people.models import Person
from balai.programmes.models import Programme
from balai.regions.models import Region

from .entries import CommitmentSigned, EvidenceWithdrawn, RolloutChanged, RolloutRegistered, StatusReported
from .models import Commitment, Rollout, StatusReport


def rollout_of(programme: Programme, region: Region) -> Rollout | None:
    """The roll-out that has the sheet, if anybody wrote anything: of several, the one that was registered first."""
    return Rollout.objects.filter(programme=programme, region=region).order_by("registered_at", "pk").first()


def report(actor: Person, programme: Programme, region: Region, payload: StatusReported) -> bool:
    """Report a step. Returns whether it is new: said twice in a row, it is said once. Raises ``Refusal``."""
    reports = StatusReport.objects.counting().filter(rollout__programme=programme, rollout__region=region)
    latest = reports.order_by("-reported_at", "-pk").first()
    if latest and _repeats(latest, payload):
        return False
    _record(actor, programme, region, "rollout.status_reported", payload)
    return True


def _repeats(latest: StatusReport, payload: StatusReported) -> bool:
    said = (latest.status, latest.on, latest.decree, latest.decree_on, latest.note, latest.file)
    file = payload.file.sha256 if payload.file else ""
    return said == (payload.status, payload.on, payload.decree, payload.decree_on, payload.note, file)


def sign(actor: Person, programme: Programme, region: Region, payload: CommitmentSigned) -> bool:
    """Keep a leader's signed paper. Returns whether it is new. Raises ``Refusal``."""
    known = Commitment.objects.counting().filter(rollout__programme=programme, rollout__region=region)
    if known.filter(leader=payload.leader, signed_on=payload.signed_on, file=payload.file.sha256).exists():
        return False
    _record(actor, programme, region, "rollout.commitment_signed", payload)
    return True


def take_back(actor: Person, told: StatusReport | Commitment, reason: str) -> None:
    """A step or a paper was a mistake (its roll-out is loaded). Once is enough. Raises ``Refusal``."""
    if told.withdrawals.exists():
        return
    kind = "rollout.status_withdrawn" if isinstance(told, StatusReport) else "rollout.commitment_withdrawn"
    about: dict[str, Any] = {"actor": actor.pk, "subject": told.rollout_id, "audience": told.rollout.region_id}
    record_many([Deed(kind, EvidenceWithdrawn(told.pk, reason), **about)])


def write(actor: Person, programme: Programme, region: Region, changes: Mapping[str, Change]) -> None:
    """Change fields of the sheet. Raises ``Refusal``."""
    id, begun = _begun(actor, programme, region)
    # Where nothing stood yet, an edit replaces that nothing.
    based = {field: Change(one.value, one.bases or (id,)) for field, one in changes.items()}
    record_many([*begun, _deed(actor, region, "rollout.changed", RolloutChanged(based), id)])


def _record(actor: Person, programme: Programme, region: Region, kind: str, payload: Any) -> None:
    id, begun = _begun(actor, programme, region)
    record_many([*begun, _deed(actor, region, kind, payload, id)])


def _deed(actor: Person, region: Region, kind: str, payload: Any, rollout: UUID) -> Deed:
    return Deed(kind, payload, actor=actor.pk, subject=rollout, audience=region.pk)


def _begun(actor: Person, programme: Programme, region: Region) -> tuple[UUID, list[Deed]]:
    """The roll-out's id, and what begins it if nobody did yet."""
    kept = rollout_of(programme, region)
    if kept:
        return kept.pk, []
    id = _fresh_id(programme, region)
    payload = RolloutRegistered(programme.pk, region.pk)
    return id, [Deed("rollout.registered", payload, actor=actor.pk, audience=region.pk, id=id)]


def _fresh_id(programme: Programme, region: Region) -> UUID:
    """The same wherever somebody begins it first, so that two who begin at once begin one; another if it is spoilt."""
    id = first_id(programme.pk, region.pk)
    return uuid7() if Entry.objects.filter(pk=id).exists() else id


def first_id(programme: UUID, region: UUID) -> UUID:
    """The id of the roll-out of ``programme`` in ``region`` that is begun first."""
    return derived(programme, "rollout", str(region))
