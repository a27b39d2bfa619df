"""The roll-out of a programme in one region, the steps that were reported, and what its leaders signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from balai.log.models import SyncedModel
from balai.regions.models import Region

if TYPE_CHECKING:
    from balai.programmes.models import Programme


class Rollout(SyncedModel):
    """A programme in a region. The four texts are the sustainability sheet, a document that everybody edits."""

    programme: models.ForeignKey[Programme, Programme] = models.ForeignKey(
        "programmes.Programme", models.PROTECT, related_name="rollouts"
    )
    region = models.ForeignKey(Region, models.PROTECT, related_name="rollouts")
    team = models.TextField(blank=True)
    budget = models.TextField(blank=True)
    operator = models.TextField(blank=True)
    schedule = models.TextField(blank=True)
    registered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["programme", "region"], name="rollout_in_region")]


class Evidence(SyncedModel):
    """A file that proves something: ``file`` is its name in the file store, "" for none; ``bytes`` its size."""

    file = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=120, blank=True)
    media_type = models.CharField(max_length=20, blank=True)
    bytes = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class EvidenceQuerySet(models.QuerySet[Any]):
    def counting(self) -> EvidenceQuerySet:
        """Without what was taken back."""
        return self.filter(withdrawals=None)


class StatusReport(Evidence):
    """Somebody reported that the region reached ``status`` on the day ``on``. The latest day counts."""

    class Status(models.TextChoices):
        """From nothing to standing on its own feet."""

        NOT_STARTED = "not_started", _("Belum mulai")
        TEAM_NAMED = "team_named", _("Tim ditetapkan")
        TRAINED = "trained", _("Koordinator dilatih")
        RUNNING = "running", _("Berjalan")
        SUSTAINED = "sustained", _("Mandiri")

    rollout = models.ForeignKey(Rollout, models.PROTECT, related_name="reports")
    status = models.CharField(max_length=11, choices=Status.choices)
    on = models.DateField()
    decree = models.CharField(max_length=120, blank=True)
    decree_on = models.DateField(null=True)
    note = models.CharField(max_length=400, blank=True)
    reported_by = models.UUIDField(null=True)
    reported_at = models.DateTimeField()

    objects = EvidenceQuerySet.as_manager()


class Commitment(Evidence):
    """What a leader of the region signed: who, as what, on which day, and the signed paper."""

    rollout = models.ForeignKey(Rollout, models.PROTECT, related_name="commitments")
    leader = models.CharField(max_length=120)
    title = models.CharField(max_length=120)
    signed_on = models.DateField()
    reported_by = models.UUIDField(null=True)
    reported_at = models.DateTimeField()

    objects = EvidenceQuerySet.as_manager()


class Withdrawn(SyncedModel):
    """It was written down by mistake: it does not count any more, and its file is not handed out."""

    reason = models.CharField(max_length=200, blank=True)
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField()

    class Meta:
        abstract = True


class StatusWithdrawal(Withdrawn):
    """Of a step."""

    told = models.ForeignKey(StatusReport, models.PROTECT, related_name="withdrawals")


class CommitmentWithdrawal(Withdrawn):
    """Of a leader's paper."""

    told = models.ForeignKey(Commitment, models.PROTECT, related_name="withdrawals")
