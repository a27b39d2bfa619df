"""Saving what a preview showed: each row becomes entries, chunk by chunk, each chunk whole or not at all."""

import dataclasses
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction

from balai.common import clock, nik
from balai.common.ids import uuid7
from balai.common.problems import Refusal
from balai.log.record import Deed, record_many
from balai.people.changing import Shown, change
from balai.people.delegation.rank import outranked
from balai.people.entries import PersonRegistered, PositionEnded, PositionHeld, SealedNik
from balai.people.identities import niks
from balai.people.identities.entries import PersonToldApart
from balai.people.models import NikKey, Person, Position
from balai.people.reach import CHANGE_PERSONS

from . import comparing, problems, vault
from .examining import Examiner
from .findings import look
from .models import Import, Row, Run, Saved, Trace

#: Rows that are saved in one transaction: others wait for at most about a second.
CHUNK = 500


def apply(batch: Import, run: Run) -> None:
    """Save every row that is ready; stops between chunks when asked to. Raises ``Refusal``."""
    ready = batch.rows.savable().order_by("sheet", "number")
    run.total = ready.count()
    run.save(update_fields=["total"])
    if not run.total:
        raise Refusal(problems.NOTHING_TO_SAVE)
    done = 0
    examiner = Examiner(batch)
    while chunk := list(ready[:CHUNK]):
        with transaction.atomic():
            _Saving(batch).save(_fresh(chunk, examiner))
        done += len(chunk)
        if not run.advance(done):
            return


def _fresh(rows: list[Row], examiner: Examiner) -> list[Row]:
    """Those of ``rows`` with which still happens what was shown; the others go back for a look."""
    present = comparing.load(row.person for row in rows if row.person)
    taken = NikKey.objects.filter(digest__in={row.nik_digest for row in rows if row.outcome == Row.Outcome.NEW} - {""})
    known = set(taken.filter(person__in=examiner.people).values_list("digest", flat=True))
    open_ones = _open([row for row in rows if row.outcome == Row.Outcome.CHANGED], examiner.batch.owner)
    stale = [row for row in rows if _is_stale(row, present, known, examiner)]
    barred = [row for row in rows if row.outcome == Row.Outcome.CHANGED and row.person not in open_ones]
    for back, why in ((stale, "changed_since"), (barred, "barred")):
        for row in back:
            row.outcome, row.verdict = Row.Outcome.LOOK, ""
            row.findings = [*row.findings, look("name", why).as_json()]
    Row.objects.bulk_update([*stale, *barred], ["outcome", "verdict", "findings"])
    return [row for row in rows if row.outcome != Row.Outcome.LOOK]


def _open(rows: list[Row], owner: Person) -> set[UUID]:
    """Whom ``owner`` may change as ``rows`` say: within reach, and the number of nobody who stands above."""
    reach = owner.reach.people(*CHANGE_PERSONS)
    people = list(reach.filter(pk__in=[row.person for row in rows]).select_related("region"))
    numbered = [person for person in people if person.pk in {row.person for row in rows if "phone" in row.changes}]
    above = {person.pk for person in numbered} - outranked(owner, numbered) - {owner.pk}
    return {person.pk for person in people} - above


def _is_stale(row: Row, present: dict[UUID, comparing.Present], known: set[str], examiner: Examiner) -> bool:
    """``known``: the NIKs of people who are here, to which those of the rows are added one by one."""
    if row.outcome == Row.Outcome.NEW:
        is_known = row.nik_digest in known
        known |= {row.nik_digest} - {""}
        return is_known
    person = present.get(row.person) if row.person else None
    mask = row.changes.get("nik", ["", ""])[1]
    return person is None or comparing.changes(row, mask, person, examiner.places) != row.changes


