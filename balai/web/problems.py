"""Refusals of the command line: data folders, serving, backups."""

from django.utils.translation import gettext_lazy as _

from balai.common.problems import Problem

_NOTHING_CHANGED = _("Tidak ada yang berubah.")

NO_DATA = Problem(
    "B1151",
    404,
    _("Di folder {folder} tidak ada data Balai."),
    _NOTHING_CHANGED,
    _("Sebut foldernya dengan --data, atau jalankan balai up lebih dulu."),
)
DEMO_IN_REAL = Problem(
    "B1152",
    409,
    _("Folder {folder} berisi data sungguhan, bukan data peragaan."),
    _NOTHING_CHANGED,
    _("Jalankan tanpa --demo, atau sebut folder lain dengan --data."),
)
DEMO_EXPOSED = Problem(
    "B1153",
    403,
    _("Peragaan tidak dibuka di alamat {host}: siapa pun di jaringan itu dapat masuk sebagai admin."),
    _NOTHING_CHANGED,
    _("Pakai --host 127.0.0.1. Bila memang harus dilihat dari komputer lain, tambahkan --expose-demo."),
)
PORT_TAKEN = Problem(
    "B1154",
    409,
    _("Alamat {host} dengan port {port} tidak dapat dipakai: {error}."),
    _NOTHING_CHANGED,
    _("Hentikan program yang memakai port itu, atau pilih port lain dengan --port."),
)
DATABASE_AWAY = Problem(
    "B1155",
    503,
    _("Basis data tidak dapat dihubungi: {error}"),
    _("Yang sudah tersimpan tetap aman."),
    _("Periksa DATABASE_URL dan apakah servernya hidup, lalu jalankan lagi."),
)
CHECK_FAILED = Problem(
    "B1156",
    500,
    _("Pemeriksaan menemukan {count} hal yang harus diperbaiki."),
    _("Pemeriksaan tidak mengubah apa pun."),
    _("Kerjakan saran di setiap baris, lalu jalankan balai check lagi."),
)
LOG_UNSOUND = Problem(
    "B1157",
    500,
    _("Isi tabel tidak sama dengan catatannya: {count} perbedaan."),
    _("Pemeriksaan tidak mengubah apa pun."),
    _("Buat cadangan sekarang, lalu kirim daftar perbedaan itu kepada pengelola Balai."),
)
NOT_EMPTY = Problem(
    "B1160",
    409,
    _("{place} tidak kosong; cadangan hanya dipulihkan ke tempat yang kosong."),
    _("Cadangan dan isi tempat itu tidak diubah."),
    _("Pilih folder lain dengan --data, atau pindahkan isinya lebih dulu."),
)
WRONG_PASSPHRASE = Problem(
    "B1161",
    403,
    _("Cadangan ini tidak terbuka dengan sandi atau kunci itu."),
    _("Cadangan tidak diubah dan tidak ada yang dipulihkan."),
    _("Periksa sandinya (huruf besar dan kecil dibedakan), atau pakai berkas kunci yang lain."),
)
WEAK_PASSPHRASE = Problem(
    "B1162",
    422,
    _("Sandi cadangan terlalu pendek: paling sedikit {least} huruf."),
    _("Cadangan belum dibuat."),
    _("Pakai beberapa kata yang tidak berkaitan, dan simpan di tempat yang berbeda dari cadangannya."),
)
NOT_A_BACKUP = Problem(
    "B1163",
    422,
    _("Berkas {name} bukan cadangan Balai, atau rusak: {error}"),
    _("Tidak ada yang dipulihkan."),
    _("Salin sekali lagi dari tempat asalnya, atau pakai cadangan yang lain."),
)
NEWER_BACKUP = Problem(
    "B1164",
    409,
    _("Cadangan ini dibuat oleh Balai {version}, lebih baru daripada program ini."),
    _("Tidak ada yang dipulihkan."),
    _("Pasang Balai versi itu atau yang lebih baru, lalu pulihkan lagi."),
)
OTHER_DATABASE = Problem(
    "B1165",
    409,
    _("Cadangan ini dari {theirs}, sedangkan DATABASE_URL menunjuk {ours}."),
    _("Tidak ada yang dipulihkan."),
    _("Ubah DATABASE_URL menjadi jenis yang sama, lalu pulihkan lagi."),
)
FILE_EXISTS = Problem(
    "B1166",
    409,
    _("Berkas {name} sudah ada."),
    _("Berkas itu tidak ditimpa."),
    _("Pilih nama lain, atau hapus berkas itu lebih dulu."),
)
BAD_RECIPIENT = Problem(
    "B1167",
    422,
    _("Kunci penerima atau berkas kunci ini tidak terbaca: {error}"),
    _NOTHING_CHANGED,
    _("Kunci penerima diawali age1…; berkas kunci berisi baris AGE-SECRET-KEY-1…."),
)
NAME_TAKEN = Problem(
    "B1158",
    409,
    _("Nama pengguna {username}, atau nomor HP itu, sudah dipakai."),
    _NOTHING_CHANGED,
    _("Pilih nama pengguna lain."),
)
NOT_GOOD = Problem(
    "B1159",
    422,
    _("{title}: {happened}"),
    _("Pemeriksaan tidak mengubah apa pun."),
    _("{advice}"),
)
NO_COURSE = Problem(
    "B1168",
    404,
    _("Tidak ada pelatihan atau naskah dengan nama {slug}."),
    _NOTHING_CHANGED,
    _("Lihat namanya dengan balai course list, atau bawa masuk foldernya dengan balai course import."),
)
UNREADABLE_FILE = Problem(
    "B1169",
    422,
    _("Berkas {name} tidak dapat dibaca sebagai {kind}."),
    _NOTHING_CHANGED,
    _("Minta berkas yang baru dari penerbitnya."),
)
BAD_CERTIFICATE = Problem(
    "B1170",
    422,
    _("Sertifikat HTTPS atau kuncinya ({name}) tidak dapat dipakai: {error}."),
    _NOTHING_CHANGED,
    _("Beri berkas PEM yang cocok; kuncinya dalam bentuk PKCS#8 (BEGIN PRIVATE KEY)."),
)
NO_IMPORTER = Problem(
    "B1171",
    403,
    _("Tidak ada koordinator atau admin dengan nama pengguna {username}."),
    _NOTHING_CHANGED,
    _("Sebut orang yang boleh mengubah data wilayah itu dengan --as."),
)
COLUMNS_UNCERTAIN = Problem(
    "B1172",
    422,
    _("Kolom tabel ini tidak pasti: nama dan tempat tidak ditemukan di tepat satu lembar."),
    _("Tidak ada yang disimpan."),
    _("Unggah berkas itu di halaman Impor, lalu tunjukkan kolomnya di sana."),
)
DEMO_OF_ANOTHER_VERSION = Problem(
    "B1173",
    409,
    _("Folder peragaan {folder} dibuat oleh versi Balai yang lain, dan versi ini tidak dapat membukanya."),
    _("Di dalamnya tidak ada data sungguhan."),
    _("Pindahkan atau hapus folder itu, lalu jalankan lagi: peragaan yang baru dibuat sendiri."),
)
