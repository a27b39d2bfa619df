"""The long work on a table of old certificates: reading it, recording what it tells, taking that back."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django_tasks import task

from balai.common import clock
from balai.common.problems import Refusal
from balai.credentials import archiving, problems
from balai.credentials.entries import CertificateArchived
from balai.credentials.models import ArchivedCertificate
from balai.log.models import Entry
from balai.log.record import record_many
from balai.people.imports import vault
from balai.people.imports.tables import rows
from balai.people.imports.working import KEPT
from balai.people.models import Person
from balai.people.reach import CHANGE_PERSONS

from .columns import COLUMNS
from .judging import Judge, meet, places, recorded
from .models import ArchiveImport, ArchiveRow, Key

READ_TOGETHER, SAVED_TOGETHER = 500, 200
Work = ArchiveImport.Work
_Outcome = ArchiveRow.Outcome
Some = TypeVar("Some")


def start(batch: ArchiveImport, work: str) -> None:
    """Have ``work`` done on the table. Raises ``Refusal`` while other work on it goes on."""
    batch.insist_claim(work)
    do.enqueue(str(batch.pk))


@task()
def do(id: str) -> None:
    """Do the work that the table with this id was claimed for. Safe to repeat."""
    batch = ArchiveImport.objects.select_related("owner__region").filter(pk=UUID(id)).exclude(work="").first()
    if batch is not None:
        batch.perform(_WORK, problems.ARCHIVING_BROKE)


def _read(batch: ArchiveImport) -> None:
    """Stage every row with what happens with it; the file is not needed any more."""
    with vault.opened(batch.pk) as path:
        typed = rows(path, COLUMNS)
    judge = Judge(batch)
    batch.rows.all().delete()
    for done, some in _chunks(typed, READ_TOGETHER):
        ArchiveRow.objects.bulk_create(judge.rows(some))
        batch.advance(done, len(typed))
    batch.read_at = clock.wall()
    vault.forget(batch.pk)


def _save(batch: ArchiveImport) -> None:
    """Record what is new, and what is worth a look where that was wished, in the order of the table."""
    ready = list(batch.rows.recordable(doubtful_too=batch.doubtful_too).order_by("pk"))
    if not ready:
        raise Refusal(problems.NOTHING_TO_RECORD)
    for done, some in _chunks(ready, SAVED_TOGETHER):
        with transaction.atomic():
            _save_together(batch, some)
        batch.advance(done, len(ready))
    batch.saved_at = clock.wall()


def _save_together(batch: ArchiveImport, some: Sequence[ArchiveRow]) -> None:
    """What stands in the register since the table was read, or in a row above, is there; who moved away is refused."""
    people = _people(batch, [row.person for row in some if row.person])
    ids = places(some)
    here: dict[Key, ArchivedCertificate | ArchiveRow] = {**recorded([one.pk for one in people.values()])}
    logged = set(Entry.objects.filter(pk__in=ids.values()).values_list("pk", flat=True))
    deeds = []
    for row in some:
        person = people.get(row.person)
        if person is None:
            row.outcome, row.problem, row.facts = _Outcome.REFUSED, problems.NOT_YOURS_NOW.code, {}
        elif row.key in here:
            meet(row, here[row.key])
        elif ids[row.key] in logged:  # recorded, though nothing of it is shown yet
            row.outcome, row.problem, row.facts = _Outcome.THERE, "", {}
        else:
            here[row.key] = row
            said = CertificateArchived(row.certificate, row.title, row.hours or 0, row.issued_on)  # type: ignore[arg-type]
            deeds.append(archiving.deed(person, said, ids[row.key], batch.owner))
            row.entry = ids[row.key]
    record_many(deeds)
    ArchiveRow.objects.bulk_update(some, ["outcome", "problem", "facts", "entry"])


def _undo(batch: ArchiveImport) -> None:
    """Take back what this table recorded, of the people who are still within reach."""
    recorded = list(batch.rows.undoable().order_by("-pk"))
    for done, some in _chunks(recorded, SAVED_TOGETHER):
        with transaction.atomic():
            _undo_together(batch, some)
        batch.advance(done, len(recorded))
    batch.undone_at = clock.wall()


def _undo_together(batch: ArchiveImport, some: Sequence[ArchiveRow]) -> None:
    standing = ArchivedCertificate.objects.standing().select_related("person__region")
    found = standing.in_bulk([row.entry for row in some])
    people = _people(batch, [row.person for row in some if row.person])
    deeds = []
    for row in some:
        certificate = found.get(row.entry)
        if certificate and row.person not in people:
            row.problem, row.facts = problems.NOT_YOURS_NOW.code, {}
            continue
        if certificate:
            deeds.append(archiving.withdrawal(certificate, batch.owner))
        row.taken_back = True
    record_many(deeds)
    ArchiveRow.objects.bulk_update(some, ["taken_back", "problem", "facts"])


def _people(batch: ArchiveImport, ids: Sequence[UUID]) -> dict[UUID | None, Person]:
    """Those of ``ids`` whom the owner still looks after."""
    reach = batch.owner.reach.people(*CHANGE_PERSONS)
    return {person.pk: person for person in reach.filter(pk__in=ids).select_related("region")}


def _chunks(whole: Sequence[Some], size: int) -> Iterator[tuple[int, Sequence[Some]]]:
    """Pieces of ``whole``, each with how many there are up to its end."""
    for start in range(0, len(whole), size):
        piece = whole[start : start + size]
        yield start + len(piece), piece


_WORK: dict[str, Callable[[ArchiveImport], None]] = {Work.READ: _read, Work.SAVE: _save, Work.UNDO: _undo}


def forget_old() -> int:
    """Delete staged tables whose time is over. Returns how many."""
    late = list(ArchiveImport.objects.filter(uploaded_at__lt=clock.wall() - KEPT).values_list("pk", flat=True))
    for id in late:
        vault.forget(id)
    ArchiveImport.objects.filter(pk__in=late).delete()
    return len(late)
