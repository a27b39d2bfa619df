"""The columns that tell of a certificate, by their titles; and what stands in their cells."""

import re
from dataclasses import dataclass
from datetime import date

from balai.common import formats
from balai.common.problems import Problem, Refusal
from balai.credentials import day, numbering, problems
from balai.people.imports.parsing import is_empty
from balai.people.imports.tables import Typed
from balai.people.spreadsheets import cells as reading
from balai.people.spreadsheets.books import Cell

from .models import ArchiveImport

_PAPER = r"\b(sertifikat|piagam|sttpp|sttpl|certificate)\b"
#: ``dated``: any other date, where none says that it is the certificate's.
COLUMNS = {
    key: re.compile(pattern, re.IGNORECASE)
    for key, pattern in {
        "certificate": rf"\b(no|nomor|number)\b.*{_PAPER}|^\W*{_PAPER}\W*$",
        "issued_on": rf"\b(tgl|tanggal|date)\b.*({_PAPER}|\b(terbit|selesai|akhir)\b)",
        "hours": r"\bjp\b|\b(jumlah|lama) jam\b|\bjam pel|\bdurasi\b|^\W*lama\b",
        "dated": r"^(?!.*(lahir|mulai)).*\b(tgl|tanggal)\b",
        "title": r"^(?!.*\b(tempat|lokasi|penyelenggara|lembaga|tahun|jabatan|tgl|tanggal)\b)"
        r".*\b(pelatihan|diklat|bimtek|bimbingan|kursus|lokakarya|workshop|judul|tema|kegiatan)\b",
    }.items()
}
LONGEST_NUMBER, LONGEST_TITLE, MOST_HOURS = 60, 120, 2_000
_HOURS = re.compile(r"(\d{1,4})(?:[.,]0+)?\s*(?:jp|jam.*)?", re.IGNORECASE)


class Bad(Exception):
    """A cell that cannot be used: the column and what is wrong with it."""

    def __init__(self, column: str, problem: Problem, **facts: object) -> None:
        super().__init__(problem.code)
        self.column, self.problem, self.facts = column, problem, facts


@dataclass(frozen=True)
class Told:
    """What a row tells of a certificate."""

    number: str
    title: str
    hours: int
    issued_on: date


def read(typed: Typed, batch: ArchiveImport) -> Told:
    """What ``typed`` tells; where it says nothing, what ``batch`` says of all. Raises ``Bad``."""
    cells = {key: cell for key, cell in typed.extra.items() if not is_empty(cell)}
    return Told(_number(cells), _title(cells, batch), _hours(cells, batch), _day(cells, batch))


def _number(cells: dict[str, Cell]) -> str:
    number = numbering.visible(reading.text(cells.get("certificate", "")))
    if not number:
        raise Bad("certificate", problems.NO_NUMBER)
    return _insist_short("certificate", number, LONGEST_NUMBER)


def _title(cells: dict[str, Cell], batch: ArchiveImport) -> str:
    title = reading.text(cells.get("title", "")) or batch.title
    if not title:
        raise Bad("title", problems.NO_TITLE)
    return _insist_short("title", title, LONGEST_TITLE)


def _insist_short(column: str, text: str, limit: int) -> str:
    if len(text) > limit:
        raise Bad(column, problems.TOO_LONG, limit=limit)
    return text


def _hours(cells: dict[str, Cell], batch: ArchiveImport) -> int:
    typed = reading.text(cells.get("hours", ""))
    found = _HOURS.fullmatch(typed)
    hours = int(found[1]) if found else None if typed else batch.hours
    if hours is None or hours > MOST_HOURS:
        raise Bad("hours", problems.BAD_HOURS, typed=typed[:20])
    return hours


def _day(cells: dict[str, Cell], batch: ArchiveImport) -> date:
    """Neither still to come, nor before ``day.EARLIEST``: both are slips of the hand."""
    column = "issued_on" if "issued_on" in cells else "dated"
    if column not in cells:
        if batch.issued_on is None:
            raise Bad("issued_on", problems.NO_DATE)
        return batch.issued_on
    try:
        found = reading.day(cells[column])
    except Refusal as refusal:
        raise Bad(column, refusal.problem, **refusal.facts) from refusal
    if found > day.today():
        raise Bad(column, problems.FUTURE_DATE)
    if found < day.EARLIEST:
        raise Bad(column, problems.TOO_EARLY, day=formats.day(day.EARLIEST))
    return found
