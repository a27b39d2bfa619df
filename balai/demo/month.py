"""When people study: the days of the story, the hours of a day, weekends, market days, days without a network."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from balai.common import formats

#: So long ago the first delegates began.
LENGTH = 32
#: How much is studied on each day of the week, Monday first.
_WEEK = (1.0, 0.95, 1.0, 0.9, 0.65, 0.35, 0.25)
#: How many begin in each hour: before work, at the office, and most of all after the evening prayer.
_HOURS = {5: 2, 7: 4, 8: 7, 9: 9, 10: 8, 11: 4, 13: 6, 14: 6, 15: 4, 16: 4, 18: 4, 19: 14, 20: 16, 21: 9}
#: On the market's mornings nobody sits down.
_MARKET = {hour: (1 if hour < 12 else weight) for hour, weight in _HOURS.items()}


@dataclass(frozen=True)
class Outage:
    """The network was gone in these kecamatan: from ``first`` to ``last``, in days before the day of telling."""

    places: tuple[str, ...]
    first: int
    last: int
    cause: str

    def covers(self, code: str, days_ago: int) -> bool:
        return code[:8] in self.places and self.last <= days_ago <= self.first


#: In the hills of the west a mast fell silent; in the swamps of the east the power failed.
OUTAGES = (
    Outage(("18.02.19", "18.02.20", "18.02.22"), 13, 11, "Menara BTS mati sesudah tersambar petir."),
    Outage(("18.02.09", "18.02.26", "18.02.12"), 20, 19, "Listrik padam sehari semalam."),
)


@dataclass(frozen=True)
class Calendar:
    """The story as told on ``today`` (in Jakarta); everything lies before ``now``."""

    today: date
    now: datetime

    @classmethod
    def of(cls, today: date | None, now: datetime) -> "Calendar":
        """As told first on ``today``, if it was; it goes on then where it broke off."""
        zone = formats.zone_of("")
        today = today or now.astimezone(zone).date()
        midnight = datetime.combine(today + timedelta(days=1), time(), zone).astimezone(UTC)
        return cls(today, min(now, midnight))

    def day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    def ago(self, moment: datetime) -> int:
        """How many days before the day of telling ``moment`` lies, in Jakarta."""
        return (self.today - moment.astimezone(formats.zone_of("")).date()).days

    def at(self, ago: int, clock: str, code: str = "") -> datetime:
        """``clock`` ("19:30", as the clocks of the region ``code`` show it) so many days ago; never after ``now``."""
        hour, minute = clock.split(":")
        moment = datetime.combine(self.day(ago), time(int(hour), int(minute)), formats.zone_of(code)).astimezone(UTC)
        return min(moment, self.now - timedelta(minutes=5))

    def evenings(self, random: Random, code: str, start: int, eagerness: float) -> Iterator[datetime]:
        """When somebody of the region ``code`` sits down to study, from ``start`` days ago: at most once a day."""
        for ago in range(start, -1, -1):
            weight = _WEEK[self.day(ago).weekday()]
            market = self.day(ago).weekday() == market_day(code)
            chance = eagerness * weight * (0.6 if market else 1)
            hours = _MARKET if market else _HOURS
            draw, hour = random.random(), random.choices(list(hours), list(hours.values()))[0]
            minute, second = random.randrange(60), random.randrange(60)
            if draw < chance and not any(outage.covers(code, ago) for outage in OUTAGES):
                local = datetime.combine(self.day(ago), time(hour, minute, second), formats.zone_of(code))
                yield local.astimezone(UTC)


def market_day(code: str) -> int:
    """The weekday of the market of a kecamatan, Monday is 0."""
    return Random(f"pasar {code[:8]}").randrange(6)
