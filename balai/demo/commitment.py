"""A leader's commitment on paper, as the demonstration makes it: of nobody real, and CONTOH all over it."""

from datetime import date
from pathlib import Path
from random import Random

from balai.common import formats, typesetting
from balai.regions.models import Region

from . import names

_TEMPLATE = Path(__file__).with_name("commitment.typ")


def invented_leader(region: Region) -> str:
    """Nobody's name."""
    return names.draw(Random(f"pemimpin {region.code}"), region.name, region.code)[0]


def draw(leader: str, title: str, place: str, signed_on: date) -> bytes:
    """The paper, the same bytes each time."""
    said = {"leader": leader, "title": title, "place": place, "day": formats.day(signed_on)}
    return typesetting.pdf(_TEMPLATE, said)
