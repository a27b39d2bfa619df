"""Finding regions as one types: by name, part of a name or code, with parents, short forms and slips.

The order of answers: the same name, names that begin so, names with a word that begins so, names that hold
it, names with all the words in any order; larger regions before smaller ones, then by code. A name with the
region above it ("terbanggi besar lampung tengah") and corrected slips come in when that gave too little.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, groupby, islice, product
from operator import itemgetter

from balai.common.problems import Refusal

from . import codes, gazetteer, problems
from .abbreviations import abbreviates
from .folding import CITY, KIND_WORDS, words
from .gazetteer import LEVELS, Gazetteer
from .models import Region, attach_parents
from .ranks import RANKS, Rank, all_words, begins, holds, present, same
from .spelling import alternatives

LONGEST = 200
#: Below so many answers, the words are tried in other spellings.
_ENOUGH = 3
_VARIANTS = 8
_PLACES = 12
#: A part of a word says too little about a name next to its place.
_IN_PLACE = tuple(rank for rank in RANKS if rank is not holds)
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
        self._asked: dict[bytes, bool] = {}
        self._found: dict[Words, Words] = {}

    def codes(self, text: str) -> Iterator[str]:
        """Codes, best first, none twice."""
        return _once(self._coded(text) if _CODE.fullmatch(text.strip()) else self._named(tuple(words(text))))

    def _coded(self, text: str) -> Iterator[str]:
        """The region with the code, then those whose codes begin with its digits."""
        digits = "".join(filter(str.isdigit, text))
        for place in self._common((codes.dotted(digits) or digits,)):
            for level in self.levels:
                yield from map(self.names.code, range(*self.names.span(level, place)))

    def _named(self, typed: Words) -> Iterator[str]:
        if not typed:
            return
        ways = self._bare(typed), self._placed(typed)
        count = 0
        for code in _once(chain(self._ranked(ways[0]), self._ranked(ways[1], _IN_PLACE))):
            count += 1
            yield code
        if count < _ENOUGH and not any(True for way in ways for _code in self._ranked(way, (same,))):
            yield from self._respelt(typed)

    def _respelt(self, typed: Words) -> Iterator[str]:
        """With the fewest slips that give an answer: as a name, else as a name and the region above it."""
        ways = ((self._bare, RANKS), (self._placed, _IN_PLACE))
        for variants, (read, ranks) in product(self._variants(typed), ways):
            for _slips, equals in groupby(variants, key=itemgetter(0)):
                readings = [reading for _slips, variant in equals for reading in read(variant)]
                found = list(islice(_once(self._ranked(readings, ranks)), _PLACES))
                yield from found
                if found:
                    return

    def _bare(self, typed: Words) -> list[Reading]:
        return self._readings(typed, self.levels, (self.within,))

    def _ranked(self, readings: list[Reading], ranks: Iterable[Rank] = RANKS) -> Iterator[str]:
        spots = [
            (reading, self.names.span(level, place))
            for reading in readings
            if self._possible(reading.words)
            for level, place in product(reading.levels, reading.places)
        ]
        holding = [spot for spot in spots if present(self.names, spot[0].words, spot[1])]
        for rank in ranks:
            for reading, span in spots if rank is all_words else holding:
                lines = rank(self.names, reading.words, span)
                yield from filter(reading.accepts, map(self.names.code, lines))

    def _possible(self, typed: Words) -> bool:
        """Whether several words can be a name: words that no name has are far cheaper to find out."""
        last = len(typed) - 1
        return not last or all(self._known(word, last=at == last) for at, word in enumerate(typed))

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
        if len(reading.words) > 1:
            return []
        levels = tuple(level for level in reading.levels if level < 3)
        meant = [name for name in self._large_names if abbreviates(reading.words[0], name)] if levels else []
        return [replace(reading, words=tuple(name.split()), levels=levels) for name in meant]

    @cached_property
    def _large_names(self) -> list[str]:
        """Of the provinces, kabupaten and kota."""
        return [name for level in LEVELS[:2] for name in self.names.names(self.names.span(level, ""))]

    def _placed(self, typed: Words) -> list[Reading]:
        """A name and the region above it, in either order."""
        readings: list[Reading] = []
        for cut in range(len(typed) - 1, 0, -1):
            for name, place in ((typed[:cut], typed[cut:]), (typed[cut:], typed[:cut])):
                places = self._places(place)
                if places and (len(name) > 1 or name[0] not in KIND_WORDS):
                    levels = tuple(level for level in self.levels if level > codes.level_of(places[0]))
                    readings += self._readings(name, levels, self._common(places))
        return readings

    def _places(self, typed: Words) -> Words:
        """The codes of the provinces, kabupaten and kecamatan that ``typed`` names, perhaps with those above."""
        if typed not in self._found:
            self._found[typed] = self._look_for_places(typed)
        return self._found[typed]

    def _look_for_places(self, typed: Words) -> Words:
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

    def _variants(self, typed: Words) -> Iterator[list[tuple[int, Words]]]:
        """``typed`` with near words for those that nobody knows; then for one that is known, too.

        With how many slips that forgives, fewest first.
        """
        last = len(typed) - 1
        unknown = [
            at for at, word in enumerate(typed) if word not in KIND_WORDS and not self._known(word, last=at == last)
        ]
        known = [at for at, word in enumerate(typed) if at not in unknown and word not in KIND_WORDS]
        for turns in ([unknown] if unknown else [], [[*unknown, at] for at in known]):
            found = sorted(variant for turn in turns for variant in self._replaced(typed, turn))
            yield [(slips, variant) for slips, _rank, variant in found[:_VARIANTS]]

    def _replaced(self, typed: Words, turn: list[int]) -> Iterator[tuple[int, int, Words]]:
        """With the slips and how far down the lists of near words it went."""
        options = [
            enumerate(self._alternatives(word, last=at == len(typed) - 1)) if at in turn else [(0, (0, word))]
            for at, word in enumerate(typed)
        ]
        for chosen in product(*options):
            slips, rank = sum(slips for _rank, (slips, _word) in chosen), sum(rank for rank, _near in chosen)
            yield slips, rank, tuple(word for _rank, (_slips, word) in chosen)

    def _alternatives(self, word: str, *, last: bool) -> list[tuple[int, str]]:
        return alternatives(word, self.names.vocabulary, unfinished=last) or [(0, word)]

    def _known(self, word: str, *, last: bool) -> bool:
        """Whether a name has this word, or for the last one, a word that begins so."""
        needle = f"\n{word}".encode() if last else f"\n{word}\n".encode()
        if needle not in self._asked:
            self._asked[needle] = needle in self.names.vocabulary
        return self._asked[needle]


def _once(codes_found: Iterator[str]) -> Iterator[str]:
    seen: set[str] = set()
    for code in codes_found:
        if code not in seen:
            seen.add(code)
            yield code


def _without_kind(reading: Reading) -> list[Reading]:
    """The reading of "kab lampung tengah" as a kabupaten with the name "lampung tengah"; none for a bare name."""
    first, *rest = reading.words
    level, kind = KIND_WORDS.get(first, (0, ""))
    if not rest or level not in reading.levels:
        return []
    return [replace(reading, words=tuple(rest), levels=(level,), kind=kind)]
