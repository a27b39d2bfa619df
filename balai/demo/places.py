"""Where the story plays: all villages of Lampung Tengah, and some of its neighbours and of two other provinces."""

from collections.abc import Iterator
from dataclasses import dataclass

from balai.regions.models import Region

from .cast import LAMPUNG_TENGAH, PEREAN


@dataclass(frozen=True)
class Neighbour:
    """A kabupaten or kota that takes part with ``villages``, of those below ``among``; ``invited``: so far."""

    code: str
    among: str
    villages: int
    invited: bool = True


NEIGHBOURS = (
    Neighbour("18.01", "18.01", 16),
    Neighbour("18.07", "18.07", 12),
    Neighbour("18.72", "18.72", 8),
    Neighbour("18.05", "18.05", 10, invited=False),
    Neighbour("51.02", PEREAN[:8], 6),
    Neighbour("53.01", "53.01", 8),
)
#: Kabupaten and kota whose teams are named, beside those above.
TEAMS_ONLY = ("18.08", "18.71")


def villages_of(code: str) -> Iterator[Region]:
    """The villages of today at and below ``code``, by code."""
    below = Region.objects.below_prefixes([code]).current().filter(level=4).order_by("code")
    return below.iterator()


def some_villages(neighbour: Neighbour, count: int) -> list[Region]:
    """``count`` of them, far apart."""
    found = list(villages_of(neighbour.among))
    return found[:: max(1, len(found) // count)][:count] if found else []


def kecamatan_of(code: str) -> list[Region]:
    """The kecamatan at and below ``code`` within Lampung Tengah."""
    return list(Region.objects.below_prefixes([code]).current().filter(level=3, code__startswith=LAMPUNG_TENGAH))
