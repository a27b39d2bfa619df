from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.common.problems import Refusal
from balai.people.spreadsheets.books import Book, Row
from balai.people.spreadsheets.cells import text

from . import makers


def said(path: Path, sheet: str | None = None) -> list[list[str]]:
    """The rows of a file as text, without the blanks at their ends."""
    book = Book(path)
    rows = [[text(cell) for cell in row.cells] for row in book.sheet(sheet or book.sheet_names[0]).rows()]
    for row in rows:
        while row and not row[-1]:
            row.pop()
    return rows


SAME = [[text(cell) for cell in row] for row in makers.PEOPLE]


@pytest.mark.parametrize("make", [makers.xlsx, makers.xls, makers.ods])
def test_the_same_table_from_every_kind_of_workbook(tmp_path: Path, make) -> None:
    assert said(make(tmp_path / "a")) == SAME


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_same_table_from_every_kind_of_text(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = [
        ["Nama", "Alamat", "HP"],
        ["Siti “Ati” Aminah", f"Jl. Raya{separator} 7\nRT 2", "0812-3456-7890"],
        ["José", "–", "62812"],
    ]
    lines = [separator.join(f'"{cell}"' for cell in row) for row in rows]
    path = tmp_path / "a.csv"
    path.write_bytes("\r\n".join(lines).encode(encoding))
    assert said(path) == [[" ".join(cell.split()) for cell in row] for row in rows]


def test_the_line_that_excel_puts_first_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=;\nNama;HP, WA\nSiti;0812\n")
    assert list(Book(path).sheet("").rows()) == [Row(2, ["Nama", "HP, WA"]), Row(3, ["Siti", "0812"])]


def test_a_quote_that_is_never_closed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('Nama,HP\n"Siti,0812\n' + "x,y\n" * 20_000)
    with pytest.raises(Refusal) as caught:
        said(path)
    assert caught.value.problem.code == "B2126"


def test_rows_and_columns_keep_their_places_when_the_table_starts_low(tmp_path: Path) -> None:
    path = makers.xlsx(tmp_path / "a.xlsx", ("Data", [[], ["", "", "Nama"], [], ["", "", "Siti"]]))
    rows = list(Book(path).sheet("Data").rows())
    assert [(row.number, row[2]) for row in rows if not row.is_blank] == [(2, "Nama"), (4, "Siti")]


def test_formulas_are_known_and_their_kept_value_is_read(tmp_path: Path) -> None:
    path = makers.xlsx(tmp_path / "a.xlsx", ("Data", [["Nama"], [("=A1&B1", "Siti")], ["Budi"]]))
    sheet = Book(path).sheet("Data")
    assert [(row[0], sheet.is_formula(row.number, 0)) for row in sheet.rows()] == [
        ("Nama", False),
        ("Siti", True),
        ("Budi", False),
    ]
    for make in (makers.ods, makers.xls):
        old = Book(make(tmp_path / "b", [["Nama"], [("=1+1", "2")]])).sheet("Data")
        assert [old.is_formula(row.number, 0) for row in old.rows()] == [False, True]


def test_only_visible_worksheets_are_offered(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    for name in ("Data", "Sandi", "Gambar"):
        book.add_worksheet(name) if name != "Gambar" else book.add_chartsheet(name)
    book.get_worksheet_by_name("Sandi").hide()
    book.get_worksheet_by_name("Data").write(0, 0, "Nama")
    book.close()
    assert Book(tmp_path / "a.xlsx").sheet_names == ["Data"]


def test_merged_cells_are_known(tmp_path: Path) -> None:
    path = makers.xlsx(
        tmp_path / "a.xlsx", ("Data", [["Nama", "Desa"], ["Siti"], ["Budi"]]), merges=[("B2:B3", "Poncowati")]
    )
    sheet = Book(path).sheet("Data")
    assert (len(list(sheet.rows())), [sheet.last_merged(row, 1) for row in (1, 2, 3)]) == (3, [1, 3, 3])


CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Co", "Cn"]), max_size=12) | st.integers(
    0, 10**9
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.lists(CELL, min_size=1, max_size=5), min_size=1, max_size=6))
def test_what_is_written_is_read(tmp_path: Path, table: list[list]) -> None:
    expected = [[text(cell) for cell in row] for row in table]
    for row in expected:
        while row and not row[-1]:
            row.pop()
    while expected and not expected[-1]:
        expected.pop()
    path = makers.xlsx(tmp_path / "a.xlsx", ("Data", table))
    found = said(path)
    while found and not found[-1]:
        found.pop()
    assert found == expected


def test_dates_are_dates(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(tmp_path / "a.xlsx", {"default_date_format": "dd/mm/yyyy"})
    book.add_worksheet("Data").write_datetime(0, 0, date(1980, 10, 15))
    book.close()
    assert said(tmp_path / "a.xlsx") == [["1980-10-15"]]


def test_a_file_on_which_the_reader_panics_is_damaged(tmp_path: Path) -> None:
    path = makers.xls(tmp_path / "a.xls", [["Nama"], [(b"\x1d", "2")]])
    with pytest.raises(Refusal) as caught:
        said(path)
    assert caught.value.problem.code == "B2126"
