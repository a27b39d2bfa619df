"""Words that a mistyped word may have meant: at most one slip in a short word, two in a long one."""

from collections.abc import Iterator
from itertools import pairwise

_MOST = 12


def allowed(word: str) -> int:
    """How many slips (a letter left out, added, exchanged, or two swapped) are forgiven in ``word``."""
    return 0 if len(word) < 4 else 1 if len(word) < 9 else 2


def alternatives(word: str, vocabulary: bytes, *, unfinished: bool) -> list[tuple[int, str]]:
    """``(slips, word)`` of the words of ``vocabulary`` near ``word``: nearest first, then as they stand there.

    With ``unfinished``, also beginnings of words: the person may not have typed the rest yet.
    """
    most = allowed(word)
    candidates = dict(_candidates(word, vocabulary, most, unfinished=unfinished)) if most else {}
    letters, most_apart = set(word), (3 if unfinished else 2) * most
    found: dict[str, tuple[int, int]] = {}
    for candidate, place in candidates.items():
        if len(letters.symmetric_difference(candidate[: len(word)] if unfinished else candidate)) > most_apart:
            continue  # a slip exchanges at most one letter for another; far cheaper than counting slips
        slips, meant = _nearest(word, candidate, most, unfinished=unfinished)
        if slips <= most:
            found[meant] = min((slips, place), found.get(meant, (slips, place)))
    found.pop(word, None)
    nearest = sorted(found, key=lambda meant: found[meant])[:_MOST]
    return [(found[meant][0], meant) for meant in nearest]


def _candidates(word: str, vocabulary: bytes, most: int, *, unfinished: bool) -> Iterator[tuple[str, int]]:
    """Words that share a piece with ``word``, and where they stand.

    Cut into one piece more than there may be slips, at least one piece is untouched; swapped neighbours can
    touch two, so those are tried one by one.
    """
    for at in range(len(word) - 1):
        swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        place = vocabulary.find(f"\n{swapped}\n".encode()) + 1
        if place:
            yield swapped, place
    size = len(word)
    cuts = [size * part // (most + 1) for part in range(most + 2)]
    for start, end in pairwise(cuts):
        yield from _holding(word[start:end], start, size, vocabulary, most, unfinished=unfinished)


def _holding(
    piece: str, at: int, size: int, vocabulary: bytes, most: int, *, unfinished: bool
) -> Iterator[tuple[str, int]]:
    needle, position = piece.encode(), 0
    longest = 60 if unfinished else size + most
    while (position := vocabulary.find(needle, position + 1)) >= 0:
        begin = vocabulary.rfind(b"\n", 0, position) + 1
        if abs(position - begin - at) <= most:
            end = vocabulary.find(b"\n", position)
            if size - most <= end - begin <= longest:
                yield vocabulary[begin:end].decode(), begin


def _nearest(word: str, candidate: str, most: int, *, unfinished: bool) -> tuple[int, str]:
    """The slips between ``word`` and ``candidate`` (optimal string alignment), or its nearest beginning."""
    if unfinished:
        candidate = candidate[: len(word) + most]
    before: list[int] = []
    row = list(range(len(candidate) + 1))
    for i, letter in enumerate(word, 1):
        before, last, row = row, before, [i]
        for j, other in enumerate(candidate, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == candidate[j - 2] and word[i - 2] == other:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1, candidate
    if not unfinished:
        return row[-1], candidate
    best = min(range(len(row)), key=lambda j: (row[j], abs(j - len(word))))
    return row[best], candidate[:best]
