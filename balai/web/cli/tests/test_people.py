"""A table of officials from the command line."""

from pathlib import Path

import pytest

from balai.people.models import Person
from balai.people.spreadsheets.books import Book

from .conftest import Shell

TABLE = """Nama,NIK,Desa,Kecamatan,No. HP
Suparman,1802070101700001,Terbanggi Besar,Terbanggi Besar,081234567811
Nur Aini,1.80207E+15,Terbanggi Besar,Terbanggi Besar,081234567812
Dewi Lestari,,Perean,Baturiti,
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    (tmp_path / "perangkat.csv").write_text(TABLE)
    return tmp_path / "perangkat.csv"


def test_a_preview_saves_nothing(balai: Shell, table: Path, coordinator: Person) -> None:
    before = Person.objects.count()
    told = balai.json("people", "import", str(table), "--as", coordinator.account.username)
    assert ({k: v for k, v in told["rows"].items() if v}, told["saved"]) == ({"new": 1, "refused": 2}, 0)
    assert Person.objects.count() == before


def test_what_is_ready_is_saved_and_the_rest_told(
    balai: Shell, table: Path, coordinator: Person, tmp_path: Path
) -> None:
    words = ("people", "import", str(table), "--as", coordinator.account.username, "--save")
    told = balai.json(*words, "--result", str(tmp_path / "hasil.xlsx"))
    assert told["saved"] == 1
    assert Person.objects.get(name="Suparman").phone == "+6281234567811"
    assert Book(tmp_path / "hasil.xlsx").sheet_names == ["Data"]
    assert balai.json(*words)["rows"]["unchanged"] == 1


def test_only_who_may_change_people_imports(balai: Shell, table: Path, secretary: Person) -> None:
    assert balai.refused("people", "import", str(table), "--as", secretary.account.username) == "B1171"


def test_a_table_without_places_is_looked_at_on_the_page(balai: Shell, tmp_path: Path, coordinator: Person) -> None:
    (tmp_path / "x.csv").write_text("Nama,NIK\nSuparman,\n")
    assert balai.refused("people", "import", str(tmp_path / "x.csv"), "--as", coordinator.account.username) == "B1172"
