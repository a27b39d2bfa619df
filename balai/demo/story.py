"""What happened so far in the demonstration, told once into an empty data folder.

Every deed has an id that follows from who does what, and a moment that follows from the day of telling: cut off
anywhere, the story goes on where it stopped.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import Path
from uuid import UUID

from django.conf import settings

from balai.common import clock, formats
from balai.common.ids import derived
from balai.courses import drafts, publishing
from balai.courses.models import CourseVersion
from balai.courses.source import Source
from balai.credentials import keys
from balai.credentials.models import IssuerKey
from balai.log.handlers import Change
from balai.log.models import Entry
from balai.log.record import Deed, record, record_many
from balai.monitoring import catching_up
from balai.programmes.entries import ProgrammeChanged
from balai.programmes.models import Waiting

from . import aftermath, people, programme, sightings, teams
from .cast import NAMESPACE, played
from .crowd import Crowd
from .month import Calendar
from .studying import Track

Progress = Callable[[int, int], None]
COURSES = Path(__file__).parent / "courses"
#: So many days of studying are recorded at once.
_AT_ONCE = 5
#: The last thing told.
_TOLD = derived(NAMESPACE, "told")
_SAID_LAST = "Pendaftaran Tahap 2 dibuka."


def tell(progress: Progress = lambda done, total: None, within: str = "") -> bool:
    """Publish the demonstration's courses as they are now and, the first time, tell the story.

    ``within``: only the villages there have delegates; all of Lampung Tengah, unless the settings say less. Returns
    whether the story was told now. ``progress`` counts some days at a time.
    """
    calendar = _calendar()
    told = Entry.objects.filter(pk=_TOLD).exists()
    with clock.frozen(clock.wall() if IssuerKey.objects.exists() else calendar.at(210, "09:00")):
        keys.ensure()
    with clock.frozen(clock.wall() if told else calendar.at(160, "09:00")):
        versions = {folder.name: _publish(folder) for folder in sorted(COURSES.iterdir()) if folder.is_dir()}
    if told:
        return False
    _tell(calendar, versions, within or settings.BALAI_DEMO_REGION, progress)
    return True


def _calendar() -> Calendar:
    """That of the day on which the story was begun, if it was."""
    begun = Entry.objects.filter(pk=programme.PROGRAMME).values_list("made_at", flat=True).first()
    zone = formats.zone_of("")
    today = begun.astimezone(zone).date() + timedelta(days=programme.BEGAN) if begun else None
    return Calendar.of(today, clock.wall())


def _publish(folder: Path) -> CourseVersion:
    draft = drafts.import_draft(Source.from_folder(folder), played("demo-penulis").id)
    return publishing.publish(draft.source(), None, draft)[0]


def _tell(calendar: Calendar, versions: dict[str, CourseVersion], within: str, progress: Progress) -> None:
    tracks = {slug: Track.of(version) for slug, version in versions.items()}
    crowd = Crowd.of(within)
    with clock.frozen(calendar.at(42, "16:00")):
        people.register_cast(calendar)
        teams.name(crowd, calendar)
        programme.set_up(calendar, versions, crowd.seats)
        teams.register(crowd, calendar)
    with clock.frozen(calendar.at(34, "09:00")):
        teams.invite(crowd)
    asked = [*teams.reports(crowd, calendar), *crowd.asking(calendar, versions)]
    _record(asked, calendar, 1, lambda done, total: progress(done, 2 * total))
    waiting = set(Waiting.objects.still().values_list("person", flat=True))
    deeds = crowd.studying(calendar, tracks, waiting)
    people.sign_in(_first(deeds) | crowd.looking_in(calendar, teams.coordinators(crowd)))
    deeds += sightings.of(deeds, crowd.everybody)
    _record(deeds, calendar, _AT_ONCE, lambda done, total: progress(total + done, 2 * total))
    aftermath.amend(calendar)
    aftermath.second_chance(tracks[programme.THEMES[0]], calendar)
    change = {"summary": Change(f"{programme.SUMMARY} {_SAID_LAST}", (programme.PROGRAMME,))}
    record("programme.changed", ProgrammeChanged(change), actor=played("demo-nasional").id, id=_TOLD,
           subject=programme.PROGRAMME, made_at=calendar.at(1, "08:00"))  # fmt: skip
    catching_up.recount()


def _record(deeds: Iterable[Deed], calendar: Calendar, days: int, progress: Progress) -> None:
    """Record ``deeds``, so many ``days`` at a time: what follows from them (seats, certificates) is done at their end.

    One day at a time would be truer, and cost the first start half a minute.
    """
    ordered = sorted((deed for deed in deeds if _moment(deed) < calendar.now), key=_moment)
    some = [list(group) for _key, group in groupby(ordered, key=lambda one: calendar.ago(_moment(one)) // days)]
    for done, group in enumerate(some, 1):
        with clock.frozen(min(_moment(group[-1]) + timedelta(minutes=2), calendar.now)):
            record_many(group)
        progress(done, len(some))


def _first(deeds: Iterable[Deed]) -> dict[UUID, datetime]:
    """When each actor did something for the first time; they came in a little before."""
    found: dict[UUID, datetime] = {}
    for deed in deeds:
        if deed.actor:
            found[deed.actor] = min(_moment(deed) - timedelta(minutes=12), found.get(deed.actor, _moment(deed)))
    return found


def _moment(deed: Deed) -> datetime:
    if deed.made_at is None:
        raise ValueError("every deed of the story has its moment")
    return deed.made_at
