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
UNKNOWN_FIELD = Problem(
    "B2002",
    422,
    _("Perubahan ini memuat isian yang tidak dikenal atau tidak sesuai bentuknya: {field}."),
    _UNCHANGED,
    _("Perbarui Balai di perangkat asalnya, lalu kirim lagi."),
)
CODE_TAKEN = Problem(
    "B2003",
    409,
    _("Kode {code} sedang dipakai oleh {region}."),
    _UNCHANGED,
    _("Periksa lagi kodenya di keputusan Kemendagri, atau akhiri dulu wilayah yang memakainya."),
)
CODE_MISFIT = Problem(
    "B2004",
    422,
    _("Kode {code} tidak cocok: tingkatnya lain, atau tidak ada wilayah di atasnya."),
    _UNCHANGED,
    _("Isi kode lengkap dengan titik, misalnya 18.02.07.2009, dan pastikan wilayah di atasnya sudah ada."),
)
HAS_PARTS = Problem(
    "B2005",
    409,
    _("Masih ada {count} wilayah di bawah {region}."),
    _UNCHANGED,
    _("Ubah atau akhiri dulu wilayah di bawahnya."),
)
ENDED = Problem(
    "B2006",
    409,
    _("{region} sudah berakhir."),
    _UNCHANGED,
    _("Pilih wilayah penggantinya."),
)
NO_CHANGE = Problem(
    "B2007",
    422,
    _("Isian ini sama dengan yang sudah tercatat."),
    _UNCHANGED,
    _("Ubah dulu salah satu isian."),
)
SUCCESSORS = Problem(
    "B2008",
    422,
    _("Wilayah pengganti belum sesuai: {detail}."),
    _UNCHANGED,
    _("Sebutkan pengganti yang masih berlaku dan setingkat."),
)
SEARCH_TOO_LONG = Problem(
    "B2009",
    422,
    _("Kata yang dicari terlalu panjang."),
    _UNCHANGED,
    _("Cari dengan nama desa, kecamatan, atau kabupaten saja."),
)
