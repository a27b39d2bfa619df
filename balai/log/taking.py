"""Taking entries into the tables: the one way behind ``record()`` and ``receive()``.

In rounds: what has all it needs is judged and applied, kind by kind, in lists; what that wakes joins the
next round; the rest waits or is refused with its own reason.
"""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import InterfaceError, OperationalError, router, transaction

from balai.common.prepared import PreparedValues
from balai.common.problems import Problem, Refusal

from . import kinds, problems
from .models import Entry, Ruling, Standing

logger = logging.getLogger(__name__)
State = Standing.State
DATABASE_AWAY = (OperationalError, InterfaceError)
#: Kinds that rule about other entries: settled before the others of their batch.
RULINGS = frozenset({"entry.admitted", "entry.refused", "entry.erased"})


@dataclass
class Outcome:
    """How an entry came to stand, and the error behind it, if there was one."""

    state: str
    reason: str = ""
    detail: str = ""
    awaits: str = ""
    error: Exception | None = None


@dataclass(frozen=True)
class Known:
    """How something stands that others need, and what kind of entry it is."""

    state: str
    kind: str


@dataclass
class Taking:
    """One batch on its way into the tables. ``judge`` is off when a log is replayed.

    ``insisted`` are entries without which nothing of the batch is kept: an error of theirs ends it, so they need no
    savepoint to come back to.
    """

    received_at: datetime
    judge: bool = True
    insisted: AbstractSet[UUID] = frozenset()
    memo: dict[Any, Any] = field(default_factory=dict)
    outcomes: dict[UUID, Outcome] = field(default_factory=dict)
    applied: list[kinds.Taken] = field(default_factory=list)
    _known: dict[UUID, Known] = field(default_factory=dict)
    _admitted: set[UUID] = field(default_factory=set)
    _entries: dict[UUID, Entry] = field(default_factory=dict)

    def take(self, entries: Iterable[Entry]) -> None:
        """Settle ``entries`` and everything stored that they wake."""
        fresh = list(entries)
        while fresh:
            self._entries.update({entry.id: entry for entry in fresh})
            rulings = [entry for entry in fresh if entry.kind in RULINGS]
            self._settle(rulings)
            self._settle(self._unruled([entry for entry in fresh if entry.kind not in RULINGS]))
            fresh = self._woken({e.id for e in fresh if self.outcomes[e.id].state != State.WAITING})

    def _unruled(self, entries: list[Entry]) -> list[Entry]:
        """Those that no ruling settles already."""
        rulings = dict(_rulings_of(ids=[entry.id for entry in entries]))
        rulings |= {entry.id: Ruling.Verdict.ERASED for entry in entries if entry.erased}
        self._admitted |= {id for id, verdict in rulings.items() if verdict == Ruling.Verdict.ADMITTED}
        against = [
            entry for entry in entries if rulings.get(entry.id, Ruling.Verdict.ADMITTED) != Ruling.Verdict.ADMITTED
        ]
        for entry in against:
            take_back([entry], rulings[entry.id])
            self._note([entry], ruled_out(entry.kind, rulings[entry.id]))
        settled = {entry.id for entry in against}
        return [entry for entry in entries if entry.id not in settled]

    def _understood(self, entry: Entry) -> kinds.Taken | None:
        kind = kinds.KINDS.get(entry.kind)
        if kind is None or entry.schema > kind.schema:
            awaits = f"kind:{entry.kind}:{entry.schema}"
            self._note([entry], Outcome(State.WAITING, problems.UNKNOWN_KIND.code, awaits=awaits))
        elif not kinds.enough(kind, entry.proof):
            self._note([entry], Outcome(State.REFUSED, problems.WEAK_PROOF.code))
        else:
            try:
                return kinds.Taken(entry, kind.decode(entry.schema, entry.payload))
            except (msgspec.MsgspecError, ValueError) as error:
                outcome = Outcome(State.REFUSED, problems.MALFORMED.code, str(error), error=error)
                self._note([entry], outcome)
        return None

    def _settle(self, entries: list[Entry]) -> None:
        """Apply what can be applied; say why the rest cannot."""
        pending = [taken for taken in map(self._understood, entries) if taken]
        needs = {taken.id: _needs(taken) for taken in pending}
        self._learn({id for wanted in needs.values() for _kind, id in wanted if id})
        while pending:
            ready = [t for t in pending if all(self._stands(need) for need in needs[t.id])]
            hopeless = [t for t in pending if any(self._fails(need) for need in needs[t.id])]
            self._note([t.entry for t in hopeless], Outcome(State.REFUSED, problems.DEPENDS_ON_REFUSED.code))
            self._apply(self._permitted(ready))
            moved = {taken.id for taken in ready + hopeless}
            pending = [taken for taken in pending if taken.id not in moved]
            if not moved:
                break
        for taken in pending:
            missing = next(need[1] for need in needs[taken.id] if not self._stands(need))
            self._note([taken.entry], Outcome(State.WAITING, problems.MISSING.code, awaits=f"entry:{missing}"))

    def _stands(self, need: kinds.Need) -> bool:
        kind, id = need
        return id is not None and self._known.get(id) == Known(State.APPLIED, kind)

    def _fails(self, need: kinds.Need) -> bool:
        """Nothing is named, it was refused, or it is something else: a row must not hang on another kind's."""
        kind, id = need
        known = self._known.get(id) if id else Known(State.REFUSED, kind)
        return known is not None and (known.state == State.REFUSED or known.kind != kind)

    def _learn(self, ids: set[UUID]) -> None:
        unknown = list(ids - self._known.keys() - self._entries.keys())
        if unknown and self.judge:
            self._known.update({id: Known(state, kind) for id, state, kind in _standings_of(ids=unknown)})
        for kind, standing in kinds.GROUNDS.items():
            missing = ids - self._known.keys() - self._entries.keys()
            self._known.update(dict.fromkeys(standing(missing) if missing else (), Known(State.APPLIED, kind)))

    def _permitted(self, ready: list[kinds.Taken]) -> list[kinds.Taken]:
        # What a rule read before the last round was applied may no longer be so: a role came, somebody moved.
        self.memo = {"subjects": {taken.subject for taken in ready if taken.subject}}
        return [taken for taken in ready if self._allows(taken)] if self.judge else ready

    def _allows(self, taken: kinds.Taken) -> bool:
        if taken.id in self._admitted:
            return True
        try:
            verdict = kinds.KINDS[taken.entry.kind].may(kinds.Ask(taken, self.received_at, self.memo))
        except DATABASE_AWAY:
            raise
        except Exception as error:  # what breaks a rule stands alone, like what breaks a handler
            self._poisoned(taken, error)
            return False
        if isinstance(verdict, Problem):
            self._note([taken.entry], Outcome(State.REFUSED, verdict.code))
        elif isinstance(verdict, kinds.Wait):
            outcome = Outcome(State.WAITING, verdict.problem.code, awaits=verdict.awaits)
            self._note([taken.entry], outcome)
        return verdict is None

    def _apply(self, ready: list[kinds.Taken]) -> None:
        grouped: dict[str, list[kinds.Taken]] = defaultdict(list)
        for taken in ready:
            grouped[taken.entry.kind].append(taken)
        for name, group in grouped.items():
            self._apply_kind(kinds.KINDS[name], group)

    def _apply_kind(self, kind: kinds.Kind, group: list[kinds.Taken]) -> None:
        """Apply a list; when it fails, halve it until the poisoned entries stand alone."""
        try:
            with self._savepoint(group):
                kind.apply(group)
        except DATABASE_AWAY:
            raise  # the database, not the entry, is at fault: the whole batch is taken again later
        except Exception as error:
            if self._insists(group):
                raise
            if len(group) == 1:
                self._poisoned(group[0], error)
            else:
                middle = len(group) // 2
                self._apply_kind(kind, group[:middle])
                self._apply_kind(kind, group[middle:])
        else:
            self.applied += group
            self._note([taken.entry for taken in group], Outcome(State.APPLIED))

    def _insists(self, group: list[kinds.Taken]) -> bool:
        return all(taken.id in self.insisted for taken in group)

    def _savepoint(self, group: list[kinds.Taken]) -> AbstractContextManager[Any]:
        return nullcontext() if self._insists(group) else transaction.atomic(using=router.db_for_write(Standing))

    def _poisoned(self, taken: kinds.Taken, error: Exception) -> None:
        if isinstance(error, Refusal):
            outcome = Outcome(State.REFUSED, error.problem.code, str(error), error=error)
        else:
            logger.warning("entry %s was not applied", taken.id, exc_info=error)
            detail = f"{type(error).__name__}: {error}"
            outcome = Outcome(State.WAITING, problems.BROKEN_HANDLER.code, detail, "repair", error)
        self._note([taken.entry], outcome)

    def _note(self, entries: list[Entry], outcome: Outcome) -> None:
        for entry in entries:
            self.outcomes[entry.id] = outcome
            self._known[entry.id] = Known(outcome.state, entry.kind)

    def _woken(self, decided: set[UUID]) -> list[Entry]:
        if not self.judge:
            return []
        keys = {f"entry:{id}" for id in decided}
        for taken in self.applied:
            if taken.id in decided:
                keys.update(kinds.KINDS[taken.entry.kind].wakes(taken))
        # Mostly nothing waits at all, which an index of nothing but waiting entries tells at once.
        stored = Standing.objects.waiting_for(list(keys)).select_related("entry") if _any_waiting() else ()
        woken = {standing.entry_id: standing.entry for standing in stored}
        for id, outcome in self.outcomes.items():
            if outcome.state == State.WAITING:
                woken.pop(id, None)  # as this batch left it, not as it is stored
                if outcome.awaits in keys:
                    woken[id] = self._entries[id]
            elif id in woken:
                del woken[id]
        return list(woken.values())


