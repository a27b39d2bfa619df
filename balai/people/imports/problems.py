"""What can be wrong with a cell, a row or an import."""

from django.utils.translation import gettext_lazy as _

from balai.common.problems import Problem

_ROW = _("Isian lain di baris ini tidak terpengaruh.")
_NOTHING = _("Tidak ada yang disimpan.")
_KEPT = _("Yang sudah tersimpan tetap tersimpan.")

NAME_MISSING = Problem("B2130", 422, _("Nama belum diisi."), _ROW, _("Isi nama lengkapnya."))
NAME_UNUSABLE = Problem(
    "B2131", 422, _("Ini bukan nama orang."), _ROW, _("Isi nama lengkapnya, paling panjang 120 huruf, tanpa angka.")
)
SEX = Problem("B2132", 422, _("Jenis kelamin tidak terbaca."), _ROW, _("Isi L (laki-laki) atau P (perempuan)."))
EMAIL = Problem(
    "B2133", 422, _("Alamat email ini tidak lengkap."), _ROW, _("Periksa lagi, atau kosongkan: email tidak wajib.")
)
NIP = Problem(
    "B2134", 422, _("NIP harus 18 angka; di sini ada {count}."), _ROW, _("Periksa lagi, atau kosongkan bila bukan ASN.")
)
NIP_DIGITS_LOST = Problem(
    "B2135",
    422,
    _("Angka NIP ini hilang sebagian: Excel menyimpannya sebagai bilangan ({shown})."),
    _ROW,
    _("Ubah kolom NIP menjadi Teks, lalu ketik ulang 18 angkanya."),
)
BIRTH_DATE = Problem(
    "B2136", 422, _("Tanggal lahir ini tidak mungkin."), _ROW, _("Periksa tahunnya. Tulis seperti 15/10/1980.")
)
PLACE_MISSING = Problem(
    "B2137",
    422,
    _("Desa atau wilayah belum diisi."),
    _ROW,
    _("Isi desa dan kecamatannya, atau pilih satu wilayah untuk seluruh berkas di halaman kolom."),
)
PLACE_UNKNOWN = Problem(
    "B2138",
    422,
    _("Wilayah “{typed}” tidak ditemukan di wilayah tugas Anda."),
    _ROW,
    _("Periksa ejaannya, atau isi kode wilayahnya."),
)
PLACE_OUT_OF_REACH = Problem(
    "B2139",
    422,
    _("{typed} di luar wilayah tugas Anda."),
    _ROW,
    _("Serahkan baris ini kepada koordinator wilayah itu."),
)
NIK_ELSEWHERE = Problem(
    "B2140",
    422,
    _("NIK ini sudah dipakai orang di luar wilayah tugas Anda."),
    _ROW,
    _("Periksa NIK-nya. Bila orang itu pindah tugas, minta koordinator lamanya memindahkan."),
)
NIK_TWICE = Problem(
    "B2141",
    422,
    _("NIK ini sudah ada di baris {row} untuk nama lain."),
    _ROW,
    _("Periksa NIK kedua baris dengan KTP masing-masing."),
)
POSITION = Problem(
    "B2142", 422, _("Jabatan ini terlalu panjang."), _ROW, _("Tulis jabatannya saja, paling panjang 80 huruf.")
)

NO_FILE = Problem(
    "B2143", 422, _("Belum ada berkas yang dipilih."), _NOTHING, _("Pilih berkas Excel Anda, lalu tekan Unggah.")
)
NO_NAME_COLUMN = Problem(
    "B2144",
    422,
    _("Belum ada kolom yang ditandai sebagai nama."),
    _NOTHING,
    _("Tandai kolom nama, dan paling sedikit satu kolom lain."),
)
BUSY = Problem(
    "B2145",
    409,
    _("Impor ini sedang dikerjakan."),
    _("Pekerjaan itu tetap berjalan."),
    _("Tunggu sampai selesai, atau hentikan dulu."),
)
LATE = Problem(
    "B2146",
    410,
    _("Berkas dan baris impor ini sudah dihapus karena lewat 30 hari."),
    _KEPT,
    _("Unggah lagi berkasnya bila masih ada yang perlu diubah."),
)
BROKEN = Problem(
    "B2147",
    500,
    _("Ada kesalahan di server Balai saat mengerjakan impor ini."),
    _KEPT,
    _("Coba lagi. Bila berulang, sampaikan kode {reference} kepada pengelola."),
)
NO_ROWS = Problem(
    "B2148", 422, _("Tidak ada baris orang di bawah judul kolom."), _NOTHING, _("Periksa baris judul kolomnya.")
)
NOTHING_TO_SAVE = Problem(
    "B2149",
    409,
    _("Tidak ada baris yang siap disimpan."),
    _NOTHING,
    _("Perbaiki atau putuskan dulu baris yang ditolak dan yang perlu dilihat."),
)
SAME_NIK = Problem(
    "B2152",
    409,
    _("NIK yang sama tidak mungkin milik dua orang."),
    _NOTHING,
    _("Pilih orang yang sama, lewati barisnya, atau betulkan NIK-nya dulu."),
)
UNKNOWN_PERSON = Problem(
    "B2153",
    422,
    _("Tidak ada orang di wilayah Anda dengan nama, NIK, atau nomor HP ini."),
    _ROW,
    _("Periksa ejaan nama dan desanya, atau masukkan dulu orangnya lewat Orang, Impor dari Excel."),
)
SEVERAL_PEOPLE = Problem(
    "B2154",
    422,
    _("Cocok dengan beberapa orang: {names}."),
    _ROW,
    _("Isi NIK atau nomor HP-nya supaya pasti yang mana."),
)
ONLY_ALIKE = Problem(
    "B2155",
    422,
    _("Namanya mirip {names}, tetapi tidak sama."),
    _ROW,
    _("Bila itu orangnya, samakan namanya atau isi NIK; lalu unggah lagi."),
)
TOO_MANY_ROWS = Problem(
    "B2156",
    422,
    _("Daftar ini lebih dari {limit} baris."),
    _NOTHING,
    _("Bagi menjadi beberapa berkas, misalnya satu berkas tiap kecamatan."),
)
TABLE_BUSY = Problem(
    "B2157",
    409,
    _("Daftar ini sedang dikerjakan."),
    _("Pekerjaan itu tetap berjalan."),
    _("Tunggu sampai selesai."),
)
