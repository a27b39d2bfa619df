"""Why something about courses is refused."""

from django.utils.translation import gettext_lazy as _

from balai.common.problems import Problem

_DRAFT_KEPT = _("Draf yang sudah ada tidak berubah.")

NOT_A_ZIP = Problem(
    "B3001",
    422,
    _("Berkas ini bukan ZIP yang utuh."),
    _DRAFT_KEPT,
    _("Kompres map pelatihan menjadi ZIP, lalu unggah lagi."),
)
TOO_MANY_FILES = Problem(
    "B3002",
    422,
    _("Map pelatihan berisi {count} berkas; batasnya {limit}."),
    _DRAFT_KEPT,
    _("Keluarkan berkas yang tidak dipakai, lalu unggah lagi."),
)
FILE_TOO_LARGE = Problem(
    "B3003",
    413,
    _("Berkas {path} terlalu besar: {size}; batasnya {limit}."),
    _DRAFT_KEPT,
    _("Kecilkan berkas itu, lalu unggah lagi."),
)
UNSAFE_PATH = Problem(
    "B3004",
    422,
    _("Nama berkas {path} tidak dapat diterima."),
    _DRAFT_KEPT,
    _("Pakai huruf, angka, titik, garis, dan map biasa, lalu unggah lagi."),
)
UNKNOWN_TYPE = Problem(
    "B3005",
    422,
    _("Jenis berkas {path} tidak dipakai dalam pelatihan."),
    _DRAFT_KEPT,
    _("Pakai .md untuk tulisan dan .svg, .png, .jpg, atau .webp untuk gambar; keluarkan berkas lain."),
)
NO_COURSE_FILE = Problem(
    "B3006",
    422,
    _("Berkas pelatihan.md tidak ditemukan."),
    _DRAFT_KEPT,
    _("Letakkan pelatihan.md di map teratas, lalu unggah lagi."),
)
NO_IDENTITY = Problem(
    "B3007",
    422,
    _("pelatihan.md belum memuat id dan slug yang benar: {detail}."),
    _DRAFT_KEPT,
    _("Perbaiki bagian di antara dua garis --- di awal pelatihan.md, lalu unggah lagi."),
)
FAULTY = Problem(
    "B3008",
    422,
    _("Ada {count} kesalahan di naskah. Yang pertama: {first}"),
    _("Draf tetap tersimpan dan belum diterbitkan."),
    _("Perbaiki naskahnya, lalu terbitkan lagi."),
)
SLUG_TAKEN = Problem(
    "B3009",
    409,
    _("Slug {slug} sudah dipakai pelatihan lain."),
    _("Draf tetap tersimpan dan belum diterbitkan."),
    _("Pilih slug lain di pelatihan.md."),
)
SLUG_CHANGED = Problem(
    "B3010",
    409,
    _("Slug pelatihan yang sudah terbit tidak dapat diganti ({old} menjadi {new})."),
    _("Draf tetap tersimpan dan belum diterbitkan."),
    _("Kembalikan slug lama di pelatihan.md."),
)
NOT_AN_AUTHOR = Problem(
    "B3011",
    403,
    _("Hanya penulis pelatihan yang boleh menerbitkan."),
    _("Tidak ada yang diterbitkan."),
    _("Minta pengelola memberi hak akses penulis."),
)
NOT_IN_COURSE = Problem(
    "B3012",
    422,
    _("Materi ini tidak ada di versi pelatihan itu."),
    _("Kemajuan yang lain tidak berubah."),
    _("Buka lagi pelatihannya, lalu lanjutkan dari daftar materi."),
)
NOT_ENROLLED = Problem(
    "B3014",
    403,
    _("Pelatihan ini tertutup, dan Anda belum menjadi pesertanya."),
    _("Tidak ada yang berubah."),
    _("Ajukan diri di halaman pelatihan, lalu tunggu keputusannya."),
)
COURSE_OF_ANOTHER = Problem(
    "B3015",
    403,
    _("Pelatihan ini sudah diterbitkan orang lain."),
    _("Versi yang terbit tidak berubah, dan naskah Anda tetap tersimpan."),
    _("Minta penulis tingkat nasional menerbitkannya, atau beri naskah Anda id dan slug sendiri."),
)
NO_DRAFT = Problem(
    "B3016",
    404,
    _("Naskah ini tidak ada, atau bukan tulisan Anda."),
    _("Tulisan di layar Anda belum tersimpan di pusat."),
    _("Salin tulisan Anda, lalu buka lagi dari daftar naskah."),
)
OTHER_ID = Problem(
    "B3017",
    422,
    _("“id” di pelatihan.md menunjuk pelatihan lain."),
    _("Naskah di pusat tidak berubah."),
    _("Kembalikan “id” yang lama. Untuk pelatihan lain, buat pelatihan baru."),
)
NOT_A_PICTURE = Problem(
    "B3018",
    422,
    _("Berkas ini bukan gambar SVG, PNG, JPG, atau WebP yang utuh."),
    _("Naskah tidak berubah."),
    _("Simpan gambarnya sebagai PNG atau JPG, lalu unggah lagi."),
)
NEEDS_TITLE = Problem(
    "B3019",
    422,
    _("Judulnya belum diisi."),
    _("Naskah tidak berubah."),
    _("Tulis judulnya, lalu kirim lagi."),
)
NEEDS_WORDS = Problem(
    "B3020",
    422,
    _("Gambar atau keterangannya belum ada."),
    _("Naskah tidak berubah."),
    _("Pilih gambarnya, lalu tulis keterangan untuk yang tidak melihatnya."),
)
NEEDS_UNIT = Problem(
    "B3021",
    422,
    _("Belum ada modul untuk menaruhnya."),
    _("Naskah tidak berubah."),
    _("Tambah modul dulu, lalu materi atau tesnya."),
)
NOT_TEXT = Problem(
    "B3022",
    422,
    _("Berkas {path} bukan teks UTF-8, jadi tidak dapat diubah di sini."),
    _("Naskah tidak berubah."),
    _("Unduh ZIP-nya, simpan berkas itu sebagai UTF-8, lalu unggah lagi."),
)
