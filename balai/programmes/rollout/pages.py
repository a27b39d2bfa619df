"""A programme in a region as one person sees it: loaded through their reach, and what its page shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from balai.common.problems import NOT_FOUND, Refusal
from balai.people.access import Request
from balai.people.reach import CHANGE_PERSONS, SEE_PERSONS, covers
from balai.programmes import rules
from balai.programmes.models import Programme
from balai.programmes.programme_views import one
from balai.regions.models import Region

from .models import Commitment, StatusReport, Withdrawn
from .sheets import names_of
from .standing import STEPS, Standing, Status


@dataclass(frozen=True)
class Seen:
    """A programme in a region. ``persons``: whether the viewer sees who is behind it; ``edits``: may report."""

    programme: Programme
    region: Region
    persons: bool
    edits: bool

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        """The way here."""
        return [*overview_crumbs(self.programme), (_("Pelaksanaan di wilayah"), overview_url(self.programme))]

    @property
    def url(self) -> str:
        return f"{overview_url(self.programme)}/{self.region.code}"

    @property
    def crumbs_below(self) -> list[tuple[str, str]]:
        """The way to a page below this one."""
        return [*self.crumbs, (self.region.title, self.url)]


def overview_url(programme: Programme) -> str:
    return f"/program/{programme.pk}/wilayah"


def overview_crumbs(programme: Programme) -> list[tuple[str, str]]:
    """The way to the overview of a programme."""
    return [(_("Program"), "/program"), (programme.name, f"/program/{programme.pk}")]


def seen(request: Request, id: UUID, code: str) -> Seen:
    """The programme ``id`` in the region ``code``, if it is for that region and the asker watches it.

    Raises ``Refusal`` (404).
    """
    programme, region, reach = one(id), Region.objects.coded(code), request.person.reach
    if region is None or not covers(programme.code, region.code) or not reach.covers(region.code, *rules.WATCHERS):
        raise Refusal(NOT_FOUND)
    persons, edits = (reach.covers(region.code, *names) for names in (SEE_PERSONS, CHANGE_PERSONS))
    return Seen(programme, region, persons, edits)


def with_persons(request: Request, id: UUID, code: str) -> Seen:
    """As ``seen``, for whoever sees persons there. Raises ``Refusal`` (404)."""
    found = seen(request, id, code)
    if not found.persons:
        raise Refusal(NOT_FOUND)
    return found


def edited(request: Request, id: UUID, code: str) -> Seen:
    """As ``seen``, for whoever reports there. Raises ``Refusal`` (404)."""
    found = seen(request, id, code)
    if not found.edits:
        raise Refusal(NOT_FOUND)
    return found


@dataclass(frozen=True)
class Step:
    """One step of the line: since when, whether it is behind, whether the region stands on it."""

    label: str
    since: date | None
    is_past: bool
    is_now: bool


def steps(standing: Standing, reports: Iterable[tuple[str, date]]) -> list[Step]:
    """The line of steps; ``reports``: what was reported, status and day."""
    since: dict[str, date] = {}
    for status, on in reports:
        since[status] = min(on, since.get(status, on))
    found = []
    for place, status in enumerate(STEPS):
        is_now = place == standing.step
        day = standing.since if is_now else since.get(status)
        found.append(Step(str(Status(status).label), day, place < standing.step, is_now))
    return found


@dataclass(frozen=True)
class Told:
    """A step or a paper, who brought it, and whether and by whom it was taken back."""

    what: StatusReport | Commitment
    by: str
    taken_back: Withdrawn | None
    taken_back_by: str


def told(rows: Iterable[StatusReport | Commitment]) -> list[Told]:
    """Each with the names of who brought it and took it back. One query; the withdrawals are loaded before."""
    found = [(one, _first(one)) for one in rows]
    people = [one.reported_by for one, _back in found] + [back.withdrawn_by for _one, back in found if back]
    names = names_of(people)
    return [
        Told(one, names.get(one.reported_by, ""), back, names.get(back.withdrawn_by, "") if back else "")
        for one, back in found
    ]


def _first(one: StatusReport | Commitment) -> Withdrawn | None:
    return min(one.withdrawals.all(), key=lambda back: (back.withdrawn_at, back.pk), default=None)


def paper(seen: Seen, id: UUID) -> StatusReport | Commitment:
    """The step or leader's paper ``id`` of this programme in this region. Raises ``Refusal`` (404)."""
    here = {"pk": id, "rollout__programme": seen.programme, "rollout__region": seen.region}
    for model in (StatusReport, Commitment):
        found: StatusReport | Commitment | None = model.objects.filter(**here).select_related("rollout").first()
        if found:
            return found
    raise Refusal(NOT_FOUND)


@dataclass(frozen=True)
class Next:
    """What an editor does next here: ``what`` is one of team, step, sheet, paper."""

    what: str
    title: str
    detail: str
    action: str
    url: str


def next_of(seen: Seen, standing: Standing, team_is_named: bool) -> Next:
    """What is missing first: a team, the sheet, a leader's word; else the next step."""
    if not team_is_named and standing.status == Status.NOT_STARTED:
        detail = _("Tim mengundang peserta, mendampingi mereka, dan melaporkan dari sini.")
        url = f"/hak/tunjuk?wilayah={seen.region.code}&lanjut={seen.url}"
        return Next("team", _("Tunjuk tim pengelola"), detail, _("Tunjuk tim"), url)
    if standing.status != Status.NOT_STARTED and standing.filled < len(standing.sheet):
        detail = _("{filled} dari {all} isian terisi.").format(filled=standing.filled, all=len(standing.sheet))
        return Next("sheet", _("Lengkapi lembar keberlanjutan"), detail, _("Isi lembar"), f"{seen.url}/lembar")
    if standing.status != Status.NOT_STARTED and not standing.commitments:
        detail = _("Surat yang ditandatangani pimpinan menunjukkan bahwa program ini didukung.")
        return Next("paper", _("Unggah komitmen pimpinan"), detail, _("Unggah komitmen"), f"{seen.url}/komitmen")
    if standing.status == Status.SUSTAINED:
        detail = _("Program berjalan mandiri. Laporkan bila keadaannya berubah.")
        return Next("", _("Sudah mandiri"), detail, _("Laporkan langkah"), f"{seen.url}/langkah")
    after = Status(STEPS[standing.step + 1]).label
    detail = _("Langkah berikutnya: {step}. Laporkan begitu tercapai.").format(step=after)
    return Next("step", _("Laporkan langkah"), detail, _("Laporkan langkah"), f"{seen.url}/langkah")
