"""What typed words can mean: a name, a name of a kind, a short form, a name and the region above it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice, product

from . import codes
from .abbreviations import abbreviates
from .folding import CITY, KIND_WORDS, words
from .gazetteer import LEVELS, Gazetteer
from .ranks import RANKS, Rank, all_words, begins, present, same

Words = tuple[str, ...]
#: How many regions one name of a place may mean.
_PLACES = 6
#: More words than the longest full name has.
_MOST_WORDS = 14
#: Words that begin a new name wherever they stand.
_DIVIDERS = frozenset("prov provinsi propinsi kab kabupaten kec kecamatan kel kelurahan".split())


@dataclass(frozen=True)
class Typed:
    """The words that were typed, and before which of them a new name begins (by commas and words for kinds)."""

    words: Words
    breaks: frozenset[int] = frozenset()

    @classmethod
    def read(cls, text: str) -> "Typed":
        found: list[str] = []
        breaks: set[int] = set()
        for part in re.split(r"[,;\n]", text):
            breaks.add(len(found))
            found += words(part)
        breaks |= {at for at, word in enumerate(found) if word in _DIVIDERS}
        return cls(tuple(found[:_MOST_WORDS]), frozenset(breaks - {0}))

    def cuts(self, start: int, end: int) -> list[int]:
        """Where the words from ``start`` to ``end`` can be cut into a name and its place, the last first."""
        inside = range(end - 1, start, -1)
        return [cut for cut in inside if cut in self.breaks] or list(inside)


@dataclass(frozen=True)
class Reading:
    """A name, on these levels, of this kind, in these subtrees."""

    words: Words
    levels: tuple[int, ...]
    places: Words
    kind: str = ""

    def accepts(self, code: str) -> bool:
        """A kota's code tells it from a kabupaten's."""
        return not self.kind or (int(code[3:5]) >= codes.FIRST_CITY) == (self.kind == CITY)

    def without_kind(self) -> "list[Reading]":
        """ "kab lampung tengah" as a kabupaten with the name "lampung tengah"; nothing for a bare name."""
        first, *rest = self.words
        level, kind = KIND_WORDS.get(first, (0, ""))
        if not rest or level not in self.levels:
            return []
        return [replace(self, words=tuple(rest), levels=(level,), kind=kind)]


@dataclass
class Reader:
    """Reads what is typed against the names, in the subtree ``within`` and on ``levels``. Made for one search."""

    names: Gazetteer
    within: str
    levels: tuple[int, ...]
    _known: dict[bytes, bool] = field(default_factory=dict)
    _meant: dict[str, list[Words]] = field(default_factory=dict)
    _placed: dict[tuple[Words, bool], Words] = field(default_factory=dict)

    def ranked(self, readings: list[Reading], ranks: Iterable[Rank] = RANKS) -> Iterator[str]:
        """The codes that fit ``readings``, by rank, then in the order of the readings; some more than once."""
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

    def bare(self, typed: Typed) -> list[Reading]:
        """All the words as one name."""
        return self._readings(typed.words, self.levels, (self.within,))

    def placed(self, typed: Typed) -> list[Reading]:
        """A name and the region above it, in either order."""
        readings: list[Reading] = []
        end = len(typed.words)
        for cut in typed.cuts(0, end):
            for name, place in (((0, cut), (cut, end)), ((cut, end), (0, cut))):
                places = self._places(typed, *place)
                called = typed.words[slice(*name)]
                if places and (len(called) > 1 or called[0] not in KIND_WORDS):
                    levels = tuple(level for level in self.levels if level > codes.level_of(places[0]))
                    readings += self._readings(called, levels, self.common(places))
        return readings

    def knows(self, word: str, *, last: bool) -> bool:
        """Whether a name has this word, or for the last one, a word that begins so."""
        needle = f"\n{word}".encode() if last else f"\n{word}\n".encode()
        if needle not in self._known:
            self._known[needle] = needle in self.names.vocabulary
        return self._known[needle]

    def common(self, places: Words) -> Words:
        """Those parts of ``places`` that lie within the subtree that is searched."""
        inside = tuple(place for place in places if place.startswith(self.within))
        return inside or tuple(self.within for place in places[:1] if self.within.startswith(place))

    def _possible(self, called: Words) -> bool:
        """Whether several words can be a name: words that no name has are far cheaper to find out."""
        last = len(called) - 1
        return not last or all(self.knows(word, last=at == last) for at, word in enumerate(called))

    def _readings(self, called: Words, levels: tuple[int, ...], places: Words) -> list[Reading]:
        """The words as a name; then without the word for the kind before it; then joined; then as a short form."""
        whole = Reading(called, levels, places)
        meant = [whole, *whole.without_kind()]
        joined = [replace(reading, words=("".join(reading.words),)) for reading in meant if 1 < len(reading.words) < 4]
        return meant + joined + self._long_forms(meant[-1])

    def _long_forms(self, reading: Reading) -> list[Reading]:
        levels = tuple(level for level in reading.levels if level < 3)
        if len(reading.words) > 1 or not levels:
            return []
        short = reading.words[0]
        if short not in self._meant:
            self._meant[short] = [tuple(name.split()) for name in self._large_names if abbreviates(short, name)]
        return [replace(reading, words=name, levels=levels) for name in self._meant[short]]

    @cached_property
    def _large_names(self) -> list[str]:
        """Of the provinces, kabupaten and kota."""
        return [name for level in LEVELS[:2] for name in self.names.names(self.names.span(level, ""))]

    def _places(self, typed: Typed, start: int, end: int) -> Words:
        """The codes of the provinces, kabupaten and kecamatan that these words name, perhaps with those above.

        Only the last word of all may be unfinished.
        """
        called, unfinished = typed.words[start:end], end == len(typed.words)
        if (called, unfinished) not in self._placed:
            ranks = (same, begins) if unfinished else (same,)
            found = self._first(self._readings(called, LEVELS[:3], ("",)), ranks)
            self._placed[called, unfinished] = found or self._places_in_places(typed, start, end)
        return self._placed[called, unfinished]

    def _places_in_places(self, typed: Typed, start: int, end: int) -> Words:
        for cut in typed.cuts(start, end):
            above = self._places(typed, cut, end)
            readings = self._readings(typed.words[start:cut], LEVELS[:3], above) if above else []
            if found := self._first(readings, (same,)):
                return found
        return ()

    def _first(self, readings: list[Reading], ranks: tuple[Rank, ...]) -> Words:
        """The first codes of the best rank that gives any."""
        for rank in ranks:
            if found := tuple(islice(self.ranked(readings, (rank,)), _PLACES)):
                return found
        return ()
