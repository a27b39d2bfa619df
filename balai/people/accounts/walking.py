"""Going to a region on a page without scripts: up, down one step, or by its name. Never out of one's reach."""

from dataclasses import dataclass, field

from balai.common.problems import NOT_FOUND, Refusal
from balai.people.access import Request
from balai.people.reach import CHANGE_PERSONS, Reach
from balai.regions.models import Region
from balai.regions.search import search


@dataclass(frozen=True)
class Walk:
    """Where one stands (``None``: above all of one's regions), and where one can go from there."""

    region: Region | None
    up: list[Region] = field(default_factory=list)
    down: list[Region] = field(default_factory=list)
    found: list[Region] = field(default_factory=list)
    asked: str = ""

    @property
    def code(self) -> str:
        return self.region.code if self.region else ""

    @property
    def title(self) -> str:
        return self.region.title if self.region else ""


def walk(request: Request, names: tuple[str, ...] = CHANGE_PERSONS) -> Walk:
    """The region that the address names (``wilayah``), or the only one of the asker's roles ``names``.

    The search word is ``cari_wilayah``. Raises ``Refusal`` (404) for a region out of reach.
    """
    reach = request.person.reach
    prefixes = reach.prefixes(*names)
    wish = request.POST.get("wilayah") or request.GET.get("wilayah")
    region = _region(reach, wish or (prefixes[0] if len(prefixes) == 1 else ""), names)
    asked = request.GET.get("cari_wilayah", "").strip()
    return Walk(
        region,
        up=[above for above in reversed(region.parents) if reach.covers(above.code, *names)] if region else [],
        down=list(_down(region, prefixes)),
        found=[one for one in search(asked, limit=30) if reach.covers(one.code, *names)][:8] if asked else [],
        asked=asked,
    )


def _region(reach: Reach, code: str, names: tuple[str, ...]) -> Region | None:
    if not code:
        return None
    region = Region.objects.coded(code)
    if region is None or not reach.covers(region.code, *names):
        raise Refusal(NOT_FOUND)
    return region


def _down(region: Region | None, prefixes: list[str]) -> list[Region]:
    if region is None and "" not in prefixes:
        return list(Region.objects.current().filter(code__in=prefixes).order_by("code"))
    return list(Region.objects.current().children_of(region))
