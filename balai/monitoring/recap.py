"""A picture in words: the steps with their shares, what to do next, and a text to share."""

from dataclasses import dataclass
from urllib.parse import quote

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from balai.common import clock, formats
from balai.courses.models import Course

from .counts import Counts
from .picture import Picture


@dataclass(frozen=True)
class Step:
    """One step of the way: its name, how many came so far, and of how many."""

    name: str
    count: int
    whole: int


def steps(counts: Counts) -> list[Step]:
    """From registered to certified."""
    values = (counts.people, counts.invited, counts.signed_in, counts.started, counts.certified)
    return [Step(name, count, counts.people) for name, count in zip(_names(), values, strict=True)]


def _names() -> list[str]:
    return [_("Terdaftar"), _("Diundang"), _("Sudah masuk"), _("Mulai belajar"), _("Bersertifikat")]


#: Of fewer people no gain is told: it would be one person's result, and means nothing.
FEWEST_PAIRS = 5


def gain(counts: Counts) -> str:
    """What people gained from pre-test to post-test, with how many and how far apart; "" of too few."""
    if counts.paired < FEWEST_PAIRS or counts.gain is None:
        return ""
    language = get_language() or "id"
    words = _("{gain} poin rata-rata dari tes awal ke tes akhir (n = {n}, simpangan baku {spread})")
    return words.format(
        gain=("+" if counts.gain > 0 else "") + formats.number(counts.gain, language, 1),
        n=formats.number(counts.paired, language),
        spread=formats.number(counts.gain_spread or 0, language, 1),
    )


@dataclass(frozen=True)
class NextStep:
    """The one thing for a coordinator to do now."""

    title: str
    detail: str
    url: str
    action: str


def next_step(picture: Picture, invites: bool) -> NextStep | None:
    """What moves most people on; nothing for those who cannot invite anybody (``invites``)."""
    total = picture.total
    code = picture.region.code if picture.region else ""
    if not invites:
        return None
    below = [row.counts.people for row in picture.rows]
    if not any(below or [total.people]):
        return NextStep(
            _("Belum ada orang di sini"),
            _("Unggah daftar pamong dari Excel. Anda melihat hasilnya dulu sebelum disimpan."),
            "/orang/impor",
            _("Impor dari Excel"),
        )
    waiting = total.people - total.invited
    if waiting:
        return NextStep(
            _("{count} orang belum diundang").format(count=waiting),
            _("Cetak lembar kode, atau kirim lewat WhatsApp."),
            f"/orang/kode?wilayah={code}",
            _("Bagikan kode masuk"),
        )
    return None


def text(picture: Picture, course: Course | None, factors: str = "") -> str:
    """A few lines to share in a group: no names of persons. ``factors``: what is said of the three."""
    where = picture.region.full_name if picture.region else _("Indonesia")
    when = formats.moment(timezone.localtime(picture.as_of or clock.wall()), get_language() or "id")
    head = _("Balai Belajar, {where}, keadaan {when}").format(where=where, when=when)
    lines = [head]
    if course and course.current:
        lines.append(_("Pelatihan: {title}").format(title=course.current.title))
    lines += [f"- {step.name}: {formats.number(step.count, get_language() or 'id')}" for step in steps(picture.total)]
    if factors:
        lines.append(_("Tiga faktor: {factors}").format(factors=factors))
    if picture.region:
        lines.append(f"{settings.BALAI_URL}/wilayah/{picture.region.code}")
    return "\n".join(lines)


def share_link(words: str) -> str:
    """A link that opens WhatsApp with ``words`` written."""
    return f"https://wa.me/?text={quote(words)}"
