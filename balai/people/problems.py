"""Refusals of the room: accounts and roles (the import has its own file)."""

from django.utils.translation import gettext_lazy as _

from balai.common.problems import Problem

OUT_OF_REACH = Problem(
    "B2201",
    403,
    _("Orang atau wilayah ini di luar wilayah tugas Anda."),
    _("Tidak ada yang berubah."),
    _("Minta koordinator wilayah itu, atau koordinator di atas Anda."),
)
NOT_YOURS = Problem(
    "B2202",
    403,
    _("Ini hanya dapat dilakukan oleh orangnya sendiri."),
    _("Tidak ada yang berubah."),
    _("Masuk dengan akun orang itu."),
)
ROLE_TOO_HIGH = Problem(
    "B2203",
    403,
    _("Anda tidak dapat memberi hak akses ini."),
    _("Tidak ada yang berubah."),
    _("Minta koordinator yang wilayahnya lebih luas, atau admin nasional."),
)
SIGNED_OUT = Problem(
    "B2204",
    401,
    _("Anda sudah keluar, jadi kiriman ini tidak diterima."),
    _("Yang sudah tersimpan sebelumnya tetap aman."),
    _("Masuk lagi, lalu ulangi langkah terakhir."),
)
WRONG_SIGN_IN = Problem(
    "B2210",
    422,
    _("Nama pengguna, nomor HP atau kata sandinya tidak cocok."),
    _("Akun Anda tetap aman."),
    _("Periksa huruf besar dan kecil, lalu coba lagi. Lupa? Minta kode baru kepada koordinator Anda."),
)
TOO_MANY_TRIES = Problem(
    "B2211",
    429,
    _("Terlalu banyak percobaan masuk."),
    _("Akun Anda tetap aman."),
    _(
        "Tunggu 15 menit sampai satu jam, lalu coba lagi, atau masuk dari HP yang biasa Anda pakai. "
        "Lupa kata sandi? Minta kode baru kepada koordinator Anda."
    ),
)
UNKNOWN_CODE = Problem(
    "B2212",
    422,
    _("Kode ini tidak dikenal, sudah dipakai, atau sudah lewat waktunya."),
    _("Akun Anda tidak berubah."),
    _("Periksa lagi setiap huruf dan angkanya. Bila tetap tidak bisa, minta kode baru kepada koordinator Anda."),
)
WRONG_SECOND = Problem(
    "B2213",
    422,
    _("Kode pengaman ini tidak cocok atau sudah dipakai."),
    _("Akun Anda tetap aman."),
    _("Ketik kode yang sedang tampil di aplikasi, atau pakai satu kode cadangan."),
)
WRONG_PASSKEY = Problem(
    "B2214",
    422,
    _("Tidak ada kunci sandi dari HP atau komputer ini yang diterima."),
    _("Akun Anda tetap aman."),
    _("Masuk dengan kata sandi; kunci sandi dipasang di Saya, Keamanan akun. Atau pakai kode dari aplikasi."),
)
ONLY_IN_DEMO = Problem(
    "B2215",
    404,
    _("Masuk sebagai orang contoh hanya ada di Balai contoh."),
    _("Tidak ada yang berubah."),
    _("Masuk dengan nama pengguna dan kata sandi Anda."),
)
WRONG_PASSWORD = Problem(
    "B2216",
    422,
    _("Kata sandi sekarang tidak cocok."),
    _("Kata sandi Anda tidak berubah."),
    _("Ketik kata sandi yang Anda pakai untuk masuk."),
)
OUTRANKED = Problem(
    "B2217",
    403,
    _("Hak akses orang ini setara atau lebih tinggi dari Anda."),
    _("Akunnya tidak berubah."),
    _("Minta koordinator yang wilayahnya lebih luas, atau admin nasional."),
)
SHEET_GONE = Problem(
    "B2218",
    410,
    _("Lembar kode ini sudah ditutup: kode hanya dapat dilihat pembuatnya, selama satu hari."),
    _("Kode yang sudah dibagikan tetap berlaku."),
    _("Untuk yang belum menerima, buat kode baru; kode lamanya berhenti berlaku."),
)
ONLY_LOOKING = Problem(
    "B2219",
    403,
    _("Anda sedang melihat sebagai orang lain, jadi tidak ada yang dapat diubah."),
    _("Tidak ada yang berubah."),
    _('Tekan "Berhenti melihat" di atas halaman, lalu lakukan dengan akun Anda sendiri.'),
)
OWNER_ONLY = Problem(
    "B2220",
    403,
    _("Halaman ini hanya untuk pemilik akun."),
    _("Tidak ada yang berubah."),
    _('Tekan "Berhenti melihat" di atas halaman untuk kembali ke akun Anda.'),
)
NUMBER_ELSEWHERE = Problem(
    "B2221",
    409,
    _("Nomor ini dipakai akun di luar wilayah tugas Anda."),
    _("Kedua akun tidak berubah."),
    _("Minta koordinator provinsi atau admin nasional memindahkan nomornya."),
)
NOBODY_CHOSEN = Problem(
    "B2222",
    422,
    _("Belum ada orang yang dipilih, atau semua yang dipilih tidak dapat diproses."),
    _("Tidak ada yang berubah."),
    _("Pilih paling sedikit satu orang, lalu kirim lagi."),
)
ALREADY_DECIDED = Problem(
    "B2223",
    409,
    _("Permintaan ini sudah diputuskan."),
    _("Keputusan yang pertama tetap berlaku."),
    _("Buka daftar permintaan untuk melihat yang masih menunggu."),
)
TOO_MANY_CHOSEN = Problem(
    "B2224",
    422,
    _("Terlalu banyak orang dipilih; batasnya {limit} sekali jalan."),
    _("Tidak ada yang berubah."),
    _("Pilih wilayah yang lebih kecil, atau kerjakan bertahap."),
)
