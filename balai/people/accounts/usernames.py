"""User names made from names: what somebody can remember and type, unique on this node."""

import random
from collections.abc import Iterator

from balai.common import names

_LONGEST = 24
_NAMELESS = "warga"


def stem(name: str) -> str:
    """``Hj. Siti Aminah Rahayu, S.Pd.`` is ``siti.aminah``: at most two words, lower-case letters and a dot."""
    words = names.bare(name).split()
    telling = [word for word in words if len(word) > 1] or words
    return ".".join(telling[:2])[:_LONGEST].strip(".") or _NAMELESS


def proposals(name: str) -> Iterator[str]:
    """User names for ``name``, best first, without end: the stem, then with ever more digits after it."""
    base = stem(name)
    yield base
    digits = 2
    while True:
        yield f"{base}{random.randrange(10 ** (digits - 1), 10**digits)}"
        digits += 1
