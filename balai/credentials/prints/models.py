"""An order to draw many certificates, and the parts in which it is done. Local; nothing here is synced."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models

from balai.common import clock
from balai.common.ids import uuid7
from balai.common.problems import CATALOGUE, Refusal

#: How long the files are kept.
KEPT = timedelta(days=3)


class PrintRun(models.Model):
    """``title``: what was chosen, in words; ``prefixes``: the regions that all of it lies in ("" is the nation).

    ``done`` of ``total`` certificates are drawn.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    owner = models.ForeignKey("people.Person", models.CASCADE, related_name="+", db_constraint=False)
    title = models.CharField(max_length=400)
    prefixes = models.JSONField()
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(default=clock.wall)
    ended_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=5, blank=True)
    reference = models.CharField(max_length=6, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner"], condition=models.Q(ended_at=None), name="one_print_run_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.done}/{self.total}"

    @property
    def kept_until(self) -> datetime:
        return self.started_at + KEPT

    @property
    def refusal(self) -> Refusal | None:
        """What ended it early, if something did."""
        return Refusal(CATALOGUE[self.problem], reference=self.reference) if self.problem else None


class PrintPart(models.Model):
    """One file: the ids of its certificates in their order, settled when the run began.

    ``first`` and ``last``: where it begins and ends, for people. ``size`` in bytes, once it is there.
    """

    run = models.ForeignKey(PrintRun, models.CASCADE, related_name="parts")
    number = models.PositiveSmallIntegerField()
    certificates = models.JSONField()
    first = models.CharField(max_length=120)
    last = models.CharField(max_length=120)
    size = models.PositiveBigIntegerField(default=0)
    made_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="one_print_part_a_number")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.number}"

    @property
    def count(self) -> int:
        return len(self.certificates)
