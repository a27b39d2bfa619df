"""Cohort (*angkatan*), batch (*tahap*), session (*sesi*), and regions whose quota deviates."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from balai.log.models import SyncedModel
from balai.regions.models import Region

if TYPE_CHECKING:
    from balai.programmes.models import Programme


class CohortQuerySet(models.QuerySet["Cohort"]):
    def governing(self, code: str, today: date) -> CohortQuerySet:
        """Those that are for the region ``code`` and have not ended: a batch goes on, or none is planned yet."""
        above = [code[:length] for length in (2, 5, 8, 13) if len(code) >= length]
        going = Batch.objects.filter(cohort=models.OuterRef("pk")).filter(Q(ends_on=None) | Q(ends_on__gte=today))
        some = Batch.objects.filter(cohort=models.OuterRef("pk"))
        here = Q(programme__region=None) | Q(programme__region__code__in=above)
        return self.filter(here).filter(models.Exists(going) | ~models.Exists(some))


class Cohort(SyncedModel):
    """The people of one intake of a programme. Its fields are a document.

    ``courses``: ids of the themes that one can be sent to. ``quotas``: ``[{level, number, course}]``, at most
    ``number`` people of each region of ``level`` (0 the nation to 4 a village) for ``course``, or for each course
    where it is null.
    """

    class Asking(models.TextChoices):
        """Who may ask for a place."""

        APPROVAL = "approval", _("Sendiri, dengan persetujuan koordinator; atau lewat koordinator")
        OPEN = "open", _("Sendiri, langsung; atau lewat koordinator")
        COORDINATOR = "coordinator", _("Hanya lewat koordinator")

    programme: models.ForeignKey[Programme, Programme] = models.ForeignKey(
        "programmes.Programme", models.PROTECT, related_name="cohorts"
    )
    name = models.CharField(max_length=120)
    courses = models.JSONField(default=list)
    asking = models.CharField(max_length=11, choices=Asking.choices, default=Asking.APPROVAL)
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    quotas = models.JSONField(default=list)
    registered_at = models.DateTimeField()

    objects = CohortQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    def offers(self, course: UUID) -> bool:
        """Whether ``course`` is one of its themes."""
        return str(course) in self.courses

    def is_open(self, at: datetime) -> bool:
        """Whether one can ask for a place at ``at``."""
        return not self.is_early(at) and not self.is_late(at)

    def is_early(self, at: datetime) -> bool:
        return self.opens_at is not None and at < self.opens_at

    def is_late(self, at: datetime) -> bool:
        return self.closes_at is not None and at > self.closes_at


class Batch(SyncedModel):
    """A wave of a cohort, with its first and last day of study. Its fields are a document."""

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="batches")
    name = models.CharField(max_length=120)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    registered_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    def is_over(self, today: date) -> bool:
        return self.ends_on is not None and self.ends_on < today


class Session(SyncedModel):
    """A time of the day at which ``capacity`` people of a batch study. Its fields are a document.

    ``days``: of the week, Monday is 1. ``starts`` and ``ends``: "08:00", in the zone ``zone``.
    """

    class Part(models.TextChoices):
        MORNING = "morning", _("Sesi pagi")
        NOON = "noon", _("Sesi siang")
        EVENING = "evening", _("Sesi sore")

    class Zone(models.TextChoices):
        WIB = "WIB", "WIB"
        WITA = "WITA", "WITA"
        WIT = "WIT", "WIT"

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="sessions")
    part = models.CharField(max_length=7, choices=Part.choices)
    days = models.JSONField(default=list)
    starts = models.CharField(max_length=5)
    ends = models.CharField(max_length=5)
    zone = models.CharField(max_length=4, choices=Zone.choices)
    capacity = models.PositiveIntegerField()
    registered_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.get_part_display())


class Deviation(SyncedModel):
    """A region with a quota of its own, for one course or (none) for each; the latest counts."""

    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="deviations")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    course = models.UUIDField(null=True)
    number = models.PositiveIntegerField()
    reason = models.CharField(max_length=200, blank=True)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField()