_any_waiting = PreparedValues(Standing, lambda: Standing.objects.filter(state=State.WAITING).values_list("pk")[:1])
_rulings_of = PreparedValues(Ruling, lambda ids: Ruling.objects.filter(target__in=ids).values_list("target", "verdict"))
_standings_of = PreparedValues(
    Standing, lambda ids: Standing.objects.filter(entry__in=ids).values_list("entry_id", "state", "entry__kind")
)


def _needs(taken: kinds.Taken) -> Sequence[kinds.Need]:
    return kinds.KINDS[taken.entry.kind].needs(taken)


def ruled_out(kind: str, verdict: str) -> Outcome:
    """How an entry stands that was refused or erased. Erased with a blank row left, it still carries others."""
    if verdict == Ruling.Verdict.REFUSED:
        return Outcome(State.REFUSED, problems.DECLINED.code)
    known = kinds.KINDS.get(kind)
    return Outcome(State.APPLIED if known and known.blank else State.REFUSED, problems.ERASED.code)


def take_back(entries: list[Entry], verdict: str) -> set[UUID]:
    """Bring the tables to what they are without ``entries``. Returns the ids of entries that went with them.

    Bytes that are erased do not come back when they are offered again.
    """
    gone: set[UUID] = set()
    grouped = ((kinds.KINDS.get(name), group) for name, group in _by_kind(entries).items())
    # What leaves a blank row comes last: withdrawing a change draws the row from its registration once more.
    for kind, group in sorted(grouped, key=lambda pair: bool(pair[0] and pair[0].blank)):
        if kind and kind.blank and verdict == Ruling.Verdict.ERASED:
            kind.blank(group)
        elif kind:
            gone |= kind.withdraw(group)
    if verdict == Ruling.Verdict.ERASED:
        _blank_payloads(entries)
    return gone


def _blank_payloads(entries: list[Entry]) -> None:
    offered = [entry for entry in entries if not entry.erased]
    for entry in offered:
        entry.payload = ""
    if offered:
        Entry.objects.filter(pk__in=[entry.id for entry in offered]).update(payload="")


def _by_kind(entries: list[Entry]) -> dict[str, list[Entry]]:
    grouped: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        grouped[entry.kind].append(entry)
    return grouped
