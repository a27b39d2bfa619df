"""The line under a name: what somebody is, and where."""

from datetime import date

from balai.people.models import Person, Position
from balai.regions.models import Region

_REGENCY = 2
LONGEST = 200


def place_of(person: Person, day: date) -> str:
    """``Sekretaris Desa Terbanggi Besar, Kabupaten Lampung Tengah``; without a position only the region."""
    position = _position(person, day)
    region = (position and position.region) or person.region
    parts = [_held(position, region), _above(region)]
    return ", ".join(part for part in parts if part)[:LONGEST]


def _position(person: Person, day: date) -> Position | None:
    """The one that was held last and has not ended by ``day``."""
    held = Position.objects.filter(person__in=person.identities).exclude(ends__ended_on__lte=day)
    return held.select_related("institution", "region").order_by("-held_at", "-pk").first()


def _held(position: Position | None, region: Region | None) -> str:
    where = region.title if region else ""
    if position is None:
        return where
    if position.institution:
        return f"{position.title}, {position.institution.name}"
    if region and position.title.lower().endswith(f" {region.called.lower()}"):
        return f"{position.title} {region.name}"
    return f"{position.title}, {where}" if where else position.title


def _above(region: Region | None) -> str:
    """The kabupaten or kota of a village or kecamatan; the province of a kabupaten."""
    if region is None or not region.parents:
        return ""
    return next((above.title for above in region.parents if above.level == _REGENCY), region.parents[-1].title)
