"""Refusals of the room."""

from django.utils.translation import gettext_lazy as _

from balai.common.problems import Problem

_NOTHING_CHANGED = _("Tidak ada yang berubah.")

NO_KEY = Problem(
    "B5001",
    503,
    _("Server ini belum punya kunci penerbit sertifikat."),
    _("Hasil belajar tersimpan; sertifikat dibuat sendiri begitu kunci ada."),
    _("Jalankan perintah `balai key create` di server pusat, menurut halaman upacara kunci."),
)
WRONG_PASSPHRASE = Problem(
    "B5002",
    422,
    _("Cadangan kunci ini tidak dapat dibuka: frasa sandinya salah, atau berkasnya rusak."),
    _NOTHING_CHANGED,
    _("Ketik lagi frasa sandinya, atau pakai salinan cadangan yang lain."),
)
UNKNOWN_KEY = Problem(
    "B5003",
    404,
    _("Tidak ada kunci penerbit dengan nama {key}."),
    _NOTHING_CHANGED,
    _("Lihat nama kunci dengan perintah `balai key list`."),
)
KEY_REVOKED_ALREADY = Problem(
    "B5004",
    409,
    _("Kunci {key} sudah dicabut."),
    _NOTHING_CHANGED,
    _("Tidak perlu apa-apa."),
)
ALREADY_REVOKED = Problem(
    "B5005",
    409,
    _("Sertifikat ini sudah dicabut."),
    _NOTHING_CHANGED,
    _("Tidak perlu apa-apa."),
)
ALREADY_REPLACED = Problem(
    "B5009",
    409,
    _("Sertifikat ini sudah diganti dengan yang baru."),
    _NOTHING_CHANGED,
    _("Betulkan sertifikat penggantinya."),
)
SWEEP_GOES_ON = Problem(
    "B5010",
    409,
    _("Penerbitan untuk pelatihan ini sedang berjalan."),
    _("Yang sedang berjalan tidak terganggu."),
    _("Tunggu sampai selesai; kemajuannya tampak di halaman ini."),
)
SWEEP_BROKE = Problem(
    "B5011",
    500,
    _("Penerbitan berhenti karena gangguan di server."),
    _("Sertifikat yang sudah terbit tetap ada, dan tidak ada yang terbit dua kali."),
    _("Mulai lagi. Bila berulang, sampaikan kodenya kepada pengelola server: {reference}."),
)
NOT_A_PDF = Problem(
    "B5012",
    422,
    _("Berkas ini bukan PDF yang utuh."),
    _("Sertifikatnya tidak berubah; tidak ada yang dilampirkan."),
    _("Simpan ulang berkasnya sebagai PDF, lalu unggah lagi."),
)
ACTIVE_PDF = Problem(
    "B5013",
    422,
    _("PDF ini memuat program (JavaScript, formulir aktif, atau perintah membuka program lain)."),
    _("Sertifikatnya tidak berubah; tidak ada yang dilampirkan."),
    _("Unggah PDF yang hanya berisi kertasnya, misalnya yang diunduh langsung dari aplikasi tanda tangan."),
)
PRINTING_GOES_ON = Problem(
    "B5014",
    409,
    _("Berkas cetak Anda yang sebelumnya masih dibuat."),
    _("Yang sedang berjalan tidak terganggu."),
    _("Tunggu sampai selesai, atau hapus dulu yang itu."),
)
NOTHING_TO_PRINT = Problem(
    "B5015",
    422,
    _("Tidak ada sertifikat yang berlaku dengan pilihan ini."),
    _NOTHING_CHANGED,
    _("Pilih pelatihan, tahap, atau wilayah yang lain."),
)
TOO_MUCH_TO_PRINT = Problem(
    "B5016",
    422,
    _("Pilihan ini lebih dari {limit} sertifikat."),
    _NOTHING_CHANGED,
    _("Pilih satu pelatihan, atau wilayah yang lebih kecil."),
)
NO_ROOM_TO_PRINT = Problem(
    "B5017",
    507,
    _("Penyimpanan server hampir penuh; berkas cetak ini perlu {size}."),
    _("Sertifikatnya sendiri aman."),
    _("Pilih wilayah yang lebih kecil, atau minta pengelola server menambah tempat."),
)
PRINTING_BROKE = Problem(
    "B5018",
    500,
    _("Pembuatan berkas cetak berhenti karena gangguan di server."),
    _("Bagian yang sudah jadi dapat diunduh; sertifikatnya sendiri aman."),
    _("Buat lagi. Bila berulang, sampaikan kodenya kepada pengelola server: {reference}."),
)
PRINT_NOT_READY = Problem(
    "B5019",
    409,
    _("Bagian ini belum selesai dibuat, atau sudah dihapus."),
    _("Sertifikatnya sendiri aman."),
    _("Kembali ke halaman berkas cetak dan lihat kemajuannya; bila tidak ada lagi, buat yang baru."),
)
WEAK_PASSPHRASE = Problem(
    "B5006",
    422,
    _("Frasa sandi ini terlalu pendek: {length} huruf."),
    _NOTHING_CHANGED,
    _("Pakai sedikitnya {least} huruf, misalnya enam kata yang diundi."),
)
BAD_PATTERN = Problem(
    "B5007",
    422,
    _("Pola nomor ini tidak dapat dipakai."),
    _NOTHING_CHANGED,
    _("Pakai {seq} tepat sekali, dan bila perlu {roman}, {month}, {year}."),
)
TOO_MANY_CHECKS = Problem(
    "B5008",
    429,
    _("Terlalu banyak pemeriksaan dari alamat ini dalam satu menit."),
    _NOTHING_CHANGED,
    _("Tunggu satu menit, lalu coba lagi. Tautan dari kode QR selalu dapat dibuka."),
)
_ROW = _("Baris lain tidak terpengaruh.")
_LOOKED_AT = _("Baris ini hanya dicatat bila Anda mengikutkan yang perlu dilihat.")
NO_NUMBER = Problem(
    "B5020", 422, _("Nomor sertifikat belum diisi."), _ROW, _("Isi nomornya seperti tercetak di sertifikat.")
)
TOO_LONG = Problem("B5021", 422, _("Isi sel ini lebih dari {limit} huruf."), _ROW, _("Tulis lebih pendek."))
NO_TITLE = Problem(
    "B5022",
    422,
    _("Judul pelatihan belum diisi."),
    _ROW,
    _("Isi judulnya di baris ini, atau sekali untuk semua baris saat mengunggah."),
)
BAD_HOURS = Problem(
    "B5023",
    422,
    _("Lama pelatihan tidak terbaca: “{typed}”."),
    _ROW,
    _("Isi jumlah jam pelajaran (JP), misalnya 32, di baris ini atau sekali untuk semua baris saat mengunggah."),
)
NO_DATE = Problem(
    "B5024",
    422,
    _("Tanggal sertifikat belum diisi."),
    _ROW,
    _("Isi seperti 17/10/2019 di baris ini, atau sekali untuk semua baris saat mengunggah."),
)
TOO_EARLY = Problem("B5034", 422, _("Tanggal ini sebelum {day}."), _ROW, _("Periksa tahunnya."))
FUTURE_DATE = Problem("B5025", 422, _("Tanggal ini belum lewat."), _ROW, _("Periksa tahunnya."))
HERE_OTHERWISE = Problem(
    "B5026",
    422,
    _("Nomor ini sudah tercatat untuk orang ini dengan isi lain: {title}, {day}."),
    _ROW,
    _("Bila catatan itu yang salah, tarik dulu dari transkripnya, lalu unggah lagi."),
)
ISSUED_HERE = Problem(
    "B5027",
    422,
    _("Ini nomor sertifikat yang terbit dari Balai."),
    _ROW,
    _("Hapus barisnya: sertifikat itu sudah terhitung sendiri."),
)
NUMBER_TWICE = Problem(
    "B5028", 422, _("Nomor ini sudah ada di baris {row} untuk orang yang sama."), _ROW, _("Hapus salah satu barisnya.")
)
NUMBER_ON_OTHER_SHEET = Problem(
    "B5035",
    422,
    _("Nomor ini sudah ada di lembar “{sheet}”, baris {row}, untuk orang yang sama."),
    _ROW,
    _("Hapus salah satu barisnya."),
)
NUMBER_SHARED = Problem(
    "B5029",
    422,
    _("Nomor ini juga tercatat untuk {name}."),
    _LOOKED_AT,
    _("Bila memang satu nomor untuk beberapa orang, ikutkan; bila tidak, betulkan nomornya."),
)
SAME_DAY = Problem(
    "B5030",
    422,
    _("Orang ini sudah punya catatan bertanggal sama: {title}, nomor {number}."),
    _LOOKED_AT,
    _("Bila itu pelatihan yang sama, hapus barisnya supaya JP-nya tidak terhitung dua kali."),
)
NOT_YOURS_NOW = Problem(
    "B5031",
    422,
    _("Orang ini sudah tidak di wilayah Anda sejak daftar diperiksa."),
    _ROW,
    _("Hubungi koordinator wilayahnya yang sekarang."),
)
NOTHING_TO_RECORD = Problem(
    "B5032",
    409,
    _("Tidak ada baris yang siap dicatat."),
    _NOTHING_CHANGED,
    _("Perbaiki barisnya di Excel, lalu unggah lagi."),
)
ARCHIVING_BROKE = Problem(
    "B5033",
    500,
    _("Ada kesalahan di server Balai saat mengerjakan daftar ini."),
    _("Yang sudah dicatat tetap tercatat, dan tidak ada yang tercatat dua kali."),
    _("Coba lagi. Bila berulang, sampaikan kode {reference} kepada pengelola."),
)
