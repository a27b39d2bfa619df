"""Who is meant by each row: by NIK, number, or name and village; and whether that person can be sent."""

from collections.abc import Iterable, Sequence
from itertools import islice
from uuid import UUID

from balai.common import names
from balai.common.problems import Problem
from balai.courses.models import Course
from balai.people.identities import niks
from balai.people.identities.matching import Acquaintances, Features, Match, Reason, elsewhere
from balai.people.imports.findings import Level
from balai.people.imports.parsing import Parsed, parse
from balai.people.imports.places import Places
from balai.people.imports.problems import NIK_ELSEWHERE
from balai.people.models import Person
from balai.people.spreadsheets.books import Cell
from balai.people.spreadsheets.cells import text
from balai.people.spreadsheets.headers import Field
from balai.programmes.rules import ENROLLERS

from . import problems
from .models import ListRow, NameList
from .reading import Typed

_PLACES = (Field.VILLAGE, Field.DISTRICT, Field.REGENCY, Field.CODE)
#: What is wrong in these cells keeps a row from being understood.
_TELLING = frozenset({"name", "nik", "phone", *map(str, _PLACES)})


class Recogniser:
    """Recognises the rows of one list, in chunks; keeps what many rows share."""

    def __init__(self, owned: NameList, courses: Iterable[Course]) -> None:
        self.list = owned
        reach = owned.owner.reach
        self.people = reach.people(*ENROLLERS)
        self._places = Places(reach.prefixes(*ENROLLERS))
        self._circle = Acquaintances(self.people)
        self._themes = {names.key(course.newest.title): course.pk for course in courses}
        self._seen: dict[tuple[UUID, UUID], int] = {}

    def rows(self, chunk: Sequence[Typed]) -> list[ListRow]:
        """Unsaved rows for ``chunk``, each with its person or its problem."""
        parsed = [parse(_cells(one), one.line.context, self._places, lambda code: True) for one in chunk]
        features = [_features(one) for one in parsed]
        self._circle.prepare(features)
        far = elsewhere({one.nik for one in features} - {""}, self.people)
        matches = [self._circle.matches(one) for one in features]
        called = self._called(matches)
        rows = []
        for one, understood, known, found in zip(chunk, parsed, features, matches, strict=True):
            row = self._row(one)
            if not row.problem:
                self._recognise(row, understood, found, called, is_far=known.nik in far)
            rows.append(row)
        return rows

    def _called(self, matches: list[list[Match]]) -> dict[UUID, str]:
        ids = {match.id for some in matches for match in some}
        return dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))

    def _row(self, typed: Typed) -> ListRow:
        cells = typed.line.cells
        said = [text(cells.get(field, "")) or typed.line.context.get(str(field), "") for field in _PLACES]
        row = ListRow(
            list=self.list,
            number=typed.line.number,
            sheet=typed.sheet[:60],
            name=text(cells.get(Field.NAME, ""))[:200],
            place=", ".join(filter(None, said))[:200],
            course=self.list.course,
        )
        if typed.theme:
            theme = self._theme(typed.theme)
            row.course = theme or row.course
            if theme is None:
                _refuse(row, problems.UNKNOWN_THEME, typed=typed.theme[:80])
        return row

    def _theme(self, typed: str) -> UUID | None:
        """The theme called so, or the only one whose title begins or goes on so."""
        key = names.key(typed)
        if key in self._themes:
            return self._themes[key]
        near = [course for title, course in self._themes.items() if key and (key in title or title in key)]
        return near[0] if len(near) == 1 else None

    def _recognise(
        self, row: ListRow, parsed: Parsed, found: list[Match], called: dict[UUID, str], *, is_far: bool
    ) -> None:
        sure = [match for match in found if match.certain] or [m for m in found if Reason.NAME in m.reasons]
        if len(sure) == 1:
            self._settle(row, sure[0].id)
        elif sure:
            _refuse(row, problems.SEVERAL_PEOPLE, names=_names(sure, called))
        elif is_far:
            _refuse(row, NIK_ELSEWHERE)
        elif found:
            _refuse(row, problems.ONLY_ALIKE, names=_names(found, called))
        else:
            wrong = [one for one in parsed.findings if one.level == Level.ERROR and one.field in _TELLING]
            if wrong:
                row.problem, row.facts = wrong[0].code, wrong[0].facts
            else:
                _refuse(row, problems.UNKNOWN_PERSON)

    def _settle(self, row: ListRow, person: UUID) -> None:
        first = self._seen.setdefault((person, row.course), row.number)
        if first != row.number:
            row.problem, row.facts = problems.TWICE.code, {"row": first}
        else:
            row.person = person


def _cells(typed: Typed) -> dict[str, Cell]:
    return {str(field): cell for field, cell in typed.line.cells.items()}


def _features(parsed: Parsed) -> Features:
    said = parsed.values
    nik = niks.digest(parsed.nik) if parsed.nik else ""
    numbers = {"nik": nik, "phone": said.get("phone", ""), "nip": said.get("nip", ""), "email": said.get("email", "")}
    return Features(parsed.name_key, parsed.region, **numbers, birth_date=parsed.born, sex=said.get("sex", ""))


def _refuse(row: ListRow, problem: Problem, **facts: object) -> None:
    row.problem, row.facts = problem.code, facts


def _names(matches: Iterable[Match], called: dict[UUID, str]) -> str:
    return ", ".join(called.get(match.id, "–") for match in islice(matches, 3))
