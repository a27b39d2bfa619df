"""Keeping the pairs of alike people: found anew for everybody who is registered or changed, over the whole hub.

Who may see a pair is asked when it is shown; what was decided about it is left out there too. So this only says
who is alike now, and can be repeated at any time.
"""

from collections.abc import Collection, Iterable
from uuid import UUID

from django_tasks import task

from balai.common import clock
from balai.common.prepared import Insert
from balai.log import kinds
from balai.log.models import Entry
from balai.people.models import Person

from . import niks
from .entries import PersonToldApart
from .matching import Acquaintances, Match, Reason
from .models import Pair

#: So many people are compared at a time.
_CHUNK = 500
#: Of all whom somebody is like, the likeliest: a list of 5,000 times the same name is no list of 12 million pairs.
_MOST = 10
_WEIGHTS = {
    Reason.NIK: 40,
    Reason.NIP: 30,
    Reason.PHONE: 20,
    Reason.NAME: 10,
    Reason.EMAIL: 8,
    Reason.BIRTH_DATE: 6,
    Reason.NEAR_NAME: 4,
}
_save = Insert(Pair, unique=("first", "second"), update=("reasons", "strength"))
Key = tuple[UUID, UUID]


def everybody() -> None:
    """Find all pairs anew."""
    ids = Person.objects.present().order_by("region", "pk").values_list("pk", flat=True)
    chunk: list[UUID] = []
    for id in ids.iterator(chunk_size=_CHUNK):
        chunk.append(id)
        if len(chunk) == _CHUNK:
            refresh(chunk)
            chunk = []
    refresh(chunk)


def refresh(people: Collection[UUID]) -> None:
    """Find anew whom ``people`` (at most some hundred ids) are like. Repeatable."""
    niks.refresh(people)
    known = Acquaintances(Person.objects.present())
    asked = known.features(people)
    known.prepare(asked.values())
    alike: dict[Key, Match] = {}
    likeliest: set[Key] = set()
    for id, features in asked.items():
        found = {PersonToldApart.pair(id, match.id): match for match in known.alike(id, features)}
        alike |= found
        # Of equals always the same: whoever is compared later does not add ten others to everybody.
        likeliest |= set(sorted(found, key=lambda key: (-strength(found[key]), key))[:_MOST])
    kept = {(pair.first_id, pair.second_id): pair for pair in Pair.objects.of(people)}
    Pair.objects.filter(pk__in=[pair.pk for key, pair in kept.items() if key not in alike]).delete()
    _write({key: alike[key] for key in likeliest | (kept.keys() & alike.keys())}, kept)


def _write(alike: dict[Key, Match], kept: dict[Key, Pair]) -> None:
    """What is new or has other reasons. A pair keeps the moment in which it was found first."""
    moment = clock.wall()
    pairs = [
        Pair(first_id=first, second_id=second, reasons=list(match.reasons), strength=strength(match), found_at=moment)
        for (first, second), match in alike.items()
    ]
    known = {key: (pair.reasons, pair.strength) for key, pair in kept.items()}
    _save(pair for pair in pairs if known.get((pair.first_id, pair.second_id)) != (pair.reasons, pair.strength))


def strength(match: Match) -> int:
    """How likely the two are one, for sorting; from ``Pair.CERTAIN`` on hardly anything speaks against it."""
    return sum(_WEIGHTS[reason] for reason in match.reasons) + (Pair.CERTAIN if match.certain else 0)


@task()
def seek(people: list[str]) -> None:
    """``refresh`` as a job: thousands of people arrive at once, and nobody waits for this."""
    for start in range(0, len(people), _CHUNK):
        refresh([UUID(id) for id in people[start : start + _CHUNK]])


def seek_registered(ids: list[UUID]) -> None:
    """After person.registered."""
    _enqueue(ids)


def seek_subjects(ids: list[UUID]) -> None:
    """After person.changed, and after person.parted: who comes back is like others again."""
    _enqueue(Entry.objects.filter(pk__in=ids).values_list("subject", flat=True).distinct())


def _enqueue(people: Iterable[UUID | None]) -> None:
    if ids := sorted(str(id) for id in people if id):
        seek.enqueue(ids)


kinds.follow("person.registered", seek_registered)
for _kind in ("person.changed", "person.parted"):
    kinds.follow(_kind, seek_subjects)
