"""Requests of people about their own data that somebody has to decide. Local to the hub."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from balai.common import clock
from balai.common.ids import uuid7


class ErasureRequest(models.Model):
    """Somebody asks that their data be erased (UU 27/2022, article 8); open until a decision is written down."""

    class Verdict(models.TextChoices):
        GRANTED = "granted", _("Dikabulkan")
        DECLINED = "declined", _("Tidak dikabulkan")

    id = models.UUIDField(primary_key=True, default=uuid7)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="erasure_requests", db_constraint=False)
    reason = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField(default=clock.wall)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    verdict = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(decided_at=None), name="one_open_erasure_request")
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.asked_at:%Y-%m-%d}"
