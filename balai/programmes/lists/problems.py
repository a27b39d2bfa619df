"""Why a row of a list, or the list, is not sent."""

from django.utils.translation import gettext_lazy as _

from balai.common.problems import Problem

_ROW = _("Baris lain tidak terpengaruh.")
_NOTHING = _("Tidak ada yang didaftarkan.")

UNKNOWN_PERSON = Problem(
    "B3120",
    422,
    _("Tidak ada orang di wilayah Anda dengan nama, NIK, atau nomor HP ini."),
    _ROW,
    _("Periksa ejaan nama dan desanya, atau masukkan dulu orangnya lewat Orang, Impor dari Excel."),
)
SEVERAL_PEOPLE = Problem(
    "B3121",
    422,
    _("Cocok dengan beberapa orang: {names}."),
    _ROW,
    _("Isi NIK atau nomor HP-nya supaya pasti yang mana."),
)
ONLY_ALIKE = Problem(
    "B3122",
    422,
    _("Namanya mirip {names}, tetapi tidak sama."),
    _ROW,
    _("Bila itu orangnya, samakan namanya atau isi NIK; lalu unggah lagi."),
)
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
TOO_MANY_ROWS = Problem(
    "B3125",
    422,
    _("Daftar ini lebih dari {limit} baris."),
    _NOTHING,
    _("Bagi menjadi beberapa berkas, misalnya satu berkas tiap kecamatan."),
)
BUSY = Problem(
    "B3126",
    409,
    _("Daftar ini sedang dikerjakan."),
    _("Pekerjaan itu tetap berjalan."),
    _("Tunggu sampai selesai."),
)
BROKEN = Problem(
    "B3127",
    500,
    _("Ada kesalahan di server Balai saat mengerjakan daftar ini."),
    _("Yang sudah didaftarkan tetap terdaftar."),
    _("Coba lagi. Bila berulang, sampaikan kode {reference} kepada pengelola."),
)
