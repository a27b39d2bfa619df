"""Writing entries down, settled or not: rows of the log, and the jobs that follow."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from balai.common.prepared import Insert

from .followups import promise
from .models import Entry, Envelope, Route, Standing
from .taking import Outcome, Taking

_insert_envelopes = Insert(Envelope, ignore=True)
_insert_entries = Insert(Entry)
_insert_routes = Insert(Route)
_insert_standings = Insert(Standing)


def store(envelopes: Iterable[Envelope], entries: list[Entry], received_at: datetime, insist: bool = False) -> Taking:
    """Insert new ``entries`` and settle them, in the caller's transaction.

    With ``insist`` the error of a handler is raised: the caller keeps all of them or none.
    """
    _insert_envelopes(envelopes)
    _insert_entries(entries)
    _insert_routes(Route(entry=entry, stream=entry.audience) for entry in entries if entry.audience)
    fresh = {entry.id for entry in entries}
    taking = Taking(received_at, insisted=fresh if insist else frozenset())
    taking.take(entries)
    _insert_standings(_standing(entry, taking.outcomes[entry.id], received_at) for entry in entries)
    _update({id: outcome for id, outcome in taking.outcomes.items() if id not in fresh})
    promise(taking.applied, received_at)
    return taking


def retake(entries: Iterable[Entry], received_at: datetime) -> Taking:
    """Take stored ``entries`` once more (after an upgrade, a repair), and write down how they stand now."""
    taking = Taking(received_at)
    taking.take(entries)
    _update(taking.outcomes)
    promise(taking.applied, received_at)
    return taking


def _standing(entry: Entry, outcome: Outcome, received_at: datetime) -> Standing:
    return Standing(
        entry=entry,
        received_at=received_at,
        state=str(outcome.state),
        reason=outcome.reason,
        detail=outcome.detail,
        awaits=outcome.awaits,
    )


def _update(outcomes: dict[UUID, Outcome]) -> None:
    for id, outcome in outcomes.items():
        Standing.objects.filter(pk=id).update(
            state=outcome.state, reason=outcome.reason, detail=outcome.detail, awaits=outcome.awaits
        )
