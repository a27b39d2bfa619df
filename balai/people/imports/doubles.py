"""The same person twice in one table."""

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from balai.common import names
from balai.people.identities.matching import RELATED, Features, Pool, Reason

from . import problems
from .findings import Finding, error, look, note
from .models import Import, Row

if TYPE_CHECKING:
    from .examining import Case

_COLUMNS = ("sheet", "number", "name_key", "region", "nik_digest", "values", "fingerprint", "person")
_NUMBER = 0xFFFFFFFF
_GONE = (Row.Outcome.REFUSED, Row.Outcome.SKIPPED)


class Doubles:
    """The rows before a chunk that its rows may repeat, and those of the chunk as they are marked.

    The chunk's own people must be identified already.
    """

    def __init__(self, batch: Import, cases: "list[Case]") -> None:
        self._contents: dict[str, int] = {}
        self._people: dict[UUID, tuple[int, int]] = {}
        self._pool = Pool()
        if cases:
            self._load(batch, cases)

    def _load(self, batch: Import, cases: "list[Case]") -> None:
        first = cases[0].row
        before = Q(sheet__lt=first.sheet) | Q(sheet=first.sheet, number__lt=first.number)
        earlier = Row.objects.filter(before, batch=batch).exclude(outcome__in=_GONE)
        for alike in (
            Q(nik_digest__in={case.features.nik for case in cases} - {""}),
            Q(namesake__in={case.row.namesake for case in cases} - {""}),
            Q(person__in={case.row.person for case in cases if case.row.person}),
        ):
            for row in earlier.filter(alike).only(*_COLUMNS):
                self._add(row, _features(row))

    def mark(self, case: "Case") -> None:
        """Say in its findings when the row repeats an earlier one; then it is an earlier one itself."""
        row, findings = case.row, case.parsed.findings
        if case.parsed.is_refused or row.verdict == Row.Verdict.SKIP:
            return
        same = self._contents.get(row.fingerprint)
        found = note("name", "same_row", row=same) if same else self._repeated(case)
        if found:
            findings.append(found)
        if not found or found.code == "double":
            self._add(row, case.features)

    def _repeated(self, case: "Case") -> Finding | None:
        for match in self._pool.matches(case.features, misspelt=False):
            sheet, number = divmod(match.id.int, _NUMBER + 1)
            same_nik, other = Reason.NIK in match.reasons, self._pool.people[match.id]
            if same_nik and not names.likeness(case.features.name_key, other.name_key, RELATED):
                return error("nik", problems.NIK_TWICE, row=number)
            return look("name", "double", row=number, sheet=sheet, same_nik=same_nik)
        taken = self._people.get(case.row.person) if case.row.person else None
        return look("name", "double", sheet=taken[0], row=taken[1], same_nik=False) if taken else None

    def _add(self, row: Row, features: Features) -> None:
        self._contents.setdefault(row.fingerprint, row.number)
        if row.person:
            self._people.setdefault(row.person, (row.sheet, row.number))
        self._pool.add(UUID(int=row.sheet * (_NUMBER + 1) + row.number), features)


def _features(row: Row) -> Features:
    said = row.values
    born = date.fromisoformat(said["birth_date"]) if said.get("birth_date") else None
    marks = (said.get("phone", ""), said.get("nip", ""), said.get("email", ""))
    return Features(row.name_key, row.region, row.nik_digest, *marks, born, said.get("sex", ""))
