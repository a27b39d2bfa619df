import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from balai.common.problems import Refusal
from balai.people.spreadsheets import limits
from balai.people.spreadsheets.books import Book
from balai.people.spreadsheets.inspection import Format, inspect

from . import makers


def refusal(path: Path) -> str:
    with pytest.raises(Refusal) as caught:
        inspect(path)
    return caught.value.problem.code


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("make", "found"),
    [
        (makers.xlsx, Format.XLSX),
        (makers.xls, Format.XLS),
        (makers.ods, Format.ODS),
        (lambda path: written(path, b"Nama;HP\nSiti;0812\n"), Format.CSV),
    ],
)
def test_the_kind_is_told_from_the_bytes_not_from_the_name(
    tmp_path: Path, make: Callable[[Path], Path], found: Format
) -> None:
    assert inspect(make(tmp_path / "data.bin")).format == found


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"MZ\x90\0" + b"\0" * 400, "B2120"),
        (b"\x7fELF" + b"\0" * 400, "B2120"),
        (b"%PDF-1.7\n", "B2120"),
        (b"\x89PNG\r\n\x1a\n", "B2120"),
        (b"<html><table><tr><td>Nama</td></tr></table></html>", "B2120"),
        (b"\xef\xbb\xbf  <!DOCTYPE html><table>", "B2120"),
        ("<html><table>".encode("utf-16"), "B2120"),
        (b'<?xml version="1.0"?><Workbook>', "B2120"),
        (b"Rar!\x1a\x07", "B2120"),
        (b"Nama\0\0HP\n", "B2120"),
        (b"", "B2127"),
        (b"\xef\xbb\xbf\r\n \n", "B2127"),
        (b"PK\x03\x04 not really", "B2126"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 600, "B2126"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "B2126"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    assert refusal(written(tmp_path / "data.xlsx", content)) == code


def test_a_file_above_100_mb_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "besar.csv"
    with path.open("wb") as file:
        file.truncate(limits.FILE_SIZE + 1)
    assert refusal(path) == "B1104"


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"xl/vbaProject.bin": b"x"}, "B2121"),
        ({"XL/VBAPROJECT.BIN": b"x"}, "B2121"),
        ({"xl/activeX/activeX1.xml": b"<x/>"}, "B2121"),
        ({"xl/macrosheets/sheet1.xml": b"<x/>"}, "B2121"),
        ({"[Content_Types].xml": lambda old: old.replace(b"sheet.main", b"sheet.macroEnabled.main")}, "B2121"),
        ({"xl/externalLinks/externalLink1.xml": b"<x/>"}, "B2123"),
        ({"xl/connections.xml": b"<x/>"}, "B2123"),
        ({"xl/embeddings/oleObject1.bin": b"x"}, "B2123"),
        ({"xl/sharedStrings.xml": lambda old: b'<!DOCTYPE s [<!ENTITY a "b">]>' + old}, "B2125"),
        ({"docProps/app.xml": lambda old: old.decode().encode("utf-16")}, "B2125"),
        ({"xl/worksheets/sheet1.xml": lambda old: old.replace(b'r="B5"', b'r="XFD1048576"')}, "B2128"),
    ],
)
def test_hostile_workbooks_are_refused_before_they_are_opened(tmp_path: Path, parts: dict, code: str) -> None:
    assert refusal(makers.repacked(makers.xlsx(tmp_path / "a.xlsx"), **parts)) == code


def test_links_in_cells_are_harmless(tmp_path: Path) -> None:
    relations = b'<Relationships><Relationship Target="mailto:a@b.id" TargetMode="External"/></Relationships>'
    path = makers.repacked(makers.xlsx(tmp_path / "a.xlsx"), **{"xl/worksheets/_rels/sheet1.xml.rels": relations})
    assert inspect(path).format == Format.XLSX


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"manifest": b"<manifest:encryption-data/>"}, "B2122"),
        ({"Basic/Standard/Module1.xml": b"<x/>"}, "B2121"),
        ({"extra": "<office:scripts><script:event-listener/></office:scripts>"}, "B2121"),
        ({"extra": '<table:table-source href="http://x"/>'}, "B2123"),
        ({"extra": "<table:dde-link/>"}, "B2123"),
    ],
)
def test_hostile_open_documents_are_refused(tmp_path: Path, options: dict, code: str) -> None:
    assert refusal(makers.ods(tmp_path / "a.ods", **options)) == code


