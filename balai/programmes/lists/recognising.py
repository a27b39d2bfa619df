"""Who is meant by each row, in which theme, and whether that can be sent."""

import re
from collections.abc import Iterable, Sequence
from uuid import UUID

from balai.common import names
from balai.common.problems import Problem
from balai.courses.models import Course
from balai.people.imports.recognising import Recognised, Recogniser
from balai.people.imports.tables import Typed
from balai.people.spreadsheets.cells import text
from balai.programmes.rules import ENROLLERS

from . import problems
from .models import ListRow, NameList

#: The column that names a theme.
COLUMNS = {"theme": re.compile(r"\b(tema|pelatihan|materi|course)\b", re.IGNORECASE)}


class Rows:
    """Makes the rows of one list, in chunks; keeps what many rows share."""

    def __init__(self, owned: NameList, courses: Iterable[Course]) -> None:
        self.list = owned
        self._recogniser = Recogniser(owned.owner, ENROLLERS)
        self._themes = {names.key(course.newest.title): course.pk for course in courses}
        self._seen: dict[tuple[UUID, UUID], int] = {}

    def of(self, chunk: Sequence[Typed]) -> list[ListRow]:
        """Unsaved rows for ``chunk``, each with its person or its problem."""
        known = self._recogniser.recognise([one.line for one in chunk])
        return [self._row(typed, recognised) for typed, recognised in zip(chunk, known, strict=True)]

    def _row(self, typed: Typed, known: Recognised) -> ListRow:
        row = ListRow(
            list=self.list,
            number=typed.line.number,
            sheet=typed.sheet[:60],
            name=known.name,
            place=known.place,
            course=self.list.course,
        )
        said = text(typed.extra.get("theme", ""))
        theme = self._theme(said) if said else self.list.course
        row.course = theme or row.course
        if theme is None:
            _refuse(row, problems.UNKNOWN_THEME, typed=said[:80])
        elif known.problem:
            _refuse(row, known.problem, **known.facts)
        elif known.person:
            self._settle(row, known.person)
        return row

    def _theme(self, typed: str) -> UUID | None:
        """The theme called so, or the only one whose title begins or goes on so."""
        key = names.key(typed)
        if key in self._themes:
            return self._themes[key]
        near = [course for title, course in self._themes.items() if key and (key in title or title in key)]
        return near[0] if len(near) == 1 else None

    def _settle(self, row: ListRow, person: UUID) -> None:
        first = self._seen.setdefault((person, row.course), row.number)
        if first != row.number:
            _refuse(row, problems.TWICE, row=first)
        else:
            row.person = person


def _refuse(row: ListRow, problem: Problem, /, **facts: object) -> None:
    row.problem, row.facts = problem.code, facts
