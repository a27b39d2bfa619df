"""Why something about tests is refused."""

from django.utils.translation import gettext_lazy as _

from balai.common.problems import Problem

_SAVED = _("Jawaban yang sudah tersimpan tetap ada.")

TIME_UP = Problem(
    "B4001",
    409,
    _("Waktu tes sudah habis; jawaban ini tidak lagi dihitung."),
    _SAVED,
    _("Kirim tesnya: jawaban yang tersimpan sebelum waktu habis yang dinilai."),
)
ALREADY_SUBMITTED = Problem(
    "B4002",
    409,
    _("Tes ini sudah dikirim."),
    _("Jawaban yang terkirim tidak berubah."),
    _("Buka hasilnya di halaman tes."),
)
NOT_AN_ANSWER = Problem(
    "B4003",
    422,
    _("Jawaban ini bukan pilihan dari soal di lembar Anda."),
    _SAVED,
    _("Muat ulang halaman soal, lalu pilih lagi."),
)
NO_ATTEMPTS_LEFT = Problem(
    "B4004",
    409,
    _("Kesempatan Anda untuk tes ini sudah habis."),
    _("Semua hasil Anda tetap tersimpan."),
    _("Baca lagi materinya, lalu bicarakan dengan fasilitator Anda."),
)
NOT_YET_OPEN = Problem(
    "B4006",
    409,
    _("Tes ini belum dibuka."),
    _("Tidak ada kesempatan yang terpakai."),
    _("Lihat waktunya di halaman tes, lalu kembali saat tes dibuka."),
)
CLOSED = Problem(
    "B4007",
    409,
    _("Waktu tes ini sudah lewat."),
    _("Semua hasil Anda tetap tersimpan."),
    _("Bila listrik atau jaringan padam pada waktunya, mintalah fasilitator Anda membuka tes ini lagi."),
)
NOTHING_GIVEN = Problem(
    "B4008",
    422,
    _("Belum ada yang diberikan: waktu tambahan atau kesempatan lagi."),
    _("Tidak ada yang berubah."),
    _("Pilih tambahan waktu, tambahan kesempatan, atau keduanya."),
)
NOT_FOR_ONESELF = Problem(
    "B4009",
    403,
    _("Tidak seorang pun memberi waktu tambahan kepada diri sendiri."),
    _("Tidak ada yang berubah."),
    _("Mintalah kepada fasilitator atau koordinator lain."),
)
ALREADY_PASSED = Problem(
    "B4005",
    409,
    _("Anda sudah lulus tes ini."),
    _("Hasil Anda tetap tersimpan."),
    _("Buka hasilnya di halaman tes; tidak perlu mengerjakan lagi."),
)
