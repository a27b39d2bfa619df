from pathlib import Path

from balai.people.imports.lines import Line, Lines
from balai.people.spreadsheets import headers
from balai.people.spreadsheets.books import Book
from balai.people.spreadsheets.headers import Field
from balai.people.spreadsheets.tests import makers

HEADER = ("No", "Nama", "NIK", "Desa", "No HP")


def read(tmp_path: Path, *table: tuple, merges: tuple = ()) -> tuple[list[Line], int]:
    """The people of a table, and how many filled rows were passed over."""
    book = Book(makers.xlsx(tmp_path / "a.xlsx", ("Data", table), merges=merges))
    found = headers.find(list(book.sheet("Data").rows()))
    lines = Lines(book.sheet("Data"), found.row, found.columns)
    return list(lines), lines.passed


def test_what_stands_between_the_people_is_nobody(tmp_path: Path) -> None:
    lines, passed = read(
        tmp_path,
        ("DAFTAR PERANGKAT DESA",),
        (),
        HEADER,
        ("(1)", "(2)", "(3)", "(4)", "(5)"),
        (1, "Siti", "1802", "Poncowati", "0812"),
        HEADER,
        (2, "Budi", "", "Poncowati", ""),
        (),
        ("Jumlah", 2),
        ("", "", "", "Poncowati, 3 November 2026"),
        ("", "", "", "Mengetahui"),
        ("", "", "", "Kepala Desa"),
        ("", "Drs. Suparman"),
    )
    assert [(line.number, line.cells[Field.NAME]) for line in lines] == [(5, "Siti"), (7, "Budi")]
    assert passed == 7


def test_a_merged_village_counts_for_all_its_rows(tmp_path: Path) -> None:
    lines, _passed = read(
        tmp_path,
        HEADER,
        (1, "Siti", "", "", ""),
        (2, "Budi", "", "", ""),
        (3, "Ani", "", "Karang Endah", ""),
        (4, "Tuti", "", "", ""),
        merges=(("D2:D3", "Poncowati"),),
    )
    assert [line.cells[Field.VILLAGE] for line in lines] == ["Poncowati", "Poncowati", "Karang Endah", ""]


def test_headings_of_groups_lend_their_place(tmp_path: Path) -> None:
    lines, passed = read(
        tmp_path,
        ("KECAMATAN TERBANGGI BESAR KABUPATEN LAMPUNG TENGAH TAHUN 2026",),
        ("No", "Nama", "NIK", "No HP"),
        ("Desa Poncowati",),
        (1, "Siti", "1802", "0812"),
        ("", "Desa: Karang Endah"),
        (2, "Budi", "1802", "0812"),
        ("Kec. Kalirejo",),
        (3, "Ani", "1802", "0812"),
    )
    district, regency = "TERBANGGI BESAR", "LAMPUNG TENGAH"
    assert [line.context for line in lines] == [
        {"district": district, "regency": regency, "village": "Poncowati"},
        {"district": district, "regency": regency, "village": "Karang Endah"},
        {"district": "Kalirejo", "regency": regency},
    ]
    assert passed == 3


def test_a_person_called_like_a_village_is_a_person(tmp_path: Path) -> None:
    lines, _passed = read(tmp_path, HEADER, (1, "Kampung Siregar", "1802", "Poncowati", "0812"))
    assert [line.cells[Field.NAME] for line in lines] == ["Kampung Siregar"]
