"""Why something about programmes and enrolment is refused."""

from django.utils.translation import gettext_lazy as _

from balai.common.problems import Problem

_NOTHING = _("Tidak ada yang berubah.")

ENROLLED_ALREADY = Problem(
    "B3101",
    409,
    _("{name} sudah mengikuti pelatihan ini."),
    _("Kepesertaan yang sudah ada tidak berubah."),
    _("Buka pelatihannya dan lanjutkan belajar."),
)
UNKNOWN_COURSE = Problem(
    "B3102",
    422,
    _("Versi ini bukan dari pelatihan yang diminta."),
    _NOTHING,
    _("Buka lagi halaman pelatihan, lalu ajukan dari sana."),
)
ANOTHER_PERSONS = Problem(
    "B3103",
    422,
    _("Permintaan ini milik orang lain."),
    _NOTHING,
    _("Buka lagi daftar permintaan, lalu jawab dari sana."),
)
NOT_THE_DECISION = Problem(
    "B3104",
    422,
    _("Keputusan ini tidak bernomor seperti keputusan pusat."),
    _NOTHING,
    _("Sampaikan kode ini kepada pengelola pusat."),
)
NEEDS_A_SESSION = Problem(
    "B3105",
    409,
    _("Pelatihan ini memakai kuota: tempatnya per sesi."),
    _NOTHING,
    _("Buka halaman angkatannya, lalu pilih sesi."),
)
NOT_OPEN = Problem(
    "B3106",
    409,
    _("Pendaftaran angkatan ini sedang tidak dibuka."),
    _NOTHING,
    _("Lihat tanggal pendaftarannya di halaman angkatan."),
)
ONLY_BY_COORDINATOR = Problem(
    "B3107",
    403,
    _("Angkatan ini hanya menerima pendaftaran lewat koordinator."),
    _NOTHING,
    _("Minta koordinator wilayah Anda mendaftarkan Anda."),
)
NOT_OFFERED = Problem(
    "B3108",
    422,
    _("Tema ini tidak ditawarkan di angkatan ini."),
    _NOTHING,
    _("Buka lagi halaman angkatan, lalu pilih salah satu temanya."),
)
NOT_FOR_THEM = Problem(
    "B3109",
    403,
    _("Program ini bukan untuk wilayah orang itu."),
    _NOTHING,
    _("Periksa wilayah orangnya, atau pilih program yang lain."),
)
OUT_OF_REACH = Problem(
    "B3110",
    403,
    _("Orang ini di luar wilayah tugas Anda."),
    _NOTHING,
    _("Minta koordinator wilayahnya yang mendaftarkan."),
)
TAKING_PART = Problem(
    "B3111",
    409,
    _("{name} sudah terdaftar untuk tema ini di angkatan ini."),
    _("Pendaftaran yang sudah ada tidak berubah."),
    _("Lihat keadaannya di daftar peserta."),
)
ANSWERED = Problem(
    "B3112",
    409,
    _("Permintaan ini sudah dijawab, atau bukan dari wilayah Anda."),
    _NOTHING,
    _("Buka lagi daftar permintaan; yang masih menunggu ada di sana."),
)
NOT_THIS_PROGRAMMES = Problem(
    "B3113",
    422,
    _("Program ini bukan untuk wilayah itu."),
    _NOTHING,
    _("Pilih wilayah di dalam wilayah programnya, atau program yang lain."),
)
IN_THE_FUTURE = Problem(
    "B3114",
    422,
    _("Tanggal itu belum tiba."),
    _NOTHING,
    _("Laporkan sesudah terjadi; rencana ditulis di lembar keberlanjutan."),
)
FILE_AWAY = Problem(
    "B3115",
    404,
    _("Berkas ini belum sampai di server ini."),
    _("Laporannya tetap tercatat."),
    _("Coba lagi nanti, atau minta berkasnya kepada yang mengunggah."),
)
ANOTHER_ROLLOUTS = Problem(
    "B3116",
    422,
    _("Laporan ini dari program atau wilayah lain."),
    _NOTHING,
    _("Buka lagi halaman wilayahnya, lalu tarik dari sana."),
)
WITHDRAWN = Problem(
    "B3117",
    404,
    _("Berkas ini sudah ditarik."),
    _("Laporannya tetap tampak di riwayat, dengan alasannya."),
    _("Minta berkas yang benar kepada yang menariknya."),
)
