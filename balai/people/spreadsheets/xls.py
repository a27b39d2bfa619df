"""Looking into .xls files: macros, links to elsewhere, how far the cells reach, where formulas stand ([MS-XLS])."""

import struct
from collections.abc import Iterator
from pathlib import Path

from balai.common.problems import Refusal

from . import problems
from .compound import CompoundFile
from .extents import Extent

_LOCKED = ("EncryptedPackage", "EncryptionInfo")
_MACROS = ("_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA", "Macros")
_BOOKS = ("Workbook", "Book", "WORKBOOK", "BOOK")
_BOF, _FILEPASS, _SUPBOOK, _FORMULA = 0x0809, 0x002F, 0x01AE, 0x0006
_FILLED = frozenset((0x0203, 0x027E, 0x00FD, 0x0204, 0x00BD, 0x0205, 0x00D6))
_WORKSHEET, _MACRO_SHEET = 0x0010, 0x0040
#: A SUPBOOK that names this workbook itself, or add-in functions ([MS-XLS] 2.4.271).
_OWN_BOOKS = (0x0401, 0x3A01)


def inspect(path: Path) -> list[Extent]:
    """The extent of each worksheet, in their order. Raises ``Refusal`` for macros, links, passwords."""
    file = CompoundFile(path)
    if any(name in file.streams for name in _LOCKED):
        raise Refusal(problems.PASSWORD)
    if any(name in file.streams for name in _MACROS):
        raise Refusal(problems.MACROS)
    book = next((name for name in _BOOKS if name in file.streams), None)
    if book is None:
        raise Refusal(problems.NOT_A_TABLE, found=problems.WORD if "WordDocument" in file.streams else problems.UNKNOWN)
    try:
        return _extents(file.stream(book))
    except struct.error as error:
        raise Refusal(problems.DAMAGED) from error


def _extents(stream: bytes) -> list[Extent]:
    extents: list[Extent] = []
    for kind, body in _records(stream):
        _refuse(kind, body)
        if kind == _BOF and struct.unpack_from("<H", body, 2)[0] == _WORKSHEET:
            extents.append(Extent())
        elif extents and kind in _FILLED:
            row, column = struct.unpack_from("<HH", body)
            extents[-1].reach(row + 1, column + 1)
        elif extents and kind == _FORMULA:
            row, column = struct.unpack_from("<HH", body)
            extents[-1].add_formula(row + 1, column + 1)
    return extents


def _refuse(kind: int, body: bytes) -> None:
    if kind == _FILEPASS:
        raise Refusal(problems.PASSWORD)
    if kind == _BOF and struct.unpack_from("<H", body, 2)[0] == _MACRO_SHEET:
        raise Refusal(problems.MACROS)
    if kind == _SUPBOOK and struct.unpack_from("<H", body, 2)[0] not in _OWN_BOOKS:
        raise Refusal(problems.EXTERNAL, found="SUPBOOK")


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length
