import pytest

from balai.people.spreadsheets import headers
from balai.people.spreadsheets.books import Row
from balai.people.spreadsheets.headers import Field, Header


def rows(*tables: tuple) -> list[Row]:
    return [Row(number, list(cells)) for number, cells in enumerate(tables, 1)]


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        (Field.PHONE, "No. HP|HP|Nomor Telepon|no hp/wa|WhatsApp|Telp.|NOMOR HANDPHONE|Kontak"),
        (Field.NAME, "Nama|Nama Lengkap|NAMA (dengan gelar)|Nama Kepala Desa|Nama Perangkat Desa"),
        (Field.NIK, "NIK|N.I.K|No. KTP|Nomor Induk Kependudukan"),
        (Field.NIP, "NIP|N I P|NIP."),
        (Field.SEX, "L/P|JK|J.K.|Jenis Kelamin|Jenis Kelamin (L/P)|Sex"),
        (
            Field.BIRTH_DATE,
            "Tgl Lahir|Tanggal Lahir|Tgl. Lahir (dd/mm/yyyy)|TTL|Tempat, Tanggal Lahir|Tempat/Tgl Lahir",
        ),
        (Field.VILLAGE, "Desa|Desa/Kel|Kelurahan|NAMA DESA / KELURAHAN|Kampung|Pekon|Nagari|Gampong"),
        (Field.DISTRICT, "Kecamatan|Kec.|KEC"),
        (Field.REGENCY, "Kabupaten|Kab/Kota|Kabupaten/Kota"),
        (Field.CODE, "Kode Wilayah|Kode Desa|KODE"),
        (Field.EMAIL, "Email|E-mail|Surel|Alamat Email"),
        (Field.POSITION, "Jabatan|Nama Jabatan|JABATAN DI DESA"),
        (None, "No|No.|Nomor|Keterangan|Tempat Lahir|No. SK|NIPD|No. Rekening|Alamat|"),
    ],
)
def test_columns_are_matched_loosely(wanted: Field | None, titles: str) -> None:
    assert {headers.field_of(title) for title in titles.split("|")} == {wanted}


def test_the_header_is_found_below_titles() -> None:
    found = headers.find(
        rows(
            ("PEMERINTAH KABUPATEN LAMPUNG TENGAH",),
            ("KECAMATAN TERBANGGI BESAR",),
            ("DAFTAR NAMA PERANGKAT DESA DAN NOMOR HP",),
            (),
            ("No", "Nama", "NIK", "No HP"),
            (1, "Desa Suparman", "1802", "0812"),
        )
    )
    assert (found.row, found.columns) == (5, {1: Field.NAME, 2: Field.NIK, 3: Field.PHONE})


def test_a_header_of_two_rows_with_merged_cells() -> None:
    found = headers.find(
        rows(
            ("No", "Nama Lengkap", "Alamat", "", "Kontak", ""),
            ("", "", "Desa", "Kecamatan", "No. HP", "Email"),
            (1, "Siti", "Poncowati", "Terbanggi Besar", "0812", ""),
        )
    )
    assert found == Header(
        2,
        {0: "No", 1: "Nama Lengkap", 2: "Desa", 3: "Kecamatan", 4: "No. HP", 5: "Email"},
        {1: Field.NAME, 2: Field.VILLAGE, 3: Field.DISTRICT, 4: Field.PHONE, 5: Field.EMAIL},
    )


def test_a_heading_below_the_header_is_no_second_row_of_it() -> None:
    found = headers.find(rows(("No", "Nama", "NIK", "HP"), ("Desa Poncowati",), (1, "Siti", "1802", "0812")))
    assert (found.row, found.columns) == (1, {1: Field.NAME, 2: Field.NIK, 3: Field.PHONE})


def test_without_a_header_nothing_is_guessed() -> None:
    found = headers.find(rows(("Siti", "0812"), ("Budi", "0813")))
    assert (found.row, found.columns, found.is_certain) == (0, {}, False)


def test_a_column_is_taken_once_the_first_time() -> None:
    assert headers.at(rows(("Nama", "Nama Ibu", "HP", "HP 2")), 1).columns == {0: Field.NAME, 2: Field.PHONE}


def test_the_row_that_numbers_the_columns() -> None:
    assert [
        headers.is_numbering(cells)
        for cells in (["(1)", "(2)", "(3)"], ["1", "2", "3", "4"], ["1", "Siti", "x"], ["1"], ["3", "2", "1"])
    ] == [
        True,
        True,
        False,
        False,
        False,
    ]
