"""How far the roll-out has come in many regions at once: the step, its decree, the sheet, what was signed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, QuerySet
from django.utils import timezone

from .models import Commitment, Rollout, StatusReport

Status = StatusReport.Status
#: The fields of the sustainability sheet: team, budget, who operates, schedule.
SHEET = ("team", "budget", "operator", "schedule")
#: The steps in their order.
STEPS = tuple(Status.values)
#: So long may a roll-out stand on one step before its coordinator is asked.
PATIENCE = timedelta(days=90)
#: Beyond this many regions it is cheaper to read all and to leave out the others.
_FEW = 1_000


@dataclass(frozen=True)
class Standing:
    """A region's roll-out. ``since``: the day on which ``status`` was reached; without a report, none.

    ``decree``: the number of the latest decree that named the team, and ``decree_on`` its day. ``sheet``: by
    field, whether it is filled. ``commitments``: how many leaders' papers there are, ``signed_on`` the latest's day.
    ``latest``: the latest day of what proves anything here, a step or a signed paper. ``begun_on``: the day on which
    somebody first wrote anything about it, none if nobody did.
    """

    status: str = Status.NOT_STARTED
    since: date | None = None
    decree: str = ""
    decree_on: date | None = None
    sheet: dict[str, bool] = field(default_factory=lambda: dict.fromkeys(SHEET, False))
    commitments: int = 0
    signed_on: date | None = None
    latest: date | None = None
    begun_on: date | None = None

    @property
    def step(self) -> int:
        """The place of ``status`` among ``STEPS``, from 0."""
        return STEPS.index(self.status)

    @property
    def filled(self) -> int:
        """How many fields of the sheet are filled."""
        return sum(self.sheet.values())

    def has_stood_still(self, today: date) -> bool:
        """Whether it has begun, does not stand on its own feet, and nothing moved for over ``PATIENCE``."""
        moved = [day for day in (self.latest, self.begun_on) if day]
        return self.status != Status.SUSTAINED and bool(moved) and today - max(moved) > PATIENCE

    def needs_attention(self, today: date) -> bool:
        """Whether it has begun, and stands still or lacks a field of the sheet."""
        return self.begun_on is not None and (self.filled < len(SHEET) or self.has_stood_still(today))


def standing(programme: UUID | None, regions: Iterable[UUID]) -> dict[UUID, Standing]:
    """How ``programme`` stands in each of ``regions`` (ids); ``None``: in each, the programme that came furthest.

    Every region has an answer. Three queries, however many regions.
    """
    wanted = set(regions)
    found: dict[UUID, Standing] = {}
    for (region, _programme), one in by_programme(programme, wanted).items():
        if region not in found or _order(one) > _order(found[region]):
            found[region] = one
    return {region: found.get(region) or Standing() for region in wanted}


def _order(one: Standing) -> tuple[Any, ...]:
    """The furthest is the greatest."""
    return one.step, one.filled, one.commitments, one.latest or date.min, one.since or date.min


def by_programme(programme: UUID | None, regions: Iterable[UUID]) -> dict[tuple[UUID, UUID], Standing]:
    """As ``standing``, by region and programme, and only where somebody wrote anything. Three queries."""
    wanted = set(regions)
    found: dict[tuple[UUID, UUID], Standing] = {}
    sheets = _narrowed(Rollout.objects.all(), "", programme, wanted)
    # Registered twice, the first has the sheet.
    columns = ("region", "programme", "registered_at", *SHEET)
    for region, kept, registered_at, *values in sheets.order_by("registered_at", "pk").values_list(*columns):
        filled = {name: bool(value.strip()) for name, value in zip(SHEET, values, strict=True)}
        begun_on = timezone.localtime(registered_at).date()
        found.setdefault((region, kept), Standing(sheet=filled, begun_on=begun_on))
    steps = _steps(programme, wanted)
    signed = _signed(programme, wanted)
    for key, one in found.items():
        found[key] = _dated(replace(one, **steps.get(key, {}), **signed.get(key, {})))
    return {key: one for key, one in found.items() if key[0] in wanted}


def _dated(one: Standing) -> Standing:
    days = [day for day in (one.since, one.signed_on) if day]
    return replace(one, latest=max(days, default=None))


def _steps(programme: UUID | None, wanted: set[UUID]) -> dict[tuple[UUID, UUID], dict[str, Any]]:
    """The latest step, and the latest decree that named a team."""
    reports = _narrowed(StatusReport.objects.counting(), "rollout__", programme, wanted)
    rows = reports.order_by("on", "reported_at", "pk").values_list(
        "rollout__region", "rollout__programme", "status", "on", "decree", "decree_on"
    )
    found: dict[tuple[UUID, UUID], dict[str, Any]] = defaultdict(dict)
    for region, kept, status, on, decree, decree_on in rows:
        mine = found[region, kept]
        # The day on which it became so, not the one on which it was last said.
        since = mine["since"] if mine.get("status") == status else on
        mine.update(status=status, since=since)
        # A decree of another step names no team.
        if decree and status == Status.TEAM_NAMED:
            mine.update(decree=decree, decree_on=decree_on)
    return found


def _signed(programme: UUID | None, wanted: set[UUID]) -> dict[tuple[UUID, UUID], dict[str, Any]]:
    papers = _narrowed(Commitment.objects.counting(), "rollout__", programme, wanted)
    rows = papers.values_list("rollout__region", "rollout__programme").annotate(Count("pk"), Max("signed_on"))
    return {(region, kept): {"commitments": count, "signed_on": day} for region, kept, count, day in rows}


def _narrowed(rows: QuerySet[Any], to: str, programme: UUID | None, wanted: set[UUID]) -> QuerySet[Any]:
    """``rows`` of ``programme`` and the regions ``wanted``; ``to`` leads from a row to its roll-out."""
    if programme is not None:
        rows = rows.filter(**{f"{to}programme": programme})
    return rows.filter(**{f"{to}region__in": wanted}) if len(wanted) <= _FEW else rows
