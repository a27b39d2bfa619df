"""``receive()``: entries made elsewhere arrive, in any order, more than once, a year late."""

from collections.abc import Iterable, Sequence
from uuid import UUID

import msgspec
from django.db import transaction

from balai.common import clock

from . import conflicts, problems
from .envelopes import SentEntry, SentEnvelope, genuine, opened, sound, written_well
from .models import Entry, Envelope, Standing
from .storing import store

#: How many entries of one signer may wait at a time; more are left with their sender.
WAITING_QUOTA = 10_000


class Answer(msgspec.Struct, frozen=True):
    """What became of one entry: stored | already_have | waiting | refused | conflict, and the problem's code."""

    id: UUID
    result: str
    reason: str = ""


def receive(envelopes: Sequence[SentEnvelope]) -> list[Answer]:
    """Take ``envelopes`` in, in one transaction. One answer for each entry, in their order.

    An envelope of no shape, or whose signature does not fit, is refused whole and not stored.
    """
    with transaction.atomic():
        intake = _Intake()
        for envelope in envelopes:
            intake.sort(envelope)
        intake.store()
        return intake.answers()


class _Intake:
    """One call of ``receive``."""

    def __init__(self) -> None:
        self.received_at = clock.wall()
        self.order: list[UUID] = []
        self.results: dict[UUID, Answer] = {}
        self.envelopes: list[Envelope] = []
        self.fresh: dict[UUID, Entry] = {}
        self.conflicts: list[tuple[Entry, Entry, UUID]] = []

    def sort(self, arrived: SentEnvelope) -> None:
        """New, known, in conflict or refused?"""
        self.order += [entry.id for entry in arrived.entries]
        if sound(arrived):
            self._sort(*opened(arrived))
        else:
            self._answer(arrived.entries, "refused", problems.MALFORMED.code)

    def _sort(self, envelope: Envelope, entries: list[Entry]) -> None:
        if self._is_another(envelope) or not genuine(envelope, entries):
            self._answer(entries, "refused", problems.SIGNATURE.code)
        elif self._over_quota(envelope):
            self._answer(entries, "refused", problems.OVER_QUOTA.code)
        else:
            known = Entry.objects.in_bulk([entry.id for entry in entries])
            new = [entry for entry in entries if self._is_new(entry, known, envelope.signer)]
            if new:
                self.envelopes.append(envelope)
                self.fresh.update({entry.id: entry for entry in new})
                clock.absorb(max(entry.made_at for entry in new))

    def _is_another(self, envelope: Envelope) -> bool:
        """Whether its id is that of an envelope with another signature, which would be broken by more entries."""
        here = [one for one in self.envelopes if one.id == envelope.id]
        stored = here or Envelope.objects.filter(pk=envelope.id)
        return any(bytes(one.signature) != envelope.signature for one in stored)

    def _over_quota(self, envelope: Envelope) -> bool:
        waiting = Standing.objects.filter(state=Standing.State.WAITING, entry__envelope__signer=envelope.signer)
        return waiting[: WAITING_QUOTA + 1].count() > WAITING_QUOTA

    def _is_new(self, entry: Entry, known: dict[UUID, Entry], signer: UUID) -> bool:
        stored = known.get(entry.id) or self.fresh.get(entry.id)
        if not written_well(entry):
            self._answer([entry], "refused", problems.MALFORMED.code)
        elif stored is None:
            return True
        elif bytes(stored.payload_hash) == bytes(entry.payload_hash):
            if entry.id not in self.fresh:
                self._answer([entry], "already_have", "")
        elif entry.id in known:
            self._conflict(stored, entry, signer)
        else:
            self.conflicts.append((stored, entry, signer))
        return False

    def _conflict(self, stored: Entry, other: Entry, signer: UUID) -> None:
        if conflicts.keep(stored, other, signer, self.received_at):
            self._answer([other], "conflict", problems.OTHER_BYTES.code)
        else:
            self._answer([other], "refused", problems.TOO_MANY_CONFLICTS.code)

    def _answer(self, entries: Iterable[Entry | SentEntry], result: str, reason: str) -> None:
        for entry in entries:
            self.results[entry.id] = Answer(entry.id, result, reason)

    def store(self) -> None:
        taking = store(self.envelopes, list(self.fresh.values()), self.received_at)
        for id in self.fresh:
            outcome = taking.outcomes[id]
            result = "stored" if outcome.state == Standing.State.APPLIED else str(outcome.state)
            self.results.setdefault(id, Answer(id, result, outcome.reason))
        for stored, other, signer in self.conflicts:
            self._conflict(stored, other, signer)

    def answers(self) -> list[Answer]:
        return [self.results[id] for id in self.order]
