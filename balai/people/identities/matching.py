"""Is this somebody we know? Comparing what is known of two people, and finding whom to compare with."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from django.db.models import Q

from balai.common import names
from balai.people.models import NikKey, PersonQuerySet

Key = TypeVar("Key")
#: From here on two names in one village are worth a look.
ALIKE = 0.8
#: A shared number counts only between names that have at least something in common: phones are shared.
RELATED = 0.5
#: How many regions' people are kept in memory at a time.
_REGIONS = 40
#: What is looked for in all regions (an e-mail address only helps to compare: offices share one).
_COLUMNS = {"nik": "nik_key__digest", "nip": "nip", "phone": "phone"}


class Reason(StrEnum):
    """Why two people may be one."""

    NIK = "nik"
    NIP = "nip"
    PHONE = "phone"
    EMAIL = "email"
    NAME = "name"
    NEAR_NAME = "near_name"
    BIRTH_DATE = "birth_date"


@dataclass(frozen=True)
class Features:
    """What is known of a person, as far as it helps to recognise them. ``nik`` is the keyed hash."""

    name_key: str
    region: UUID | None = None
    nik: str = ""
    phone: str = ""
    nip: str = ""
    email: str = ""
    birth_date: date | None = None
    sex: str = ""


@dataclass(frozen=True)
class Match:
    """``id`` may be the person looked for; ``certain``: no need to ask."""

    id: UUID
    reasons: tuple[Reason, ...]
    certain: bool

    @property
    def weight(self) -> tuple[bool, int]:
        return self.certain, len(self.reasons)


def compare(id: UUID, one: Features, other: Features) -> Match | None:
    """The match of ``other`` (whose id is ``id``) with ``one``, if they may be one person.

    A NIK decides, unless the names have nothing in common. A number that is one person's (NIP) or may be
    shared (phone, e-mail) needs a similar name. A name alone counts within one village, and only for a look.
    """
    marks = _shared(one, other)
    same_place = one.region == other.region
    likeness = names.likeness(one.name_key, other.name_key, RELATED if marks else ALIKE)
    if not marks and not (likeness and same_place):
        return None
    born_alike = bool(one.birth_date) and one.birth_date == other.birth_date
    opposed = _opposed(one, other)
    reasons = (*marks, *_by_name(likeness), *([Reason.BIRTH_DATE] if born_alike else []))
    if Reason.NIK in marks:
        return Match(id, reasons, certain=likeness > 0 or born_alike)
    if _excluded(marks, likeness, opposed, born_alike=born_alike):
        return None
    proven = bool(marks) or (born_alike and likeness == 1.0)
    return Match(id, reasons, certain=proven and likeness >= ALIKE and not opposed)


def _excluded(marks: list[Reason], likeness: float, opposed: set[str], *, born_alike: bool) -> bool:
    """Whether what is known speaks against one person more than what is shared speaks for it."""
    if "nik" in opposed:
        return not (likeness == 1.0 and born_alike)
    if marks:
        return likeness == 0 and Reason.NIP not in marks
    return bool(opposed - {"sex"}) or (likeness < 1.0 and bool(opposed))


def _by_name(likeness: float) -> list[Reason]:
    if likeness < ALIKE:
        return []
    return [Reason.NAME if likeness == 1.0 else Reason.NEAR_NAME]


def _shared(one: Features, other: Features) -> list[Reason]:
    fields = (Reason.NIK, Reason.NIP, Reason.PHONE, Reason.EMAIL)
    return [reason for reason in fields if getattr(one, reason) and getattr(one, reason) == getattr(other, reason)]


def _opposed(one: Features, other: Features) -> set[str]:
    """What both state, and differently."""
    fields = ("nik", "nip", "birth_date", "sex")
    return {f for f in fields if getattr(one, f) and getattr(other, f) and getattr(one, f) != getattr(other, f)}


@dataclass
class Pool:
    """People (or rows) to compare with, found by what they share."""

    people: dict[UUID, Features] = field(default_factory=dict)
    _by_mark: dict[tuple[str, str], set[UUID]] = field(default_factory=lambda: defaultdict(set))
    _by_region: dict[UUID | None, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    _by_name: dict[tuple[UUID | None, str], set[UUID]] = field(default_factory=lambda: defaultdict(set))

    def add(self, id: UUID, features: Features) -> None:
        if id not in self.people:
            self.people[id] = features
            self._by_region[features.region].add(id)
            self._by_name[_named(features)].add(id)
            for mark in _marks(features):
                self._by_mark[mark].add(id)

    def drop(self, id: UUID) -> None:
        features = self.people.pop(id)
        _take(self._by_region, features.region, id)
        _take(self._by_name, _named(features), id)
        for mark in _marks(features):
            _take(self._by_mark, mark, id)

    def of_region(self, region: UUID | None) -> set[UUID]:
        return set(self._by_region.get(region, ()))

    def holders(self, mark: str, value: str) -> set[UUID]:
        return set(self._by_mark.get((mark, value), ()))

    def matches(self, features: Features, *, misspelt: bool = True) -> list[Match]:
        """Who may be the one with ``features``, the surest first.

        Misspelt names are only looked for when nobody is found for certain, and not at all without ``misspelt``.
        """
        near = set(self._by_name.get(_named(features), ()))
        for mark in _marks(features):
            near |= self._by_mark.get(mark, set())
        found = self._compared(features, near)
        if misspelt and not any(match.certain for match in found):
            found += self._compared(features, self._by_region.get(features.region, set()) - near)
        return sorted(found, key=lambda match: (match.weight, match.id.int), reverse=True)

    def alike(self, features: Features) -> list[Match]:
        """Everybody who may be the one with ``features``: whoever of two is asked about, the answer is the same."""
        near = set(self._by_region.get(features.region, ()))
        for mark in _marks(features):
            near |= self._by_mark.get(mark, set())
        return self._compared(features, near)

    def _compared(self, features: Features, ids: Iterable[UUID]) -> list[Match]:
        return [match for match in (compare(id, features, self.people[id]) for id in ids) if match]


def _take(sets: dict[Key, set[UUID]], key: Key, id: UUID) -> None:
    """Take ``id`` out of the set of ``key``; an empty set does not stay, or they grow with all who ever were here."""
    sets[key].discard(id)
    if not sets[key]:
        del sets[key]


def _named(features: Features) -> tuple[UUID | None, str]:
    return features.region, features.name_key


def _marks(features: Features) -> list[tuple[str, str]]:
    fields = (Reason.NIK, Reason.NIP, Reason.PHONE, Reason.EMAIL)
    return [(mark, getattr(features, mark)) for mark in fields if getattr(features, mark)]


class Acquaintances:
    """The people within somebody's reach, loaded as they are asked for, a bounded number of regions at a time."""

    def __init__(self, people: PersonQuerySet) -> None:
        self._people = people
        self._pool = Pool()
        self._regions: dict[UUID, None] = {}

    def prepare(self, batch: Iterable[Features]) -> None:
        """Load whom anyone of ``batch`` may be: a query for new regions and one for each kind of number."""
        asked = list(batch)
        regions = {features.region for features in asked if features.region}
        fresh = regions - self._regions.keys()
        self._regions.update(dict.fromkeys(fresh))
        self._load(Q(region__in=fresh))
        for mark, column in _COLUMNS.items():
            self._load(Q(**{f"{column}__in": {getattr(features, mark) for features in asked} - {""}}))
        self._forget(keep=regions)

    def matches(self, features: Features) -> list[Match]:
        return self._pool.matches(features)

    def features(self, people: Collection[UUID]) -> dict[UUID, Features]:
        """What is known of those of ``people`` (ids) who are within reach. One query."""
        return dict(self._read(Q(pk__in=people)))

    def alike(self, id: UUID, features: Features) -> list[Match]:
        """Everybody else who may be the person with ``id``, of whom ``features`` are known."""
        return [match for match in self._pool.alike(features) if match.id != id]

    def holders(self, mark: str, value: str) -> set[UUID]:
        """The people of whom ``value`` is the ``mark`` (nik, nip or phone), as far as they are loaded."""
        return self._pool.holders(mark, value) if value else set()

    def _load(self, wanted: Q) -> None:
        for person, features in self._read(wanted):
            self._pool.add(person, features)

    def _read(self, wanted: Q) -> Iterator[tuple[UUID, Features]]:
        columns = ("id", "name_key", "region_id", "nik_key__digest", "phone", "nip", "email", "birth_date", "sex")
        for person, name_key, region, digest, *rest in self._people.filter(wanted).values_list(*columns):
            yield person, Features(name_key, region, digest or "", *rest)

    def _forget(self, keep: set[UUID]) -> None:
        for region in list(self._regions):
            if len(self._regions) <= _REGIONS:
                return
            if region not in keep:
                del self._regions[region]
                for person in self._pool.of_region(region):
                    self._pool.drop(person)


def elsewhere(digests: set[str], people: PersonQuerySet) -> set[str]:
    """Those of ``digests`` (keyed hashes of NIKs) that only people outside ``people`` have."""
    known = NikKey.objects.filter(digest__in=digests, person__merged_into=None, person__withdrawn_at=None)
    owners = dict(known.values_list("person", "digest"))
    within = set(people.filter(pk__in=owners).values_list("pk", flat=True))
    return set(owners.values()) - {owners[person] for person in within}
