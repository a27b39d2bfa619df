from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from balai.people.imports import jobs, vault
from balai.people.imports.models import Import, Row, Run
from balai.people.models import Person
from balai.people.spreadsheets.tests import makers

HEADER = ("Nama", "NIK", "L/P", "Tgl Lahir", "HP", "Jabatan", "Desa", "Kecamatan")
VILLAGE, DISTRICT = "Poncowati", "Terbanggi Besar"
SITI = ("Siti Aminah, S.Pd.", "1802075510800001", "P", "15/10/1980", "0812-3456-7890", "Sekretaris", VILLAGE, DISTRICT)
SUTRISNO = ("Sutrisno", "1802071510790002", "L", "15/10/1979", "081234567891", "Kepala Desa", VILLAGE, DISTRICT)


def altered(row: tuple, **cells: object) -> tuple:
    """``row`` with other cells, by the place of their column in ``HEADER``."""
    places = {"name": 0, "nik": 1, "sex": 2, "born": 3, "phone": 4, "position": 5, "village": 6, "district": 7}
    new = list(row)
    for name, cell in cells.items():
        new[places[name]] = cell
    return tuple(new)


@pytest.fixture(autouse=True)
def _jobs_now(settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def upload(coordinator: Person, tmp_path: Path) -> Callable[..., Import]:
    """``upload([row, …])``: a table with ``HEADER`` and these rows, read and examined, of the coordinator."""

    def act(rows: Sequence[Sequence[Any]], *, header: Sequence[str] = HEADER, owner: Person = coordinator) -> Import:
        return send(makers.xlsx(tmp_path / "data.xlsx", ("Data", [header, *rows])), owner)

    return act


def send(path: Path, owner: Person) -> Import:
    """An import of the file at ``path``, read, and examined if its columns are certain."""
    batch = Import.objects.create(owner=owner, file_name=path.name, size=path.stat().st_size)
    with path.open("rb") as file:
        vault.keep(batch.id, file)
    jobs.start(batch, Run.Work.READ)
    return Import.objects.get(pk=batch.id)


def outcomes(batch: Import) -> list[str]:
    """The outcome of each row, in their order."""
    return list(batch.rows.order_by("sheet", "number").values_list("outcome", flat=True))


def findings(row: Row) -> list[tuple[str, str]]:
    """``(field, code)`` of each finding."""
    return [(found[0], found[2]) for found in row.findings]


def save(batch: Import) -> Run:
    jobs.start(batch, Run.Work.APPLY)
    return batch.last_run


def take_back(batch: Import) -> Run:
    jobs.start(batch, Run.Work.UNDO)
    return batch.last_run
