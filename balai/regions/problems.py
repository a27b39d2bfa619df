"""Refusals of the room (B20xx)."""

from django.utils.translation import gettext_lazy as _

from balai.common.problems import Problem

_UNCHANGED = _("Tidak ada yang berubah.")

NO_AUTHORITY = Problem(
    "B2001",
    403,
    _("Wilayah ini di luar wilayah tugas Anda."),
    _UNCHANGED,
    _("Minta koordinator wilayah itu, atau admin nasional."),
)
CODE_TAKEN = Problem(
    "B2002",
    409,
    _("Kode {code} sedang dipakai oleh {region}."),
    _UNCHANGED,
    _("Periksa lagi kodenya di keputusan Kemendagri, atau akhiri dulu wilayah yang memakainya."),
)
CODE_MISFIT = Problem(
    "B2003",
    422,
    _("Kode {code} tidak cocok: tingkatnya lain, atau belum ada wilayah di atasnya."),
    _UNCHANGED,
    _("Isi kode lengkap, misalnya 18.02.07.2009, dan catat dulu wilayah di atasnya."),
)
HAS_PARTS = Problem(
    "B2004",
    409,
    _("Masih ada {count} wilayah di bawah {region}."),
    _UNCHANGED,
    _("Beri kode baru kepada wilayah di bawahnya, atau akhiri dulu."),
)
ENDED = Problem(
    "B2005",
    409,
    _("{region} sudah berakhir."),
    _UNCHANGED,
    _("Pilih wilayah penggantinya."),
)
NO_CHANGE = Problem(
    "B2006",
    422,
    _("Isian ini sama dengan yang sudah tercatat."),
    _UNCHANGED,
    _("Ubah dulu salah satu isian."),
)
NOT_A_SUCCESSOR = Problem(
    "B2007",
    422,
    _("{region} tidak dapat menjadi penggantinya."),
    _UNCHANGED,
    _("Pilih wilayah lain yang masih berlaku dan setingkat."),
)
SEARCH_TOO_LONG = Problem(
    "B2008",
    422,
    _("Kata yang dicari terlalu panjang."),
    _UNCHANGED,
    _("Cari dengan nama desa, kecamatan, atau kabupaten saja."),
)
