"""Mobile phone numbers as Indonesians write them, in one form: E.164, ``+6281234567890``.

The national part of a mobile number starts with 8 and has 9 to 12 digits (Permenkominfo 14/2018, numbering
plan). A spreadsheet that took the number for a quantity dropped the leading zero; that is mended, because
nothing else in Indonesia starts with 8 and has this length.
"""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from .problems import Problem, Refusal

_ROW_IS_KEPT = _("Isian lain di baris ini tidak terpengaruh.")

NOT_A_NUMBER = Problem(
    "B2105",
    422,
    _("Nomor HP berisi huruf atau tanda lain."),
    _ROW_IS_KEPT,
    _("Tulis satu nomor HP, misalnya 0812-3456-7890."),
)
DIGITS_LOST = Problem(
    "B2106",
    422,
    _("Angka nomor HP ini hilang sebagian: Excel menyimpannya sebagai bilangan ({shown})."),
    _ROW_IS_KEPT,
    _("Ubah kolom nomor HP menjadi Teks, lalu ketik ulang nomornya."),
)
SEVERAL = Problem(
    "B2107",
    422,
    _("Ada lebih dari satu nomor HP."),
    _ROW_IS_KEPT,
    _("Pilih satu nomor, nomor yang paling sering dipakai."),
)
LENGTH = Problem(
    "B2108",
    422,
    _("Nomor HP ini {count} angka; nomor HP Indonesia 10 sampai 13 angka."),
    _ROW_IS_KEPT,
    _("Periksa lagi nomornya: mungkin ada angka yang kurang atau lebih."),
)
NOT_MOBILE = Problem(
    "B2109",
    422,
    _("Ini bukan nomor HP Indonesia."),
    _ROW_IS_KEPT,
    _("Tulis nomor HP yang diawali 08 atau +628; nomor telepon kantor tidak dapat dipakai masuk."),
)

_SEPARATORS = re.compile(r"[\s.\-()'’`\u2010-\u2015\u200b\u200e\u202a-\u202e\ufeff]")
_SCIENTIFIC = re.compile(r"\d[.,]?\d*[eE]\+?\d{1,2}")
_WHOLE_FRACTION = re.compile(r"(\d{9,15})[.,]0+")
_BETWEEN_NUMBERS = re.compile(r"[/,;&]|\bdan\b|\batau\b", re.IGNORECASE)
_COUNTRY = re.compile(r"^(?:\+|00)?62")


def read(value: object) -> str:
    """The phone number in a cell or a form field, as E.164. Raises ``Refusal``."""
    plain = f"{value:.0f}" if isinstance(value, int | float) else _plain(str(value))
    digits = _SEPARATORS.sub("", plain)
    if not re.fullmatch(r"\+?[0-9]+", digits):
        raise Refusal(NOT_A_NUMBER)
    national = _COUNTRY.sub("", digits).lstrip("0")
    if digits.startswith("+") and not digits.startswith("+62"):
        raise Refusal(NOT_MOBILE)
    if not national.startswith("8"):
        raise Refusal(NOT_MOBILE)
    if not 9 <= len(national) <= 12:
        raise Refusal(LENGTH, count=len(national) + 1)
    return f"+62{national}"


def shown(number: str) -> str:
    """An E.164 number as people write it: ``0812-3456-7890``; anything else as it is."""
    if not number.startswith("+62"):
        return number
    digits = "0" + number[3:]
    return "-".join(part for part in (digits[:4], digits[4:8], digits[8:]) if part)


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip().lstrip("'’`")
    if _SCIENTIFIC.fullmatch(plain):
        raise Refusal(DIGITS_LOST, shown=plain)
    fraction = _WHOLE_FRACTION.fullmatch(plain)
    if fraction:
        return fraction[1]
    if len([part for part in _BETWEEN_NUMBERS.split(plain) if len(re.findall(r"\d", part)) >= 8]) > 1:
        raise Refusal(SEVERAL)
    return re.sub(r"^(?:hp|wa|telp?|no)\b[.:\s]*", "", plain, flags=re.IGNORECASE)


def normalised(text: str) -> str:
    """``text`` as E.164, or "" when it is no mobile number: for looking up what somebody typed."""
    try:
        return read(text)
    except Refusal:
        return ""
