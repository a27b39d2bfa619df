"""Further columns of a table of people: found by their titles, before anything else takes them for a name."""

import re
from pathlib import Path

import pytest

from balai.common.problems import Refusal
from balai.people.imports import problems, tables
from balai.people.spreadsheets.headers import Field

WANTED = {
    "number": re.compile("nomor sertifikat", re.IGNORECASE),
    "title": re.compile("pelatihan", re.IGNORECASE),
}


def table(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "table"
    path.write_text(text)
    return path


def test_further_columns_are_told_from_names(tmp_path: Path) -> None:
    written = "Nama Pelatihan,Nama,Desa,Nomor Sertifikat\nAset,Siti,Poncowati,1/2019\n,Budi,Poncowati,\n"
    found = tables.rows(table(tmp_path, written), WANTED)
    assert [(one.line.cells[Field.NAME], one.extra) for one in found] == [
        ("Siti", {"number": "1/2019", "title": "Aset"}),
        ("Budi", {"number": "", "title": ""}),
    ]
    assert found[0].places == {"title": "A", "name": "B", "village": "C", "number": "D"}


def test_what_is_not_there_is_not_found(tmp_path: Path) -> None:
    assert tables.rows(table(tmp_path, "Nama,Desa\nSiti,Poncowati\n"), WANTED)[0].extra == {}


def test_a_table_without_people_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as caught:
        tables.rows(table(tmp_path, "Pelatihan,Tahun\nAset,2019\n"), WANTED)
    assert caught.value.problem == problems.NO_NAME_COLUMN


def test_letters_of_columns() -> None:
    assert [tables.letter(column) for column in (0, 25, 26, 51, 701, 702)] == ["A", "Z", "AA", "AZ", "ZZ", "AAA"]
