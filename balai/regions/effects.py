"""What deeds will do to the tree, told before they are recorded."""

from collections.abc import Sequence
from dataclasses import dataclass

from balai.log.record import Deed

from .models import Region
from .payloads import RegionChanged

#: How many regions a preview names one by one.
SHOWN = 8


@dataclass(frozen=True)
class Effect:
    """One region before and after; ``before`` is "" for one that is created, ``after`` for one that ends."""

    before: str
    after: str


def effects(deeds: Sequence[Deed]) -> list[Effect]:
    """The first ``SHOWN`` regions that ``deeds`` touch, in their order."""
    shown = [deed for deed in deeds if deed.subject][:SHOWN]
    regions = Region.objects.in_bulk([deed.subject for deed in shown if deed.subject])
    return [_effect(deed.payload, regions.get(deed.subject)) for deed in shown if deed.subject]


def _effect(payload: RegionChanged, region: Region | None) -> Effect:
    values = {field: change.value for field, change in payload.changes.items()}
    before = f"{region.code} {region.title}" if region else ""
    if values.get("ended_on"):
        return Effect(before, "")
    names = ("code", "name", "kind", "local_kind")
    after = Region(**{name: values.get(name, getattr(region, name, "")) for name in names})
    return Effect(before, f"{after.code} {after.title}")
