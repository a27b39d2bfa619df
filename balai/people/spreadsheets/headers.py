"""Finding the header row and what each column holds, in tables as offices really send them.

Above the header stand titles, logos and blank rows; the header itself may take two rows with merged cells;
below it there may be a row that only numbers the columns. Headers are matched by their words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from .books import Row
from .cells import text

#: How far down the header is looked for.
DEPTH = 15


class Field(StrEnum):
    """What a column may hold."""

    NAME = "name"
    NIK = "nik"
    SEX = "sex"
    BIRTH_DATE = "birth_date"
    PHONE = "phone"
    EMAIL = "email"
    NIP = "nip"
    POSITION = "position"
    VILLAGE = "village"
    DISTRICT = "district"
    REGENCY = "regency"
    CODE = "code"


#: Tried in this order; the first whose pattern is found in the header (words joined by one blank) names it.
_PATTERNS: tuple[tuple[Field | None, str], ...] = (
    (Field.NIK, r"\bnik\b|\bn i k\b|induk kependudukan|\bno(mor)? ktp\b|^ktp$"),
    (None, r"\bnipd\b|\bniap\b|\bno(mor)? sk\b|\bkk\b|kartu keluarga|rekening|npwp|tempat lahir$"),
    (Field.NIP, r"\bnip\b|\bn i p\b|induk pegawai"),
    (
        Field.PHONE,
        r"\bhp\b|\bh p\b|handphone|ponsel|\bwa\b|whats ?app|\btelp?\b|\btlp\b|telepon|telpon|phone|kontak|seluler",
    ),
    (
        Field.NAME,
        r"\bnama (lengkap|kepala|kades|lurah|camat|perangkat|aparatur|pejabat|pegawai|peserta|pengelola|guru)",
    ),
    (Field.EMAIL, r"\be ?mail\b|surel|surat elektronik"),
    (Field.BIRTH_DATE, r"(tgl|tanggal|date).*(lahir|birth)|^lahir$|^t ?t ?l$|\bttl\b"),
    (Field.SEX, r"^l ?p$|^p ?l$|\bjk\b|\bj k\b|jenis kelamin|kelamin|gender|^sex$|\bl p\b"),
    (Field.CODE, r"\bkode\b|\bcode\b"),
    (Field.POSITION, r"jabatan|posisi|^position$"),
    (Field.VILLAGE, r"\bdesa\b|\bkel\b|kelurahan|kampung|pekon|nagari|gampong|\bdesa kel|^village$"),
    (Field.DISTRICT, r"\bkec\b|kecamatan|distrik|^district$"),
    (Field.REGENCY, r"\bkab\b|kabupaten|^kota$|kab kota|^regency\b"),
    (Field.NAME, r"\bnama\b|^(full )?name$"),
)
_COMPILED = [(wanted, re.compile(pattern)) for wanted, pattern in _PATTERNS]
_NOT_WORDS = re.compile(r"[\W_]+")
_COLUMN_NUMBER = re.compile(r"\(?\d{1,2}\)?")


@dataclass(frozen=True)
class Header:
    """``row``: the last row of the header (from 1); ``columns``: what each column (from 0) holds."""

    row: int
    titles: dict[int, str] = field(default_factory=dict)
    columns: dict[int, Field] = field(default_factory=dict)

    @property
    def is_certain(self) -> bool:
        """Names, and something that says who or where."""
        found = set(self.columns.values())
        return Field.NAME in found and len(found) > 1


def field_of(title: str) -> Field | None:
    """What a column with this title holds."""
    words = " ".join(_NOT_WORDS.split(title.casefold())).strip()
    return next((wanted for wanted, pattern in _COMPILED if pattern.search(words)), None) if words else None


def find(rows: Sequence[Row]) -> Header:
    """The most telling header among ``rows`` (the first ones of a sheet); an empty one when there is none."""
    candidates = [Header(0)]
    for place, row in enumerate(rows[:DEPTH]):
        candidates.append(at(rows, row.number))
        if place:
            candidates.append(_two_rows(rows[place - 1], row))
    best = max(candidates, key=_worth)
    return best if len(best.columns) > 1 else Header(0, best.titles)


def at(rows: Sequence[Row], number: int) -> Header:
    """The header that stands in the row ``number`` and nowhere else."""
    row = next((row for row in rows if row.number == number), None)
    return _header(number, [text(cell) for cell in row.cells] if row else [])


def is_numbering(words: Sequence[str]) -> bool:
    """``(1) (2) (3)``: whether a row, of which ``words`` are the filled cells, only counts the columns."""
    if len(words) < 3 or not all(map(_COLUMN_NUMBER.fullmatch, words)):
        return False
    numbers = [int(word.strip("()")) for word in words]
    return numbers == sorted(set(numbers))


def _two_rows(upper: Row, lower: Row) -> Header:
    """A header whose upper row spans several columns (``Alamat``) above their own titles (``Desa``, ``Kec.``)."""
    above, below = [text(cell) for cell in upper.cells], [text(cell) for cell in lower.cells]
    if not any(above):
        return Header(0)
    width = max(len(above), len(below))
    above += [""] * (width - len(above))
    below += [""] * (width - len(below))
    if any(over and under and beside for over, under, beside in zip(above, below, above[1:], strict=False)):
        return Header(0)  # only a title that spans several columns has others below it
    return _header(lower.number, [under or over for over, under in zip(above, below, strict=True)])


def _header(number: int, titles: list[str]) -> Header:
    columns: dict[int, Field] = {}
    for column, title in enumerate(titles):
        found = field_of(title) if len(title) <= 60 else None
        if found and found not in columns.values():
            columns[column] = found
    return Header(number, {column: title for column, title in enumerate(titles) if title}, columns)


def _worth(header: Header) -> tuple[int, int, int]:
    """More known columns; then more titles; then the higher row, so that a heading wins over its data."""
    return len(header.columns), len(header.titles), -header.row
