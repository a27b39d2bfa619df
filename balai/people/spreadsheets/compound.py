"""Compound files: the container of .xls, of locked .xlsx and of old Word files ([MS-CFB])."""

import struct
from collections.abc import Iterator
from pathlib import Path

from balai.common.problems import Refusal

from . import problems

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA  # from here on a sector number is a mark
_HEADER_SECTORS = 109
_ENTRY = 128


class CompoundFile:
    """The streams of a compound file by their names. Raises ``Refusal`` when the container is broken."""

    def __init__(self, path: Path) -> None:
        self._bytes = path.read_bytes()
        self._next: list[int] = []
        try:
            self._open()
        except (struct.error, IndexError, ValueError) as error:
            raise Refusal(problems.DAMAGED) from error

    def stream(self, name: str) -> bytes:
        """The bytes of a stream kept in whole sectors (all of 4 KB and more). Raises ``Refusal``."""
        first, size = self.streams[name]
        try:
            return b"".join(self._chain(first))[:size]
        except (IndexError, ValueError) as error:
            raise Refusal(problems.DAMAGED) from error

    def _open(self) -> None:
        (shift,) = struct.unpack_from("<H", self._bytes, 30)
        tables, directory = struct.unpack_from("<II", self._bytes, 44)
        (more,) = struct.unpack_from("<I", self._bytes, 68)
        if shift not in (9, 12):
            raise ValueError(shift)
        self._sector = 1 << shift
        places = list(struct.unpack_from(f"<{_HEADER_SECTORS}I", self._bytes, 76))
        while more < _END and len(places) < tables:
            *numbers, more = self._numbers(more)
            places += numbers
        for place in places[:tables]:
            self._next += self._numbers(place)
        self.streams = dict(_entries(b"".join(self._chain(directory))))

    def _read(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        if start >= len(self._bytes):
            raise ValueError(sector)
        return self._bytes[start : start + self._sector].ljust(self._sector, b"\0")

    def _numbers(self, sector: int) -> tuple[int, ...]:
        return struct.unpack(f"<{self._sector // 4}I", self._read(sector))

    def _chain(self, sector: int) -> Iterator[bytes]:
        """The sectors of a stream. A chain longer than the table is a loop."""
        for _step in range(len(self._next) + 1):
            if sector >= _END:
                return
            yield self._read(sector)
            sector = self._next[sector]
        raise ValueError(sector)


def _entries(directory: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
    """Name, first sector and size of each entry."""
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        (length,) = struct.unpack_from("<H", directory, at + 64)
        if 2 < length <= 64:
            name = directory[at : at + length - 2].decode("utf-16-le", "replace")
            yield name, struct.unpack_from("<II", directory, at + 116)
