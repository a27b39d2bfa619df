"""Saying how far a region has come: a step, the sheet, a leader's paper. The first word also begins the roll-out.

Each entry's id follows from who says what, so that one form that is sent twice at once is one entry.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from balai.common import canonical, clock
from balai.common.ids import derived, uuid7
from balai.log.handlers import Change
from balai.log.models import Entry
from balai.log.record import Deed, record_many
from balai.people.models import Person
from balai.programmes.models import Programme
from balai.regions.models import Region

from .entries import CommitmentSigned, EvidenceWithdrawn, RolloutChanged, RolloutRegistered, StatusReported
from .models import Commitment, Rollout, StatusReport
from .sheets import Sheet


def rollout_of(programme: Programme, region: Region) -> Rollout | None:
    """The roll-out that has the sheet, if anybody wrote anything: of several, the one that was registered first."""
    return Rollout.objects.filter(programme=programme, region=region).order_by("registered_at", "pk").first()


def report(actor: Person, programme: Programme, region: Region, payload: StatusReported) -> bool:
    """Report a step. Returns whether it is new: said twice in a row, it is said once. Raises ``Refusal``."""
    reports = StatusReport.objects.counting().filter(rollout__programme=programme, rollout__region=region)
    latest = reports.order_by("-reported_at", "-pk").first()
    if latest and _repeats(latest, payload):
        return False
    after = str(latest.pk) if latest else ""
    return _tell(actor, programme, region, "rollout.status_reported", payload, _counts(StatusReport), after)


def _repeats(latest: StatusReport, payload: StatusReported) -> bool:
    said = (latest.status, latest.on, latest.decree, latest.decree_on, latest.note, latest.file)
    file = payload.file.sha256 if payload.file else ""
    return said == (payload.status, payload.on, payload.decree, payload.decree_on, payload.note, file)


def sign(actor: Person, programme: Programme, region: Region, payload: CommitmentSigned) -> bool:
    """Keep a leader's signed paper. Returns whether it is new. Raises ``Refusal``."""
    known = Commitment.objects.counting().filter(rollout__programme=programme, rollout__region=region)
    if known.filter(leader=payload.leader, signed_on=payload.signed_on, file=payload.file.sha256).exists():
        return False
    return _tell(actor, programme, region, "rollout.commitment_signed", payload, _counts(Commitment))


def take_back(actor: Person, told: StatusReport | Commitment, reason: str) -> None:
    """A step or a paper was a mistake (its roll-out is loaded). Once is enough. Raises ``Refusal``."""
    if told.withdrawals.exists():
        return
    kind = "rollout.status_withdrawn" if isinstance(told, StatusReport) else "rollout.commitment_withdrawn"
    about: dict[str, Any] = {"actor": actor.pk, "subject": told.rollout_id, "audience": told.rollout.region_id}
    payload = EvidenceWithdrawn(told.pk, reason)
    id = _place(told.pk, actor, payload, lambda entry: told.withdrawals.filter(pk=entry).exists())
    record_many([Deed(kind, payload, **about, id=id)])


def write(actor: Person, programme: Programme, region: Region, changes: Mapping[str, Change]) -> None:
    """Change fields of the sheet. Raises ``Refusal``."""
    id, begun = _begun(actor, programme, region)
    # Where nothing stood yet, an edit replaces that nothing.
    based = {field: Change(one.value, one.bases or (id,)) for field, one in changes.items()}
    payload = RolloutChanged(based)
    place = _place(id, actor, payload, lambda entry: Sheet(id).shows(entry, changes))
    record_many([*begun, _deed(actor, region, "rollout.changed", payload, id, place)])


def _tell(
    actor: Person,
    programme: Programme,
    region: Region,
    kind: str,
    payload: Any,
    counts: Callable[[UUID], bool],
    after: str = "",
) -> bool:
    """Record it. Returns whether it is new: another process may have stored the same form in the meantime."""
    id, begun = _begun(actor, programme, region)
    deed = _deed(actor, region, kind, payload, id, _place(id, actor, payload, counts, after))
    return record_many([*begun, deed])[-1].made_at == deed.made_at


def _deed(actor: Person, region: Region, kind: str, payload: Any, rollout: UUID, id: UUID) -> Deed:
    return Deed(kind, payload, actor.pk, rollout, region.pk, id=id, made_at=clock.now())


def _counts(model: type[StatusReport | Commitment]) -> Callable[[UUID], bool]:
    return lambda entry: model.objects.counting().filter(pk=entry).exists()


def _place(cause: UUID, actor: Person, payload: Any, counts: Callable[[UUID], bool], after: str = "") -> UUID:
    """The id under which ``actor`` says ``payload``; another, where what has it does not count (any more)."""
    said = canonical.digest(canonical.encode(payload)).hex()
    id = derived(cause, str(actor.pk), said, after)
    while Entry.objects.filter(pk=id).exists() and not counts(id):
        id = derived(id, "again")
    return id


def _begun(actor: Person, programme: Programme, region: Region) -> tuple[UUID, list[Deed]]:
    """The roll-out's id, and what begins it if nobody did yet."""
    # The same wherever somebody begins it first, so that two who begin at once begin one; another if it is spoilt.
    id = first_id(programme.pk, region.pk)
    taken = Entry.objects.filter(pk=id).exists()
    kept = rollout_of(programme, region)  # after the look above: who begins it between the two spoils nothing
    if kept:
        return kept.pk, []
    id, payload = uuid7() if taken else id, RolloutRegistered(programme.pk, region.pk)
    begun = Deed("rollout.registered", payload, actor.pk, audience=region.pk, id=id, made_at=clock.now())
    return id, [begun]


def first_id(programme: UUID, region: UUID) -> UUID:
    """The id of the roll-out of ``programme`` in ``region`` that is begun first."""
    return derived(programme, "rollout", str(region))
