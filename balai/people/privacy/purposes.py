"""What is kept about people, why, for how long: one table for the notice, the pages and the erasing.

UU 27/2022 about personal data: purpose and retention are told beforehand (article 21), data can be erased
(article 8), except for what public administration and statistics need (article 15).
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
#: Who did nothing for so long, and has no position and no role, is forgotten.
DORMANT = timedelta(days=5 * 365)


@dataclass(frozen=True)
class Field:
    """One thing that is known of a person: what for, and who sees it."""

    name: Text
    purpose: Text
    seen_by: Text


_TEAM = _("Anda dan koordinator wilayah Anda")
FIELDS = (
    Field(
        _("Nama"),
        _("Mengenali Anda dan mencetak sertifikat"),
        _("Anda, koordinator, dan siapa pun yang memeriksa sertifikat Anda"),
    ),
    Field(
        _("NIK"),
        _("Memastikan satu orang tidak tercatat dua kali"),
        _("Anda; tersimpan terkunci, orang lain hanya melihat enam angka depan"),
    ),
    Field(_("NIP"), _("Mencocokkan dengan data pegawai"), _TEAM),
    Field(
        _("Tanggal lahir dan jenis kelamin"),
        _("Membedakan orang yang namanya sama, dan menghitung jumlah per kelompok"),
        _TEAM,
    ),
    Field(_("Nomor HP"), _("Masuk, dan dihubungi koordinator"), _TEAM),
    Field(_("Alamat email"), _("Dihubungi, bila Anda mengisinya"), _TEAM),
    Field(_("Wilayah dan jabatan"), _("Menentukan pelatihan, pendamping, dan laporan wilayah"), _TEAM),
    Field(
        _("Materi yang selesai, jawaban dan nilai tes"),
        _("Menyimpan kemajuan, menilai, dan menerbitkan sertifikat"),
        _("Anda; koordinator dan fasilitator melihat nilai, bukan jawaban; penulis soal melihat hitungan tanpa nama"),
    ),
    Field(
        _("Sertifikat"),
        _("Membuktikan pelatihan atau kompetensi kepada siapa pun"),
        _("Siapa pun yang memegang nomor atau kode QR-nya"),
    ),
    Field(
        _("Keadaan jaringan, sehari sekali"),
        _("Tahu desa mana yang sulit sinyal: kelas sambungan dan lama menunggu, tanpa letak HP"),
        _("Anda; orang lain hanya melihat hitungan per desa"),
    ),
    Field(
        _("Riwayat masuk dan bantuan akun"),
        _("Menjaga akun dan memberi tahu siapa yang membukanya"),
        _("Anda dan koordinator yang membantu akun Anda"),
    ),
)


class Fate(StrEnum):
    """What becomes of an entry when its person is erased."""

    ERASED = "erased"
    NAMELESS = "nameless"
    KEPT = "kept"
    NOBODY = "nobody"


FATES: dict[Fate, Text] = {
    Fate.ERASED: _("Isinya dihapus"),
    Fate.NAMELESS: _("Tinggal sebagai hitungan tanpa nama"),
    Fate.KEPT: _("Tetap disimpan"),
    Fate.NOBODY: _("Bukan data pribadi"),
}


@dataclass(frozen=True)
class Policy:
    """One kind of entry: what it is in plain words, what for, how long, and its fate."""

    kind: str
    name: Text
    purpose: Text
    kept: Text
    fate: Fate


_WHILE_HERE = _("Selama Anda terdaftar, lalu 5 tahun")
_FOR_GOOD = _("Selama Balai dipakai")
_RECORD = _("Mencatat siapa yang terdaftar dan di mana")
_STUDY = _("Kemajuan belajar dan hitungan peserta")
_MEMORY = _("Membuktikan bahwa sertifikat di tangan orang itu asli atau sudah dicabut")
_ACCOUNT = _("Menunjukkan siapa yang berwenang, dan kapan")
_CONTENT = _("Isi bersama, bukan tentang Anda")

POLICIES = (
    Policy("person.registered", _("Pendaftaran orang"), _RECORD, _WHILE_HERE, Fate.ERASED),
    Policy("person.changed", _("Perubahan data diri"), _RECORD, _WHILE_HERE, Fate.ERASED),
    Policy("person.merged", _("Dua catatan disatukan"), _RECORD, _WHILE_HERE, Fate.NAMELESS),
    Policy("person.parted", _("Dua catatan dipisahkan lagi"), _RECORD, _WHILE_HERE, Fate.NAMELESS),
    Policy("person.told_apart", _("Dua orang dinyatakan berbeda"), _RECORD, _WHILE_HERE, Fate.NAMELESS),
    Policy("person.withdrawn", _("Catatan orang ditarik"), _RECORD, _WHILE_HERE, Fate.NAMELESS),
    Policy("position.held", _("Jabatan"), _RECORD, _WHILE_HERE, Fate.ERASED),
    Policy("position.ended", _("Akhir jabatan"), _RECORD, _WHILE_HERE, Fate.ERASED),
    Policy("role.granted", _("Hak akses diberikan"), _ACCOUNT, _FOR_GOOD, Fate.NAMELESS),
    Policy("role.revoked", _("Hak akses dicabut"), _ACCOUNT, _FOR_GOOD, Fate.NAMELESS),
    Policy("enrolment.asked", _("Permintaan ikut pelatihan"), _STUDY, _WHILE_HERE, Fate.NAMELESS),
    Policy("enrolment.approved", _("Persetujuan koordinator"), _STUDY, _WHILE_HERE, Fate.NAMELESS),
    Policy("enrolment.declined", _("Permintaan ditolak"), _STUDY, _WHILE_HERE, Fate.ERASED),
    Policy("enrolment.withdrawn", _("Mundur dari pelatihan"), _STUDY, _WHILE_HERE, Fate.ERASED),
    Policy("seat.given", _("Tempat di pelatihan"), _STUDY, _WHILE_HERE, Fate.NAMELESS),
    Policy("seat.waitlisted", _("Masuk daftar tunggu"), _STUDY, _WHILE_HERE, Fate.NAMELESS),
    Policy("seat.released", _("Tempat dilepas"), _STUDY, _WHILE_HERE, Fate.NAMELESS),
    Policy("lesson.completed", _("Materi selesai"), _STUDY, _WHILE_HERE, Fate.NAMELESS),
    Policy("attempt.submitted", _("Jawaban tes"), _("Menilai, dan memperbaiki soal"), _WHILE_HERE, Fate.ERASED),
    Policy("attempt.marked", _("Nilai tes"), _("Kelulusan dan sertifikat"), _WHILE_HERE, Fate.ERASED),
    Policy("network.seen", _("Keadaan jaringan, sehari sekali"),
           _("Tahu desa mana yang sulit sinyal; hanya kelas sambungan dan lama menunggu, tanpa letak HP"),
           _WHILE_HERE, Fate.ERASED),
    Policy("attempt.extended", _("Tambahan waktu atau kesempatan tes"), _("Mengganti yang hilang karena gangguan"),
           _WHILE_HERE, Fate.ERASED),
    Policy("test.extended", _("Tambahan waktu tes untuk satu wilayah"), _CONTENT, _FOR_GOOD, Fate.NOBODY),
    Policy("certificate.issued", _("Sertifikat terbit"), _MEMORY, _FOR_GOOD, Fate.KEPT),
    Policy("certificate.revoked", _("Sertifikat dicabut"), _MEMORY, _FOR_GOOD, Fate.KEPT),
    Policy("certificate.scanned", _("Sertifikat dari kantor dilampirkan"), _MEMORY, _FOR_GOOD, Fate.KEPT),
    Policy("certificate.archived", _("Sertifikat lama dicatat"), _MEMORY, _FOR_GOOD, Fate.KEPT),
    Policy("certificate.archive_withdrawn", _("Catatan sertifikat lama ditarik"), _MEMORY, _FOR_GOOD, Fate.NAMELESS),
    Policy("certificate.replaced", _("Sertifikat dibetulkan"), _MEMORY, _FOR_GOOD, Fate.KEPT),
    Policy("entry.admitted", _("Catatan tertahan diterima"), _ACCOUNT, _FOR_GOOD, Fate.NOBODY),
    Policy("entry.refused", _("Catatan tertahan ditolak"), _ACCOUNT, _FOR_GOOD, Fate.NOBODY),
    Policy("entry.erased", _("Isi catatan dihapus"), _ACCOUNT, _FOR_GOOD, Fate.NOBODY),
    Policy("region.changed", _("Perubahan wilayah"), _CONTENT, _FOR_GOOD, Fate.NOBODY),
    Policy("institution.registered", _("Lembaga didaftarkan"), _CONTENT, _FOR_GOOD, Fate.NOBODY),
    Policy("institution.changed", _("Perubahan lembaga"), _CONTENT, _FOR_GOOD, Fate.NOBODY),
    Policy("course.version_published", _("Pelatihan terbit"), _CONTENT, _FOR_GOOD, Fate.NOBODY),
    Policy("test.published", _("Tes terbit"), _CONTENT, _FOR_GOOD, Fate.NOBODY),
    Policy("programme.registered", _("Program didaftarkan"), _CONTENT, _FOR_GOOD, Fate.NOBODY),
    Policy("programme.changed", _("Perubahan program"), _CONTENT, _FOR_GOOD, Fate.NOBODY),
    Policy("cohort.registered", _("Angkatan dibuat"), _CONTENT, _FOR_GOOD, Fate.NOBODY),
    Policy("cohort.changed", _("Perubahan angkatan"), _CONTENT, _FOR_GOOD, Fate.NOBODY),
    Policy("batch.registered", _("Tahap dibuat"), _CONTENT, _FOR_GOOD, Fate.NOBODY),
    Policy("batch.changed", _("Perubahan tahap"), _CONTENT, _FOR_GOOD, Fate.NOBODY),
    Policy("session.registered", _("Sesi dibuat"), _CONTENT, _FOR_GOOD, Fate.NOBODY),
    Policy("session.changed", _("Perubahan sesi"), _CONTENT, _FOR_GOOD, Fate.NOBODY),
    Policy("quota.deviated", _("Kuota khusus satu wilayah"), _CONTENT, _FOR_GOOD, Fate.NOBODY),
    Policy("rollout.registered", _("Program dicatat di wilayah"), _CONTENT, _FOR_GOOD, Fate.NOBODY),
    Policy("rollout.changed", _("Lembar keberlanjutan wilayah"), _CONTENT, _FOR_GOOD, Fate.NOBODY),
    Policy("rollout.status_reported", _("Langkah program di wilayah"), _CONTENT, _FOR_GOOD, Fate.NOBODY),
    Policy("rollout.commitment_signed", _("Komitmen pimpinan wilayah"), _CONTENT, _FOR_GOOD, Fate.NOBODY),
    Policy("rollout.status_withdrawn", _("Langkah program yang ditarik"), _CONTENT, _FOR_GOOD, Fate.NOBODY),
    Policy("rollout.commitment_withdrawn", _("Komitmen pimpinan yang ditarik"), _CONTENT, _FOR_GOOD, Fate.NOBODY),
    Policy("issuer_key.published", _("Kunci penerbit diumumkan"), _CONTENT, _FOR_GOOD, Fate.NOBODY),
    Policy("issuer_key.revoked", _("Kunci penerbit dicabut"), _CONTENT, _FOR_GOOD, Fate.NOBODY),
)  # fmt: skip
BY_KIND = {policy.kind: policy for policy in POLICIES}


def kinds_of(fate: Fate) -> list[str]:
    """The kinds of entries with this fate."""
    return [policy.kind for policy in POLICIES if policy.fate == fate]


def personal() -> list[Policy]:
    """What the page about privacy lists: everything that is about a person."""
    return [policy for policy in POLICIES if policy.fate != Fate.NOBODY]
