"""Writing entries down, settled or not: rows of the log, and the jobs that follow."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from .followups import promise
from .models import Entry, Envelope, Route, Standing
from .taking import Outcome, Taking


def store(envelopes: Iterable[Envelope], entries: list[Entry], received_at: datetime) -> Taking:
    """Insert new ``entries`` and settle them, in the caller's transaction."""
    Envelope.objects.bulk_create(envelopes, ignore_conflicts=True)
    Entry.objects.bulk_create(entries, batch_size=500)
    waiting = Standing.State.WAITING
    Standing.objects.bulk_create(
        [Standing(entry=entry, received_at=received_at, state=waiting) for entry in entries], batch_size=500
    )
    Route.objects.bulk_create(
        [Route(entry=e, stream=e.audience) for e in entries if e.audience], batch_size=500
    )
    return settle(entries, received_at)


def settle(entries: Iterable[Entry], received_at: datetime) -> Taking:
    """Take stored ``entries`` (again), and write down how they stand now."""
    taking = Taking(received_at)
    taking.take(entries)
    _write(taking.outcomes)
    promise(taking.applied, received_at)
    return taking


def _write(outcomes: dict[UUID, Outcome]) -> None:
    """One update for all that share an outcome: most are simply applied."""
    grouped: dict[tuple[str, str, str, str], list[UUID]] = {}
    for id, outcome in outcomes.items():
        key = (outcome.state, outcome.reason, outcome.detail, outcome.awaits)
        grouped.setdefault(key, []).append(id)
    for (state, reason, detail, awaits), ids in grouped.items():
        for start in range(0, len(ids), 500):
            chosen = Standing.objects.filter(entry__in=ids[start : start + 500])
            chosen.update(state=state, reason=reason, detail=detail, awaits=awaits)
