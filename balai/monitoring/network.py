"""How phones reach the hub: noted once a day and person, with a request that is made anyway; counted by village.

A lesson's page asks for ``/saya.json``; once a day the browser says with it (header ``Network-Seen``) what it knows:
the class of connection, how long the page was waited for, how many such requests it made since, how many failed.
No place but the person's own region, no time but the day.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, MutableMapping
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from balai.assessments.judging import lock
from balai.common import clock
from balai.log.models import Entry
from balai.log.record import record
from balai.people.models import Person
from balai.regions import codes

from .counts import Counts, median
from .entries import NetworkSeen
from .models import ALL, NetworkSighting

Network = NetworkSighting.Network
Counted = MutableMapping[tuple[str, UUID], Counts]
#: What was seen within so many days is counted.
LATELY = 30
#: ms within which the answer began; later ones are 0.
WAITS = (100, 200, 400, 800, 1_600, 3_200)
#: From so many ms on a connection is no better than that (the table of the Network Information API, WICG).
_FROM = ((1_400, Network.SLOW), (270, Network.MIDDLE))
_SAID = re.compile(r"(slow-2g|2g|3g|4g|-) (\d{1,5}) (\d{1,4}) (\d{1,4})")
_ORDER = list(Network)


def note(person: Person, said: str) -> Entry | None:
    """Record what the browser of ``person`` said (see above), unless it is nothing or was said today already."""
    found = _SAID.fullmatch(said)
    if found is None or person.region_id is None:
        return None
    today = timezone.localdate(clock.wall())
    if _noted(person, person.region_id, today):
        return None
    milliseconds, asked, failed = (int(number) for number in found.groups()[1:])
    payload = NetworkSeen(
        day=today,
        network=classified(found[1], milliseconds, asked, failed).value,
        within=next((wait for wait in WAITS if milliseconds <= wait), 0),
        asked=asked,
        failed=min(failed, asked),
    )
    with transaction.atomic():
        lock(person.id)  # two requests at once would both find nothing noted
        if _noted(person, person.region_id, today):
            return None
        return record("network.seen", payload, actor=person.id, subject=person.id, audience=person.region_id)


def _noted(person: Person, region: UUID, today: date) -> bool:
    seen = NetworkSighting.objects.filter(day=today, region=region).values("pk")
    return Entry.objects.filter(pk__in=seen, subject__in=person.identities).exists()


def classified(said: str, milliseconds: int, asked: int, failed: int) -> Network:
    """The class of a connection: the worse of what the browser takes it for and what was measured."""
    if failed * 2 > asked:
        return Network.NONE
    measured = next((network for limit, network in _FROM if milliseconds >= limit), Network.FAST)
    browser = {"slow-2g": Network.SLOW, "2g": Network.SLOW, "3g": Network.MIDDLE}.get(said, Network.FAST)
    return min(measured, browser, key=_ORDER.index)


def count(found: Counted, places: Collection[str] | None) -> None:
    """Add to ``found`` what was seen lately in the villages ``places``, or everywhere for ``None``."""
    since = timezone.localdate(clock.wall()) - timedelta(days=LATELY)
    rows = NetworkSighting.objects.filter(day__gt=since)
    _add(found, rows if places is None else rows.filter(region__code__in=places))


def count_days(found: Counted, inside: str, first: date, last: date) -> None:
    """Add to ``found`` what was seen from ``first`` to ``last`` in the villages of the region ``inside``."""
    _add(found, NetworkSighting.objects.filter(codes.below(inside, "region__code"), day__range=(first, last)))


def _add(found: Counted, rows: QuerySet[NetworkSighting]) -> None:
    """Each village is of the class in the middle of its sightings."""
    rows = rows.filter(region__level=4)
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for code, day, network, asked, failed in rows.values_list("region__code", "day", "network", "asked", "failed"):
        seen[code][network] += 1
        counts = found[code, ALL]
        counts.asked += asked
        counts.failed += failed
        counts.seen_on = max(counts.seen_on, day.isoformat())
    for code, classes in seen.items():
        middle = median({network: classes[network] for network in _ORDER})
        setattr(found[code, ALL], f"net_{middle}", 1)
