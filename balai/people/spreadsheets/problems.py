"""Why a file is not read."""

from django.utils.translation import gettext_lazy as _

from balai.common.problems import Problem

_NOTHING_SAVED = _("Tidak ada yang disimpan.")
_SAVE_AS = _(
    "Buka berkas di Excel, pilih Simpan Sebagai, jenis “Buku Kerja Excel (.xlsx)”, lalu kirim berkas baru itu."
)

NOT_A_TABLE = Problem(
    "B2120",
    422,
    _("Berkas ini bukan tabel, tetapi {found}."),
    _NOTHING_SAVED,
    _("Kirim berkas .xlsx, .xls, .ods atau .csv."),
)
MACROS = Problem(
    "B2121",
    422,
    _("Berkas ini berisi makro (program), jadi tidak dibuka."),
    _NOTHING_SAVED,
    _SAVE_AS,
)
PASSWORD = Problem(
    "B2122",
    422,
    _("Berkas ini dikunci dengan kata sandi."),
    _NOTHING_SAVED,
    _("Buka berkas di Excel, hapus kata sandinya (Info, Proteksi Buku Kerja), simpan, lalu kirim lagi."),
)
EXTERNAL = Problem(
    "B2123",
    422,
    _("Berkas ini mengambil isi dari berkas atau alamat lain ({found}), jadi tidak dibuka."),
    _NOTHING_SAVED,
    _("Salin tabelnya, tempel sebagai nilai (Paste Values) di berkas baru, lalu kirim berkas baru itu."),
)
UNPACKS_TOO_LARGE = Problem(
    "B2124",
    422,
    _("Isi berkas ini membengkak tidak wajar bila dibuka ({size})."),
    _NOTHING_SAVED,
    _("Salin tabelnya saja ke berkas baru, lalu kirim berkas baru itu."),
)
ENTITIES = Problem(
    "B2125",
    422,
    _("Berkas ini memuat perintah yang tidak pernah dibuat oleh Excel, jadi tidak dibuka."),
    _NOTHING_SAVED,
    _SAVE_AS,
)
DAMAGED = Problem(
    "B2126",
    422,
    _("Berkas ini rusak atau tidak lengkap."),
    _NOTHING_SAVED,
    _("Buka berkas di Excel untuk memastikan isinya utuh, simpan lagi, lalu kirim ulang."),
)
EMPTY = Problem(
    "B2127", 422, _("Berkas ini tidak berisi baris data."), _NOTHING_SAVED, _("Periksa apakah berkasnya benar.")
)
TOO_MANY_CELLS = Problem(
    "B2128",
    422,
    _("Tabel ini terlalu besar: {rows} baris × {columns} kolom."),
    _NOTHING_SAVED,
    _(
        "Bagi tabel menjadi beberapa berkas. Bila tabelnya kecil, ada isian tersesat jauh di bawah atau di kanan: "
        "salin tabelnya ke berkas baru."
    ),
)

#: What a file turned out to be (``{found}`` of ``NOT_A_TABLE``).
PROGRAM = _("program komputer")
PDF = _("dokumen PDF")
PICTURE = _("gambar atau rekaman")
PACKED = _("kumpulan berkas (ZIP, RAR)")
WORD = _("dokumen Word")
SLIDES = _("tayangan PowerPoint")
DATABASE = _("basis data")
WEB_PAGE = _("halaman web yang diberi nama tabel")
BINARY_WORKBOOK = _("buku kerja biner (.xlsb)")
UNKNOWN = _("berkas yang tidak dikenal")
