"""How far the programme has come in each region: decrees, sheets, papers that leaders signed. Numbers are invented."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from uuid import UUID

from balai.common.ids import derived
from balai.log import blobs
from balai.log.handlers import Change
from balai.log.record import Deed
from balai.programmes.rollout.entries import (
    CommitmentSigned,
    File,
    RolloutChanged,
    RolloutRegistered,
    Status,
    StatusReported,
)
from balai.regions.models import Region

from . import commitment
from .month import Calendar
from .programme import PROGRAMME

#: What each step is reported with.
_NOTES: dict[Status, str] = {
    "not_started": "Masih menunggu anggaran perubahan.",
    "team_named": "Tim LMS ditetapkan; sekretariat di dinas pemberdayaan masyarakat dan desa.",
    "trained": "Koordinator kecamatan dilatih dua hari, masing-masing enam jam.",
    "running": "Delegasi desa sudah masuk dan belajar.",
    "sustained": "Dibiayai APBD, dikelola tim sendiri, dievaluasi setiap triwulan.",
}
_ORDER: tuple[Status, ...] = ("team_named", "trained", "running", "sustained")


@dataclass(frozen=True)
class Sheet:
    """The sustainability sheet of a region, as far as it is written."""

    team: str = ""
    budget: str = ""
    operator: str = ""
    schedule: str = ""


@dataclass(frozen=True)
class Path:
    """How a region came to ``status``, since how many days each step: the first is the naming of the team."""

    status: Status
    steps: tuple[int, ...] = ()
    sheet: Sheet = Sheet()
    leader: str = ""


_FULL = Sheet(
    "Penanggung jawab: sekretaris daerah. Ketua: kepala dinas PMD. Anggota: dinas kominfo, inspektorat, para camat.",
    "APBD: Rp185.000.000 setahun untuk pelatihan koordinator, paket data, dan evaluasi.",
    "Dua operator di dinas PMD; satu operator di tiap kecamatan.",
    "Senin sampai Kamis pukul 08.00–10.00, 13.00–15.00, dan 16.00–18.00 WIB. Evaluasi tiap tiga bulan.",
)
_OF_KECAMATAN = Sheet(
    "Camat, kasi PMD, dan pendamping desa.",
    "Paket data dari APB kampung masing-masing, Rp50.000 sebulan tiap delegasi.",
    "Kasi PMD, dibantu satu pendamping desa.",
    "Belajar bersama di kantor kecamatan setiap Rabu pukul 13.00 WIB.",
)
_PARTLY = Sheet(_FULL.team, "", "Satu operator di dinas PMD.", "Rapat tim setiap Jumat pertama.")
#: By the code of the region. Kecamatan follow from how eager their people are (``of_kecamatan``).
PATHS = {
    "18": Path("running", (140, 112, 34), _FULL, "Gubernur Lampung"),
    "18.02": Path("running", (118, 74, 32), _FULL, "Bupati Lampung Tengah"),
    "18.01": Path("sustained", (146, 121, 90, 12), _FULL, "Bupati Lampung Selatan"),
    "18.07": Path("running", (104, 66, 24), _PARTLY),
    "18.72": Path("running", (99, 60, 21), _PARTLY),
    "18.05": Path("trained", (81, 16), Sheet(team=_FULL.team)),
    "18.71": Path("trained", (77, 9), Sheet(team=_FULL.team)),
    "18.08": Path("team_named", (19,)),
    "18.06": Path("not_started"),
    "51": Path("trained", (95, 41)),
    "51.02": Path("running", (88, 47, 26), _PARTLY),
    "53": Path("team_named", (58,)),
    "53.01": Path("trained", (52, 20), Sheet(operator="Satu operator; di enam desa sinyal hanya ada di kantor desa.")),
}


def of_kecamatan(eager: float) -> Path:
    """How far a kecamatan is whose people are so eager."""
    if eager >= 0.8:
        return Path("running", (92, 68, 31), _OF_KECAMATAN)
    if eager >= 0.5:
        return Path("running", (92, 68, 25), replace(_OF_KECAMATAN, budget="", schedule=""))
    return Path("trained", (92, 67)) if eager else Path("team_named", (88,))


def reports(region: Region, path: Path, calendar: Calendar, by: UUID) -> Iterator[Deed]:
    """``by`` keeps the roll-out of ``region`` and reports each step."""
    id = derived(PROGRAMME, "rollout", region.code)
    begun = max(path.steps, default=30)
    registered = RolloutRegistered(PROGRAMME, region.pk)
    yield Deed("rollout.registered", registered, by, None, region.pk, id=id, made_at=calendar.at(begun, "10:00"))
    steps = zip(_ORDER, path.steps, strict=False) if path.steps else [(path.status, begun)]
    for status, ago in steps:
        decree = _decree(region, calendar, ago) if status == "team_named" else ""
        said = StatusReported(
            status, calendar.day(ago), decree, calendar.day(ago + 3) if decree else None, _NOTES[status]
        )
        made_at = calendar.at(ago, "11:00")
        yield Deed("rollout.status_reported", said, by, id, region.pk, id=derived(id, status), made_at=made_at)
    changes = {field: Change(text, (id,)) for field, text in asdict(path.sheet).items() if text}
    if changes:
        made_at = calendar.at(path.steps[-1], "13:30")
        yield Deed("rollout.changed", RolloutChanged(changes), by, id, region.pk, id=derived(id, "sheet"),
                   made_at=made_at)  # fmt: skip
    if path.leader:
        yield _signed(region, path, calendar, by, id)


def _decree(region: Region, calendar: Calendar, ago: int) -> str:
    """As such decrees are called. Their numbers are invented."""
    head = {1: "Gubernur", 2: "Wali Kota" if region.kind == Region.Kind.CITY else "Bupati", 3: "Camat"}[region.level]
    number = int(derived(PROGRAMME, "decree", region.code).hex[:4], 16) % 700 + 40
    return f"Keputusan {head} {region.name} Nomor {number}/KPTS/{calendar.day(ago + 3).year}"


def _signed(region: Region, path: Path, calendar: Calendar, by: UUID, id: UUID) -> Deed:
    ago = path.steps[0] - 4
    leader = commitment.invented_leader(region)
    paper = commitment.draw(leader, path.leader, region.title, calendar.day(ago))
    file = File(blobs.put(paper), f"CONTOH komitmen {region.name}.pdf", "application/pdf", len(paper))
    said = CommitmentSigned(leader, path.leader, calendar.day(ago), file)
    made_at = calendar.at(ago, "15:00")
    return Deed("rollout.commitment_signed", said, by, id, region.pk, id=derived(id, "signed"), made_at=made_at)
