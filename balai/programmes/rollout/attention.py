"""What asks for a coordinator: a roll-out that stands still, or lacks something of its sheet."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from balai.people.models import Person
from balai.people.reach import CHANGE_PERSONS, covers
from balai.programmes.models import Programme
from balai.regions import codes
from balai.regions.models import Region

from .models import Rollout
from .overview import DEPTHS
from .standing import Standing, by_programme
from .wording import attention_words

#: So many lines for one's own regions, and as many for those below.
_LINES = 3


@dataclass(frozen=True)
class Call:
    """A line for a coordinator's home."""

    title: str
    detail: str
    url: str


def calls(person: Person, today: date) -> Iterator[Call]:
    """For who coordinates: their own regions, then how many below them. One query where nothing was begun."""
    prefixes = person.reach.prefixes(*CHANGE_PERSONS)
    regions = Region.objects.in_bulk(_begun(prefixes)) if prefixes else {}
    if not regions:
        return
    found = [
        (regions[region], programme, one)
        for (region, programme), one in by_programme(None, regions).items()
        if one.needs_attention(today)
    ]
    found.sort(key=lambda line: (line[0].code, line[1]))
    programmes = Programme.objects.in_bulk({programme for _region, programme, _one in found})
    own = [(region, programmes[id], one) for region, id, one in found if region.code in prefixes]
    yield from (_own(*line, today) for line in own[:_LINES])
    below = Counter(
        (next(one for one in prefixes if covers(one, region.code)), id)
        for region, id, _one in found
        if region.code not in prefixes
    )
    for (prefix, id), count in below.most_common(_LINES):
        yield _below(prefix, programmes[id], count)


def _own(region: Region, programme: Programme, one: Standing, today: date) -> Call:
    title = _("{programme} di {region}").format(programme=programme.name, region=region.title)
    said = attention_words(one, today)
    return Call(title, said[0].upper() + said[1:], f"/program/{programme.pk}/wilayah/{region.code}")


def _below(prefix: str, programme: Programme, count: int) -> Call:
    title = _("{programme}: {count} wilayah di bawah Anda").format(programme=programme.name, count=count)
    detail = _("Pelaksanaannya lama tidak bergerak, atau lembarnya belum lengkap")
    place = f"wilayah={prefix}&" if prefix else ""
    return Call(title, detail, f"/program/{programme.pk}/wilayah?{place}keadaan=perhatian")


def _begun(prefixes: list[str]) -> set[UUID]:
    """The regions of ``prefixes`` and those that an overview lists below them, where a programme was begun."""
    wanted = Q(pk__in=())
    for prefix in prefixes:
        level = codes.level_of(prefix) if prefix else 0
        levels = (level, *DEPTHS[level][:1])
        wanted |= codes.below(prefix, "region__code") & Q(region__level__in=levels)
    return set(Rollout.objects.filter(wanted, region__ended_on=None).values_list("region", flat=True))
