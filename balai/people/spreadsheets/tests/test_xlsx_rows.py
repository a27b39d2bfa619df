"""The reader of rows reads what the reader of whole sheets reads, with the memory of a few rows."""

import tracemalloc
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import python_calamine
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.common.problems import Refusal
from balai.people.spreadsheets import limits
from balai.people.spreadsheets.cells import text
from balai.people.spreadsheets.shared_strings import SharedStrings
from balai.people.spreadsheets.tests import makers
from balai.people.spreadsheets.xlsx_rows import XlsxBook

FORMATS = (
    "General", "@", "0", "0.00", "dd/mm/yyyy", "dd/mm/yyyy hh:mm", "hh:mm:ss", "[$-421]dd mmmm yyyy;@", "d\\-m",
    '"hari" 0', "[Red]0", '0" tahun"', "yyyy-mm-dd", "_-* #,##0_-",
)  # fmt: skip
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Co", "Cn"]), max_size=20)
#: Excel's day 0 and its 29 February 1900 are no days.
NUMBERS = st.integers(61, 2_900_000) | st.floats(0, 60_000, width=32).filter(lambda n: n == 0 or n >= 61)
NOON = datetime(1980, 10, 15, 12)  # noqa: DTZ001  (a sheet knows no zone)
CELLS = st.one_of(WORDS, st.booleans(), st.just(None), st.tuples(NUMBERS, st.sampled_from(FORMATS)))


def write(path: Path, table: list[list[Any]]) -> Path:
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    styles = {code: book.add_format({"num_format": code}) for code in FORMATS}
    sheet = book.add_worksheet("Data")
    for r, row in enumerate(table):
        for c, cell in enumerate(row):
            if isinstance(cell, tuple):
                sheet.write_number(r, c, cell[0], styles[cell[1]])
            elif isinstance(cell, bool):
                sheet.write_boolean(r, c, cell)
            elif cell is None:
                sheet.write_formula(r, c, "=1/0", None, "#DIV/0!")
            else:
                sheet.write_string(r, c, cell)
    book.close()
    return path


def streamed(path: Path) -> list[list[Any]]:
    book = XlsxBook(path)
    try:
        return [cells for _number, cells in book.rows(book.names[0])]
    finally:
        book.close()


def whole(path: Path) -> list[list[Any]]:
    sheet = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    left: list[Any] = [""] * (sheet.start[1] if sheet.start else 0)
    return [left + row for row in sheet.iter_rows()]


def said(rows: list[list[Any]]) -> list[list[str]]:
    """As texts, to the second, without blanks at the ends."""
    found = [[text(_rounded(cell)) for cell in row] for row in rows]
    for row in found:
        while row and not row[-1]:
            row.pop()
    while found and not found[-1]:
        found.pop()
    return found


def _rounded(cell: Any) -> Any:
    """One reader cuts off parts of a second, the other rounds: a minute is enough."""
    return "" if isinstance(cell, time) else cell.replace(hour=0, minute=0) if isinstance(cell, datetime) else cell


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.lists(CELLS, max_size=5), max_size=6))
def test_both_readers_read_the_same(tmp_path: Path, table: list[list[Any]]) -> None:
    path = write(tmp_path / "a.xlsx", table)
    assert said(streamed(path)) == said(whole(path))


def test_numbers_are_dates_where_they_are_shown_as_dates(tmp_path: Path) -> None:
    day = 29509
    cells = [(day, "dd/mm/yyyy"), (day + 0.5, "dd/mm/yyyy hh:mm"), (0.5, "hh:mm:ss"), (day, "General"), (day, "[Red]0"),
             (59, "yyyy-mm-dd"), (3_000_000, "yyyy-mm-dd"), (12, '"hari" 0')]  # fmt: skip
    assert streamed(write(tmp_path / "a.xlsx", [cells])) == [
        [date(1980, 10, 15), NOON, time(12), 29509.0, 29509.0, date(1900, 2, 28), 3_000_000.0, 12]
    ]


