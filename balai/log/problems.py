"""Why an entry is refused or waits."""

from django.utils.translation import gettext_lazy as _

from balai.common.problems import Problem

_KEPT = _("Catatan ini disimpan utuh.")

MALFORMED = Problem(
    "B1001",
    422,
    _("Isi catatan tidak sesuai bentuknya: {detail}."),
    _KEPT,
    _("Buat catatan baru yang benar."),
)
UNKNOWN_KIND = Problem(
    "B1002",
    202,
    _("Jenis catatan ini belum dikenal di server ini."),
    _KEPT,
    _("Tidak perlu apa-apa: catatan diterapkan setelah server diperbarui."),
)
MISSING = Problem(
    "B1003",
    202,
    _("Catatan lain yang menjadi dasarnya belum tiba."),
    _KEPT,
    _("Tidak perlu apa-apa: catatan diterapkan begitu yang lain tiba."),
)
DEPENDS_ON_REFUSED = Problem(
    "B1004",
    409,
    _("Catatan yang menjadi dasarnya ditolak atau dihapus."),
    _KEPT,
    _("Perbaiki dulu catatan yang ditolak, lalu buat catatan baru."),
)
BROKEN_HANDLER = Problem(
    "B1005",
    202,
    _("Server ini belum dapat menerapkan catatan ini: {detail}."),
    _KEPT,
    _("Tidak perlu apa-apa: catatan dicoba lagi setelah server diperbaiki."),
)
WEAK_PROOF = Problem(
    "B1006",
    403,
    _("Bukti catatan ini tidak cukup kuat untuk jenisnya."),
    _KEPT,
    _("Lakukan sekali lagi setelah masuk dengan akun sendiri di server pusat."),
)
NO_ROLE_YET = Problem(
    "B1007",
    403,
    _("Pelaku catatan ini belum punya hak untuk itu."),
    _KEPT,
    _("Minta koordinator memberi hak akses; catatan diterapkan setelahnya."),
)
ROLE_ENDED = Problem(
    "B1008",
    409,
    _("Hak pelaku sudah dicabut saat catatan ini tiba."),
    _KEPT,
    _("Koordinator memutuskan: terima atau tolak."),
)
DECLINED = Problem(
    "B1009",
    409,
    _("Catatan ini ditolak oleh pengelola: {detail}."),
    _KEPT,
    _("Buat catatan baru yang benar."),
)
SIGNATURE = Problem(
    "B1010",
    422,
    _("Tanda tangan sampul catatan tidak cocok."),
    _("Catatan yang lain tidak terpengaruh."),
    _("Kirim ulang dari perangkat asalnya."),
)
OTHER_BYTES = Problem(
    "B1011",
    409,
    _("Nomor catatan ini sudah dipakai catatan lain yang isinya berbeda."),
    _("Kedua catatan disimpan."),
    _("Koordinator membandingkan keduanya di halaman catatan tertahan."),
)
OVER_QUOTA = Problem(
    "B1012",
    429,
    _("Terlalu banyak catatan dari perangkat ini yang masih menunggu."),
    _("Catatan tetap aman di perangkat asalnya."),
    _("Kirim lagi setelah yang menunggu selesai diproses."),
)
ERASED = Problem(
    "B1013",
    410,
    _("Isi catatan ini sudah dihapus atas permintaan pemiliknya."),
    _("Nomor dan sidik catatan tetap ada, isinya tidak."),
    _("Tidak perlu apa-apa."),
)
TOO_MANY_CONFLICTS = Problem(
    "B1014",
    429,
    _("Perangkat ini terlalu sering memakai nomor catatan yang sudah ada untuk isi lain."),
    _("Catatan tetap aman di perangkat asalnya; yang tersimpan di sini tidak berubah."),
    _("Pemegang perangkat itu menghubungi pengelola: datanya tampaknya disalin ke dua perangkat."),
)
