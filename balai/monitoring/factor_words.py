"""The three factors in words: what is said of each, with its coverage and age."""

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from balai.common import formats
from balai.programmes.rollout.standing import Standing

from . import thresholds
from .factors import Factors, Network, Participation, Support, Verdict, checks
from .models import NetworkSighting
from .network import LATELY

NAMES: dict[str, str | Promise] = {
    "support": gettext_lazy("Dukungan pimpinan"),
    "network": gettext_lazy("Jaringan"),
    "participation": gettext_lazy("Partisipasi"),
}
VERDICTS: dict[Verdict, str | Promise] = {
    Verdict.MET: gettext_lazy("Terpenuhi"),
    Verdict.UNMET: gettext_lazy("Belum terpenuhi"),
    Verdict.UNKNOWN: gettext_lazy("Belum ada data"),
}
CHECKS: dict[str, str | Promise] = {
    "decree": gettext_lazy("Tim ditetapkan dengan SK"),
    "budget": gettext_lazy("Anggaran"),
    "operator": gettext_lazy("Operator"),
    "schedule": gettext_lazy("Jadwal"),
    "commitment": gettext_lazy("Komitmen bertanda tangan"),
}
_PILLS = {Verdict.MET: "pill", Verdict.UNMET: "pill wait", Verdict.UNKNOWN: "pill none"}


@dataclass(frozen=True)
class Check:
    """One line of the leaders' list: ``evidence`` says what proves it."""

    name: str
    there: bool
    evidence: str = ""


@dataclass(frozen=True)
class Card:
    """A factor on a page. ``asked``: when it counts as fulfilled; ``coverage`` says of how much, and how old it is.

    ``short`` is for the cell of a table.
    """

    key: str
    name: str
    verdict: Verdict
    line: str
    short: str
    coverage: str
    asked: str
    more: list[str] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)

    @property
    def word(self) -> str:
        return str(VERDICTS[self.verdict])

    @property
    def pill(self) -> str:
        return _PILLS[self.verdict]


@dataclass(frozen=True)
class Told:
    """The three cards, and what they say together: never a number."""

    cards: list[Card]
    met: bool

    @property
    def word(self) -> str:
        return str(VERDICTS[Verdict.MET if self.met else Verdict.UNMET])

    @property
    def pill(self) -> str:
        return _PILLS[Verdict.MET if self.met else Verdict.UNMET]

    @property
    def sentence(self) -> str:
        """What is lacking."""
        if self.met:
            return _("Ketiganya ada.")
        names = ", ".join(card.name.lower() for card in self.cards if card.verdict != Verdict.MET)
        return _("Yang belum: {names}. Ketiganya harus ada; tidak dirata-rata.").format(names=names)


def told(factors: Factors, *, texts: bool = False) -> Told:
    """``factors`` in words; with what people wrote to prove them only if ``texts``, for those who see persons."""
    cards = [_support(factors.support, texts), _network(factors.network), _participation(factors.participation)]
    return Told(cards, factors.met)


def _support(support: Support, texts: bool) -> Card:
    nation = support.region is None
    return Card(
        "support",
        str(NAMES["support"]),
        support.verdict,
        _provinces(support) if nation else _list(support),
        _short(support),
        _joined(_below(support), _latest(support.newest)),
        _asked_nation() if nation else _("Terpenuhi bila kelima bukti ada."),
        checks=[] if nation else list(evidence(support.standing, texts)),
    )


def _short(support: Support) -> str:
    if support.verdict == Verdict.UNKNOWN:
        return ""
    return _joined(_("{count} dari {all} bukti").format(count=support.complete, all=len(CHECKS)), _whose(support))


def _whose(support: Support) -> str:
    """Whose proof it is, when it is not the region's own."""
    return support.region.called.lower() if support.region and not support.own else ""


def _asked_nation() -> str:
    words = _("Terpenuhi bila {share}% provinsi punya kelima bukti: {names}.")
    return words.format(share=thresholds.SUPPORTED_PROVINCES, names=", ".join(str(name) for name in CHECKS.values()))


def _provinces(support: Support) -> str:
    if support.verdict == Verdict.UNKNOWN:
        return _("Belum ada provinsi yang melapor")
    words = _("{whole} dari {below} provinsi punya kelima bukti")
    return words.format(whole=_number(support.whole), below=_number(support.below))


