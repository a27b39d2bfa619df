"""Whom a visitor of the demonstration may be. Names are invented; nobody in it is a real official."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai.common.ids import derived
from balai.people.accounts.signing_in import PARTS, Part
from balai.people.roles import Role

NAMESPACE = UUID("0e0f6f0e-5a52-5c37-9d4c-6d656e67616a")
TERBANGGI_BESAR, PEREAN, JAKARTA = "18.02.07.2009", "51.02.09.2001", "31.71"
LAMPUNG, LAMPUNG_TENGAH, KECAMATAN = "18", "18.02", "18.02.07"

_STUDYING, _HELPING, _LEADING = _("Yang belajar"), _("Yang mendampingi"), _("Yang mengelola dan mengawasi")


@dataclass(frozen=True)
class Figure:
    """One of them: one tap on the sign-in page.

    ``account``: their user name. ``over``: the codes of the regions of their role, ``None`` for the nation. ``group``
    and ``told``: where they are listed, and what one sees as them. ``eager`` and ``able``: see ``delegates.Delegate``.
    """

    name: str
    sex: str
    region: str
    position: str
    account: str
    group: Promise
    told: Promise
    role: str = ""
    over: tuple[str | None, ...] = ()
    eager: float = 0.0
    able: float = 0.6

    @property
    def id(self) -> UUID:
        return derived(NAMESPACE, "person", self.name)


PLAYABLE = (
    Figure("Siti Rahayu, S.Pd.", "P", TERBANGGI_BESAR, "Sekretaris Kampung", "demo-peserta", _STUDYING,
           _("Sekretaris kampung, di tengah pelatihan keuangan desa."), eager=0.5, able=0.6),
    Figure("Bambang Irawan", "L", TERBANGGI_BESAR, "Kaur Keuangan", "demo-lulusan", _STUDYING,
           _("Kaur keuangan, sudah lulus: sertifikat dan transkrip."), eager=1.0, able=0.95),
    Figure("Nur Halimah", "P", TERBANGGI_BESAR, "Kasi Pelayanan", "demo-menunggu", _STUDYING,
           _("Kasi pelayanan, menunggu tempat: kuota kampungnya terisi."), able=0.7),
    Figure("I Wayan Sudarma", "L", PEREAN, "Kaur Perencanaan", "demo-asing", _STUDYING,
           _("Kaur perencanaan di Bali, baru mulai."), eager=0.45, able=0.5),
    Figure("Yusuf Hidayat", "L", KECAMATAN, "Pendamping Desa", "demo-fasilitator", _HELPING,
           _("Fasilitator: melihat siapa yang tertinggal, memberi waktu tambahan."), Role.Name.FACILITATOR,
           (LAMPUNG_TENGAH,)),
    Figure("Endah Kusumawati, S.STP.", "P", KECAMATAN, "Kasi Pemberdayaan Masyarakat", "demo-kecamatan", _HELPING,
           _("Koordinator kecamatan: delegasi sepuluh kampung dan kelurahan."), Role.Name.COORDINATOR, (KECAMATAN,)),
    Figure("Drs. Hendra Wijaya", "L", LAMPUNG_TENGAH, "Kepala Bidang Pemberdayaan", "demo-koordinator", _HELPING,
           _("Koordinator kabupaten: mendaftarkan, menyetujui, melaporkan."), Role.Name.COORDINATOR, (LAMPUNG_TENGAH,)),
    Figure("Ir. Firmansyah, M.M.", "L", LAMPUNG, "Kepala Bidang Bina Pemerintahan Desa", "demo-provinsi", _HELPING,
           _("Koordinator provinsi: menunjuk tim kabupaten dan kota."), Role.Name.COORDINATOR, (LAMPUNG,)),
    Figure("Desi Anggraini, S.Sos.", "P", LAMPUNG_TENGAH, "Analis Kebijakan", "demo-panitia", _HELPING,
           _("Panitia kabupaten: ikut belajar seperti peserta lain."), Role.Name.COMMITTEE,
           (LAMPUNG_TENGAH,), eager=0.4),
    Figure("Dr. Ratna Dewi, M.Si.", "P", JAKARTA, "Widyaiswara", "demo-penulis", _LEADING,
           _("Penulis: menyunting dan menerbitkan pelatihan, menilai butir soal."), Role.Name.AUTHOR, (None,)),
    Figure("Dr. Bagus Prakoso, M.Si.", "L", JAKARTA, "Ketua Tim LMS Nasional", "demo-nasional", _LEADING,
           _("Kantor nasional: program, peta 38 provinsi, evaluasi berkala."), Role.Name.COORDINATOR, (None,)),
    Figure("Rahmat Hidayat, S.E., Ak.", "L", LAMPUNG, "Auditor Inspektorat", "demo-pemeriksa", _LEADING,
           _("Pemeriksa provinsi: melihat semua, tidak mengubah apa pun."), Role.Name.AUDITOR, (LAMPUNG,)),
    Figure("Anita Siregar, M.P.P.", "P", LAMPUNG, "Staf Ahli Gubernur", "demo-mitra", _LEADING,
           _("Mitra: hanya angka, tidak ada nama orang."), Role.Name.PARTNER, (LAMPUNG,)),
    Figure("Agus Santoso, S.Kom.", "L", JAKARTA, "Pengelola Server Pusat", "demo-admin", _LEADING,
           _("Admin: hak akses, sertifikat, catatan tertahan."), Role.Name.ADMIN, (None,)),
)  # fmt: skip


def played(account: str) -> Figure:
    """The one who signs in as ``account``."""
    return next(one for one in PLAYABLE if one.account == account)


def introduce() -> None:
    """Tell the sign-in page who they are."""
    PARTS.update({one.account: Part(one.group, one.told) for one in PLAYABLE})