@dataclass
class _Saving:
    """One chunk on its way into the log."""

    batch: Import
    deeds: list[Deed] = field(default_factory=list)
    keys: list[NikKey] = field(default_factory=list)
    saved: list[Saved] = field(default_factory=list)
    _told_apart: dict[int, list[UUID]] = field(default_factory=dict)

    def save(self, rows: list[Row]) -> None:
        people = self._people(rows)
        shown = Shown(people)
        positions = _positions(people)
        self._told_apart = self._others(rows)
        for row in rows:
            if row.outcome == Row.Outcome.NEW:
                self._register(row)
            elif row.person in people:
                self._change(row, people[row.person], shown, positions[row.person])
        record_many(self.deeds)
        niks.save(self.keys)
        self._remember()

    def _people(self, rows: list[Row]) -> dict[UUID, Person]:
        """The people whom the rows change, as far as they are still there and within reach."""
        ids = [row.person for row in rows if row.person and row.outcome == Row.Outcome.CHANGED]
        found = self.batch.owner.reach.people(*CHANGE_PERSONS).filter(pk__in=ids)
        return {person.id: person for person in found}

    def _others(self, rows: list[Row]) -> dict[int, list[UUID]]:
        """By row: whom it was decided not to be, as far as they are still here. They are not offered again."""
        compared = {
            row.pk: [UUID(other) for other in row.context.get("compared", ())]
            for row in rows
            if row.verdict == Row.Verdict.OTHER
        }
        wanted = {other for others in compared.values() for other in others}
        reach = self.batch.owner.reach.people(*CHANGE_PERSONS)
        here = set(reach.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
        return {row: [other for other in others if other in here] for row, others in compared.items()}

    def _register(self, row: Row) -> None:
        said = dict(row.values)
        title = said.pop("position", "")
        born = said.pop("birth_date", "")
        id = self._begin(row, uuid7())
        payload = PersonRegistered(
            **said, region=row.region, birth_date=date.fromisoformat(born) if born else None, nik=self._seal(row, id)
        )
        self._add("registered", Deed("person.registered", payload, audience=row.region, id=id))
        if title:
            self._hold(row, id, title)
        for place, other in enumerate(self._told_apart.get(row.pk, ())):
            told = PersonToldApart(other=other)
            self._add(f"apart{place}", Deed("person.told_apart", told, subject=id, audience=row.region))

    def _change(self, row: Row, person: Person, shown: Shown, held: list[Position]) -> None:
        self._begin(row, person.id)
        fields = {name: new for name, (_old, new) in row.changes.items() if name != "position"}
        if "nik" in fields:
            sealed = self._seal(row, person.id)
            fields["nik"] = {"sealed": sealed.sealed, "mask": sealed.mask} if sealed else None
        if fields:
            self._add("changed", change(person, fields, self.batch.owner, shown))
        if "position" in row.changes:
            old, title = row.changes["position"]
            for position in (p for p in held if p.title == old):
                ended = PositionEnded(position=position.id, ended_on=clock.wall().date())
                self._add("ended", Deed("position.ended", ended, subject=person.id, audience=person.region_id))
            self._hold(row, person.id, title)

    def _hold(self, row: Row, person: UUID, title: str) -> None:
        payload = PositionHeld(title=title, region=row.region)
        self._add("held", Deed("position.held", payload, subject=person, audience=row.region))

    def _seal(self, row: Row, person: UUID) -> SealedNik | None:
        if not row.nik_digest:
            return None
        number = nik.read(vault.unlock_cell(bytes(row.nik)))
        sealed = niks.seal(number)
        self.keys.append(niks.key(person, number, sealed.sealed))
        return sealed

    def _begin(self, row: Row, person: UUID) -> UUID:
        self.saved.append(Saved(row=row, person=person, deeds={}))
        return person

    def _add(self, what: str, deed: Deed) -> None:
        """Note the deed with the row that was begun last."""
        id = deed.id or uuid7()
        self.saved[-1].deeds[what] = str(id)
        self.deeds.append(dataclasses.replace(deed, id=id, actor=self.batch.owner.id))

    def _remember(self) -> None:
        Saved.objects.bulk_create(self.saved)
        traces = {
            saved.row.fingerprint: Trace(fingerprint=saved.row.fingerprint, person=saved.person) for saved in self.saved
        }
        Trace.objects.bulk_create(
            traces.values(), update_conflicts=True, unique_fields=["fingerprint"], update_fields=["person"]
        )


def _positions(people: Iterable[UUID]) -> dict[UUID, list[Position]]:
    """What each of ``people`` is now, oldest first."""
    found: dict[UUID, list[Position]] = defaultdict(list)
    for position in Position.objects.filter(person__in=people, ends=None).order_by("held_at", "id"):
        found[position.person_id].append(position)
    return found
