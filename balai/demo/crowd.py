"""The delegates of the story, what they ask for, and how they study."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from random import Random
from uuid import UUID

from balai.courses.models import CourseVersion
from balai.log.record import Deed
from balai.regions.models import region_id

from . import aftermath, requests
from .cast import LAMPUNG_TENGAH, PLAYABLE, TERBANGGI_BESAR, played
from .delegates import Delegate, of_figure, of_villages, office_id, one_more
from .month import LENGTH, OUTAGES, Calendar
from .places import NEIGHBOURS, Neighbour, some_villages, villages_of
from .programme import BEGINNERS, THEMES, Sessions
from .requests import Request
from .studying import Track, Way

#: So many people find the morning full at first; so many of those who have a seat there give it back.
_SHORT, _GIVING_BACK = 9, 2
#: Of the villages of Lampung Tengah every so many-th has somebody who asks beyond its two delegates.
_EVERY = 24
#: Who is so eager walks a course to its end, and a second one too.
_FULL, _ALL_OF_IT = 0.7, 0.85
#: Who of the cast studies what, how much of it, since how many days.
_OF_THE_CAST = (
    ("demo-lulusan", THEMES[0], 1, 28),
    ("demo-lulusan", THEMES[1], 1, 16),
    ("demo-lulusan", BEGINNERS, 1, 29),
    ("demo-peserta", THEMES[0], 0.5, 21),
    ("demo-asing", BEGINNERS, 0.3, 9),
    ("demo-panitia", BEGINNERS, 0.5, 12),
)


@dataclass(frozen=True)
class Crowd:
    """``home``: the delegates of Lampung Tengah, village by village; ``extra``: those beyond two a village;
    ``away``: those of each neighbour.
    """

    within: str
    home: list[Delegate]
    extra: list[Delegate]
    away: dict[Neighbour, list[Delegate]]

    @classmethod
    def of(cls, within: str) -> "Crowd":
        """Those of the villages at and below ``within``; of its neighbours all, or one village each for a part."""
        villages = list(villages_of(within))
        known = [played("demo-peserta"), played("demo-lulusan")]
        figures = [of_figure(one, region_id(one.region)) for one in known]
        home = [*of_villages(villages, known), *figures]
        home.sort(key=lambda one: (one.code, one.number))
        extra = [one_more(village) for village in villages[_EVERY // 2 :: _EVERY] if village.code != TERBANGGI_BESAR]
        whole = within == LAMPUNG_TENGAH
        away = {one: of_villages(some_villages(one, one.villages if whole else 1)) for one in NEIGHBOURS}
        return cls(within, home, extra, {one: found for one, found in away.items() if found})

    @property
    def everybody(self) -> list[Delegate]:
        return [*self.home, *self.extra, *(one for some in self.away.values() for one in some)]

    @cached_property
    def lists(self) -> list[Request]:
        """What coordinators ask for with their lists, one kecamatan after the other."""
        by, places = played("demo-koordinator").id, sorted({one.code[:8] for one in self.home})
        found: list[Request] = []
        for number, place in enumerate(places):
            some = [one for one in self.home if one.code[:8] == place]
            found += requests.of_delegates(some, by, LENGTH - number * 5 // len(places))
        for neighbour, some in self.away.items():
            if neighbour.invited:
                found += requests.of_delegates(some, office_id(neighbour.code), LENGTH - 6)
        return found

    @cached_property
    def seats(self) -> Sessions:
        return requests.seats_for(self.lists, _SHORT)

    @cached_property
    def giving_back(self) -> list[Request]:
        """Those who move away: of the morning, and one whose place somebody of the same village waits for."""
        first = [one for one in self.lists if one.slug == THEMES[0] and one.who.code.startswith(LAMPUNG_TENGAH)]
        playable = {one.id for one in PLAYABLE}
        early = [one for one in first if one.part == "morning" and one.who.id not in playable][:_GIVING_BACK]
        villages = {one.code for one in self.extra[:2]}
        beside = [one for one in first if one.who.code in villages and one.who.number == 2 and one not in early]
        return [*early, *beside]

    def asking(self, calendar: Calendar, versions: dict[str, CourseVersion]) -> list[Deed]:
        """Who asks, and what coordinators and people say to it."""
        deeds = [one.deed(calendar, versions[one.slug]) for one in (*self.lists, *self._of_the_cast())]
        for number, one in enumerate([*self.extra, of_figure(played("demo-menunggu"), region_id(TERBANGGI_BESAR))]):
            asked = Request(one, THEMES[0], "evening", 24 - number % 5, "20:10", one.id)
            deeds.append(asked.deed(calendar, versions[THEMES[0]]))
            answer = self._answer(number, asked, calendar)
            deeds += [answer] if answer else []
        return [*deeds, *(requests.withdrawn(one, calendar, 16) for one in self.giving_back)]

    def _of_the_cast(self) -> Iterator[Request]:
        """What the visitors' own people study beyond their village's list."""
        listed = {(one.who.id, one.slug) for one in self.lists}
        for account, slug, _part, start in _OF_THE_CAST:
            who = of_figure(played(account), region_id(played(account).region))
            by = played("demo-koordinator").id if slug in THEMES else who.id
            if (who.id, slug) not in listed:
                yield Request(who, slug, "noon", start + 1, "09:50", by)

    def _answer(self, number: int, asked: Request, calendar: Calendar) -> Deed | None:
        """Most are agreed to and wait for the quota; a few have no answer yet; one is told no."""
        by = played("demo-koordinator").id
        mine = asked.who.id == played("demo-menunggu").id
        if not mine and number % 4 == 3:
            return None
        if not mine and number == 5:
            return requests.declined(asked, calendar, 18, by)
        return requests.approved(asked, calendar, 18, by)

    def studying(self, calendar: Calendar, tracks: dict[str, Track], waiting: set[UUID]) -> list[Deed]:
        """What everybody does who studies, who neither waits for a seat nor gave it back."""
        absent = waiting | {one.who.id for one in self.giving_back} | {one.id for one in PLAYABLE}
        cut_off = self._cut_off(absent)
        deeds: list[Deed] = []
        for one in self.lists:
            if one.who.starts and one.who.id not in absent:
                share = 0.5 if one.who == cut_off and one.slug == THEMES[0] else _share(one)
                deeds += Way(one.who, tracks[one.slug], share, _start(one)).deeds(calendar)
        deeds += self._cast(calendar, tracks)
        deeds += aftermath.outage_deeds(tracks[THEMES[0]], calendar)
        if cut_off:
            deeds += aftermath.interrupted(cut_off, tracks[THEMES[0]], calendar, OUTAGES[0].first + 1)
        return deeds

    def _cut_off(self, absent: set[UUID]) -> Delegate | None:
        """Whoever was at the certificate's test when the network went."""
        places = OUTAGES[0].places
        eager = [one for one in self.home if one.code[:8] in places and one.starts and one.id not in absent]
        return max(eager, key=lambda one: (one.eager, one.code), default=None)

    def _cast(self, calendar: Calendar, tracks: dict[str, Track]) -> Iterator[Deed]:
        """The visitors' own people."""
        for account, slug, share, start in _OF_THE_CAST:
            figure = played(account)
            yield from Way(of_figure(figure, region_id(figure.region)), tracks[slug], share, start).deeds(calendar)

    def looking_in(self, calendar: Calendar, offices: list[Delegate]) -> dict[UUID, datetime]:
        """Who signed in and has not begun; so did those who coordinate."""
        idle = [one for one in [*self.everybody, *offices] if one.signs_in and not one.starts]
        return {one.id: calendar.at(3 + one.random.randrange(22), "19:40", one.code) for one in idle}


def _share(asked: Request) -> float:
    """How much of a course somebody walks: all of it, or a part; of a second theme less."""
    eager = asked.who.eager
    share = 1.0 if eager > _FULL else max(0.08, (eager - 0.3) / (_FULL - 0.3))
    whole = asked.slug in {THEMES[0], BEGINNERS} or eager > _ALL_OF_IT
    return share if whole else share * 0.85


def _start(asked: Request) -> int:
    """Since how many days: the eager begin at once, a second theme later."""
    random = Random(f"{asked.who.id}/{asked.slug}/start")
    late = round(random.triangular(1, 25, 4 + 10 * (1 - asked.who.eager)))
    return max(1, asked.ago - late - (4 if asked.slug in THEMES[1:] else 0))
