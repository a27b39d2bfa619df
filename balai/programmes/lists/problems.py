"""Why a row of a list, or the list, is not sent."""

from django.utils.translation import gettext_lazy as _

from balai.common.problems import Problem

_ROW = _("Baris lain tidak terpengaruh.")

TWICE = Problem(
    "B3123",
    422,
    _("Orang ini sudah ada di baris {row} untuk tema yang sama."),
    _ROW,
    _("Hapus salah satu barisnya."),
)
UNKNOWN_THEME = Problem(
    "B3124",
    422,
    _("Tema “{typed}” tidak ditawarkan di angkatan ini."),
    _ROW,
    _("Tulis judul temanya seperti di halaman angkatan."),
)
BROKEN = Problem(
    "B3127",
    500,
    _("Ada kesalahan di server Balai saat mengerjakan daftar ini."),
    _("Yang sudah didaftarkan tetap terdaftar."),
    _("Coba lagi. Bila berulang, sampaikan kode {reference} kepada pengelola."),
)
