"""Walking through a part of an .xlsx file, chunk by chunk: nothing is kept but what the walker keeps."""

import re
from collections.abc import Iterator
from typing import Protocol
from xml.parsers import expat

from balai.common.problems import Refusal

from . import limits, problems
from .archives import Archive

_DIGITS = 10
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Walker(Protocol):
    """What meets the elements: tags come without their namespace."""

    def start(self, tag: str, attributes: dict[str, str]) -> None: ...
    def end(self, tag: str) -> None: ...
    def said(self, text: str) -> None: ...


class Texts:
    """A walker's ear: the text of ``<t>`` and ``<v>``, none of ``<rPh>``, at most ``limits.CELL_TEXT`` letters."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._listening = False
        self._aside = False

    def clear(self) -> None:
        self._pieces.clear()
        self._length = 0

    def listen(self, tag: str) -> None:
        if tag in {"t", "v"}:
            self._listening = not self._aside
        elif tag == "rPh":
            self._aside = True

    def hush(self, tag: str) -> None:
        if tag in {"t", "v"}:
            self._listening = False
        elif tag == "rPh":
            self._aside = False

    def said(self, text: str) -> None:
        if self._listening and self._length < limits.CELL_TEXT:
            self._length += len(text)
            self._pieces.append(text)

    @property
    def text(self) -> str:
        """What was said since ``clear``, with the signs that XML cannot hold (``_x0001_``)."""
        found = "".join(self._pieces)[: limits.CELL_TEXT]
        return _ESCAPED.sub(_meant, found) if "_x" in found else found


def _meant(sign: re.Match[str]) -> str:
    """The sign that was escaped; a blank for those that no text may hold."""
    letter = chr(int(sign[1], 16))
    return letter if letter.isprintable() or letter in "\n\r\t" else " "


class _Names(dict[str, str]):
    """Tags as written (``x:row``) and without their prefix (``row``); each is looked at once."""

    def __missing__(self, tag: str) -> str:
        name = self[tag] = tag.rpartition(":")[2]
        return name


def walk(archive: Archive, part: str, walker: Walker) -> Iterator[None]:
    """Lead ``walker`` through ``part``, stopping after every chunk. Raises ``Refusal`` for broken markup."""
    names = _Names()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, attributes: walker.start(names[tag], attributes)
    parser.EndElementHandler = lambda tag: walker.end(names[tag])
    parser.CharacterDataHandler = walker.said
    try:
        for chunk in archive.chunks(part):
            parser.Parse(chunk)
            yield
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Refusal(problems.DAMAGED) from error
    yield


def number(text: str | None) -> int:
    """A whole number in an attribute; 0 where there is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < _DIGITS else 0


def read(archive: Archive, part: str, walker: Walker) -> None:
    """Lead ``walker`` through the whole ``part``."""
    for _chunk in walk(archive, part, walker):
        pass
