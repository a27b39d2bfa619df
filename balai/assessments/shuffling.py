"""The small generator that draws papers: the same numbers from the same attempt in Python and JavaScript.

sfc32 (Chris Doty-Humphrey, "Small Fast Counting"): four 32-bit words, only additions, shifts and exclusive
or, so that a phone without big integers computes the same. The four words of an attempt's id are the seed;
the first 16 outputs are thrown away, because ids of one minute share their first words. It is fair, not
secret: whoever knows the id knows the order, and nothing that must stay hidden may depend on it.

``web/static/js/paper.mjs`` is the same in JavaScript; ``vectors/paper.json`` holds both to it.
"""

from collections.abc import Iterator, Sequence
from typing import TypeVar
from uuid import UUID

T = TypeVar("T")
_MASK = 0xFFFFFFFF
_WARM_UP = 16


def numbers(seed: UUID) -> Iterator[int]:
    """Endless 32-bit numbers that follow from ``seed``."""
    a, b, c, counter = ((seed.int >> shift) & _MASK for shift in (96, 64, 32, 0))
    drawn = 0
    while True:
        number = (a + b + counter) & _MASK
        counter = (counter + 1) & _MASK
        a = b ^ (b >> 9)
        b = (c + (c << 3)) & _MASK
        c = (((c << 21) | (c >> 11)) + number) & _MASK
        drawn += 1
        if drawn > _WARM_UP:
            yield number


def below(stream: Iterator[int], limit: int) -> int:
    """A number in ``range(limit)``, each as likely: numbers past the last whole multiple are passed over."""
    fair = (1 << 32) - (1 << 32) % limit
    return next(number for number in stream if number < fair) % limit


def shuffled(stream: Iterator[int], items: Sequence[T]) -> list[T]:
    """``items`` in an order drawn from ``stream`` (Fisher and Yates, from the end)."""
    order = list(items)
    for last in range(len(order) - 1, 0, -1):
        chosen = below(stream, last + 1)
        order[last], order[chosen] = order[chosen], order[last]
    return order
