"""Building the synced tables once more from the log, beside the real ones, and comparing."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction

from balai.common import clock

from . import positions
from .envelopes import intact
from .models import Entry, Standing, SyncedModel
from .taking import Taking

ALIAS = "replay"
Progress = Callable[[int, int], None]
_active: ContextVar[str | None] = ContextVar("replaying", default=None)
_BASES: list[Callable[[], Any]] = []
_CHUNK = 2_000


class ReplayRouter:
    """Sends every query to the scratch database while a log is replayed into it."""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str | None:
        return _active.get()

    def db_for_write(self, model: type[models.Model], **hints: Any) -> str | None:
        return _active.get()

    def allow_relation(self, left: models.Model, right: models.Model, **hints: Any) -> bool | None:
        return True if _active.get() else None


def base(load: Callable[[], Any]) -> None:
    """A room whose tables start with something shipped (not entries) says how to load it."""
    _BASES.append(load)


@dataclass
class Report:
    """What ``verify`` found: ``entries`` replayed, ``tables`` with row counts, and every kind of fault."""

    entries: int = 0
    tables: dict[str, int] = field(default_factory=dict)
    differences: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.differences


def verify(progress: Progress = lambda done, total: None) -> Report:
    """Check every entry's hash, replay all that is applied, and compare every synced table row by row."""
    report = Report()
    with scratch():
        total = _log().count()
        for chunk in _chunks():
            report.differences += _broken_hashes(chunk)
            report.entries += len(chunk)
            progress(report.entries, total)
        for model in synced_models():
            report.tables[model._meta.label] = _compare(model, report)
    return report


@contextmanager
def scratch() -> Iterator[None]:
    """A fresh database with the shipped base, in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="balai-replay-") as folder:
        settings = {
            **connections.settings[DEFAULT_DB_ALIAS],
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(Path(folder) / "replay.sqlite3"),
            "OPTIONS": {"init_command": "PRAGMA synchronous=OFF; PRAGMA cache_size=-64000;"},
        }
        connections.settings[ALIAS] = settings
        try:
            call_command("migrate", database=ALIAS, verbosity=0)
            connections[ALIAS].disable_constraint_checking()  # a row that hangs on nothing is found by comparing
            with replaying(ALIAS):
                for load in _BASES:
                    load()
            yield
        finally:
            connections[ALIAS].close()
            del connections[ALIAS], connections.settings[ALIAS]


@contextmanager
def replaying(alias: str) -> Iterator[None]:
    """Inside, every query of the handlers goes to the database ``alias``."""
    token = _active.set(alias)
    try:
        yield
    finally:
        _active.reset(token)


def synced_models() -> list[type[SyncedModel]]:
    """Every concrete synced model, of every room."""
    return [model for model in apps.get_models() if issubclass(model, SyncedModel)]


def _log() -> models.QuerySet[Standing]:
    """What the tables are made of: applied entries, and erased ones (which leave their trace)."""
    erased = models.Q(entry__payload="")
    applied = models.Q(state=Standing.State.APPLIED)
    return Standing.objects.using(DEFAULT_DB_ALIAS).filter(applied | erased)


def _chunks() -> Iterator[list[Entry]]:
    """Replay in the order of arrival; what needs something later waits in memory for it."""
    taking = Taking(clock.wall(), judge=False)
    late: list[Entry] = []
    for chunk in _stored_chunks():
        with replaying(ALIAS), transaction.atomic(using=ALIAS):
            taking.take(late + chunk)
        late = [entry for entry in late + chunk if taking.outcomes[entry.id].state == Standing.State.WAITING]
        taking.outcomes.clear()
        taking.applied.clear()
        yield chunk


def _stored_chunks() -> Iterator[list[Entry]]:
    """By position, a chunk at a time: a log of millions is never sorted or held whole."""
    positions.hand_out()
    last = 0
    while standings := list(_log().filter(position__gt=last).order_by("position").select_related("entry")[:_CHUNK]):
        last = standings[-1].position or last
        yield [standing.entry for standing in standings]


def _broken_hashes(chunk: list[Entry]) -> list[str]:
    return [f"{entry.kind} {entry.id}: the payload does not have its hash" for entry in chunk if not intact(entry)]


def _compare(model: type[SyncedModel], report: Report) -> int:
    """Walk both tables in the order of ids. Returns how many rows the real one has."""
    names = [column.attname for column in model._meta.concrete_fields]
    kept = _rows(model, DEFAULT_DB_ALIAS, names)
    built = _rows(model, ALIAS, names)
    count = 0
    left, right = next(kept, None), next(built, None)
    while left or right:
        if left and right and left[0] == right[0]:
            if left != right:
                changed = [name for name, a, b in zip(["pk", *names], left, right, strict=True) if a != b]
                report.differences.append(f"{model._meta.label} {left[0]}: {', '.join(changed)}")
            left, right = next(kept, None), next(built, None)
            count += 1
        elif right is None or (left and left[0].int < right[0].int):
            report.differences.append(f"{model._meta.label} {left[0]}: the log does not give this row")  # type: ignore[index]
            left = next(kept, None)
            count += 1
        else:
            report.differences.append(f"{model._meta.label} {right[0]}: the log gives this row, the table lacks it")
            right = next(built, None)
    return count


def _rows(model: type[SyncedModel], alias: str, names: list[str]) -> Iterator[tuple[Any, ...]]:
    rows = model._default_manager.using(alias).order_by("pk").values_list("pk", *names)
    return rows.iterator(chunk_size=5_000)
