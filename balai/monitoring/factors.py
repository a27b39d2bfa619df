"""The three factors of a region, side by side and never averaged: its leaders' support, the network, participation.

Each has a verdict of its own; a region that lacks one lacks the whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from balai.programmes.rollout.standing import Standing, standing
from balai.regions.models import Region

from . import thresholds
from .counts import Counts
from .picture import Picture
from .villages import villages

#: The level of a kabupaten or kota: below it the programme asks for no team of its own.
_TEAMS = 2


class Verdict(StrEnum):
    """What can be said of a factor."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Support:
    """What proves the support of the leaders of ``region``: of the region that was asked about, or, below a
    kabupaten, of that kabupaten when it proves more.

    ``own``: it is the region's own proof, not that of its kabupaten.
    ``whole``: of so many regions right below so many have everything on the list; ``known`` have told anything.
    """

    region: Region | None
    standing: Standing
    whole: int = 0
    known: int = 0
    below: int = 0
    newest_below: date | None = None
    own: bool = True

    @property
    def complete(self) -> int:
        return count(self.standing)

    @property
    def verdict(self) -> Verdict:
        if self.region is None:
            if not self.known:
                return Verdict.UNKNOWN
            return _verdict(_reaches(self.whole, self.below, thresholds.SUPPORTED_PROVINCES))
        return _verdict(has_all(self.standing)) if is_known(self.standing) else Verdict.UNKNOWN

    @property
    def newest(self) -> date | None:
        return self.standing.latest if self.region else self.newest_below


def checks(one: Standing) -> list[tuple[str, bool]]:
    """What a leader's support is proven by, and whether it is there."""
    sheet = one.sheet
    return [
        ("decree", bool(one.decree)),
        ("budget", sheet["budget"]),
        ("operator", sheet["operator"]),
        ("schedule", sheet["schedule"]),
        ("commitment", one.commitments > 0),
    ]


def count(one: Standing) -> int:
    """How much of it is there."""
    return sum(there for _key, there in checks(one))


def has_all(one: Standing) -> bool:
    return all(there for _key, there in checks(one))


def is_known(one: Standing) -> bool:
    """Whether anybody has told anything."""
    return one != Standing()


@dataclass(frozen=True)
class Network:
    """How phones in the ``villages`` of a region reached the hub lately, or in a period."""

    counts: Counts
    villages: int
    of_period: bool = False

    @property
    def seen(self) -> int:
        return self.counts.seen_villages

    @property
    def connected(self) -> int:
        """Villages with 3G or better."""
        return self.counts.net_3g + self.counts.net_4g

    @property
    def newest(self) -> date | None:
        return date.fromisoformat(self.counts.seen_on) if self.counts.seen_on else None

    @property
    def verdict(self) -> Verdict:
        if not self.seen:
            return Verdict.UNKNOWN
        return _verdict(
            _reaches(self.seen, self.villages, thresholds.SEEN_VILLAGES)
            and _reaches(self.connected, self.seen, thresholds.CONNECTED_VILLAGES)
        )


@dataclass(frozen=True)
class Participation:
    """How many of the registered people of the ``villages`` began and finished, as counted at ``as_of``."""

    counts: Counts
    villages: int
    as_of: datetime | None

    @property
    def verdict(self) -> Verdict:
        people = self.counts.people
        if not people:
            return Verdict.UNKNOWN
        return _verdict(
            _reaches(self.counts.villages, self.villages, thresholds.TAKING_PART)
            and _reaches(self.counts.started, people, thresholds.STARTED)
            and _reaches(self.counts.finished, people, thresholds.FINISHED)
        )


@dataclass(frozen=True)
class Factors:
    """The three of one region."""

    support: Support
    network: Network
    participation: Participation

    @property
    def verdicts(self) -> list[tuple[str, Verdict]]:
        """By key, in the order in which they are always shown."""
        return [
            ("support", self.support.verdict),
            ("network", self.network.verdict),
            ("participation", self.participation.verdict),
        ]

    @property
    def lacking(self) -> list[str]:
        """The keys of those that are not fulfilled, or not known."""
        return [key for key, verdict in self.verdicts if verdict != Verdict.MET]

    @property
    def met(self) -> bool:
        return not self.lacking


@dataclass(frozen=True)
class Ground:
    """What the factors of a region and of those right below it are read from."""

    picture: Picture
    standings: dict[UUID, Standing]
    villages: Counter[str]
    of_period: bool = False

    @property
    def whole(self) -> Factors:
        """Of the region itself."""
        picture = self.picture
        below = [self.standings[row.region.pk] for row in picture.rows]
        region = picture.region
        responsible = self._responsible([region, *region.parents]) if region else None
        support = Support(
            responsible,
            self.standings[responsible.pk] if responsible else Standing(),
            sum(has_all(one) for one in below),
            sum(is_known(one) for one in below),
            len(below),
            max((one.latest for one in below if one.latest), default=None),
        )
        return self._factors(support, region.code if region else "", picture.total)

    @property
    def below(self) -> list[Factors]:
        """Of each region right below, in the order of the picture's rows."""
        region = self.picture.region
        above = [region, *region.parents] if region else []
        found = []
        for row in self.picture.rows:
            responsible = self._responsible([row.region, *above])
            support = Support(responsible, self.standings[responsible.pk], own=responsible.pk == row.region.pk)
            found.append(self._factors(support, row.region.code, row.counts))
        return found

    def _responsible(self, regions: list[Region]) -> Region:
        """Nearest first: of them up to the kabupaten whoever proves most; when nobody proves anything the highest."""
        asked = [region for region in regions if region.level >= _TEAMS] or regions[:1]
        proofs = {region.pk: count(self.standings[region.pk]) for region in asked}
        known = [region for region in asked if is_known(self.standings[region.pk])]
        return max(known, key=lambda region: proofs[region.pk], default=asked[-1])

    def _factors(self, support: Support, code: str, counts: Counts) -> Factors:
        count = self.villages[code] if code.count(".") < 3 else 1
        return Factors(
            support, Network(counts, count, self.of_period), Participation(counts, count, self.picture.as_of)
        )


def ground(picture: Picture, *, of_period: bool = False) -> Ground:
    """What the factors of ``picture`` are read from: four queries, whatever the size of the country.

    ``of_period``: what was seen of the network is of a period, not of the last days.
    """
    region = picture.region
    concerned: Iterable[Region] = [row.region for row in picture.rows]
    if region:
        concerned = [*concerned, region, *region.parents]
    return Ground(picture, standing(None, [one.pk for one in concerned]), villages(), of_period)


def _reaches(part: int, whole: int, percent: int) -> bool:
    return bool(whole) and part * 100 >= whole * percent


def _verdict(met: bool) -> Verdict:
    return Verdict.MET if met else Verdict.UNMET
