"""The figures of an evaluation: a region and all right below it, as they were when the period began and ended.

Deeds are counted by the day on which they were done. What leaders proved is told as it stands when it is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from balai.common import clock
from balai.monitoring import counting, factor_words, network, suppressing
from balai.monitoring.counts import Counts
from balai.monitoring.factors import Factors, ground, is_known
from balai.monitoring.models import ALL
from balai.monitoring.picture import Picture, Row, right_below
from balai.monitoring.recap import FEWEST_PAIRS
from balai.programmes.rollout.models import StatusReport
from balai.programmes.rollout.standing import Standing
from balai.regions import codes
from balai.regions.models import Region, attach_parents

#: The level of a kabupaten: its villages have a table of their own.
_KABUPATEN = 2
Own = Mapping[tuple[str, UUID], Counts]
#: The numbers of a line of the tables, in their order; then come those who have not started.
NUMBERS = ("people", "started", "finished", "certified")


def figures(region: Region | None, first: date, last: date, top: str | None) -> dict[str, Any]:
    """Everything that the paper and the workbook say, as plain values, in the active language.

    For who sees totals only (``top`` is theirs) what is small is judged as of the end of the period: what is told
    openly today was a group of one a year ago. Of a region that is then not told nothing is kept.
    """
    code, moment = region.code if region else "", clock.wall()
    start, end = (min(_midnight(day), moment) for day in (first, last + timedelta(days=1)))
    around = _all(counting.until(code if top is None else top, end))
    kept = {"state": moment.isoformat(), "ended": end.isoformat(), "totals": top is not None}
    if top is not None and _closed(code, top, around, "people"):
        return {**kept, "closed_then": True}
    after = _inside(code, around)
    seen: defaultdict[tuple[str, UUID], Counts] = defaultdict(Counts)
    network.count_days(seen, code, first, last)
    for place, counts in _all(seen).items():
        after[place] += counts
    picture = _picture(region, after, end, top)
    told = ground(picture, of_period=True)
    few = _few_gains(picture) if top is not None else set()
    gain_hidden = top is not None and _closed(code, top, around, "paired")
    return {
        **kept,
        "closed_then": False,
        "factors": _told(told.whole, top),
        "before": _line(_sum(_all(counting.until(code, start)))) if top is None else None,
        "after": _line(picture.total),
        "gain": None if gain_hidden else _gain(picture.total),
        "rollout": _rollout(told.whole),
        "rows": [
            _row(row, factors, told.standings[row.region.pk], few)
            for row, factors in zip(picture.rows, told.below, strict=True)
        ],
        "villages": _villages(region, after, top),
    }


def _closed(code: str, top: str, own: Mapping[str, Counts], number: str) -> bool:
    """Whether the region with ``code`` is not told to who sees ``top`` and below: of ``number`` in each place."""
    sizes = {place: getattr(counts, number) for place, counts in own.items()}
    return suppressing.closed(code, top, suppressing.families_of(sizes))


def _inside(code: str, own: Mapping[str, Counts]) -> defaultdict[str, Counts]:
    """Of ``own`` the region with ``code`` and all below it."""
    inside = {place: n for place, n in own.items() if not code or place == code or place.startswith(f"{code}.")}
    return defaultdict(Counts, inside)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), timezone.get_current_timezone())


def _all(own: Own) -> defaultdict[str, Counts]:
    """Of all courses together, by place."""
    found: defaultdict[str, Counts] = defaultdict(Counts)
    for (place, course), counts in own.items():
        if course == ALL:
            found[place] += counts
    return found


def _sum(own: Mapping[str, Counts]) -> Counts:
    total = Counts()
    for counts in own.values():
        total += counts
    return total


def _picture(region: Region | None, own: Mapping[str, Counts], as_of: datetime, top: str | None) -> Picture:
    """The region and all right below it, of what each place counts of its own."""
    code = region.code if region else ""
    level = region.level if region else 0
    parts: defaultdict[str, Counts] = defaultdict(Counts)
    for place, counts in own.items():
        way = [place, *codes.ancestors_of(place)]
        parts[next((one for one in way if codes.level_of(one) == level + 1), code)] += counts
    sizes = {place: counts.people for place, counts in parts.items()}
    hidden = suppressing.hidden(sizes) if top is not None else set()
    rows = [Row(one, parts[one.code], one.code in hidden) for one in right_below(region)]
    return Picture(region, _sum(own), rows, parts[code], as_of, code in hidden)


def _few_gains(picture: Picture) -> set[str]:
    """Where so few took both tests that the gain would tell theirs."""
    own = picture.region.code if picture.region else ""
    sizes = {row.region.code: row.counts.paired for row in picture.rows} | {own: picture.own.paired}
    return suppressing.hidden(sizes)


def _line(counts: Counts) -> list[int]:
    numbers = [getattr(counts, name) for name in NUMBERS]
    return [*numbers, counts.people - counts.started]


def _gain(counts: Counts) -> list[float] | None:
    """Points of 100, how many people, how far apart; ``None`` of too few."""
    if counts.paired < FEWEST_PAIRS or counts.gain is None:
        return None
    return [round(counts.gain, 1), counts.paired, round(counts.gain_spread or 0, 1)]


def _told(factors: Factors, top: str | None) -> dict[str, Any]:
    told = factor_words.told(factors, texts=top is None)
    cards = [
        {
            "name": card.name,
            "word": card.word,
            "met": card.verdict.value,
            "lines": [card.line, *card.more],
            "coverage": card.coverage,
            "asked": card.asked,
            "checks": [[check.name, check.there, check.evidence] for check in card.checks],
        }
        for card in told.cards
    ]
    return {"word": told.word, "met": told.met, "sentence": told.sentence, "cards": cards}


def _rollout(factors: Factors) -> dict[str, Any] | None:
    """How far the roll-out has come; ``None`` where nobody has told."""
    support = factors.support
    if support.region is None or not support.standing.latest:
        return None
    return {
        "where": support.region.title,
        "status": str(StatusReport.Status(support.standing.status).label),
        "since": support.standing.since.isoformat() if support.standing.since else "",
        "step": support.standing.step,
    }


def _row(row: Row, factors: Factors, own: Standing, few: set[str]) -> dict[str, Any]:
    said = {"code": row.region.code, "title": row.region.title}
    if row.hidden:
        return {**said, "hidden": True}
    told = factor_words.told(factors)
    return {
        **said,
        "hidden": False,
        "numbers": _line(row.counts),
        "gain": None if row.region.code in few else _gain(row.counts),
        "verdicts": [card.word for card in told.cards],
        "met": [card.verdict.value for card in told.cards],
        "status": str(StatusReport.Status(own.status).label) if is_known(own) else _("belum ada laporan"),
    }


def _villages(region: Region | None, own: Mapping[str, Counts], top: str | None) -> list[dict[str, Any]]:
    """The villages of a kabupaten to which people belong; of other regions none."""
    if region is None or region.level != _KABUPATEN:
        return []
    sizes = {place: counts.people for place, counts in own.items() if counts.people}
    told = set(sizes) if top is None else suppressing.told(sizes, region.code)
    found = list(Region.objects.current().filter(code__in=told, level=4).order_by("code"))
    attach_parents(found)
    return [
        {"code": one.code, "title": one.title, "above": one.parents[0].title, "numbers": _line(own[one.code])}
        for one in found
    ]
