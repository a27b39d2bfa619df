"""The texts of an .xlsx workbook, which its cells name by number: on disk, because they grow with the table."""

import tempfile
from array import array
from functools import lru_cache

from . import markup
from .archives import Archive

#: Below this size they stay in memory. Bytes.
_IN_MEMORY = 1024 * 1024
#: Of the texts that many cells share (a village, a position) so many are at hand.
_AT_HAND = 4_096


class SharedStrings:
    """The texts by their number. Eight bytes of memory each, whatever they say."""

    def __init__(self, archive: Archive, part: str) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  (closed with the book)
        self._ends = array("Q", [0])
        self.at = lru_cache(_AT_HAND)(self._read)
        if part:
            markup.read(archive, part, _Items(self))

    def append(self, text: str) -> None:
        self._ends.append(self._ends[-1] + self._file.write(text.encode("utf-8", "surrogatepass")))

    def _read(self, number: int) -> str:
        """The text with this number; "" when there is none."""
        if not 0 <= number < len(self._ends) - 1:
            return ""
        start, end = self._ends[number : number + 2]
        self._file.seek(start)
        return self._file.read(end - start).decode("utf-8", "surrogatepass")

    def close(self) -> None:
        self._file.close()


class _Items(markup.Texts):
    """Takes each ``<si>``: the texts in it joined, but for how they are pronounced (``<rPh>``)."""

    def __init__(self, strings: SharedStrings) -> None:
        super().__init__()
        self._strings = strings

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "si":
            self.clear()
        self.listen(tag)

    def end(self, tag: str) -> None:
        self.hush(tag)
        if tag == "si":
            self._strings.append(self.text)
