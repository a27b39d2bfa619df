"""An evaluation: of which region and period, who asked, and the figures as they were found. Local."""

from datetime import date

from django.db import models

from balai.common import clock
from balai.common.ids import uuid7
from balai.regions import codes


class Evaluation(models.Model):
    """The region with the code ``place`` ("" is the nation) from ``first`` to ``last``, for the person ``asked_by``.

    ``top``: who asked sees only how many, from the region with this code downward; ``None``: they see who.
    ``figures`` is what ``figuring.figures`` found, frozen; without them the work goes on, or ended with ``problem``.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    place = codes.CodeField(max_length=codes.LENGTH, blank=True)
    first = models.DateField()
    last = models.DateField()
    note = models.TextField(blank=True)
    language = models.CharField(max_length=5)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField(default=clock.wall)
    top = codes.CodeField(max_length=codes.LENGTH, null=True)  # type: ignore[misc]
    figures = models.JSONField(null=True)
    ended_at = models.DateTimeField(null=True)
    reference = models.CharField(max_length=6, blank=True)

    class Meta:
        indexes = [models.Index(fields=["asked_by", "place"], name="evaluation_of_a_person")]

    def __str__(self) -> str:
        return f"{self.place or '-'} {self.first} {self.last}"

    @property
    def closed_then(self) -> bool:
        """Whether the groups of that time were too small to be told to who asked."""
        return bool((self.figures or {}).get("closed_then"))

    @property
    def unjudged(self) -> bool:
        """Whether it was made for somebody who sees totals only, and nobody asked how small its groups were then."""
        return self.top is not None and "closed_then" not in (self.figures or {})

    @property
    def days(self) -> tuple[date, date]:
        return self.first, self.last
