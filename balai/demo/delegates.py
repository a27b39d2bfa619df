"""The delegates of villages: who they are, how eagerly they study, how well they answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from uuid import UUID

from balai.common.ids import derived
from balai.regions.models import Region

from . import names
from .cast import NAMESPACE, Figure

_KAMPUNG = (
    "Kaur Keuangan", "Kepala {kind}", "Sekretaris {kind}", "Kaur Perencanaan", "Kaur Tata Usaha dan Umum",
    "Kasi Pemerintahan", "Kasi Kesejahteraan", "Kasi Pelayanan", "Kepala Dusun", "Anggota BPK",
)  # fmt: skip
_KELURAHAN = (
    "Bendahara Kelurahan", "Lurah", "Sekretaris Kelurahan", "Kasi Pemerintahan", "Kasi Pelayanan",
    "Kasi Ekonomi dan Pembangunan",
)  # fmt: skip
#: How eager the people of a kecamatan are, 0 to 1; those not named here come in between.
EAGERNESS = {
    "18.02.05": 0.95, "18.02.06": 0.85, "18.02.07": 1.0, "18.02.08": 0.9, "18.02.11": 0.8, "18.02.16": 0.85,
    "18.02.23": 1.0, "18.02.09": 0.3, "18.02.12": 0.35, "18.02.15": 0.3, "18.02.19": 0.35, "18.02.20": 0.25,
    "18.02.26": 0.3, "18.02.24": 0.0, "18.02.28": 0.0,
}  # fmt: skip
BETWEEN = 0.6
#: Their delegates are on the list, and nobody has invited them yet.
UNINVITED = ("18.02.27",)


@dataclass(frozen=True)
class Delegate:
    """Somebody whom a village sends. ``eager``: 0 never signs in, 1 studies to the end; ``able``: 0 to 1, see
    ``answering``; ``number``: which of the village's.
    """

    id: UUID
    name: str
    sex: str
    position: str
    region: UUID
    code: str
    number: int
    eager: float
    able: float
    invited: bool = True

    @property
    def signs_in(self) -> bool:
        return self.invited and self.eager > 0.25

    @property
    def starts(self) -> bool:
        return self.signs_in and self.eager > 0.36

    @property
    def random(self) -> Random:
        """Draws of their own, the same each time."""
        return Random(str(self.id))


def of_villages(villages: Iterable[Region], known: Iterable[Figure] = (), places: int = 2) -> list[Delegate]:
    """``places`` delegates of each of ``villages``; where one of ``known`` lives, they are among them."""
    at_home: dict[str, list[Figure]] = {}
    for figure in known:
        at_home.setdefault(figure.region, []).append(figure)
    return [
        _invented(village, number)
        for village in villages
        for number in range(1, places + 1 - len(at_home.get(village.code, ())))
    ]


def one_more(village: Region) -> Delegate:
    """Somebody of ``village`` beyond its two delegates, who would like to take part too."""
    return _invented(village, 3)


def of_office(region: Region) -> Delegate:
    """Somebody of the office of a kabupaten, kota or kecamatan, who coordinates it."""
    random = Random(f"kantor {region.code}")
    name, sex = names.draw(random, region.name, region.code)
    position = "Kasi Pemberdayaan Masyarakat" if region.level == 3 else "Kepala Bidang Pemerintahan Desa"
    return Delegate(office_id(region.code), name, sex, position, region.pk, region.code, 0, eager=0.3, able=0.6)


def office_id(code: str) -> UUID:
    """The id of whoever coordinates the region ``code``."""
    return derived(NAMESPACE, "office", code)


def of_figure(figure: Figure, region: UUID) -> Delegate:
    """A figure of the cast, as the others are described."""
    return Delegate(
        figure.id, figure.name, figure.sex, figure.position, region, figure.region, 0, figure.eager, figure.able
    )


def _invented(village: Region, number: int) -> Delegate:
    random = Random(f"{village.code}/{number}")
    name, sex = names.draw(random, village.name, village.code)
    titles = _KELURAHAN if village.kind == Region.Kind.URBAN_VILLAGE else _KAMPUNG
    # The first keeps the village's money, as a rule; the others hold any other post.
    title = titles[0] if number == 1 and random.random() < 0.7 else random.choice(titles[1:])
    around = EAGERNESS.get(village.code[:8], BETWEEN)
    eager = 0.0 if not around else min(1.0, max(0.02, around * random.uniform(0.35, 1.25) + random.uniform(-0.1, 0.2)))
    return Delegate(
        id=derived(NAMESPACE, "delegate", village.code, str(number)),
        name=name,
        sex=sex,
        position=title.format(kind=village.called),
        region=village.pk,
        code=village.code,
        number=number,
        eager=eager,
        able=min(1.0, max(0.0, random.gauss(0.57, 0.24))),
        invited=village.code[:8] not in UNINVITED,
    )
