"""What happens with each row: whose certificate it is, whether it is known already, what keeps it out."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from balai.common import formats
from balai.common.problems import Problem
from balai.credentials import archiving, numbering, problems
from balai.credentials.models import ArchivedCertificate, Certificate
from balai.people.imports import vault
from balai.people.imports.recognising import Recognised, Recogniser
from balai.people.imports.tables import Typed
from balai.people.models import Person
from balai.people.reach import CHANGE_PERSONS
from balai.people.spreadsheets.cells import storable
from balai.people.spreadsheets.headers import Field

from . import columns
from .columns import Bad
from .models import ArchiveImport, ArchiveRow, Key

_Outcome = ArchiveRow.Outcome


class Judge:
    """Judges the rows of one table in chunks; remembers what stood in those before."""

    def __init__(self, batch: ArchiveImport) -> None:
        self.batch = batch
        self._recogniser = Recogniser(batch.owner, CHANGE_PERSONS)
        self._seen: dict[Key, tuple[str, int]] = {}
        self._holders: dict[str, tuple[UUID, str]] = {}

    def rows(self, chunk: Sequence[Typed]) -> list[ArchiveRow]:
        """Unsaved rows for ``chunk``. A fixed number of queries."""
        known = self._recogniser.recognise([one.line for one in chunk])
        rows = [self._row(typed, recognised) for typed, recognised in zip(chunk, known, strict=True)]
        understood = [row for row in rows if row.outcome == _Outcome.NEW]
        register = Register.of(understood, self._recogniser)
        for row in understood:
            self._compare(row, register)
        return rows

    def _row(self, typed: Typed, known: Recognised) -> ArchiveRow:
        cells = {str(held): cell for held, cell in typed.line.cells.items()} | typed.extra
        row = ArchiveRow(
            batch=self.batch,
            number=typed.line.number,
            sheet=typed.sheet[:60],
            cells={key: storable(cell) for key, cell in cells.items() if key != Field.NIK and cell not in ("", None)},
            nik=vault.lock_cell(storable(cells.get(str(Field.NIK), ""))),
            name=known.name,
            home=known.place,
            person=known.person,
            outcome=_Outcome.NEW,
        )
        if known.problem:
            _refuse(row, known.problem, typed.places.get(known.at, ""), known.facts)
            return row
        try:
            told = columns.read(typed, self.batch)
        except Bad as bad:
            _refuse(row, bad.problem, typed.places.get(bad.column, ""), bad.facts)
        else:
            row.certificate, row.title, row.hours, row.issued_on = told.number, told.title, told.hours, told.issued_on
            row.place = typed.places.get("certificate", "") + str(row.number)
        return row

    def _compare(self, row: ArchiveRow, register: "Register") -> None:
        """Against what is recorded, and against the rows above."""
        person, key = row.key
        here_now = (row.sheet, row.number)
        first = self._seen.setdefault(row.key, here_now)
        holder, name = self._holders.setdefault(key, (person, row.name))
        if here := register.recorded.get(row.key):
            meet(row, here)
        elif key in register.ours:
            _say(row, _Outcome.REFUSED, problems.ISSUED_HERE)
        elif first is not here_now:
            _say_twice(row, *first)
        elif other := register.holder(row) or (name if holder != person else ""):
            _say(row, _Outcome.LOOK, problems.NUMBER_SHARED, name=other)
        elif near := register.on_day.get((person, row.issued_on)):
            _say(row, _Outcome.LOOK, problems.SAME_DAY, title=near.title, number=near.number)


@dataclass(frozen=True)
class Register:
    """What is recorded of the people and numbers of some rows."""

    recorded: dict[Key, ArchivedCertificate]
    ours: frozenset[str]
    on_day: dict[tuple[UUID, date | None], ArchivedCertificate]
    numbers: dict[str, list[ArchivedCertificate]]

    @classmethod
    def of(cls, rows: Sequence[ArchiveRow], recogniser: Recogniser) -> "Register":
        """Four queries."""
        owners = identities({row.key[0] for row in rows})
        # A person's own are compared whatever their spelling; those of others are looked up as they may be written.
        numbers = {spelling for row in rows for spelling in numbering.spellings(row.certificate)}
        standing = ArchivedCertificate.objects.standing().select_related("person")
        theirs = list(standing.filter(person__in=owners))
        shared: dict[str, list[ArchivedCertificate]] = {}
        for one in standing.filter(number__in=numbers, person__in=recogniser.people):
            shared.setdefault(numbering.key(one.number), []).append(one)
        issued = Certificate.objects.filter(Q(person__in=owners) | Q(number__in=numbers))
        return cls(
            _by_key(theirs, owners),
            frozenset(map(numbering.key, issued.values_list("number", flat=True))),
            {(owners[one.person_id], one.issued_on): one for one in theirs},
            shared,
        )

    def holder(self, row: ArchiveRow) -> str:
        """Whose name the number stands under, if it is another person within reach."""
        others = (one for one in self.numbers.get(numbering.key(row.certificate), ()) if one.person_id != row.person)
        return next((one.person.name for one in others), "")


def identities(people: Collection[UUID]) -> dict[UUID, UUID]:
    """Every id that one of ``people`` goes or went under, with the one that they have now. One query."""
    merged = Person.objects.filter(merged_into__in=people).values_list("pk", "merged_into")
    return {id: id for id in people} | {old: now for old, now in merged if now}


def recorded(people: Collection[UUID]) -> dict[Key, ArchivedCertificate]:
    """What is recorded of ``people`` and stands. Two queries."""
    owners = identities(people)
    return _by_key(ArchivedCertificate.objects.standing().filter(person__in=owners), owners)


def _by_key(found: Iterable[ArchivedCertificate], owners: Mapping[UUID, UUID]) -> dict[Key, ArchivedCertificate]:
    return {(owners[one.person_id], numbering.key(one.number)): one for one in found}


def meet(row: ArchiveRow, here: ArchivedCertificate | ArchiveRow) -> None:
    """``row`` tells of what is ``here`` already: the same, or something else, which is refused."""
    row.outcome, row.problem, row.facts = _Outcome.THERE, "", {}
    if (here.title, here.hours, here.issued_on) != (row.title, row.hours, row.issued_on):
        said = {"title": here.title, "day": formats.day(here.issued_on)} if here.issued_on else {}
        _say(row, _Outcome.REFUSED, problems.HERE_OTHERWISE, **said)


def places(rows: Sequence[ArchiveRow]) -> dict[Key, UUID]:
    """The id that each row's certificate has, or will have. One query."""
    gone = archiving.withdrawn({row.key[0] for row in rows})
    return {row.key: archiving.place(row.key[0], row.certificate, gone) for row in rows}


def _refuse(row: ArchiveRow, problem: Problem, letter: str, facts: dict[str, object]) -> None:
    _say(row, _Outcome.REFUSED, problem, **facts)
    row.place = f"{letter}{row.number}" if letter else ""


def _say_twice(row: ArchiveRow, sheet: str, number: int) -> None:
    """It stands in ``sheet`` at ``number`` too."""
    if sheet == row.sheet:
        _say(row, _Outcome.REFUSED, problems.NUMBER_TWICE, row=number)
    else:
        _say(row, _Outcome.REFUSED, problems.NUMBER_ON_OTHER_SHEET, sheet=sheet, row=number)


def _say(row: ArchiveRow, outcome: str, problem: Problem, /, **facts: object) -> None:
    row.outcome, row.problem, row.facts = outcome, problem.code, facts
