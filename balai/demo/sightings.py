"""How the phones of those who study reached the hub: well in the towns, slowly in the hills and the swamps."""

from collections.abc import Iterable, Iterator
from random import Random
from uuid import UUID

from balai.common import formats
from balai.common.ids import derived
from balai.log.record import Deed
from balai.monitoring.entries import NetworkSeen

from .delegates import Delegate

#: Each person's phone is noted on so many of their days: enough to know the village by.
_DAYS = 3
#: By kecamatan: how often in a hundred nothing, 2G, 3G, 4G; elsewhere the last.
_CLASSES = {
    "18.02.19": (8, 40, 40, 12), "18.02.20": (12, 48, 32, 8), "18.02.22": (4, 30, 50, 16),
    "18.02.09": (2, 20, 58, 20), "18.02.26": (6, 34, 48, 12), "18.02.12": (3, 26, 55, 16),
    "18.02.15": (1, 14, 60, 25), "18.02.05": (0, 1, 19, 80), "18.02.07": (0, 1, 14, 85), "18.02.23": (0, 2, 20, 78),
}  # fmt: skip
_PROVINCES = {"53": (15, 45, 32, 8)}
_ELSEWHERE = (0, 6, 46, 48)
#: ms within which answers began, by class; 0 is later than any.
_WITHIN = {"none": (0, 3_200), "2g": (1_600, 3_200), "3g": (400, 800), "4g": (100, 200)}


def of(deeds: Iterable[Deed], people: Iterable[Delegate]) -> Iterator[Deed]:
    """A sighting beside some of ``deeds``: the first of a day, a few days each."""
    places = {one.id: one for one in people}
    seen: dict[UUID, set[object]] = {}
    for deed in sorted((one for one in deeds if one.actor in places and one.made_at), key=lambda one: str(one.made_at)):
        one = places[deed.actor]  # type: ignore[index]
        day = deed.made_at.astimezone(formats.zone_of("")).date()  # type: ignore[union-attr]
        days = seen.setdefault(one.id, set())
        if len(days) < _DAYS and day not in days:
            days.add(day)
            id = derived(one.id, "network", day.isoformat())
            yield Deed("network.seen", _noted(one, day), one.id, one.id, one.region, id=id, made_at=deed.made_at)


def _noted(one: Delegate, day: object) -> NetworkSeen:
    random = Random(f"{one.id}/{day}")
    weights = _CLASSES.get(one.code[:8]) or _PROVINCES.get(one.code[:2]) or _ELSEWHERE
    network = random.choices(("none", "2g", "3g", "4g"), weights)[0]
    asked = random.randrange(4, 40)
    failed = {"none": asked * 3 // 4, "2g": asked // 6, "3g": asked // 20, "4g": 0}[network]
    return NetworkSeen(day, network, random.choice(_WITHIN[network]), asked, failed)  # type: ignore[arg-type]
