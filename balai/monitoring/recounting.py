"""Keeping the tallies true: some places with all above them, or everything. Counted anew each time, never incremented.

One worker counts at a time (``Reading.claim``), so nothing is locked while it counts: it only reads, and then writes
what differs, in small transactions.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Q

from balai.common.prepared import Insert
from balai.regions import codes

from .counting import Own, own
from .counts import Counts
from .models import Tally

_BATCH = 1_000
_write = Insert(Tally, unique=("place", "course"), update=("kept",))
Key = tuple[str, UUID]


def everything() -> int:
    """Count the whole country anew. Returns how many tallies there are."""
    total = own()
    for level in (4, 3, 2, 1):
        # Each level is added to the one above once it is whole itself, so nothing is added four times.
        for (code, course), counts in [item for item in total.items() if _level(item[0][0]) == level]:
            total[codes.parent_of(code), course] += counts
    _store(total, Q())
    return len(total)


def places(changed: Collection[str]) -> None:
    """Count ``changed`` (codes) anew, then the regions above them, each from those right below it."""
    wanted = {place for code in changed if code for place in (code, *above(code))}
    if not wanted:
        return
    counted = own(wanted - {""})
    for level in (4, 3, 2, 1, 0):
        _settle({code for code in wanted if _level(code) == level}, counted)


def above(code: str) -> Iterator[str]:
    """The codes above, nearest first, the nation ("") last."""
    yield from codes.ancestors_of(code)
    yield ""


def _level(code: str) -> int:
    return codes.level_of(code) if code else 0


def _settle(level: set[str], counted: Own) -> None:
    """Write the tallies of places of one level: their own people, and the tallies right below."""
    total: Own = defaultdict(Counts)
    for (code, course), counts in counted.items():
        if code in level:
            total[code, course] += counts
    for code in level:
        if _level(code) < 4:
            for below in Tally.objects.right_below(code):
                total[code, below.course] += below.counts
    for some in _chunks(sorted(level)):
        _store({key: counts for key, counts in total.items() if key[0] in set(some)}, Q(place__in=some))


def _store(total: dict[Key, Counts], about: Q) -> None:
    """Make the tallies ``about`` some places say ``total``: what is new, what differs, what is no more."""
    old: dict[Key, dict[str, Any]] = {}
    stale = []
    for pk, place, course, kept in Tally.objects.filter(about).values_list("pk", "place", "course", "kept").iterator():
        old[place, course] = kept
        if not total.get((place, course)):
            stale.append(pk)
    rows = (Tally.of(*key, counts) for key, counts in total.items() if counts and old.get(key) != counts.kept)
    while some := list(islice(rows, _BATCH)):
        _write(some)
    for gone in _chunks(stale):
        Tally.objects.filter(pk__in=gone).delete()


def _chunks(items: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(items), _BATCH):
        yield items[start : start + _BATCH]
