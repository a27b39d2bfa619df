"""What happens with each row: whose certificate it is, whether it is known already, what keeps it out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from balai.common import formats
from balai.common.problems import Problem
from balai.credentials import archiving, problems
from balai.credentials.models import ArchivedCertificate, Certificate
from balai.people.imports import vault
from balai.people.imports.recognising import Recognised, Recogniser
from balai.people.imports.tables import Typed
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
        self._seen: dict[tuple[UUID, str], int] = {}
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
        first = self._seen.setdefault(row.key, row.number)
        holder, name = self._holders.setdefault(key, (person, row.name))
        here = register.recorded.get(register.ids[row.key])
        if here:
            same = (here.title, here.hours, here.issued_on) == (row.title, row.hours, row.issued_on)
            row.outcome = _Outcome.THERE
            if not same:
                _say(row, _Outcome.REFUSED, problems.HERE_OTHERWISE, title=here.title, day=formats.day(here.issued_on))
        elif key in register.ours:
            _say(row, _Outcome.REFUSED, problems.ISSUED_HERE)
        elif first != row.number:
            _say(row, _Outcome.REFUSED, problems.NUMBER_TWICE, row=first)
        elif other := register.holder(row) or (name if holder != person else ""):
            _say(row, _Outcome.LOOK, problems.NUMBER_SHARED, name=other)
        elif near := register.on_day.get((person, row.issued_on)):
            _say(row, _Outcome.LOOK, problems.SAME_DAY, title=near.title, number=near.number)


@dataclass(frozen=True)
class Register:
    """What is recorded of the people and numbers of some rows."""

    ids: dict[Key, UUID]
    recorded: dict[UUID, ArchivedCertificate]
    ours: frozenset[str]
    on_day: dict[tuple[UUID, date | None], ArchivedCertificate]
    numbers: dict[str, list[ArchivedCertificate]]

    @classmethod
    def of(cls, rows: Sequence[ArchiveRow], recogniser: Recogniser) -> "Register":
        """Four queries."""
        people, numbers = {row.key[0] for row in rows}, {row.certificate for row in rows}
        ids = places(rows)
        standing = ArchivedCertificate.objects.standing().select_related("person")
        theirs = standing.filter(person__in=people)
        shared: dict[str, list[ArchivedCertificate]] = {}
        for one in standing.filter(number__in=numbers, person__in=recogniser.people):
            shared.setdefault(one.number.casefold(), []).append(one)
        ours = Certificate.objects.filter(number__in=numbers).values_list("number", flat=True)
        return cls(
            ids,
            {one.pk: one for one in theirs},
            frozenset(number.casefold() for number in ours),
            {(one.person_id, one.issued_on): one for one in theirs},
            shared,
        )

    def holder(self, row: ArchiveRow) -> str:
        """Whose name the number stands under, if it is another person within reach."""
        others = (one for one in self.numbers.get(row.certificate.casefold(), ()) if one.person_id != row.person)
        return next((one.person.name for one in others), "")


def places(rows: Sequence[ArchiveRow]) -> dict[Key, UUID]:
    """The id that each row's certificate has, or will have. One query."""
    gone = archiving.withdrawn({row.key[0] for row in rows})
    return {row.key: archiving.place(row.key[0], row.certificate, gone) for row in rows}


def _refuse(row: ArchiveRow, problem: Problem, letter: str, facts: dict[str, object]) -> None:
    _say(row, _Outcome.REFUSED, problem, **facts)
    row.place = f"{letter}{row.number}" if letter else ""


def _say(row: ArchiveRow, outcome: str, problem: Problem, /, **facts: object) -> None:
    row.outcome, row.problem, row.facts = outcome, problem.code, facts
