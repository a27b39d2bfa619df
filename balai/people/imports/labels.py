"""What fields are called on pages and in tables, and how their values are shown there."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from balai.common import formats, phone
from balai.people.spreadsheets.cells import text
from balai.people.spreadsheets.headers import Field

from . import vault
from .models import Row

FIELDS = {
    Field.NAME: _("Nama Lengkap"),
    Field.NIK: _("NIK"),
    Field.SEX: _("L/P"),
    Field.BIRTH_DATE: _("Tanggal Lahir"),
    Field.PHONE: _("Nomor HP"),
    Field.POSITION: _("Jabatan"),
    Field.VILLAGE: _("Desa/Kelurahan"),
    Field.DISTRICT: _("Kecamatan"),
    Field.REGENCY: _("Kabupaten/Kota"),
    Field.CODE: _("Kode Wilayah"),
    Field.NIP: _("NIP"),
    Field.EMAIL: _("Email"),
}
PLACES = (Field.VILLAGE, Field.DISTRICT, Field.REGENCY, Field.CODE)
#: Fields of a person that are no columns, or other than their column.
OTHERS = {"region": _("Wilayah"), "person": _("Orang")}
_HIDDEN = "•"


def label(field: str) -> str:
    """What ``field`` is called."""
    return str(OTHERS.get(field) or FIELDS[Field(field)])


def shown(field: str, value: str, regions: dict[str, str] | None = None) -> str:
    """An understood value as people read it; ``regions``: names by id."""
    if not value:
        return "–"
    if field == "phone":
        return phone.shown(value)
    if field == "birth_date":
        return formats.day(date.fromisoformat(value))
    return (regions or {}).get(value, value) if field == "region" else value


def typed(row: Row, field: str) -> str:
    """What stands in the cell. Of a NIK only the beginning: what is wrong with it is said in words."""
    if field != Field.NIK:
        return text(row.cells.get(field, ""))
    said = text(vault.unlock_cell(bytes(row.nik)))
    return said[:6] + _HIDDEN * (len(said) - 6) if said else ""