def _list(support: Support) -> str:
    where = support.region.title if support.region else ""
    if support.verdict == Verdict.UNKNOWN:
        return _("Belum ada laporan dari {region}").format(region=where)
    words = _("{count} dari {all} bukti ada di {region}")
    return words.format(count=support.complete, all=len(CHECKS), region=where)


def _below(support: Support) -> str:
    """What the regions right below have told; nothing where they are not asked."""
    if not support.known:
        return ""
    words = _("{known} dari {below} wilayah di bawahnya melapor, {whole} lengkap")
    return words.format(known=_number(support.known), below=_number(support.below), whole=_number(support.whole))


def evidence(one: Standing, texts: bool) -> "list[Check]":
    """The list, each line with what proves it: of a decree its day, and what was written of it only if ``texts``."""
    proofs = {
        "decree": _joined(one.decree if texts else "", _day(one.decree_on)),
        "commitment": _signed(one),
    }
    return [
        Check(str(CHECKS[key]), there, proofs.get(key, _("tertulis di lembar keberlanjutan")) if there else "")
        for key, there in checks(one)
    ]


def _signed(one: Standing) -> str:
    papers = ngettext("{count} surat", "{count} surat", one.commitments).format(count=one.commitments)
    return _joined(papers, _day(one.signed_on))


def _network(network: Network) -> Card:
    classes = dict(NetworkSighting.Network.choices)
    line, short, more = _("Belum ada HP yang melapor"), "", []
    if network.seen:
        words = _("{connected} dari {seen} desa yang terlihat mencapai 3G atau lebih")
        line = words.format(connected=_number(network.connected), seen=_number(network.seen))
        short = _("{connected} dari {seen} desa 3G").format(connected=network.connected, seen=network.seen)
        middle = classes[network.counts.median_network.removeprefix("net_")]
        more.append(_("Desa di tengah: {network}").format(network=middle))
        failed = formats.percent(network.counts.failed, network.counts.asked, _language())
        more.append(_("{share} permintaan gagal").format(share=failed))
    words = _("{seen} dari {all} desa terlihat dalam {days} hari")
    if network.of_period:
        words = _("{seen} dari {all} desa terlihat dalam masa ini")
    seen = words.format(seen=_number(network.seen), all=_number(network.villages), days=LATELY)
    asked = _(
        "Terpenuhi bila {seen} persen desa terlihat, dan {connected} persen darinya mencapai 3G atau lebih."
    ).format(seen=thresholds.SEEN_VILLAGES, connected=thresholds.CONNECTED_VILLAGES)
    age = _latest(network.newest)
    return Card("network", str(NAMES["network"]), network.verdict, line, short, _joined(seen, age), asked, more)


def _participation(participation: Participation) -> Card:
    counts = participation.counts
    line, short = _("Belum ada yang terdaftar"), ""
    if counts.people:
        shares = {
            "started": formats.percent(counts.started, counts.people, _language()),
            "finished": formats.percent(counts.finished, counts.people, _language()),
        }
        words = _("{started} mulai belajar, {finished} selesai, dari {people} orang terdaftar")
        line = words.format(people=_number(counts.people), **shares)
        short = _("{started} mulai, {finished} selesai").format(**shares)
    covered = _("{covered} dari {all} desa punya peserta").format(
        covered=_number(counts.villages), all=_number(participation.villages)
    )
    asked = _(
        "Terpenuhi bila {villages} persen desa punya peserta, {started} persen sudah mulai, "
        "dan {finished} persen sudah selesai."
    )
    return Card(
        "participation",
        str(NAMES["participation"]),
        participation.verdict,
        line,
        short,
        _joined(covered, _age(participation)),
        asked.format(villages=thresholds.TAKING_PART, started=thresholds.STARTED, finished=thresholds.FINISHED),
    )


def _age(participation: Participation) -> str:
    if participation.as_of is None:
        return _("sedang dihitung")
    when = formats.moment(timezone.localtime(participation.as_of), _language())
    return _("keadaan {when}").format(when=when)


def _latest(day: date | None) -> str:
    return _("terbaru {day}").format(day=_day(day)) if day else ""


def _day(day: date | None) -> str:
    return formats.day(day, _language()) if day else ""


def _number(value: float) -> str:
    return formats.number(value, _language())


def _language() -> str:
    return get_language() or "id"


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
