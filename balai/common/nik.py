"""NIK, the 16 digits of an Indonesian identity card: reading, checking, masking.

Six digits of the kecamatan of first registration, the birth date as DDMMYY (the day + 40 for women), four
digits of a serial that starts at 0001 (Permendagri 102/2019; UU 24/2013 on the meaning of the number).
Wrong digits are refused; a region or a birth date that does not fit is only worth a look, because a NIK
keeps the region and the date of the day it was given.
"""

import calendar
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from .problems import Problem, Refusal

_ROW_IS_KEPT = _("Isian lain di baris ini tidak terpengaruh.")

DIGITS_LOST = Problem(
    "B2101",
    422,
    _("Angka NIK ini hilang sebagian: Excel menyimpannya sebagai bilangan ({shown})."),
    _ROW_IS_KEPT,
    _("Ubah kolom NIK menjadi Teks, lalu ketik ulang 16 angkanya dari KTP."),
)
LENGTH = Problem(
    "B2102", 422, _("NIK harus 16 angka; di sini ada {count}."), _ROW_IS_KEPT, _("Ketik ulang 16 angkanya dari KTP.")
)
NOT_DIGITS = Problem(
    "B2103",
    422,
    _("NIK hanya berisi angka; di sini ada tanda lain."),
    _ROW_IS_KEPT,
    _("Ketik ulang 16 angkanya dari KTP."),
)
NO_SUCH_DATE = Problem(
    "B2104",
    422,
    _("Tanggal lahir di dalam NIK ini tidak ada di kalender."),
    _ROW_IS_KEPT,
    _("Periksa angka ke-7 sampai ke-12 pada KTP (tanggal, bulan, tahun; perempuan: tanggal ditambah 40)."),
)

_SEPARATORS = re.compile(r"[\s.\-'’`\u200b\u200e\ufeff]")
_SCIENTIFIC = re.compile(r"\d[.,]?\d*[eE]\+?\d{1,2}")
_WHOLE_FRACTION = re.compile(r"(\d{15,17})[.,]0+")
_HIDDEN = "•" * 10


class Doubt(StrEnum):
    """What does not fit and may still be right."""

    REGION = "nik_region"
    BIRTH_DATE = "nik_birth_date"
    SEX = "nik_sex"


@dataclass(frozen=True)
class Nik:
    """A NIK that passed the hard checks. Printing it shows the mask, so it cannot slip into a log."""

    digits: str

    @property
    def region(self) -> str:
        """The kecamatan that gave it out, as a dotted code: ``18.02.05``."""
        return f"{self.digits[:2]}.{self.digits[2:4]}.{self.digits[4:6]}"

    @property
    def sex(self) -> str:
        """``L`` or ``P``."""
        return "P" if int(self.digits[6:8]) > 40 else "L"

    @property
    def day_month(self) -> tuple[int, int]:
        return int(self.digits[6:8]) % 40, int(self.digits[8:10])

    @property
    def year(self) -> int:
        """The last two digits of the year of birth."""
        return int(self.digits[10:12])

    @property
    def mask(self) -> str:
        return masked(self.digits)

    def fits(self, birth_date: date) -> bool:
        """Whether somebody born on ``birth_date`` would get these digits."""
        return (birth_date.day, birth_date.month, birth_date.year % 100) == (*self.day_month, self.year)

    def __repr__(self) -> str:
        return f"Nik({self.mask})"

    __str__ = __repr__


def masked(digits: str) -> str:
    """The form that is shown: only where it was given out.

    Birth date and sex are often known beside it, so the serial and the date are what must stay hidden.
    """
    return digits[:6] + _HIDDEN


def read(value: object) -> Nik:
    """The NIK in a cell or a form field (text, or a number as a spreadsheet gives it). Raises ``Refusal``."""
    digits = _digits_of_number(value) if isinstance(value, int | float) else _digits_of_text(str(value))
    if len(digits) != 16:
        raise Refusal(LENGTH, count=len(digits))
    if digits.endswith("0000"):
        raise Refusal(DIGITS_LOST, shown=_rounded(digits))
    nik = Nik(digits)
    if not _exists(nik):
        raise Refusal(NO_SUCH_DATE)
    return nik


def doubts(
    nik: Nik, region_exists: Callable[[str], bool], birth_date: date | None = None, sex: str = ""
) -> list[Doubt]:
    """What a person should look at: an unknown region code, another birth date or sex than stated."""
    found = []
    if not region_exists(nik.region):
        found.append(Doubt.REGION)
    if birth_date and not nik.fits(birth_date):
        found.append(Doubt.BIRTH_DATE)
    if sex and sex != nik.sex:
        found.append(Doubt.SEX)
    return found


def _digits_of_number(number: int | float) -> str:
    """Excel keeps 15 digits: of a number with 16, the last one is gone (it became 0)."""
    digits = f"{number:.0f}"
    if len(digits) == 16 and digits.endswith("0"):
        raise Refusal(DIGITS_LOST, shown=_rounded(digits))
    if not digits.isdecimal():
        raise Refusal(NOT_DIGITS)
    return digits


def _digits_of_text(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip()
    if _SCIENTIFIC.fullmatch(plain.lstrip("'’`")):
        raise Refusal(DIGITS_LOST, shown=plain.lstrip("'’`"))
    fraction = _WHOLE_FRACTION.fullmatch(plain)
    if fraction:
        return _digits_of_number(int(fraction[1]))
    digits = _SEPARATORS.sub("", plain)
    if digits and not (digits.isascii() and digits.isdecimal()):
        raise Refusal(NOT_DIGITS)
    return digits


def _rounded(digits: str) -> str:
    """How Excel shows what it kept: ``1.80205E+15``."""
    return f"{float(digits):.5E}"


def _exists(nik: Nik) -> bool:
    day, month = nik.day_month
    raw_day = int(nik.digits[6:8])
    if not 1 <= month <= 12 or not (1 <= raw_day <= 31 or 41 <= raw_day <= 71):
        return False
    return any(day <= calendar.monthrange(century + nik.year, month)[1] for century in (1900, 2000))
