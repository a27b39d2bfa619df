"""Tables as text (.csv): which letters, which separator, row by row."""

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from balai.common.problems import Refusal

from . import limits, problems

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SEPARATORS = ";\t,|"
_CHUNK = 1024 * 1024
_SAMPLE_LINES = 30


@dataclass(frozen=True)
class Dialect:
    """How a text file writes its table."""

    encoding: str
    separator: str
    #: Lines to leave out at the start: Excel's own ``sep=;``.
    skipped: int = 0
    #: Ends of lines in the file: about as many as rows.
    lines: int = 0


def inspect(path: Path) -> Dialect:
    """Find out the encoding and the separator. Raises ``Refusal`` for what is no text."""
    encoding = _encoding(path)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        lines = [file.readline(limits.CELL_TEXT) for _line in range(_SAMPLE_LINES)]
    first = lines[0].strip().lower()
    if first.startswith("sep=") and len(first) == 5:
        return Dialect(encoding, lines[0].strip()[4], 1, _lines(path))
    return Dialect(encoding, _separator(lines), 0, _lines(path))


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(_CHUNK), b""))


def _encoding(path: Path) -> str:
    """UTF-8 and UTF-16 as marked, else UTF-8 if the whole file is, else Windows-1252 as old Excel writes it."""
    with path.open("rb") as file:
        head = file.read(4)
        for mark, encoding in _BOMS:
            if head.startswith(mark):
                return encoding
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        encoding = "utf-8"
        while chunk := file.read(_CHUNK):
            if b"\0" in chunk:
                raise Refusal(problems.NOT_A_TABLE, found=problems.UNKNOWN)
            if encoding == "utf-8":
                encoding = _still_utf8(decoder, chunk)
    return encoding


def _still_utf8(decoder: codecs.IncrementalDecoder, chunk: bytes) -> str:
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _separator(lines: list[str]) -> str:
    """The sign that splits most lines into the same number of cells, more than one."""
    best, most = ",", 0
    for separator in _SEPARATORS:
        widths = Counter(len(row) for row in csv.reader([line for line in lines if line.strip()], delimiter=separator))
        score = max(((width - 1) * count for width, count in widths.items()), default=0)
        if score > most:
            best, most = separator, score
    return best


def rows(path: Path, dialect: Dialect) -> Iterator[list[str]]:
    """The rows, cells as text. Raises ``Refusal`` when a quote is never closed or the table is too large."""
    csv.field_size_limit(limits.CELL_TEXT)
    count = 0
    with path.open(encoding=dialect.encoding, errors="replace", newline="") as file:
        for _line in range(dialect.skipped):
            file.readline()
        try:
            for row in csv.reader(file, delimiter=dialect.separator):
                count += 1
                if count > limits.ROWS or len(row) > limits.COLUMNS:
                    raise Refusal(problems.TOO_MANY_CELLS, rows=count, columns=len(row))
                yield row
        except csv.Error as error:
            raise Refusal(problems.DAMAGED) from error
