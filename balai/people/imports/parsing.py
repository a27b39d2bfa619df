"""A row's cells understood: values ready for an entry, and findings about the cells that are not."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from balai.common import clock, names, nik, phone
from balai.common.nik import Nik
from balai.common.problems import Refusal
from balai.people.spreadsheets import cells as reading
from balai.people.spreadsheets.books import Cell
from balai.people.spreadsheets.headers import Field

from . import problems
from .findings import Finding, Level, error, look, note, refused
from .places import Asked, Places

#: How people write that there is nothing.
_EMPTY = frozenset(
    {"", "-", "--", "---", "–", "—", ".", "..", "0", "n/a", "na", "nihil", "tidak ada", "tdk ada", "tidak punya"}
    | {"belum ada", "kosong", "null", "none", "nan", "#n/a"}
)
#: Where a row may say its place, as ``Asked`` takes it.
_PLACE = ("code", "village", "district", "regency")
_SEXES = {
    **dict.fromkeys("l lk laki laki-laki lakilaki pria cowok male m 1".split(), "L"),
    **dict.fromkeys("p pr perempuan wanita female f w 2".split(), "P"),
}
_SCIENTIFIC = re.compile(r"\d[.,]?\d*[eE]\+?\d{1,2}")
_EMAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[a-z]{2,24}", re.IGNORECASE)
_OLDEST = timedelta(days=366 * 110)
_YOUNGEST = timedelta(days=366 * 10)


@dataclass
class Parsed:
    """What a row was understood as. ``values`` by field: name, sex, birth_date (ISO), phone, email, nip, position."""

    values: dict[str, str] = field(default_factory=dict)
    nik: Nik | None = None
    region: UUID | None = None
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_refused(self) -> bool:
        return any(finding.level == Level.ERROR for finding in self.findings)

    @property
    def nik_mask(self) -> str:
        return self.nik.mask if self.nik else ""

    @property
    def born(self) -> date | None:
        return date.fromisoformat(self.values["birth_date"]) if self.values.get("birth_date") else None

    @property
    def name_key(self) -> str:
        return names.key(self.values.get("name", ""))

    def content(self) -> str:
        """The whole content in one text, for the fingerprint."""
        return json.dumps([self.values, self.nik.digits if self.nik else "", str(self.region)], sort_keys=True)


def is_empty(cell: Cell) -> bool:
    """Blank, or one of the ways in which people write that there is nothing."""
    return cell == 0 if isinstance(cell, int | float) else reading.text(cell).casefold() in _EMPTY


def parse(
    cells: Mapping[str, Cell], context: Mapping[str, str], places: Places, district_exists: Callable[[str], bool]
) -> Parsed:
    """Understand ``cells`` (by field; ``context``: places from headings above the row)."""
    parsed = Parsed()
    for name, read in _READERS.items():
        cell = cells.get(name, "")
        if not is_empty(cell):
            try:
                parsed.values[name] = read(cell)
            except Refusal as refusal:
                parsed.findings.append(refused(name, refusal))
        elif name == Field.NAME:
            parsed.findings.append(error(name, problems.NAME_MISSING))
    _read_nik(cells.get(Field.NIK, ""), parsed, district_exists)
    _read_place(cells, context, parsed, places)
    return parsed


def _read_nik(cell: Cell, parsed: Parsed, district_exists: Callable[[str], bool]) -> None:
    if is_empty(cell):
        return
    try:
        parsed.nik = nik.read(cell)
    except Refusal as refusal:
        parsed.findings.append(refused(Field.NIK, refusal))
        return
    doubts = nik.doubts(parsed.nik, district_exists, parsed.born, parsed.values.get("sex", ""))
    parsed.findings += [look(Field.NIK, str(doubt)) for doubt in doubts]


def _read_place(cells: Mapping[str, Cell], context: Mapping[str, str], parsed: Parsed, places: Places) -> None:
    own = {name: reading.text(cells.get(name, "")) for name in _PLACE}
    own = {name: "" if word in _EMPTY else word for name, word in own.items()}
    lent = {name: context[name] for name in _PLACE if context.get(name) and not own[name]}
    place = places.find(Asked(**{**own, **lent}))
    parsed.region = place.region
    parsed.findings += place.findings
    if lent.get("village") and place.region:
        parsed.findings.append(note(Field.VILLAGE, "from_heading"))


def _name(cell: Cell) -> str:
    name = names.tidy(reading.text(cell))
    if len(name) > 120 or not names.bare(name) or sum(map(str.isdigit, name)) > 2:
        raise Refusal(problems.NAME_UNUSABLE)
    return name


def _sex(cell: Cell) -> str:
    found = _SEXES.get(re.sub(r"[\s./]", "", reading.text(cell).casefold()))
    if found is None:
        raise Refusal(problems.SEX)
    return found


def _birth_date(cell: Cell) -> str:
    born = reading.day(cell)
    today = clock.wall().date()
    if not today - _OLDEST < born < today - _YOUNGEST:
        raise Refusal(problems.BIRTH_DATE)
    return born.isoformat()


def _email(cell: Cell) -> str:
    address = reading.text(cell).strip("<>").removeprefix("mailto:").lower()
    if len(address) > 254 or not _EMAIL.fullmatch(address):
        raise Refusal(problems.EMAIL)
    return address


def _nip(cell: Cell) -> str:
    written = f"{cell:.0f}" if isinstance(cell, int | float) else reading.text(cell).lstrip("'’`")
    if _SCIENTIFIC.fullmatch(written) or (isinstance(cell, int | float) and len(written) == 18):
        raise Refusal(problems.NIP_DIGITS_LOST, shown=written if "e" in written.lower() else f"{float(written):.5E}")
    digits = re.sub(r"\D", "", written)
    if len(digits) != 18:
        raise Refusal(problems.NIP, count=len(digits))
    return digits


def _position(cell: Cell) -> str:
    title = names.tidy(reading.text(cell))
    if len(title) > 80:
        raise Refusal(problems.POSITION)
    return title


_READERS: dict[str, Callable[[Cell], str]] = {
    Field.NAME: _name,
    Field.SEX: _sex,
    Field.BIRTH_DATE: _birth_date,
    Field.PHONE: phone.read,
    Field.EMAIL: _email,
    Field.NIP: _nip,
    Field.POSITION: _position,
}
