"""The teams of the regions: who coordinates which, registers whom, and reports how far it is."""

from collections.abc import Iterator
from uuid import UUID

from balai.log.record import Deed
from balai.regions.models import Region

from . import people, rollouts
from .cast import KECAMATAN, LAMPUNG, LAMPUNG_TENGAH, played
from .crowd import Crowd
from .delegates import BETWEEN, EAGERNESS, Delegate, of_office, office_id
from .month import Calendar
from .places import NEIGHBOURS, TEAMS_ONLY, kecamatan_of
from .rollouts import PATHS

#: Kecamatan of Lampung Tengah where nobody is named yet.
_UNNAMED = ("18.02.24", "18.02.28", "18.02.27")


def name(crowd: Crowd, calendar: Calendar) -> None:
    """The province names the coordinators of its kabupaten and kota, the kabupaten those of its kecamatan."""
    offices = _offices([*(one.code for one in NEIGHBOURS), *TEAMS_ONLY])
    for place, office in offices.items():
        by = _above(place)
        people.register([office], calendar, 120, by)
        people.name_coordinators({place: office}, calendar, 119, by)
    named = {one.code: of_office(one) for one in _named(crowd)}
    by = played("demo-koordinator").id
    people.register(list(named.values()), calendar, 95, by)
    people.name_coordinators(named, calendar, 94, by)


def _offices(wanted: list[str]) -> dict[str, Delegate]:
    regions = Region.objects.current().filter(code__in=wanted).order_by("code")
    return {region.code: of_office(region) for region in regions}


def _above(code: str) -> UUID:
    """Who names the coordinator of a kabupaten: the province, or the national office where no province takes part."""
    return played("demo-provinsi" if code.startswith(f"{LAMPUNG}.") else "demo-nasional").id


def register(crowd: Crowd, calendar: Calendar) -> None:
    """Every kabupaten registers the delegates of its villages."""
    cast = {played(account).id for account in ("demo-peserta", "demo-lulusan")}
    home = [one for one in [*crowd.home, *crowd.extra] if one.id not in cast]
    people.register(home, calendar, 44, played("demo-koordinator").id)
    for neighbour, some in crowd.away.items():
        people.register(some, calendar, 43, office_id(neighbour.code))


def invite(crowd: Crowd) -> None:
    """Accounts, on slips or by message, where the kabupaten has come so far; also for those who coordinate."""
    cast = {played(account).id for account in ("demo-peserta", "demo-lulusan")}
    home = [one for one in [*crowd.home, *crowd.extra] if one.id not in cast]
    people.invite(home, played("demo-koordinator").id)
    for neighbour, some in crowd.away.items():
        if neighbour.invited:
            people.invite(some, office_id(neighbour.code))
    people.invite(coordinators(crowd), played("demo-provinsi").id)


def coordinators(crowd: Crowd) -> list[Delegate]:
    """Those who coordinate a kabupaten, kota or kecamatan, the cast's own left out."""
    offices = _offices([*(one.code for one in NEIGHBOURS), *TEAMS_ONLY]).values()
    return [*offices, *(of_office(one) for one in _named(crowd))]


def _named(crowd: Crowd) -> list[Region]:
    return [one for one in kecamatan_of(crowd.within) if one.code not in (*_UNNAMED, KECAMATAN)]


def reports(crowd: Crowd, calendar: Calendar) -> Iterator[Deed]:
    """How far every region is that keeps the programme."""
    for region in Region.objects.current().filter(code__in=PATHS).order_by("code"):
        yield from rollouts.reports(region, PATHS[region.code], calendar, _reporter(region.code))
    for one in kecamatan_of(crowd.within):
        path = rollouts.of_kecamatan(EAGERNESS.get(one.code, BETWEEN))
        yield from rollouts.reports(one, path, calendar, played("demo-koordinator").id)


def _reporter(code: str) -> UUID:
    if code == LAMPUNG_TENGAH:
        return played("demo-koordinator").id
    return played("demo-provinsi" if code.split(".", maxsplit=1)[0] == LAMPUNG else "demo-nasional").id
