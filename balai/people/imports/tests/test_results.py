import io
import zipfile
from pathlib import Path

import pytest

from balai.common.problems import Refusal
from balai.people.imports import deciding, results, vault
from balai.people.imports.tests.conftest import SITI, SUTRISNO, altered, outcomes, save, send
from balai.people.spreadsheets.books import Book
from balai.people.spreadsheets.cells import text

pytestmark = pytest.mark.django_db


def written(batch, tmp_path: Path) -> list[list[str]]:
    path = tmp_path / "hasil.xlsx"
    path.write_bytes(results.workbook(batch))
    book = Book(path)
    rows = list(book.sheet(book.sheet_names[0]).rows())
    width = max(len(row.cells) for row in rows)
    return [[text(row[column]) for column in range(width)] for row in rows]


def test_the_table_comes_back_with_what_is_wrong(upload, tmp_path) -> None:
    batch = upload([SITI, altered(SUTRISNO, phone="0725-1")])
    header, siti, sutrisno = written(batch, tmp_path)
    assert header[-2:] == ["Hasil", "Keterangan"]
    assert siti == [*SITI, "Orang baru", ""]
    assert sutrisno[:9] == [*altered(SUTRISNO, phone="0725-1"), "Ditolak"]
    assert sutrisno[9].startswith("Nomor HP: Ini bukan nomor HP Indonesia.")


def test_corrections_are_in_it_and_it_can_be_sent_again(upload, coordinator, tmp_path) -> None:
    batch = upload([altered(SITI, nik="1.80205E+15"), SUTRISNO])
    deciding.correct(batch.rows.select_related("batch__owner").order_by("number").first(), {"nik": SITI[1]})
    save(batch)
    path = tmp_path / "hasil.xlsx"
    path.write_bytes(results.workbook(batch))
    again = send(path, coordinator)
    assert outcomes(again) == ["unchanged", "unchanged"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t="])
def test_nothing_that_was_typed_becomes_a_formula(upload, sign) -> None:
    typed = f'{sign}HYPERLINK("http://x","Klik")'
    batch = upload([altered(SITI, name=typed, position=typed)])
    with zipfile.ZipFile(io.BytesIO(results.workbook(batch))) as file:
        sheet = file.read("xl/worksheets/sheet1.xml")
    assert (b"<f>" in sheet, b"<f " in sheet, b"HYPERLINK" in sheet) == (False, False, True)


def test_outcomes_tell_what_was_saved(upload, tmp_path) -> None:
    batch = upload([SITI, altered(SUTRISNO, phone="0725-1")])
    save(batch)
    assert [row[8] for row in written(batch, tmp_path)] == ["Hasil", "Orang baru, tersimpan", "Ditolak"]


def test_once_the_file_is_gone_it_says_so(upload) -> None:
    batch = upload([SITI])
    vault.forget(batch.pk)
    with pytest.raises(Refusal) as caught:
        results.workbook(batch)
    assert caught.value.problem.code == "B2146"
