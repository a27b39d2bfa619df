"""From the rows of a worksheet to the lines that are people.

Between them stand headings of groups ("Desa Poncowati"), repeated headers, sums and signatures; places are
often written once, in a merged cell or above the table. All that is understood here, and nothing is guessed
about the people themselves.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from balai.people.spreadsheets import headers
from balai.people.spreadsheets.books import Cell, Row, Sheet
from balai.people.spreadsheets.cells import text
from balai.people.spreadsheets.headers import Field

#: Columns in which a merged cell counts for all its rows.
_SPREADING = (Field.VILLAGE, Field.DISTRICT, Field.REGENCY, Field.CODE)
_TELLING = (Field.NAME, Field.NIK, Field.PHONE, Field.NIP)
_VILLAGE = r"desa|kelurahan|kel|kampung|pekon|nagari|gampong"
_HEADING = re.compile(
    rf"(?:(?P<village>{_VILLAGE})|(?P<district>kecamatan|kec|distrik))\b[\s.:]*(?P<name>\S.{{1,60}})", re.IGNORECASE
)
_END = r"(?=\s+(?:kecamatan|kec|kabupaten|kab|kota|provinsi|prov|tahun|periode|\d)\b|[,;(]|$)"
_ABOVE = (
    ("district", re.compile(rf"\b(?:kecamatan|kec\.?|distrik)\s*[:.]?\s*(.+?){_END}", re.IGNORECASE)),
    ("regency", re.compile(rf"\b(?:kabupaten|kab\.?)\s*[:.]?\s*(.+?){_END}", re.IGNORECASE)),
    ("village", re.compile(rf"^(?:nama\s+)?(?:{_VILLAGE})\s*[:.]\s*(.+?){_END}", re.IGNORECASE)),
)
_SUM = re.compile(r"^(jumlah|total|catatan|keterangan|ket\b|nb\b|sumber)", re.IGNORECASE)
_SIGNED = re.compile(r"\b(mengetahui|menyetujui|disahkan|dibuat oleh|tanda tangan|tertanda|ttd)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Line:
    """A person's row: its number, the mapped cells by field, and the places that headings give it."""

    number: int
    cells: dict[Field, Cell]
    context: dict[str, str]
    formulas: tuple[Field, ...] = ()


@dataclass
class Lines:
    """The people of one worksheet, read once. ``passed`` counts filled rows below the header that are nobody's."""

    sheet: Sheet
    header: int
    columns: Mapping[int, Field]
    passed: int = 0
    _context: dict[str, str] = field(default_factory=dict)
    _titles: dict[Field, str] = field(default_factory=dict)
    _spread: dict[int, tuple[int, Cell]] = field(default_factory=dict)
    _signed: bool = False

    def __iter__(self) -> Iterator[Line]:
        for row in self.sheet.rows():
            words = [word for word in map(text, row.cells) if word]
            if not words:
                continue
            if row.number <= self.header:
                self._above(row, words)
                continue
            cells = {field: self._cell(row, column) for column, field in self.columns.items()}
            if self._is_person(row, cells, words):
                formulas = tuple(f for c, f in self.columns.items() if self.sheet.is_formula(row.number, c))
                yield Line(row.number, cells, dict(self._context), formulas)
            else:
                self.passed += 1

    def _above(self, row: Row, words: list[str]) -> None:
        """What the titles say about the place; and the titles of the columns themselves."""
        if row.number == self.header:
            self._titles = {found: text(row[column]) for column, found in self.columns.items()}
            return
        for place, pattern in _ABOVE:
            found = next((match for match in map(pattern.search, words) if match), None)
            if found and len(words) <= 3:
                self._context[place] = found[1].strip()

    def _cell(self, row: Row, column: int) -> Cell:
        """The cell, or the one of the merged range that it belongs to."""
        if not self.sheet.has_merged or self.columns[column] not in _SPREADING:
            return row[column]
        if text(row[column]):
            self._spread[column] = (self.sheet.last_merged(row.number, column), row[column])
        last, cell = self._spread.get(column, (0, ""))
        return cell if row.number <= last else row[column]

    def _is_person(self, row: Row, cells: dict[Field, Cell], words: list[str]) -> bool:
        said = {found: word for found, word in ((found, text(cell)) for found, cell in cells.items()) if word}
        if self._is_header(said) or self._is_heading(said, words) or headers.is_numbering(words):
            return False
        if len(words) <= 3 and any(map(_SIGNED.search, words)):
            self._signed = True
            return False
        if said.keys().isdisjoint(_TELLING) or (len(words) <= 4 and _SUM.match(words[0])):
            return False
        return len(said) > 2 or not self._signed

    def _is_header(self, said: dict[Field, str]) -> bool:
        """The header again, as on every printed page."""
        same = [found for found, word in said.items() if word == self._titles.get(found)]
        return len(same) > 1 and len(same) == len(said)

    def _is_heading(self, said: dict[Field, str], words: list[str]) -> bool:
        if len(words) > 2 or Field.NIK in said or Field.PHONE in said:
            return False
        heading = _HEADING.fullmatch(words[-1])
        if not heading or any(word not in words[-1:] for word in list(said.values())[1:]):
            return False
        place = "village" if heading["village"] else "district"
        if place == "district":
            self._context.pop("village", None)
        self._context[place] = heading["name"].strip()
        return True
