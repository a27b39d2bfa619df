"""Finding out where something was done since the last look: from the log, by position, and from who signed in.

No deed pays for this: nothing is written with it. A crash loses nothing: what was not noted as read is read again.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Max, Q

from balai.common import clock
from balai.log.models import Entry, Revision, Standing
from balai.log.positions import hand_out
from balai.people.accounts.models import AccessCode
from balai.people.models import Account, Person
from balai.regions.models import Region

from . import recounting
from .models import Reading

#: How many entries are looked at in one go.
_BATCH = 2_000
#: Signing in and inviting are no entries; rows committed late by so much are still seen.
_OVERLAP = timedelta(minutes=2)
#: What moves whole regions: everything is counted anew.
_SHIFTS = frozenset({"region.changed"})
#: What may take somebody elsewhere.
_MOVES = frozenset({"person.changed", "person.merged", "person.parted", "person.withdrawn"})
_RULINGS = frozenset({"entry.admitted", "entry.refused", "entry.erased"})
State = Standing.State


def catch_up() -> int:
    """Bring the tallies to what the tables say now. Returns how many places were counted anew.

    Nothing is done while another worker is at it.
    """
    hand_out()
    reading = Reading.claimed()
    if reading is None:
        return 0
    try:
        return _from_nothing(reading) if reading.whole_at is None else _go_on(reading)
    finally:
        Reading.objects.filter(pk=reading.pk).update(claimed_until=None)


def glance() -> None:
    """Where no worker looks every two seconds (tests, one-off commands), whoever asks looks first."""
    if settings.BALAI_JOBS == "now":
        catch_up()


def recount() -> int:
    """Count everything anew, whatever was read. Returns how many tallies there are, 0 when somebody else counts."""
    hand_out()
    reading = Reading.claimed()
    if reading is None:
        return 0
    try:
        return _from_nothing(reading)
    finally:
        Reading.objects.filter(pk=reading.pk).update(claimed_until=None)


def _go_on(reading: Reading) -> int:
    count = 0
    while True:
        fresh = _fresh(reading)
        changed = _places(fresh) | _watched(reading)
        if any(entry.kind in _SHIFTS for entry in fresh):
            recounting.everything()
        else:
            recounting.places(changed)
        reading.save()  # after the tallies: a crash in between counts once more
        count += len(changed)
        if len(fresh) < _BATCH:
            return count


def _from_nothing(reading: Reading) -> int:
    """Count everything; whatever comes while it is counted is found by the next look."""
    reading.position = Standing.objects.aggregate(last=Max("position"))["last"] or 0
    reading.watched_until = clock.wall()
    reading.waiting = [str(pk) for pk in Standing.objects.filter(state=State.WAITING).values_list("pk", flat=True)]
    tallies = recounting.everything()
    reading.whole_at = clock.wall()
    reading.save()
    return tallies


def _fresh(reading: Reading) -> list[Entry]:
    """Entries after the reading, and those that waited when they were read and do no longer."""
    rows = Standing.objects.filter(position__gt=reading.position).select_related("entry").order_by("position")
    standings = list(rows[:_BATCH])
    if standings:
        reading.position = standings[-1].position or reading.position
    woken = Standing.objects.filter(pk__in=reading.waiting).exclude(state=State.WAITING).select_related("entry")
    settled = list(woken)
    done = {str(standing.pk) for standing in settled}
    waiting = [str(standing.pk) for standing in standings if standing.state == State.WAITING]
    reading.waiting = [id for id in reading.waiting if id not in done] + waiting
    return [standing.entry for standing in [*standings, *settled] if standing.state != State.WAITING]


def _places(entries: list[Entry]) -> set[str]:
    """Where the people of ``entries`` belong, and belonged before they moved."""
    targets = [
        UUID(id) for entry in entries if entry.kind in _RULINGS for id in (entry.content or {}).get("targets", ())
    ]
    ruled = Entry.objects.filter(pk__in=targets).values_list("pk", "subject", "audience")
    concerned = {id for row in ruled for id in row if id}
    moved = {entry.subject for entry in entries if entry.kind in _MOVES and entry.subject} | concerned
    for entry in entries:
        concerned |= {id for id in (entry.id, entry.subject, entry.audience) if id}
    return _codes_of_regions(concerned | _homes(list(moved))) | _codes_of_people(concerned)


def _homes(people: list[UUID]) -> set[UUID]:
    """Every region to which one of ``people`` ever belonged, also when what said so was taken back."""
    moves = Revision.objects.filter(document__in=people, field="region").values_list("value", flat=True)
    homes = {UUID(value) for value in moves if value}
    for start in range(0, len(people), _BATCH):
        some = people[start : start + _BATCH]
        for entry in Entry.objects.filter(Q(pk__in=some) | Q(subject__in=some, kind="person.changed")):
            homes |= {id for id in (entry.audience, _home(entry.content or {})) if id}
        told = Entry.objects.filter(subject__in=some).order_by().values_list("audience", flat=True)
        homes |= {id for id in told.distinct() if id}
    return homes


def _home(content: dict[str, Any]) -> UUID | None:
    """The region that a registration, or a change of a person, names."""
    home = content.get("region") or content.get("changes", {}).get("region", {}).get("value")
    return UUID(home) if home else None


def _watched(reading: Reading) -> set[str]:
    """Where somebody was invited or signed in for the first time."""
    now = clock.wall()
    since: datetime = (reading.watched_until or now) - _OVERLAP
    reading.watched_until = now
    people = set(AccessCode.objects.filter(made_at__gte=since).values_list("person", flat=True))
    people |= set(Account.objects.filter(first_signed_in_at__gte=since).values_list("person", flat=True))
    people |= set(Account.objects.filter(created_at__gte=since).values_list("person", flat=True))
    return _codes_of_people(people)


def _codes_of_people(ids: set[UUID]) -> set[str]:
    here = Person.objects.filter(pk__in=ids).values_list("region__code", "merged_into__region__code")
    return {code for row in here for code in row if code}


def _codes_of_regions(ids: set[UUID]) -> set[str]:
    return set(Region.objects.filter(pk__in=ids).values_list("code", flat=True))
