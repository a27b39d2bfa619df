"""Which person who is here each row of a table means: by NIK, number, or name and village."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from uuid import UUID

from balai.common import names
from balai.common.problems import CATALOGUE, Problem
from balai.people.identities import niks
from balai.people.identities.matching import Acquaintances, Features, Match, Reason, elsewhere
from balai.people.models import Person
from balai.people.spreadsheets.books import Cell
from balai.people.spreadsheets.cells import text
from balai.people.spreadsheets.headers import Field

from .findings import Level
from .lines import Line
from .parsing import Parsed, parse
from .places import Places
from .problems import NIK_ELSEWHERE, ONLY_ALIKE, SEVERAL_PEOPLE, UNKNOWN_PERSON

_PLACES = (Field.VILLAGE, Field.DISTRICT, Field.REGENCY, Field.CODE)
#: What is wrong in these cells keeps a row from being understood.
_TELLING = frozenset({"name", "nik", "phone", *map(str, _PLACES)})


@dataclass(frozen=True)
class Recognised:
    """``person``, or the ``problem`` that keeps a row from being somebody, with its facts and ``at`` which field.

    ``name`` and ``place`` as they were typed.
    """

    name: str
    place: str
    person: UUID | None = None
    problem: Problem | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    at: str = ""


class Recogniser:
    """Recognises rows in chunks, among the people of ``actor``'s regions; keeps what many rows share."""

    def __init__(self, actor: Person, roles: Sequence[str]) -> None:
        self.people = actor.reach.people(*roles)
        self._places = Places(actor.reach.prefixes(*roles))
        self._circle = Acquaintances(self.people)

    def recognise(self, lines: Sequence[Line]) -> list[Recognised]:
        """Whom each of ``lines`` means. A fixed number of queries for a chunk of them."""
        parsed = [parse(_cells(line), line.context, self._places, lambda code: True) for line in lines]
        features = [_features(one) for one in parsed]
        self._circle.prepare(features)
        far = elsewhere({one.nik for one in features} - {""}, self.people)
        matches = [self._circle.matches(one) for one in features]
        called = self._called(matches)
        return [
            _recognised(line, understood, found, called, is_far=known.nik in far)
            for line, understood, known, found in zip(lines, parsed, features, matches, strict=True)
        ]

    def _called(self, matches: list[list[Match]]) -> dict[UUID, str]:
        ids = {match.id for some in matches for match in some}
        return dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))


def _recognised(line: Line, parsed: Parsed, found: list[Match], called: dict[UUID, str], *, is_far: bool) -> Recognised:
    said = [text(line.cells.get(held, "")) or line.context.get(str(held), "") for held in _PLACES]
    name, place = text(line.cells.get(Field.NAME, ""))[:200], ", ".join(filter(None, said))[:200]
    sure = [match for match in found if match.certain] or [
        match for match in found if Reason.NAME in match.reasons and _is_called(called.get(match.id, ""), name)
    ]
    if len(sure) == 1:
        return Recognised(name, place, sure[0].id)
    if sure:
        return Recognised(name, place, None, SEVERAL_PEOPLE, {"names": _names(sure, called)}, "name")
    if is_far:
        return Recognised(name, place, None, NIK_ELSEWHERE, {}, "nik")
    if found:
        return Recognised(name, place, None, ONLY_ALIKE, {"names": _names(found, called)}, "name")
    wrong = next((one for one in parsed.findings if one.level == Level.ERROR and one.field in _TELLING), None)
    if wrong:
        return Recognised(name, place, None, CATALOGUE[wrong.code], wrong.facts, wrong.field)
    return Recognised(name, place, None, UNKNOWN_PERSON, {}, "name")


def _is_called(written: str, typed: str) -> bool:
    """The same name but for titles and case. What only sounds alike is a hint: somebody else may be meant."""
    return names.bare(written) == names.bare(typed)


def _cells(line: Line) -> dict[str, Cell]:
    return {str(held): cell for held, cell in line.cells.items()}


def _features(parsed: Parsed) -> Features:
    said = parsed.values
    nik = niks.digest(parsed.nik) if parsed.nik else ""
    numbers = {"nik": nik, "phone": said.get("phone", ""), "nip": said.get("nip", ""), "email": said.get("email", "")}
    return Features(parsed.name_key, parsed.region, **numbers, birth_date=parsed.born, sex=said.get("sex", ""))


def _names(matches: Iterable[Match], called: dict[UUID, str]) -> str:
    return ", ".join(called.get(match.id, "–") for match in islice(matches, 3))
