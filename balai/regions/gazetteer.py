"""The names of all regions in one compact file, made for looking up as one types.

91,599 names are 4 MB that a process reads once, whatever the database. One line a name: provinces first, then
kabupaten, kecamatan, villages, each by code, so a subtree is one run of lines on each level, and earlier lines
are the better answers among equals. A name of several words has a second line without its spaces
("Sido Mulyo", "Sidomulyo"), a renamed region also lines for its former names.
"""

from __future__ import annotations

import os
import struct
import tempfile
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from uuid import UUID

from django.conf import settings

from balai.common.ids import uuid7

from . import codes
from .folding import words
from .models import FormerName, Region, Tree

Span = tuple[int, int]
_HEAD = struct.Struct("=8sII5I")
_MAGIC = b"balairg1"
LEVELS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Gazetteer:
    """``text``: the folded names, each between line ends; ``starts``: where a name begins in it; ``numbers``: the
    code of each line as a number of ten digits; ``levels``: the line where each level begins, and the end;
    ``vocabulary``: every word once, the most frequent first, each between line ends.
    """

    text: bytes
    starts: array[int]
    numbers: array[int]
    levels: tuple[int, ...]
    vocabulary: bytes

    def span(self, level: int, prefix: str) -> Span:
        """The lines of ``level`` whose codes begin with ``prefix`` (dotted or digits; "" for all)."""
        first, last = self.levels[level - 1], self.levels[level]
        digits = prefix.replace(".", "")
        if not digits or len(digits) > codes.ENDS[level - 1]:
            return first, (first if digits else last)
        low = number_of(digits)
        high = low + 10 ** (10 - len(digits))
        return bisect_left(self.numbers, low, first, last), bisect_left(self.numbers, high, first, last)

    def lines(self, needle: bytes, span: Span) -> Iterator[int]:
        """The lines of ``span`` that hold ``needle`` (which may include the line ends around a name), in order."""
        if span[0] == span[1]:
            return
        position, end = self.starts[span[0]] - 1, self.starts[span[1]]
        while (position := self.text.find(needle, position, end)) >= 0:
            line = bisect_right(self.starts, position + 1) - 1
            yield line
            position = self.starts[line + 1] - 1

    def name(self, line: int) -> bytes:
        """The folded name of a line."""
        return self.text[self.starts[line] : self.starts[line + 1] - 1]

    def names(self, span: Span) -> list[str]:
        """The folded names of the lines of ``span``."""
        return self.text[self.starts[span[0]] : self.starts[span[1]]].decode().split("\n")

    def code(self, line: int) -> str:
        """The dotted code of a line."""
        level = bisect_right(self.levels, line)
        return codes.dotted(f"{self.numbers[line]:010}"[: codes.ENDS[level - 1]])


def number_of(code: str) -> int:
    """``18.02`` as 1802000000: within a level, numbers sort as codes do."""
    return int(code.replace(".", "").ljust(10, "0"))


_loaded: tuple[UUID, Gazetteer] | None = None


def current() -> Gazetteer:
    """The gazetteer of the tree as it is now: one query; read or made anew only when a region has changed."""
    global _loaded  # noqa: PLW0603  (4 MB that a process keeps once)
    stamp = Tree.objects.values_list("stamp", flat=True).first() or UUID(int=0)
    if _loaded is None or _loaded[0] != stamp:
        _loaded = stamp, _read(stamp) or make(stamp)
    return _loaded[1]


def forget() -> None:
    """Drop what this process has read."""
    global _loaded  # noqa: PLW0603
    _loaded = None


def renew() -> None:
    """A region has changed: the next search makes the names anew."""
    Tree.objects.update(stamp=uuid7())


def make(stamp: UUID) -> Gazetteer:
    """Make the gazetteer from the tree and keep it as a file; those of earlier trees are removed."""
    made = _made()
    file = _file(stamp)
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix="new-", delete=False) as new:
        new.write(_HEAD.pack(_MAGIC, len(made.text), len(made.vocabulary), *made.levels))
        for part in (made.text, made.vocabulary, made.starts.tobytes(), made.numbers.tobytes()):
            new.write(part)
    os.replace(new.name, file)
    for old in file.parent.glob("regions-*"):
        if old != file:
            old.unlink(missing_ok=True)
    return made


def _file(stamp: UUID) -> Path:
    return Path(settings.BALAI_DATA) / "search" / f"regions-{stamp.hex}"


def _read(stamp: UUID) -> Gazetteer | None:
    try:
        packed = _file(stamp).read_bytes()
    except FileNotFoundError:
        return None
    magic, size, vocabulary, *levels = _HEAD.unpack_from(packed)
    if magic != _MAGIC:
        return None
    count = levels[-1]
    cuts = [_HEAD.size]
    for length in (size, vocabulary, 4 * (count + 1), 8 * count):
        cuts.append(cuts[-1] + length)
    text, known, starts, numbers = (packed[a:b] for a, b in pairwise(cuts))
    return Gazetteer(text, array("I", starts), array("Q", numbers), tuple(levels), known)


def _made() -> Gazetteer:
    text, starts, numbers, levels = bytearray(b"\n"), array("I"), array("Q"), [0]
    vocabulary: Counter[str] = Counter()
    former = _former_names()
    for level in LEVELS:
        rows = Region.objects.current().filter(level=level).order_by("code").values_list("id", "code", "name")
        for id, code, name in rows.iterator(chunk_size=5_000):
            for line in _spellings(name, *former.get(id, ()), vocabulary=vocabulary):
                starts.append(len(text))
                numbers.append(number_of(code))
                text += line.encode() + b"\n"
        levels.append(len(starts))
    starts.append(len(text))
    known = b"\n" + "\n".join(word for word, _count in vocabulary.most_common()).encode() + b"\n"
    return Gazetteer(bytes(text), starts, numbers, tuple(levels), known)


def _spellings(*names: str, vocabulary: Counter[str]) -> dict[str, None]:
    lines: dict[str, None] = {}
    for name in names:
        found = words(name)
        vocabulary.update(found)
        lines[" ".join(found)] = None
        lines["".join(found)] = None
    return lines


def _former_names() -> dict[UUID, list[str]]:
    former: dict[UUID, list[str]] = {}
    for region, name in FormerName.objects.order_by("-until", "id").values_list("region", "name"):
        former.setdefault(region, []).append(name)
    return former