def parts(path: Path, sheet: str, strings: str = "", workbook: str = "") -> Path:
    """A workbook by hand, as programs other than Excel write them."""
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    relation = '<Relationship Id="r{0}" Type="http://x/relationships/{1}" Target="{2}"/>'
    relations = relation.format(1, "worksheet", "worksheets/sheet1.xml") + relation.format(
        2, "sharedStrings", "/xl/Strings.xml"
    )
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("[Content_Types].xml", types)
        file.writestr("xl/workbook.xml", f'<workbook>{workbook}<sheets><sheet name="A" r:id="r1"/></sheets></workbook>')
        file.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{relations}</Relationships>")
        file.writestr("xl/worksheets/sheet1.xml", sheet)
        file.writestr("xl/Strings.xml", strings or "<sst/>")
    return path


def test_cells_without_a_place_follow_one_another(tmp_path: Path) -> None:
    sheet = """<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>Siti</x:t></x:is></x:c>
        <x:c><x:v>7</x:v></x:c></x:row><x:row r="4"><x:c r="C4" t="str"><x:f>A1</x:f><x:v>Budi</x:v></x:c></x:row>
        <x:row r="5"><x:c r="Z5" s="3"/></x:row></x:sheetData></x:worksheet>"""
    assert streamed(parts(tmp_path / "a.xlsx", sheet)) == [["Siti", 7.0], [], [], ["", "", "Budi"]]


def test_shared_texts_are_joined_without_their_pronunciation(tmp_path: Path) -> None:
    strings = (
        "<sst><si><r><t>Si</t></r><r><t>ti</t></r><rPh><t>xx</t></rPh></si><si><t>a_x0001_b_x005F_c</t></si></sst>"
    )
    row = "".join(f'<c t="s"><v>{number}</v></c>' for number in (1, 0, 99))
    path = parts(tmp_path / "a.xlsx", f"<worksheet><row>{row}</row></worksheet>", strings)
    assert streamed(path) == [["a b_c", "Siti"]]


def test_days_counted_from_1904(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx", {"date_1904": True, "default_date_format": "dd/mm/yyyy"})
    book.add_worksheet("Data").write_datetime(0, 0, date(1980, 10, 15))
    book.close()
    assert streamed(tmp_path / "a.xlsx") == [[date(1980, 10, 15)]]


@pytest.mark.parametrize(
    ("sheet", "code"),
    [
        ("<worksheet><row><c><v>1</v>", "B2126"),
        ('<worksheet><row r="2"><c><v>1</v></c></row><row r="1"><c><v>1</v></c></row></worksheet>', "B2126"),
        ('<worksheet><row><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row></worksheet>', "B2126"),
        ('<worksheet><row r="100001"><c><v>1</v></c></row></worksheet>', "B2128"),
        ('<worksheet><row><c r="ZZ1"><v>1</v></c></row></worksheet>', "B2128"),
    ],
)
def test_a_sheet_that_no_program_writes_is_refused(tmp_path: Path, sheet: str, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        streamed(parts(tmp_path / "a.xlsx", sheet))
    assert caught.value.problem.code == code


def test_a_cell_of_endless_text_is_cut(tmp_path: Path) -> None:
    sheet = f'<worksheet><row><c t="str"><v>{"x" * 200_000}</v></c></row></worksheet>'
    assert [len(cell) for cell in streamed(parts(tmp_path / "a.xlsx", sheet))[0]] == [limits.CELL_TEXT]


def test_texts_beyond_the_first_megabyte_are_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("balai.people.spreadsheets.shared_strings._IN_MEMORY", 100)
    names = [f"Orang {number}" for number in range(200)]
    path = makers.xlsx(tmp_path / "a.xlsx", ("Data", [[name] for name in names]))
    book = XlsxBook(path)
    strings: SharedStrings = book._strings
    assert (strings._file._rolled, [cells for _n, cells in book.rows("Data")]) == (True, [[name] for name in names])  # type: ignore[attr-defined]
    book.close()


def test_four_times_the_rows_take_the_same_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("_IN_MEMORY", 10_000), ("_AT_HAND", 100)):
        monkeypatch.setattr(f"balai.people.spreadsheets.shared_strings.{name}", value)
    monkeypatch.setattr("balai.people.spreadsheets.archives._CHUNK", 10_000)
    peaks = []
    for rows in (4_000, 16_000):
        path = makers.xlsx(tmp_path / "a.xlsx", ("Data", [[f"Orang {number}", number] for number in range(rows)]))
        book = XlsxBook(path)
        tracemalloc.start()
        assert sum(1 for _row in book.rows("Data")) == rows
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        book.close()
    assert peaks[1] < peaks[0] * 1.5
