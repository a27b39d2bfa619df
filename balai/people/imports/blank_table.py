"""The empty table to download: text columns (Excel keeps every digit), choices, the villages, a page of help."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from balai.people.spreadsheets.headers import Field
from balai.regions.models import RegionQuerySet

from . import labels

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: Rows that are prepared.
_ROWS = 2_000
#: Above so many villages they are not listed: the file would grow too large for a phone.
_VILLAGES = 3_000
_COLUMNS: tuple[tuple[Field, int], ...] = (
    (Field.NAME, 34),
    (Field.NIK, 20),
    (Field.SEX, 6),
    (Field.BIRTH_DATE, 16),
    (Field.PHONE, 18),
    (Field.POSITION, 28),
    (Field.VILLAGE, 24),
    (Field.DISTRICT, 24),
    (Field.CODE, 16),
    (Field.NIP, 22),
    (Field.EMAIL, 26),
)


def workbook(regions: RegionQuerySet) -> bytes:
    """An .xlsx with the sheets Data, Wilayah (villages of ``regions``) and Petunjuk."""
    import xlsxwriter  # 10 MB of memory that most processes never need

    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        head = book.add_format({"bold": True, "bg_color": "#0E5A5A", "font_color": "#FFFFFF", "text_wrap": True})
        districts = _write_regions(book, head, regions)
        _write_data(book, head, districts)
        _write_help(book, head)
        book.get_worksheet_by_name(_("Data")).activate()
    return buffer.getvalue()


def _write_data(book: "Workbook", head: Any, districts: int) -> None:
    sheet = book.add_worksheet(_("Data"))
    text = book.add_format({"num_format": "@"})
    for column, (field, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width, text)
        sheet.write_string(0, column, labels.label(field), head)
        _offer(sheet, column, field, districts)
    sheet.freeze_panes(1, 1)


def _offer(sheet: "Worksheet", column: int, field: Field, districts: int) -> None:
    """Choices in the cells of ``column``; other answers stay possible."""
    choices: dict[str, Any] = {"validate": "list", "error_type": "warning", "ignore_blank": True}
    if field == Field.SEX:
        choices |= {"source": ["L", "P"]}
    elif field == Field.POSITION:
        choices |= {"source": positions()}
    elif field == Field.DISTRICT and districts:
        choices |= {"source": f"='{_('Wilayah')}'!$E$2:$E${districts + 1}"}
    else:
        return
    sheet.data_validation(1, column, _ROWS, column, choices)


def positions() -> list[str]:
    """The positions that are offered."""
    offices = [_("Kepala Desa"), _("Sekretaris Desa"), _("Kaur Keuangan"), _("Kaur Perencanaan"), _("Kaur Umum")]
    offices += [_("Kasi Pemerintahan"), _("Kasi Kesejahteraan"), _("Kasi Pelayanan"), _("Kepala Dusun")]
    return [*offices, _("Anggota BPD"), _("Pengelola Perpustakaan")]


def _write_regions(book: "Workbook", head: Any, regions: RegionQuerySet) -> int:
    """The villages with their codes, and the names of the kecamatan once; returns how many of those there are."""
    villages = list(regions.filter(level=4).order_by("code").values_list("code", "name")[: _VILLAGES + 1])
    if not villages or len(villages) > _VILLAGES:
        return 0
    districts = dict(regions.filter(level=3).order_by("code").values_list("code", "name"))
    sheet = book.add_worksheet(_("Wilayah"))
    for column, (title, width) in enumerate(((_("Kode Wilayah"), 16), (_("Desa/Kelurahan"), 28), (_("Kecamatan"), 24))):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, head)
    for line, (code, name) in enumerate(villages, 1):
        for column, word in enumerate((code, name, districts.get(code[:8], ""))):
            sheet.write_string(line, column, word)
    sheet.write_string(0, 4, _("Kecamatan"), head)
    for line, name in enumerate(districts.values(), 1):
        sheet.write_string(line, 4, name)
    return len(districts)


def _write_help(book: "Workbook", head: Any) -> None:
    sheet = book.add_worksheet(_("Petunjuk"))
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 90, book.add_format({"text_wrap": True, "valign": "top"}))
    sheet.write_row(0, 0, [_("Kolom"), _("Cara mengisi")], head)
    for line, (field, words) in enumerate(_help(), 1):
        sheet.write_string(line, 0, labels.label(field))
        sheet.write_string(line, 1, words)
    sheet.write_string(len(_help()) + 2, 0, _("Yang wajib hanya nama dan wilayah. Urutan kolom boleh diubah."))


def _help() -> list[tuple[Field, str]]:
    return [
        (Field.NAME, _("Wajib. Dengan gelar, seperti yang akan dicetak di sertifikat.")),
        (Field.NIK, _("16 angka dari KTP, sebagai teks. Disimpan tersegel dan hanya dipakai untuk mengenali orang.")),
        (Field.SEX, _("L atau P.")),
        (Field.BIRTH_DATE, _("Misalnya 15/10/1980 atau 15 Oktober 1980.")),
        (Field.PHONE, _("Satu nomor HP, misalnya 0812-3456-7890. Dipakai untuk masuk.")),
        (Field.POSITION, _("Misalnya Sekretaris Desa. Boleh ditulis sendiri.")),
        (Field.VILLAGE, _("Nama desa atau kelurahan, seperti di lembar Wilayah.")),
        (Field.DISTRICT, _("Nama kecamatan. Cukup kecamatan saja untuk orang yang bekerja di kecamatan.")),
        (Field.CODE, _("Boleh kosong. Bila diisi, kode inilah yang dipakai.")),
        (Field.NIP, _("18 angka, hanya untuk ASN.")),
        (Field.EMAIL, _("Boleh kosong.")),
    ]
