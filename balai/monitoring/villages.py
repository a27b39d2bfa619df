"""How many villages a region has: what coverage is counted against. Kept until the region tree changes."""

from collections import Counter
from functools import lru_cache
from uuid import UUID

from django.db.models import Count
from django.db.models.functions import Left

from balai.regions import codes
from balai.regions.models import Region, Tree

#: The signs of a code of a kecamatan.
_KECAMATAN = 8


def villages() -> "Counter[str]":
    """The number of villages by code of every region above them; "" is the nation. One query."""
    return _counted(Tree.objects.values_list("stamp", flat=True).first())


@lru_cache(maxsize=1)
def _counted(stamp: UUID | None) -> "Counter[str]":
    """7,285 kecamatan are counted, once a process, for the tree of this ``stamp``."""
    current = Region.objects.current().filter(level=4).order_by()
    rows = current.annotate(kecamatan=Left("code", _KECAMATAN)).values_list("kecamatan").annotate(Count("pk"))
    found: Counter[str] = Counter()
    for code, count in rows:
        for place in (code, *codes.ancestors_of(code), ""):
            found[place] += count
    return found
