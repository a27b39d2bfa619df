"""Which region a row means: by its code, or by the names of village and kecamatan, within the coordinator's reach."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from balai.common import names
from balai.regions import codes
from balai.regions.folding import KIND_WORDS, words
from balai.regions.models import Region

from . import problems
from .findings import Finding, error, look, note

_VILLAGE, _DISTRICT, _REGENCY = 4, 3, 2
#: How many choices are offered when a name fits several regions.
_CHOICES = 8


@dataclass(frozen=True)
class Known:
    """A region within reach."""

    id: UUID
    code: str
    name: str
    level: int
    folded: str


class Asked(NamedTuple):
    """What a row says about the place."""

    code: str = ""
    village: str = ""
    district: str = ""
    regency: str = ""

    @property
    def typed(self) -> str:
        return ", ".join(part for part in (self.village, self.district, self.regency) if part) or self.code


@dataclass(frozen=True)
class Place:
    """The region found, if there is one, and what is to be said about it."""

    region: UUID | None
    findings: tuple[Finding, ...] = ()


class Places:
    """The regions below ``prefixes``, loaded once; answers are remembered."""

    def __init__(self, prefixes: Iterable[str], home: UUID | None = None) -> None:
        self._prefixes = list(prefixes)
        self._home = home
        self._answers: dict[Asked, Place] = {}

    def find(self, asked: Asked) -> Place:
        """The region that ``asked`` means."""
        answer = self._answers.get(asked)
        if answer is None:
            answer = self._answers[asked] = self._coded(asked) if asked.code else self._named(asked)
        return answer

    def code_of(self, region: UUID | None) -> str:
        """The code of a region within reach; "" of any other."""
        known = self._by_id.get(region) if region else None
        return known.code if known else ""

    @cached_property
    def _by_id(self) -> dict[UUID, Known]:
        return {known.id: known for known in self._by_code.values()}

    @cached_property
    def _by_code(self) -> dict[str, Known]:
        rows = Region.objects.current().below_prefixes(self._prefixes).filter(level__gte=_REGENCY)
        columns = rows.values_list("id", "code", "name", "level")
        return {code: Known(id, code, name, level, fold(name)) for id, code, name, level in columns.iterator(5_000)}

    @cached_property
    def _below(self) -> dict[tuple[int, str], list[Known]]:
        """The regions of a level below a code; below "" are all."""
        found: dict[tuple[int, str], list[Known]] = defaultdict(list)
        for known in self._by_code.values():
            for above in ("", *codes.ancestors_of(known.code)):
                found[known.level, above].append(known)
        return found

    @cached_property
    def _around(self) -> Known | None:
        """The region chosen for the whole table."""
        return self._by_id.get(self._home) if self._home else None

    def _coded(self, asked: Asked) -> Place:
        code = codes.dotted(asked.code.replace("-", "."))
        known = self._by_code.get(code) or self._renumbered(code)
        if known is None:
            return self._unknown_code(code, asked)
        named = [fold(name) for name in (asked.village, asked.district) if name]
        if named and known.folded not in named and not any(_near(known.folded, name) for name in named):
            shown = look("code", "code_other_name", code=code, name=known.name, typed=asked.village or asked.district)
            return Place(known.id, (shown,))
        return Place(known.id)

    def _renumbered(self, code: str) -> Known | None:
        region = Region.objects.coded(code) if code else None
        return self._by_code.get(region.code) if region else None

    def _unknown_code(self, code: str, asked: Asked) -> Place:
        if code and Region.objects.current().filter(code=code).exists():
            return Place(None, (error("code", problems.PLACE_OUT_OF_REACH, typed=code),))
        if asked.village or asked.district:
            return self._named(Asked("", asked.village, asked.district, asked.regency))
        return Place(None, (error("code", problems.PLACE_UNKNOWN, typed=asked.code),))

    def _named(self, asked: Asked) -> Place:
        if asked.village:
            return self._lowest(asked, _VILLAGE, asked.village, self._above(asked))
        if asked.district:
            return self._lowest(asked, _DISTRICT, asked.district, self._matching(_REGENCY, asked.regency, None))
        if asked.regency:
            return self._lowest(asked, _REGENCY, asked.regency, None)
        return Place(self._home) if self._home else Place(None, (error("village", problems.PLACE_MISSING),))

    def _above(self, asked: Asked) -> list[Known] | None:
        """The kecamatan (or else kabupaten) that the village must lie in; ``None`` when nothing names one."""
        regencies = self._matching(_REGENCY, asked.regency, None) if asked.regency else None
        if asked.district:
            return self._matching(_DISTRICT, asked.district, regencies)
        return regencies or ([self._around] if self._around and self._around.level < _VILLAGE else None)

    def _matching(self, level: int, name: str, above: list[Known] | None) -> list[Known]:
        """The regions of ``level`` called ``name`` below ``above``; nearly so called, when none is."""
        if not name:
            return []
        folded = fold(name)
        there = [known for code in _codes(above) for known in self._below.get((level, code), ())]
        exact = [known for known in there if known.folded == folded]
        return exact or [known for known in there if _near(known.folded, folded)]

    def _lowest(self, asked: Asked, level: int, name: str, above: list[Known] | None) -> Place:
        field = {_VILLAGE: "village", _DISTRICT: "district", _REGENCY: "regency"}[level]
        found = self._matching(level, name, above or None)
        if above == [] and asked.district and level == _VILLAGE and found:
            return self._doubtful(field, "place_other_district", asked, found)
        if len(found) == 1:
            same = found[0].folded == fold(name)
            return Place(found[0].id, () if same else (note(field, "place_read_as", name=found[0].name),))
        if found:
            return self._doubtful(field, "place_ambiguous", asked, found)
        beside = self._matching(level, name, None) if above else []
        if beside:
            return self._doubtful(field, "place_other_district", asked, beside)
        return Place(None, (error(field, problems.PLACE_UNKNOWN, typed=asked.typed),))

    def _doubtful(self, field: str, code: str, asked: Asked, found: list[Known]) -> Place:
        options = [[str(known.id), self._full_name(known)] for known in found[:_CHOICES]]
        return Place(None, (look(field, code, typed=asked.typed, options=options),))

    def _full_name(self, known: Known) -> str:
        above = self._by_code.get(codes.parent_of(known.code))
        return f"{known.name}, {above.name} ({known.code})" if above else f"{known.name} ({known.code})"


def fold(name: str) -> str:
    """``sidomulyo2`` from ``Desa Sido Mulyo II``: how names of regions are compared here."""
    parts = words(name)
    if len(parts) > 1 and parts[0] in KIND_WORDS:
        parts = parts[1:]
    return "".join(parts)


def _codes(above: list[Known] | None) -> list[str]:
    return [""] if above is None else [region.code for region in above]


def _near(one: str, other: str) -> bool:
    """One slip in a name of five letters and more, two from ten; numbers must be the same."""
    longest = max(len(one), len(other))
    allowed = 0 if longest < 5 else 1 if longest < 10 else 2
    if abs(len(one) - len(other)) > allowed or len(set(one).symmetric_difference(other)) > 2 * allowed:
        return False  # a slip exchanges at most one letter for another
    return names.edits(one, other) <= allowed and _numbers(one) == _numbers(other)


def _numbers(name: str) -> str:
    return "".join(filter(str.isdigit, name))
