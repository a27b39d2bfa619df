"""What whoever sees only totals must not be told: groups that are too small, and whatever would tell them.

A table says how many there are in a region and in each part of it (its *family*: the regions right below, and those
who belong to the region itself). A small part that is left out alone is what the others lack of the whole, so as many
of the next smallest are left out with it until what is missing is a large group of several parts. A part that is
left out has no page and no lines of its own, at any depth: they would add up to it again.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from balai.regions import codes

#: No total of fewer people is told.
SMALLEST_GROUP = 5
#: Sizes by code; under the code of the family itself those who belong to it and to nothing below.
Family = Mapping[str, int]
Families = Callable[[str], Family]


def hidden(family: Family) -> set[str]:
    """The parts of ``family`` that are not told to who knows the size of the whole."""
    sizes = sorted((size, code) for code, size in family.items() if size)
    few = [code for size, code in sizes if size < SMALLEST_GROUP]
    if not few:
        return set()
    count = len(few)
    while count < len(sizes) and (count < 2 or _sum(sizes[:count]) < SMALLEST_GROUP):
        count += 1
    return {code for _size, code in sizes[:count]}


def _sum(sizes: Iterable[tuple[int, str]]) -> int:
    return sum(size for size, _code in sizes)


def closed(code: str, top: str, families: Families) -> bool:
    """Whether the region with ``code`` is not told to somebody who sees ``top`` and what is below it ("" is all)."""
    if 0 < sum(families(top).values()) < SMALLEST_GROUP:
        return True
    return any(one in hidden(families(codes.parent_of(one))) for one in _way(code, top))


def asked(code: str, top: str) -> list[str]:
    """The regions whose families ``closed`` looks at."""
    return list(dict.fromkeys([top, *(codes.parent_of(one) for one in _way(code, top))]))


def _way(code: str, top: str) -> list[str]:
    """From below ``top`` down to ``code``."""
    return [one for one in reversed([code, *codes.ancestors_of(code)]) if one != top and _below(one, top)]


def _below(code: str, top: str) -> bool:
    return not top or code.startswith(f"{top}.")


def families_of(sizes: Mapping[str, int]) -> Families:
    """Every family at once, from how many belong to each region itself."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for code, size in sizes.items():
        found[code][code] += size
        below = code
        for above in [*codes.ancestors_of(code), ""] if code else []:
            found[above][below] += size
            below = above
    return lambda code: found.get(code, {})


def told(sizes: Mapping[str, int], top: str) -> set[str]:
    """Of the regions in ``sizes`` (how many belong to each itself) those told to somebody who may be told ``top``."""
    families = families_of(sizes)
    shown: set[str] = set()
    open_ones = [top]
    while open_ones:
        code = open_ones.pop()
        parts = set(families(code)) - hidden(families(code))
        shown |= parts & {code}
        open_ones += parts - {code}
    return {code for code in shown if sizes.get(code)}


def told_whole(sizes: Mapping[str, int], top: str) -> set[str]:
    """The regions below ``top`` of which, with all below each, somebody may be told who may be told ``top``."""
    families = families_of(sizes)
    shown: set[str] = set()
    open_ones = [top] if sum(families(top).values()) >= SMALLEST_GROUP else []
    while open_ones:
        code = open_ones.pop()
        family = families(code)
        parts = {part for part, size in family.items() if size} - hidden(family) - {code}
        shown |= parts
        open_ones += parts
    return shown
