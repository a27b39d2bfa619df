"""Taking a whole import back, and keeping what people did since.

A field goes back only where the import's value is still the one that is shown; a new person is withdrawn only
if nothing happened with them since; what stays is listed with its reason.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from balai.common import clock
from balai.log.models import Entry, Revision
from balai.log.record import Deed, record_many
from balai.people.changing import Shown, change
from balai.people.entries import PositionEnded, PositionHeld
from balai.people.identities.entries import PersonWithdrawn
from balai.people.models import Account, Person, PersonMerge, Position, PositionEnd
from balai.people.reach import CHANGE_PERSONS

from .models import Import, Run, Saved, Trace, Undone

CHUNK = 500
#: How an entry writes that a field is empty; "" for all others.
_NOTHING = {"birth_date": None, "nik": None, "region": None}
#: What entries say as their reason.
REASON = "impor dibatalkan"
#: Why something stays as the import made it.
REASONS = {
    "edited": _("diubah lagi setelah impor"),
    "active": _("sudah ada kegiatan orang ini setelah impor"),
    "account": _("sudah punya akun"),
    "gone": _("orangnya sudah digabung, ditarik, atau pindah dari wilayah Anda"),
}


def undoable(batch: Import) -> QuerySet[Saved]:
    """What was saved and not yet taken back, the last row first."""
    return Saved.objects.filter(row__batch=batch, undone=None).order_by("-row")


def undo(batch: Import, run: Run) -> None:
    """Take back what ``batch`` saved, as far as nobody built on it; stops between chunks when asked to."""
    left = undoable(batch)
    run.total = left.count()
    run.save(update_fields=["total"])
    done = 0
    while chunk := list(left[:CHUNK]):
        with transaction.atomic():
            _Undoing(batch, chunk).run()
        done += len(chunk)
        if not run.advance(done):
            return


@dataclass
class _Undoing:
    """One chunk on its way back."""

    batch: Import
    saved: list[Saved]
    deeds: list[Deed] = field(default_factory=list)

    def run(self) -> None:
        ids = [saved.person for saved in self.saved]
        reachable = self.batch.owner.reach.people(*CHANGE_PERSONS).filter(pk__in=ids)
        self.people = {person.id: person for person in reachable}
        self.shown = Shown(ids)
        self.active = _active(self.saved)
        self.owning = set(Account.objects.filter(person__in=ids).values_list("person", flat=True))
        self.before = _values_before(self.saved)
        positions = [saved.deeds["held"] for saved in self.saved if "held" in saved.deeds]
        self.ended = set(PositionEnd.objects.filter(position__in=positions).values_list("position", flat=True))
        self.held = Position.objects.in_bulk(positions)
        undone = [self._take_back(saved) for saved in self.saved]
        record_many(self.deeds)
        Undone.objects.bulk_create(undone)
        withdrawn = [one.saved.person for one in undone if "person" in one.back]
        Trace.objects.filter(person__in=withdrawn).delete()

    def _take_back(self, saved: Saved) -> Undone:
        person = self.people.get(saved.person)
        if person is None:
            return Undone(saved=saved, back=[], kept={"person": "gone"})
        if "registered" in saved.deeds:
            return self._withdraw(saved, person)
        back, kept = self._restore_fields(saved, person)
        if "held" in saved.deeds:
            if UUID(saved.deeds["held"]) in self.ended:
                kept["position"] = "edited"
            else:
                back.append("position")
                self._restore_position(saved, person)
        return Undone(saved=saved, back=back, kept=kept)

    def _withdraw(self, saved: Saved, person: Person) -> Undone:
        """A person whom the import made goes again, unless something hangs on them by now."""
        reason = "account" if person.id in self.owning else "active" if person.id in self.active else ""
        if reason:
            return Undone(saved=saved, back=[], kept={"person": reason})
        self._add("person.withdrawn", PersonWithdrawn(reason=REASON), person)
        return Undone(saved=saved, back=["person"], kept={})

    def _restore_fields(self, saved: Saved, person: Person) -> tuple[list[str], dict[str, str]]:
        """A field goes back where the value that the import gave is the one that is shown."""
        entry = UUID(saved.deeds["changed"]) if "changed" in saved.deeds else None
        before = self.before[entry] if entry else {}
        back = {name: old for name, old in before.items() if self.shown.version(person.id, name) == entry}
        if back:
            self.deeds.append(change(person, back, self.batch.owner, self.shown))
        return list(back), {name: "edited" for name in before if name not in back}

    def _restore_position(self, saved: Saved, person: Person) -> None:
        new = self.held[UUID(saved.deeds["held"])]
        self._add("position.ended", PositionEnded(position=new.id, ended_on=clock.wall().date(), reason=REASON), person)
        old = Position.objects.filter(ends=saved.deeds["ended"]).first() if "ended" in saved.deeds else None
        if old:
            again = PositionHeld(old.title, old.region_id, old.institution_id, old.started_on)
            self._add("position.held", again, person)

    def _add(self, kind: str, payload: object, person: Person) -> None:
        self.deeds.append(Deed(kind, payload, self.batch.owner.id, person.id, person.region_id))


def _active(saved: Iterable[Saved]) -> set[UUID]:
    """The new people among ``saved`` about whom there is any entry that the import did not make."""
    new = {one.person: set(one.deeds.values()) for one in saved if "registered" in one.deeds}
    since = Entry.objects.filter(subject__in=new).values_list("subject", "id")
    found = {person for person, entry in since if person and str(entry) not in new[person]}
    return found | set(PersonMerge.objects.filter(into__in=new).values_list("into", flat=True))


def _values_before(saved: Iterable[Saved]) -> dict[UUID, dict[str, object]]:
    """What each changed field was, by the changing entry: the value of the version that it replaced."""
    changed = [one.deeds["changed"] for one in saved if "changed" in one.deeds]
    revisions = list(Revision.objects.filter(entry__in=changed))
    bases = {UUID(base) for revision in revisions for base in revision.bases}
    older = {(r.entry, r.field): r.value for r in Revision.objects.filter(entry__in=bases)}
    registered = {entry.id: entry.content or {} for entry in Entry.objects.filter(pk__in=bases)}
    found: dict[UUID, dict[str, object]] = defaultdict(dict)
    for revision in revisions:
        base = UUID(revision.bases[0])
        first = registered.get(base, {}).get(revision.field, _NOTHING.get(revision.field, ""))
        found[revision.entry][revision.field] = older.get((base, revision.field), first)
    return found
