"""What happened to a region: its entries, oldest first."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai.log.kinds import KINDS
from balai.log.models import Entry, Standing

from .models import Region
from .payloads import RegionChanged

_LABELS: dict[str, Promise] = {
    "created": _("Dibentuk"),
    "changed": _("Ganti nama atau sebutan"),
    "renumbered": _("Ganti kode"),
    "split": _("Dimekarkan"),
    "merged": _("Digabung ke wilayah lain"),
    "ended": _("Berakhir"),
}


@dataclass(frozen=True)
class Step:
    """One entry of a region's history."""

    event: str
    since: date
    basis: str
    made_at: datetime
    actor: UUID | None
    changes: dict[str, object]
    former: tuple[str, str] | None

    @property
    def label(self) -> str:
        """The event in words."""
        return str(_LABELS[self.event])


def history(region: Region) -> list[Step]:
    """Every applied change of ``region``, in the order in which they hold."""
    entries = Entry.objects.filter(
        kind="region.changed", subject=region.id, standing__state=Standing.State.APPLIED
    ).exclude(payload="")
    steps = [_step(entry) for entry in entries]
    return sorted(steps, key=lambda step: (step.since, step.made_at))


def _step(entry: Entry) -> Step:
    payload: RegionChanged = KINDS[entry.kind].decode(entry.schema, entry.payload)
    return Step(
        event=payload.event,
        since=payload.since,
        basis=payload.basis,
        made_at=entry.made_at,
        actor=entry.actor,
        changes={field: change.value for field, change in payload.changes.items()},
        former=payload.former,
    )