def test_an_open_document_that_repeats_a_filled_cell_without_end_is_refused(tmp_path: Path) -> None:
    repeated = (
        '<office:body><table:table table:name="x"><table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell table:number-columns-repeated="16384" office:value-type="string"/>'
        "</table:table-row></table:table></office:body>"
    )
    assert refusal(makers.ods(tmp_path / "a.ods", extra=repeated)) == "B2128"


def test_blank_rows_repeated_to_the_end_are_normal(tmp_path: Path) -> None:
    blank = (
        '<table:table table:name="x"><table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )
    assert inspect(makers.ods(tmp_path / "a.ods", extra=blank)).format == Format.ODS


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"records": struct.pack("<HHHHH", 0x2F, 6, 1, 1, 1)}, "B2122"),
        ({"records": struct.pack("<HHHH", 0x1AE, 4, 1, 0x0012)}, "B2123"),
        ({"records": struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 0x0040, 0, 0, 0, 0)}, "B2121"),
        ({"records": struct.pack("<HH", 0x1AE, 0)}, "B2126"),
        ({"streams": {"_VBA_PROJECT_CUR": b"x"}}, "B2121"),
        ({"table": [["x"]] + [[]] * 60_000 + [[""] * 255 + ["y"]]}, "B2128"),
    ],
)
def test_hostile_old_workbooks_are_refused(tmp_path: Path, options: dict, code: str) -> None:
    assert refusal(makers.xls(tmp_path / "a.xls", **options)) == code


def test_references_within_the_workbook_are_harmless(tmp_path: Path) -> None:
    own = struct.pack("<HHHH", 0x1AE, 4, 1, 0x0401)
    assert inspect(makers.xls(tmp_path / "a.xls", records=own)).format == Format.XLS


@pytest.mark.parametrize(
    ("streams", "code"),
    [
        ({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b"x"}, "B2122"),
        ({"WordDocument": b"x" * 5000}, "B2120"),
        ({"Anything": b"x" * 5000}, "B2120"),
    ],
)
def test_other_compound_files(tmp_path: Path, streams: dict[str, bytes], code: str) -> None:
    assert refusal(makers.compound(tmp_path / "a.xls", streams)) == code


def test_a_compound_file_whose_chain_bites_its_tail_is_damaged(tmp_path: Path) -> None:
    path = makers.xls(tmp_path / "a.xls")
    content = bytearray(path.read_bytes())
    content[512 + 4 * 2 : 512 + 4 * 3] = struct.pack("<I", 2)
    assert refusal(written(path, bytes(content))) == "B2126"


def test_a_zip_bomb_is_refused_from_its_directory(tmp_path: Path) -> None:
    path = makers.repacked(makers.xlsx(tmp_path / "a.xlsx"), **{"xl/media/x.xml": b"0" * (limits.RATIO_FROM + 1)})
    assert refusal(path) == "B2124"


def test_parts_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    path = makers.xlsx(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path, "a") as file:
        twin = zipfile.ZipInfo("xl/twin.xml")
        source = file.getinfo("xl/workbook.xml")
        twin.header_offset, twin.compress_size, twin.file_size = (
            source.header_offset,
            source.compress_size,
            source.file_size,
        )
        twin.compress_type, twin.CRC = source.compress_type, source.CRC
        file.filelist.append(twin)
        file.NameToInfo[twin.filename] = twin
        file._didModify = True
    assert refusal(path) == "B2126"


def test_a_directory_that_lies_about_a_size_is_refused(tmp_path: Path) -> None:
    path = makers.xlsx(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path, "a") as file:
        file.getinfo("xl/worksheets/sheet1.xml").file_size = 10
        file._didModify = True
    assert refusal(path) == "B2126"


def test_a_locked_zip_is_refused(tmp_path: Path) -> None:
    path = makers.xlsx(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path, "a") as file:
        file.getinfo("xl/workbook.xml").flag_bits |= 1
        file._didModify = True
    assert refusal(path) == "B2122"


def test_other_packed_files_are_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as file:
        file.writestr("word/document.xml", "<x/>")
    with pytest.raises(Refusal, match="dokumen Word"):
        inspect(tmp_path / "a.docx")


@pytest.mark.parametrize("cut", range(100, 6000, 500))
def test_a_file_cut_short_never_breaks_the_reader(tmp_path: Path, cut: int) -> None:
    for make in (makers.xlsx, makers.xls, makers.ods):
        path = make(tmp_path / "a")
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) * cut // 6500])
        with pytest.raises(Refusal) as caught:
            list(Book(path).sheet("Data").rows())
        assert caught.value.problem.code in {"B2126", "B2120"}
