"""A page of rows made ready for the eye: each cell with what is said about it, and what will happen."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from balai.people.models import Person
from balai.people.spreadsheets.headers import Field
from balai.regions.models import Region

from . import labels
from .findings import Finding, Level
from .models import Import, Row
from .undoing import REASONS

#: The cells of a preview, and which fields' findings belong to each.
COLUMNS: tuple[tuple[Field, tuple[str, ...]], ...] = (
    (Field.NAME, ("name",)),
    (Field.NIK, ("nik",)),
    (Field.SEX, ("sex",)),
    (Field.BIRTH_DATE, ("birth_date",)),
    (Field.PHONE, ("phone",)),
    (Field.POSITION, ("position",)),
    (Field.VILLAGE, tuple(labels.PLACES)),
    (Field.NIP, ("nip",)),
    (Field.EMAIL, ("email",)),
)
#: Whose text stays on one line.
_NUMBERS = frozenset({Field.NIK, Field.PHONE, Field.NIP})


@dataclass(frozen=True)
class Cell:
    """One cell: its label, what stands in it, what it was before and what is said about it."""

    label: str
    text: str
    before: str
    findings: list[Finding]
    is_number: bool

    @property
    def is_refused(self) -> bool:
        return any(finding.level == Level.ERROR for finding in self.findings)

    @property
    def is_doubted(self) -> bool:
        return any(finding.level == Level.LOOK for finding in self.findings)


@dataclass(frozen=True)
class Line:
    """One row of a preview."""

    row: Row
    title: str
    cells: list[Cell]
    person: Person | None
    kept: list[str]

    @property
    def stays(self) -> bool:
        """Whether taking back left all of it as it was."""
        return bool(self.kept) and not self.row.saved.undone.back


def columns(batch: Import) -> list[Field]:
    """The columns worth showing: those that the table has."""
    has = {column for sheet in batch.sheets if sheet["chosen"] for column in sheet["columns"].values()}
    return [field for field, own in COLUMNS if has & set(own) or field == Field.VILLAGE]


def lines(batch: Import, rows: Iterable[Row]) -> list[Line]:
    """``rows`` (with ``saved`` and ``undone`` joined) ready to be shown. Two queries."""
    chosen = list(rows)
    people = Person.objects.in_bulk({row.person for row in chosen if row.person})
    wanted = columns(batch)
    names = region_names(chosen)
    return [
        Line(
            row,
            title(batch, row),
            [_cell(row, field, names) for field in wanted],
            people.get(row.person) if row.person else None,
            _kept(row),
        )
        for row in chosen
    ]


def title(batch: Import, row: Row) -> str:
    """``Baris 12``; with the name of its sheet where several are read."""
    number = _("Baris {number}").format(number=row.number)
    several = len([sheet for sheet in batch.sheets if sheet["chosen"]]) > 1
    return f"{number}, {batch.sheets[row.sheet]['name']}" if several else number


def region_names(rows: Iterable[Row]) -> dict[str, str]:
    """The names of all regions that ``rows`` mention, by id. One query."""
    ids = {str(row.region) for row in rows if row.region}
    ids |= {value for row in rows for value in row.changes.get("region", ()) if value}
    return {str(region.pk): region.title for region in Region.objects.filter(pk__in=ids)}


def _cell(row: Row, field: Field, regions: dict[str, str]) -> Cell:
    own = dict(COLUMNS)[field]
    findings = [Finding.from_json(found) for found in row.findings if found[0] in own]
    if field == Field.VILLAGE:
        text = regions.get(str(row.region), "") or ", ".join(
            filter(None, (labels.typed(row, one) for one in labels.PLACES))
        )
    else:
        text = labels.typed(row, field)
        if field in row.values:
            text = labels.shown(field, row.values[field])
    old = row.changes.get("region" if field == Field.VILLAGE else str(field))
    before = labels.shown("region" if field == Field.VILLAGE else str(field), old[0], regions) if old else ""
    return Cell(labels.label(field), text, before, findings, field in _NUMBERS)


def _kept(row: Row) -> list[str]:
    """What taking back left as it was, with the reason."""
    undone = getattr(getattr(row, "saved", None), "undone", None)
    return [f"{labels.label(field)}: {REASONS[reason]}" for field, reason in undone.kept.items()] if undone else []


def candidates(row: Row) -> list[tuple[Person, list[str]]]:
    """The people who may be the one of ``row``, with why."""
    found = Person.objects.select_related("region").in_bulk([UUID(one["person"]) for one in row.candidates])
    return [(found[UUID(one["person"])], one["reasons"]) for one in row.candidates if UUID(one["person"]) in found]
