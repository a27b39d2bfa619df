"""Finding regions as one types: by name, part of a name or code, with parents, short forms and slips.

The order of answers: the same name, names that begin so, names with a word that begins so, names that hold
it, names with all the words in any order; larger regions before smaller ones, then by code. Then names in a
place ("terbanggi besar lampung tengah"), and where all that gave too little, words corrected for slips.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, groupby, islice, product
from operator import itemgetter

from balai.common.problems import Refusal

from . import codes, gazetteer, problems
from .folding import KIND_WORDS
from .gazetteer import LEVELS, Gazetteer
from .models import Region, attach_parents
from .ranks import RANKS, holds, same
from .readings import Reader, Reading, Typed
from .spelling import alternatives

LONGEST = 200
#: Below so many answers, the words are tried in other spellings.
_ENOUGH = 3
#: How many other spellings, and how many answers from them.
_VARIANTS, _OFFERED = 4, 12
#: Words below the first twelfth of the vocabulary are in so few names that they may be slips; so many are tried.
_FREQUENT, _DOUBTED = 1 / 12, 2
#: Letters.
_SHORT = 6
#: A part of a word says too little about a name next to its place.
_IN_PLACE = tuple(rank for rank in RANKS if rank is not holds)
_CODE = re.compile(r"[0-9][0-9. ]*")
_KIND_BEGINS = re.compile("kec(a|am|ama|amat|amata)?|kab(u|up|upa|upat|upate)?|pro(v|vi|vin|vins)?|kel(u|ur|ura|urah)?")


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
        self.reader = Reader(names, within, self.levels)

    def codes(self, text: str) -> Iterator[str]:
        """Codes, best first, none twice."""
        if _CODE.fullmatch(text.strip()):
            return _once(self._coded(text))
        typed = Typed.read(text)
        return _once(self._named(typed)) if typed.words else iter(())

    def _coded(self, text: str) -> Iterator[str]:
        """The region with the code, then those whose codes begin with its digits."""
        digits = "".join(filter(str.isdigit, text))
        for place in self.reader.common((codes.dotted(digits) or digits,)):
            for level in self.levels:
                yield from map(self.names.code, range(*self.names.span(level, place)))

    def _named(self, typed: Typed) -> Iterator[str]:
        bare, placed = self.reader.bare(typed), self.reader.placed(typed)
        count = 0
        for code in _once(chain(self.reader.ranked(bare), self.reader.ranked(placed, _IN_PLACE))):
            count += 1
            yield code
        if not count and len(typed.words) > 1 and _KIND_BEGINS.fullmatch(typed.words[-1]):
            yield from self._named(replace(typed, words=typed.words[:-1]))
        elif count < _ENOUGH and not self._sure(typed, bare, placed):
            yield from self._respelt(typed)

    def _sure(self, typed: Typed, bare: list[Reading], placed: list[Reading]) -> bool:
        """Whether few answers are enough: a name is just that, or begins with several words that are all known."""
        if len(typed.words) > 1 and not self._unknown(typed) and any(self.reader.ranked(bare)):
            return True
        return any(self.reader.ranked([*bare, *placed], (same,)))

    def _respelt(self, typed: Typed) -> Iterator[str]:
        """With the fewest slips that give an answer: as a name, else as a name and the region above it."""
        ways = ((self.reader.bare, RANKS), (self.reader.placed, _IN_PLACE))
        for variants, (read, ranks) in product(self._variants(typed), ways):
            for _slips, equals in groupby(variants, key=itemgetter(0)):
                readings = [reading for _slips, variant in equals for reading in read(variant)]
                found = list(islice(_once(self.reader.ranked(readings, ranks)), _OFFERED))
                yield from found
                if found:
                    return

    def _variants(self, typed: Typed) -> Iterator[list[tuple[int, Typed]]]:
        """``typed`` with near words for those that nobody knows; then for one rare word that is known, too.

        With how many slips that forgives, fewest first.
        """
        unknown = self._unknown(typed)
        doubted = [at for at in self._rarest(typed) if at not in unknown][:_DOUBTED]
        for turns in ([unknown] if unknown else [], [[*unknown, at] for at in doubted]):
            found = sorted(variant for turn in turns for variant in self._replaced(typed.words, turn))
            yield [(slips, replace(typed, words=words)) for slips, _rank, words in found[:_VARIANTS]]

    def _unknown(self, typed: Typed) -> list[int]:
        last = len(typed.words) - 1
        words = enumerate(typed.words)
        return [at for at, word in words if word not in KIND_WORDS and not self.reader.knows(word, last=at == last)]

    def _rarest(self, typed: Typed) -> list[int]:
        """Where the words stand that are in few names, from the fewest on."""
        vocabulary = self.names.vocabulary
        end = len(vocabulary)
        depths = {
            at: vocabulary.find(f"\n{word}\n".encode()) % end
            for at, word in enumerate(typed.words)
            if word not in KIND_WORDS
        }
        return sorted((at for at in depths if depths[at] > end * _FREQUENT), key=depths.__getitem__, reverse=True)

    def _replaced(self, words: tuple[str, ...], turn: list[int]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """With the slips and how far down the lists of near words it went."""
        last = len(words) - 1
        options = [
            list(enumerate(self._near(word, last=at == last))) if at in turn else [(0, (0, word))]
            for at, word in enumerate(words)
        ]
        for chosen in product(*options):
            slips, rank = sum(slips for _rank, (slips, _word) in chosen), sum(rank for rank, _near in chosen)
            yield slips, rank, tuple(word for _rank, (_slips, word) in chosen)

    def _near(self, word: str, *, last: bool) -> list[tuple[int, str]]:
        """A short word is near so many others that only those in many names are meant."""
        vocabulary = self.names.vocabulary
        if len(word) < _SHORT:
            vocabulary = vocabulary[: vocabulary.find(b"\n", len(vocabulary) // 3) + 1]
        return alternatives(word, vocabulary, unfinished=last) or [(0, word)]


def _once(found: Iterator[str]) -> Iterator[str]:
    seen: set[str] = set()
    for code in found:
        if code not in seen:
            seen.add(code)
            yield code
