"""How a programme stands in all regions below one: lines, how many at each step, a workbook."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from balai.people.accounts.walking import Walk
from balai.people.models import Person
from balai.people.reach import SEE_PERSONS, covers
from balai.programmes import rules, workbooks
from balai.programmes.models import Programme
from balai.regions import codes
from balai.regions.models import Region, attach_parents

from .sheets import FIELDS
from .standing import STEPS, Standing, Status, standing
from .wording import attention_words, day_words

CONTENT_TYPE = workbooks.CONTENT_TYPE
#: The filter for those that stand still or lack something.
ATTENTION = "perhatian"
#: So many of one's own regions does the page of a programme name.
_OWN = 3
#: Values of the filter ``tingkat`` by level, and how deep one looks from each level (0 is the nation).
LEVELS = {1: "provinsi", 2: "kabupaten", 3: "kecamatan", 4: "desa"}
DEPTHS = {0: (2, 1), 1: (2, 3), 2: (3, 4), 3: (4,), 4: ()}


@dataclass(frozen=True)
class Line:
    """A region, how the programme stands there, and what it needs in words ("" for nothing)."""

    region: Region
    standing: Standing
    attention: str

    @property
    def status(self) -> str:
        return str(Status(self.standing.status).label)

    @property
    def tone(self) -> str:
        """Of the word for the status."""
        return {Status.NOT_STARTED: "none", Status.TEAM_NAMED: "wait", Status.TRAINED: "wait"}.get(
            Status(self.standing.status), ""
        )


@dataclass(frozen=True)
class Overview:
    """All regions that were asked for. ``above``: the line of the region above them, if the programme is for it."""

    lines: list[Line]
    above: Line | None
    level: int
    levels: tuple[int, ...]

    @property
    def counts(self) -> Counter[str]:
        """How many at each step, and how many need attention."""
        found = Counter(line.standing.status for line in self.lines)
        found[ATTENTION] = sum(bool(line.attention) for line in self.lines)
        return found

    def chosen(self, wish: str) -> list[Line]:
        """The lines at one step, or those that need attention; all for anything else."""
        if wish == ATTENTION:
            return [line for line in self.lines if line.attention]
        return [line for line in self.lines if line.standing.status == wish] if wish in STEPS else self.lines


@dataclass(frozen=True)
class Scope:
    """Below which region one looks (``None``: the nation), or at which regions of one's own.

    ``persons``: whether the viewer sees more than totals there.
    """

    region: Region | None
    own: list[Region]
    persons: bool


def scope_of(viewer: Person, programme: Programme, place: Walk) -> Scope:
    """What ``viewer`` sees of ``programme`` from ``place``: no further up than the programme goes."""
    reach, region = viewer.reach, place.region
    goes_below = programme.region and (region is None or covers(region.code, programme.code))
    if goes_below and reach.covers(programme.code, *rules.WATCHERS):
        region = programme.region
    if region is None and "" not in reach.prefixes(*rules.WATCHERS):
        return Scope(None, place.down, all(reach.covers(one.code, *SEE_PERSONS) for one in place.down))
    return Scope(region, [], reach.covers(region.code if region else "", *SEE_PERSONS))


def overview(programme: Programme, scope: Scope, wish: str, today: date) -> Overview:
    """The regions of ``scope``, at the level called ``wish`` if that is offered there. Four queries at most."""
    if scope.own:
        return _lines(programme, scope.own, None, 0, (), today)
    region = scope.region
    levels = DEPTHS[region.level if region else 0]
    level = next((one for one in levels if LEVELS[one] == wish), levels[0] if levels else 0)
    found = Region.objects.current().filter(codes.below(region.code if region else ""), level=level).order_by("code")
    return _lines(programme, found, region, level, levels, today)


def _lines(
    programme: Programme,
    regions: Iterable[Region],
    above: Region | None,
    level: int,
    levels: tuple[int, ...],
    today: date,
) -> Overview:
    below = [region for region in regions if covers(programme.code, region.code)]
    everywhere = [*below, *([above] if above else [])]
    found = standing(programme.pk, [region.pk for region in everywhere])
    lines = [Line(one, found[one.pk], attention_words(found[one.pk], today)) for one in everywhere]
    return Overview(lines[: len(below)], lines[-1] if above else None, level, levels)


def own_lines(viewer: Person, programme: Programme, today: date) -> list[Line]:
    """How ``programme`` stands in the regions of ``viewer``'s own roles, the first few. At most four queries."""
    prefixes = [one for one in viewer.reach.prefixes(*rules.WATCHERS) if one and covers(programme.code, one)]
    regions = Region.objects.current().filter(code__in=prefixes[:_OWN]).order_by("code") if prefixes else []
    return _lines(programme, regions, None, 0, (), today).lines if prefixes else []


def workbook(lines: list[Line], persons: bool) -> bytes:
    """The lines as .xlsx; decrees only for who sees persons."""
    attach_parents(line.region for line in lines)
    columns = [(_("Kode wilayah"), 15), (_("Wilayah"), 60), (_("Langkah"), 22), (_("Sejak"), 20)]
    columns += [(_("Nomor SK"), 30), (_("Tanggal SK"), 20)] if persons else []
    columns += [(str(label), 16) for label, _help in FIELDS.values()]
    columns += [(_("Komitmen"), 12), (_("Komitmen terbaru"), 20), (_("Bukti terbaru"), 20), (_("Perhatian"), 40)]
    return workbooks.workbook(_("Pelaksanaan"), columns, (_cells(line, persons) for line in lines))


def _cells(line: Line, persons: bool) -> list[str]:
    one = line.standing
    decree = [one.decree, day_words(one.decree_on)] if persons else []
    sheet = [_("terisi") if one.sheet[field] else _("belum") for field in FIELDS]
    signed = [str(one.commitments), day_words(one.signed_on), day_words(one.latest)]
    where = [line.region.code, line.region.full_name, line.status, day_words(one.since)]
    return [*where, *decree, *sheet, *signed, line.attention]
