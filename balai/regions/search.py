"""Finding regions as one types: by name, part of a name or code, with parents, short forms and slips.

The order of answers: the same name, names that begin so, names with a word that begins so, names that hold
it, names with all the words in any order; larger regions before smaller ones, then by code. A name with the
region above it ("terbanggi besar lampung tengah") and corrected slips come in when that gave too little.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, product

from balai.common.problems import Refusal

from . import codes, gazetteer, problems
from .abbreviations import abbreviates
from .folding import CITY, KIND_WORDS, words
from .gazetteer import LEVELS, Gazetteer
from .models import Region, attach_parents
from .ranks import RANKS, Rank, begins, same
from .spelling import alternatives

LONGEST = 120
#: Below so many answers, the words are tried in other spellings.
_ENOUGH = 3
_VARIANTS = 8
_PLACES = 12
_CODE = re.compile(r"[0-9][0-9. ]*")
Words = tuple[str, ...]


@dataclass(frozen=True)
class Reading:
    """One way to understand what was typed: a name, on these levels, of this kind, in these subtrees."""

    words: Words
    levels: tuple[int, ...]
    places: Words
    kind: str = ""

    def accepts(self, code: str) -> bool:
        """A kota's code tells it from a kabupaten's."""
        return not self.kind or (int(code[3:5]) >= codes.FIRST_CITY) == (self.kind == CITY)


def search(text: str, *, within: str = "", level: int | None = None, limit: int = 10) -> list[Region]:
    """The current regions that ``text`` may mean, best first, with their parents attached.

    ``within``: only in the subtree of this code. ``level``: only this level. Three queries. Raises ``Refusal``
    for a text that is longer than any name.
    """
    if len(text) > LONGEST:
        raise Refusal(problems.SEARCH_TOO_LONG)
    found = list(islice(Search(gazetteer.current(), within, level).codes(text), limit))
    by_code = {region.code: region for region in Region.objects.current().filter(code__in=found).order_by("-id")}
    regions = [by_code[code] for code in found if code in by_code]
    attach_parents(regions)
    return regions


class Search:
    """One search: ``codes()`` gives answers as far as they are asked for."""

    def __init__(self, names: Gazetteer, within: str = "", level: int | None = None) -> None:
        self.names = names
        self.within = within
        self.levels = (level,) if level else LEVELS

    def codes(self, text: str) -> Iterator[str]:
        """Codes, best first, none twice."""
        seen: set[str] = set()
        for code in self._coded(text) if _CODE.fullmatch(text.strip()) else self._named(tuple(words(text))):
            if code not in seen:
                seen.add(code)
                yield code

    def _coded(self, text: str) -> Iterator[str]:
        """The region with the code, then those whose codes begin with its digits."""
        digits = "".join(filter(str.isdigit, text))
        for place in self._common((digits,)):
            for level in self.levels:
                yield from map(self.names.code, range(*self.names.span(level, place)))

    def _named(self, typed: Words) -> Iterator[str]:
        count = 0
        for code in self._understood(typed) if typed else ():
            count += 1
            yield code
        if count < _ENOUGH:
            for variant in self._respelt(typed):
                yield from self._understood(variant)

    def _understood(self, typed: Words) -> Iterator[str]:
        yield from self._ranked(self._readings(typed, self.levels, ("",)))
        yield from self._ranked(self._placed(typed))

    def _ranked(self, readings: list[Reading], ranks: Iterable[Rank] = RANKS) -> Iterator[str]:
        for rank, reading in product(ranks, readings):
            for level, place in product(reading.levels, self._common(reading.places)):
                for line in rank(self.names, reading.words, self.names.span(level, place)):
                    code = self.names.code(line)
                    if reading.accepts(code):
                        yield code

    def _common(self, places: Words) -> Words:
        """Those parts of ``places`` that lie within the subtree that is searched."""
        inside = tuple(place for place in places if place.startswith(self.within))
        return inside or tuple(self.within for place in places[:1] if self.within.startswith(place))

    def _readings(self, typed: Words, levels: tuple[int, ...], places: Words) -> list[Reading]:
        """The words as a name; then without the word for the kind before it; then as a short form (lamteng)."""
        whole = Reading(typed, levels, places)
        meant = [whole, *_without_kind(whole)]
        joined = [replace(reading, words=("".join(reading.words),)) for reading in meant if len(reading.words) > 1]
        return meant + joined + self._long_forms(meant[-1])

    def _long_forms(self, reading: Reading) -> list[Reading]:
        short = reading.words[0]
        levels = tuple(level for level in reading.levels if level < 3)
        if len(reading.words) > 1 or not levels or f"\n{short}\n".encode() in self.names.vocabulary:
            return []
        lines = (self.names.name(line).decode() for level in levels for line in range(*self.names.span(level, "")))
        return [
            replace(reading, words=tuple(name.split()), levels=levels) for name in lines if abbreviates(short, name)
        ]

    def _placed(self, typed: Words) -> list[Reading]:
        """A name and the region above it, in either order."""
        readings: list[Reading] = []
        for cut in range(len(typed) - 1, 0, -1):
            for name, place in ((typed[:cut], typed[cut:]), (typed[cut:], typed[:cut])):
                places = self._places(place)
                if places:
                    levels = tuple(level for level in self.levels if level > codes.level_of(places[0]))
                    readings += self._readings(name, levels, places)
        return readings

    def _places(self, typed: Words) -> Words:
        """The codes of the provinces, kabupaten and kecamatan that ``typed`` names, perhaps with those above."""
        for ranks in ((same,), (begins,)):
            found = tuple(islice(self._ranked(self._readings(typed, LEVELS[:3], ("",)), ranks), _PLACES))
            if found:
                return found
        for cut in range(len(typed) - 1, 0, -1):
            above = self._places(typed[cut:])
            readings = self._readings(typed[:cut], LEVELS[:3], above) if above else []
            found = tuple(islice(self._ranked(readings, (same,)), _PLACES))
            if found:
                return found
        return ()

    def _respelt(self, typed: Words) -> list[Words]:
        """``typed`` with the words nobody knows replaced by near ones; with all known, each in its turn."""
        unknown = [at for at, word in enumerate(typed) if not self._known(word, last=at == len(typed) - 1)]
        turns = [unknown] if unknown else [[at] for at in range(len(typed))]
        found = sorted(variant for turn in turns for variant in self._replaced(typed, turn))
        return [variant for _slips, variant in found[:_VARIANTS]]

    def _replaced(self, typed: Words, turn: list[int]) -> Iterator[tuple[int, Words]]:
        options = [
            self._alternatives(word, last=at == len(typed) - 1) if at in turn else [(0, word)]
            for at, word in enumerate(typed)
        ]
        for chosen in product(*options):
            yield sum(slips for slips, _word in chosen), tuple(word for _slips, word in chosen)

    def _alternatives(self, word: str, *, last: bool) -> list[tuple[int, str]]:
        return alternatives(word, self.names.vocabulary, unfinished=last) or [(0, word)]

    def _known(self, word: str, *, last: bool) -> bool:
        ending = "" if last else "\n"
        return word in KIND_WORDS or f"\n{word}{ending}".encode() in self.names.vocabulary


def _without_kind(reading: Reading) -> list[Reading]:
    """The reading of "kab lampung tengah" as a kabupaten with the name "lampung tengah"; none for a bare name."""
    first, *rest = reading.words
    level, kind = KIND_WORDS.get(first, (0, ""))
    if not rest or level not in reading.levels:
        return []
    return [replace(reading, words=tuple(rest), levels=(level,), kind=kind)]
