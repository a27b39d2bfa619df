"""Programmes. Cohorts, seats and the roll-out in regions have rooms of their own inside this one."""

from datetime import date
from typing import NamedTuple

from django.db import models

from balai.log.models import SyncedModel
from balai.regions.models import Region

from .cohorts.models import Batch, Cohort, Deviation, Session
from .lists.models import ListRow, NameList
from .rollout.models import Commitment, CommitmentWithdrawal, Rollout, StatusReport, StatusWithdrawal
from .seats.models import Approval, Decline, Enrolment, Seat, Waiting, Withdrawal, admitted

__all__ = [
    "Approval",
    "Batch",
    "Cohort",
    "Commitment",
    "CommitmentWithdrawal",
    "Decline",
    "Deviation",
    "Enrolment",
    "ListRow",
    "NameList",
    "Programme",
    "Rollout",
    "Seat",
    "Session",
    "Stage",
    "StatusReport",
    "StatusWithdrawal",
    "Waiting",
    "Withdrawal",
    "admitted",
]


class Stage(NamedTuple):
    """One stage of a programme (*alur*): its name and, as far as they are known, its first and last day."""

    name: str
    starts_on: date | None
    ends_on: date | None

    def is_past(self, today: date) -> bool:
        return self.ends_on is not None and self.ends_on < today

    def is_now(self, today: date) -> bool:
        begun = self.starts_on is not None and self.starts_on <= today
        return begun and not self.is_past(today)


class Programme(SyncedModel):
    """What courses, cohorts and, later, meetings and plans belong to. Its fields are a document.

    ``courses``: ids, in the order in which they are recommended; a course that is not here yet is simply not shown.
    ``stages``: ``[{name, starts_on, ends_on}]`` in their order. ``region``: whom it is for; none is the nation.
    """

    name = models.CharField(max_length=120)
    summary = models.CharField(max_length=400, blank=True)
    courses = models.JSONField(default=list)
    stages = models.JSONField(default=list)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="programmes")
    registered_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    @property
    def code(self) -> str:
        """The code of the region that it is for; "" is the nation."""
        return self.region.code if self.region else ""

    @property
    def course_of_stages(self) -> list[Stage]:
        """The stages, read."""
        return [Stage(one["name"], _day(one.get("starts_on")), _day(one.get("ends_on"))) for one in self.stages]


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
