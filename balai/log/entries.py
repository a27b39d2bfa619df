"""The log's own kinds: what the hub rules about other entries."""

from uuid import UUID

import msgspec
from django.db import DEFAULT_DB_ALIAS

from balai.common.ids import derived

from . import kinds, problems
from .dependents import dependents_of
from .handlers import withdraw_rows
from .models import Entry, Ruling, Standing
from .taking import ruled_out, take_back


class Ruled(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``targets``: ids of the entries that are admitted, refused or erased, and why, in plain words."""

    targets: tuple[UUID, ...]
    reason: str = ""


def _apply(verdict: Ruling.Verdict) -> kinds.Apply:
    def apply(group: list[kinds.Taken]) -> None:
        rows = [_ruling(taken, target, verdict) for taken in group for target in taken.payload.targets]
        Ruling.objects.bulk_create(rows, ignore_conflicts=True)
        if verdict != Ruling.Verdict.ADMITTED:
            _take_back([row.target for row in rows], verdict)

    return apply


def _ruling(taken: kinds.Taken, target: UUID, verdict: Ruling.Verdict) -> Ruling:
    return Ruling(
        id=derived(taken.id, str(target)),
        target=target,
        verdict=verdict,
        reason=taken.payload.reason,
        ruled_at=taken.made_at,
    )


def _take_back(targets: list[UUID], verdict: Ruling.Verdict) -> None:
    """Take back what the targets did to the tables here, and say how they and what stood on them stand now."""
    entries = list(Entry.objects.using(DEFAULT_DB_ALIAS).filter(pk__in=targets))
    outcomes = {entry: ruled_out(entry.kind, verdict) for entry in entries}
    vanishing = [entry for entry, outcome in outcomes.items() if outcome.state == Standing.State.REFUSED]
    hanging = [entry for entry in dependents_of(vanishing) if entry not in outcomes]
    take_back(hanging, Ruling.Verdict.REFUSED)
    take_back(entries, verdict)
    for entry, outcome in outcomes.items():
        Standing.objects.filter(pk=entry.id).update(state=outcome.state, reason=outcome.reason, awaits="")
    Standing.objects.filter(pk__in=[entry.id for entry in hanging]).exclude(state=Standing.State.REFUSED).update(
        state=Standing.State.REFUSED, reason=problems.DEPENDS_ON_REFUSED.code, awaits=""
    )


def _wakes(taken: kinds.Taken) -> list[str]:
    return [f"decision:{target}" for target in taken.payload.targets]


for _name, _verdict in (
    ("entry.admitted", Ruling.Verdict.ADMITTED),
    ("entry.refused", Ruling.Verdict.REFUSED),
    ("entry.erased", Ruling.Verdict.ERASED),
):
    kinds.register(
        kinds.Kind(
            name=_name,
            payloads=(Ruled,),
            apply=_apply(_verdict),
            may=kinds.only_hub,
            proof=Entry.Proof.HUB,
            withdraw=withdraw_rows(Ruling),
            wakes=_wakes,
        )
    )
