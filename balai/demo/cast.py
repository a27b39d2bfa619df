"""Who is in the demonstration. Names are invented; nobody in it is a real official."""

from dataclasses import dataclass
from itertools import cycle
from uuid import UUID

from balai.common.ids import derived
from balai.people.roles import Role

_NAMESPACE = UUID("0e0f6f0e-5a52-5c37-9d4c-6d656e67616a")


@dataclass(frozen=True)
class Figure:
    """A person of the demonstration, and how far they came with the course.

    ``account``: their user name, "" for none. ``lessons``: how many they finished. ``practice`` and ``final``: how many
    answers of a test were right, in the order of the attempts. ``days``: how long ago they began.
    """

    name: str
    sex: str
    region: str
    position: str
    account: str = ""
    role: str = ""
    over: tuple[str | None, ...] = ()
    invited: bool = True
    signed_in: bool = True
    lessons: int = 0
    practice: tuple[int, ...] = ()
    final: tuple[int, ...] = ()
    days: int = 9

    @property
    def id(self) -> UUID:
        return derived(_NAMESPACE, "person", self.name)


TERBANGGI_BESAR, PEREAN, JAKARTA = "18.02.07.2009", "51.02.09.2001", "31.71"

#: Those whom a visitor may be: one tap on the sign-in page.
PLAYABLE = (
    Figure("Siti Rahayu, S.Pd.", "P", TERBANGGI_BESAR, "Sekretaris Kampung", "demo-peserta",
           lessons=3, practice=(5,), days=6),
    Figure("Bambang Irawan", "L", TERBANGGI_BESAR, "Kepala Urusan Keuangan", "demo-lulusan",
           lessons=6, practice=(6, 9), final=(9,), days=12),
    Figure("Dr. Ratna Dewi, M.Si.", "P", JAKARTA, "Widyaiswara", "demo-penulis", Role.Name.AUTHOR, (None,)),
    Figure("Drs. Hendra Wijaya", "L", "18.02", "Kepala Bidang Pemberdayaan", "demo-koordinator",
           Role.Name.COORDINATOR, ("18.02",)),
    Figure("Yusuf Hidayat", "L", "18.02.07", "Pendamping Desa", "demo-fasilitator", Role.Name.FACILITATOR, ("18.02",)),
    Figure("I Wayan Sudarma", "L", PEREAN, "Kepala Urusan Perencanaan", "demo-asing", lessons=1, days=3),
    Figure("Agus Santoso, S.Kom.", "L", JAKARTA, "Pengelola Server Pusat", "demo-admin", Role.Name.ADMIN, (None,)),
)  # fmt: skip


def played(account: str) -> Figure:
    """The one who signs in as ``account``."""
    return next(one for one in PLAYABLE if one.account == account)


_VILLAGES = (
    TERBANGGI_BESAR, "18.02.04.2009", "18.02.05.2001", "18.02.06.2002", "18.02.08.2003", "18.02.11.2001",
    "18.02.23.2001", "18.02.27.2003", PEREAN, "51.02.10.2002",
)  # fmt: skip
_POSITIONS = (
    "Kepala Kampung", "Kepala Urusan Keuangan", "Kepala Urusan Perencanaan", "Kepala Seksi Pelayanan",
    "Kepala Dusun", "Anggota BPK", "Pengelola Perpustakaan",
)  # fmt: skip
_NAMES = (
    ("Suparman", "L"), ("Nur Aini", "P"), ("Bambang Setiawan", "L"), ("Sri Wahyuni, A.Md.", "P"),
    ("Ahmad Fauzi", "L"), ("Dewi Lestari", "P"), ("Sutrisno", "L"), ("Hj. Maimunah", "P"),
    ("Ni Ketut Ayu Parwati", "P"), ("I Made Artawan", "L"), ("Joko Susilo", "L"), ("Rina Marlina, S.E.", "P"),
    ("Mukhlis", "L"), ("Yuliana", "P"), ("Darmawan Putra", "L"), ("Endang Suryani", "P"),
    ("Zainal Abidin", "L"), ("Fitriani", "P"), ("I Nyoman Suarta", "L"), ("Ni Luh Putu Sari", "P"),
    ("Rohman", "L"), ("Kartini", "P"), ("Edi Purnomo, S.T.", "L"), ("Siti Khotimah", "P"),
    ("Wahyu Nugroho", "L"), ("Lilis Suryati", "P"), ("Hasan Basri", "L"), ("Murniati", "P"),
    ("I Gede Sukerta", "L"), ("Ni Wayan Rasmini", "P"), ("Slamet Riyadi", "L"), ("Umi Kalsum", "P"),
    ("Taufik Hidayat", "L"), ("Sumarni", "P"), ("Ridwan", "L"), ("Dwi Astuti, S.Pd.", "P"),
    ("Paijo", "L"), ("Marlena", "P"), ("I Ketut Widana", "L"), ("Ni Made Suryani", "P"),
)  # fmt: skip
#: How far a learner came: the crowd walks through these again and again.
_STAGES: tuple[dict[str, object], ...] = (
    {"lessons": 6, "practice": (6, 9), "final": (9,), "days": 11},
    {"lessons": 4, "practice": (5,)},
    {"lessons": 0},
    {"signed_in": False},
    {"lessons": 6, "practice": (8,), "final": (5, 8), "days": 10},
    {"lessons": 2},
    {"invited": False, "signed_in": False},
    {"lessons": 6, "practice": (4, 7), "days": 8},
    {"signed_in": False},
    {"lessons": 1, "days": 2},
    {"lessons": 6, "final": (10,), "days": 7},
)


def crowd() -> list[Figure]:
    """The learners around them, at every stage."""
    around = zip(_NAMES, cycle(_VILLAGES), cycle(_POSITIONS), cycle(_STAGES), strict=False)
    return [Figure(name, sex, village, position, **stage) for (name, sex), village, position, stage in around]  # type: ignore[arg-type]
