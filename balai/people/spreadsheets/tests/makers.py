"""Makes the files that offices (and attackers) send: no binary file is kept in the repository."""

import io
import struct
import zipfile
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

import xlsxwriter

from balai.people.spreadsheets.compound import SIGNATURE

Table = Sequence[Sequence[Any]]
PEOPLE: Table = (
    ("PEMERINTAH KABUPATEN LAMPUNG TENGAH",),
    ("DAFTAR PERANGKAT DESA TAHUN 2026",),
    (),
    ("No", "Nama Lengkap", "NIK", "No. HP", "Desa"),
    (1, "Siti Aminah, S.Pd.", "1802075510800001", "0812-3456-7890", "Karang Endah"),
    (2, "Sutrisno", "1802071510790002", 81234567891, "Karang Endah"),
)


def xlsx(path: Path, *sheets: tuple[str, Table], merges: Sequence[tuple[str, str]] = ()) -> Path:
    """A workbook; a cell ``("=A1", value)`` is a formula with its kept result; merges are ``("B5:B9", value)``."""
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    for name, table in sheets or (("Data", PEOPLE),):
        sheet = book.add_worksheet(name)
        for r, row in enumerate(table):
            for c, cell in enumerate(row):
                if isinstance(cell, tuple):
                    sheet.write_formula(r, c, cell[0], None, cell[1])
                elif cell != "":
                    sheet.write(r, c, cell)
        for place, value in merges:
            sheet.merge_range(place, value)
    book.close()
    return path


def repacked(path: Path, **changes: Any) -> Path:
    """The same ZIP with parts added or replaced (``{"xl/vbaProject.bin": b""}``); a callable edits the part."""
    parts = {}
    with zipfile.ZipFile(path) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    for name, change in changes.items():
        parts[name] = change(parts[name]) if callable(change) else change
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return path


def ods(path: Path, table: Table = PEOPLE, *, sheet: str = "Data", extra: str = "", **parts: bytes) -> Path:
    """An OpenDocument table; ``extra`` is put before the first table."""
    rows = "".join("<table:table-row>" + "".join(map(_ods_cell, row)) + "</table:table-row>" for row in table)
    names = " ".join(
        f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
        for p, n in (("office", "office"), ("table", "table"), ("text", "text"), ("script", "script"))
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {names} office:version="1.2">{extra}<office:body>'
        f'<office:spreadsheet><table:table table:name="{sheet}">{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        file.writestr("META-INF/manifest.xml", parts.pop("manifest", b"<manifest/>"))
        file.writestr("content.xml", content)
        for name, data in parts.items():
            file.writestr(name, data)
    return path


def _ods_cell(cell: Any) -> str:
    if isinstance(cell, tuple):
        return (
            f'<table:table-cell table:formula="of:{escape(cell[0])}" office:value-type="string">'
            f"<text:p>{escape(str(cell[1]))}</text:p></table:table-cell>"
        )
    if cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{cell}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'


#: The parsed expression of a formula in .xls: the number 2.
EXPRESSION = b"\x1e\x02\x00"


def xls(path: Path, table: Table = PEOPLE, *, records: bytes = b"", streams: dict[str, bytes] | None = None) -> Path:
    """A BIFF8 workbook with one sheet; ``records`` are put at the start of the workbook stream's globals."""
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    height, width = len(table), max(map(len, table))
    sheet += _record(0x0200, struct.pack("<IIHHH", 0, height, 0, width, 0))
    for r, row in enumerate(table):
        sheet += b"".join(_xls_cell(r, c, cell) for c, cell in enumerate(row) if cell != "")
    sheet += _record(0x000A, b"")
    head = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + records
    name = b"Data"
    length = len(head) + 4 + 8 + len(name) + 4
    head += _record(0x0085, struct.pack("<IBBBB", length, 0, 0, len(name), 0) + name) + _record(0x000A, b"")
    return compound(path, {"Workbook": (head + sheet).ljust(8192, b"\0"), **(streams or {})})


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _xls_cell(row: int, column: int, cell: Any) -> bytes:
    if isinstance(cell, tuple):
        value, expression = struct.pack("<d", float(cell[1])), cell[0] if isinstance(cell[0], bytes) else EXPRESSION
        return _record(
            0x0006,
            struct.pack("<HHH", row, column, 0) + value + struct.pack("<HIH", 0, 0, len(expression)) + expression,
        )
    if isinstance(cell, int | float):
        return _record(0x0203, struct.pack("<HHHd", row, column, 0, cell))
    return _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(cell), 1) + cell.encode("utf-16-le"))


def compound(path: Path, streams: dict[str, bytes]) -> Path:
    """A compound file ([MS-CFB]) with these streams, each in whole sectors of 512 bytes."""
    end, free, table_mark = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
    names = ["Root Entry", *streams]
    directory_sectors = -(-len(names) // 4)
    sizes = [-(-len(data) // 512) for data in streams.values()]
    total = sum(sizes) + directory_sectors
    tables = next(n for n in range(1, 100) if n * 128 >= total + n)
    links = [table_mark] * tables
    links += [tables + i + 1 for i in range(directory_sectors - 1)] + [end]
    starts = []
    for size in sizes:
        starts.append(len(links))
        links += [len(links) + 1 + i for i in range(size - 1)] + [end]
    links += [free] * (tables * 128 - len(links))
    entries = b""
    for place, name in enumerate(names):
        kind, first, size = (5, end, 0) if place == 0 else (2, starts[place - 1], len(streams[name]))
        written = name.encode("utf-16-le") + b"\0\0"
        child = 1 if place == 0 and streams else free
        right = place + 1 if 0 < place < len(names) - 1 else free
        entries += written.ljust(64, b"\0") + struct.pack("<HBBIII", len(written), kind, 1, free, right, child)
        entries += b"\0" * 36 + struct.pack("<IQ", first, size)
    header = struct.pack("<8s16x5H6x", SIGNATURE, 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, tables, tables, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", *(list(range(tables)) + [free] * (109 - tables)))
    body = io.BytesIO()
    body.write(header + struct.pack(f"<{len(links)}I", *links) + entries.ljust(directory_sectors * 512, b"\0"))
    for data in streams.values():
        body.write(data.ljust(-(-len(data) // 512) * 512, b"\0"))
    path.write_bytes(body.getvalue())
    return path
