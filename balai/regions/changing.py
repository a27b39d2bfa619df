"""What the nation's admin records about the tree: each decision becomes one entry a region that it touches."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai.common.ids import uuid7
from balai.common.problems import Refusal
from balai.log.handlers import Change
from balai.log.record import Deed

from . import codes, problems
from .heads import edits
from .institutions import Institution
from .models import Region, RegionQuerySet, region_id
from .payloads import Event, RegionChanged

Count = Callable[[RegionQuerySet], int]
_COUNTS: list[tuple[str | Promise, Count]] = [
    (_("lembaga"), lambda regions: Institution.objects.filter(region__in=regions).count())
]


def affects(label: str | Promise, count: Count) -> None:
    """A room above says what else hangs on regions, for the preview: ``count(regions)``."""
    _COUNTS.append((label, count))


def affected(region: Region) -> list[tuple[str | Promise, int]]:
    """What lies in ``region`` and below: how many regions, institutions, people …"""
    regions = Region.objects.current().within(region)
    return [(_("wilayah"), regions.count()), *((label, count(regions)) for label, count in _COUNTS)]


@dataclass(frozen=True)
class NewRegion:
    """A region that a decision creates."""

    code: str
    name: str
    kind: str
    local_kind: str = ""

    @property
    def values(self) -> dict[str, str]:
        named = {"code": self.code, "name": self.name, "kind": self.kind, "local_kind": self.local_kind}
        return {field: value for field, value in named.items() if value}


@dataclass(frozen=True)
class Act:
    """One decision: who records it, since when it holds, on which legal ground. Its methods give the deeds.

    All raise ``Refusal`` when the tree as it is does not allow the change.
    """

    actor: UUID | None
    since: date
    basis: str = ""
    id: UUID = field(default_factory=uuid7)

    def change(self, region: Region, **values: str) -> list[Deed]:
        """New values of name, kind, local_kind or postal_code."""
        _insist_current(region)
        new = {name: value for name, value in values.items() if getattr(region, name) != value}
        if not new:
            raise Refusal(problems.NO_CHANGE)
        return self._deeds("changed", {region: new}, former="name" in new)

    def renumber(self, region: Region, code: str) -> list[Deed]:
        """A new code for ``region``, and with it for everything below."""
        _insist_current(region)
        if code == region.code:
            raise Refusal(problems.NO_CHANGE)
        moved = list(Region.objects.current().within(region).order_by("code"))
        new = {below: {"code": code + below.code[len(region.code) :]} for below in moved}
        _insist_fitting(code, region.level)
        _insist_free([values["code"] for values in new.values()], moved)
        return self._deeds("renumbered", new, former=True)

    def create(self, new: NewRegion, level: int) -> list[Deed]:
        """A region that was not there before."""
        _insist_fitting(new.code, level)
        _insist_free([new.code], [])
        return [self._creation(new)]

    def split(self, region: Region, parts: Sequence[NewRegion], *, ends: bool) -> list[Deed]:
        """``parts`` come out of ``region``, which goes on beside them or ends."""
        _insist_current(region)
        if ends:
            _insist_empty(region)
        for part in parts:
            _insist_fitting(part.code, region.level)
        _insist_free([part.code for part in parts], [region] if ends else [])
        created = [self._creation(part) for part in parts]
        values: dict[str, Any] = {"successors": [str(deed.id) for deed in created]}
        if ends:
            values["ended_on"] = self.since.isoformat()
        return [*created, *self._deeds("split", {region: values})]

    def merge(self, region: Region, successor: Region) -> list[Deed]:
        """``region`` ends; ``successor`` carries it on."""
        _insist_current(region)
        _insist_empty(region)
        if successor.ended_on or successor.level != region.level or successor == region:
            raise Refusal(problems.NOT_A_SUCCESSOR, region=successor.title)
        return self._deeds("merged", {region: {"successors": [str(successor.id)], "ended_on": self.since.isoformat()}})

    def end(self, region: Region) -> list[Deed]:
        """``region`` ends, and nothing carries it on."""
        _insist_current(region)
        _insist_empty(region)
        return self._deeds("ended", {region: {"ended_on": self.since.isoformat()}})

    def _deeds(self, event: Event, wanted: dict[Region, dict[str, Any]], *, former: bool = False) -> list[Deed]:
        changes = edits({region.id: values for region, values in wanted.items()})
        return [
            self._deed(
                RegionChanged(
                    act=self.id,
                    event=event,
                    since=self.since,
                    basis=self.basis,
                    changes=changes[region.id],
                    former=(region.name, region.code) if former else None,
                ),
                region.id,
            )
            for region in wanted
        ]

    def _creation(self, new: NewRegion) -> Deed:
        id = _fresh_id(new.code)
        changes = {field: Change(value, ()) for field, value in new.values.items()}
        payload = RegionChanged(act=self.id, event="created", since=self.since, basis=self.basis, changes=changes)
        return self._deed(payload, id, id=id)

    def _deed(self, payload: RegionChanged, region: UUID, id: UUID | None = None) -> Deed:
        return Deed("region.changed", payload, actor=self.actor, subject=region, audience=region, id=id)


def _fresh_id(code: str) -> UUID:
    """The id of the next region that gets ``code``."""
    turn = 1
    while Region.objects.filter(pk=region_id(code, turn)).exists():
        turn += 1
    return region_id(code, turn)


def _insist_current(region: Region) -> None:
    if region.ended_on:
        raise Refusal(problems.ENDED, region=region.title)


def _insist_empty(region: Region) -> None:
    count = Region.objects.current().within(region).count() - 1
    if count:
        raise Refusal(problems.HAS_PARTS, count=count, region=region.title)


def _insist_fitting(code: str, level: int) -> None:
    above = codes.parent_of(code)
    there = not above or Region.objects.current().filter(code=above).exists()
    if codes.dotted(code) != code or codes.level_of(code) != level or not there:
        raise Refusal(problems.CODE_MISFIT, code=code)


def _insist_free(wanted: Sequence[str], leaving: Sequence[Region]) -> None:
    taken = Region.objects.current().filter(code__in=wanted).exclude(pk__in=[region.pk for region in leaving])
    holder = taken.order_by("code").first()
    repeated = next((code for code in wanted if wanted.count(code) > 1), None)
    if holder or repeated:
        raise Refusal(problems.CODE_TAKEN, code=holder.code if holder else repeated, region=holder or repeated)
