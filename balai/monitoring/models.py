"""What is counted for each region, and how far the log was read for it. All of it is local to this node."""

from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

from django.db import models

from balai.common import clock
from balai.regions import codes

from .counts import NUMBERS, Counts

#: Stands for all courses together: people who are in several are counted once.
ALL = UUID(int=0)
#: Longer than any counting takes.
_CLAIM = timedelta(minutes=15)


class TallyQuerySet(models.QuerySet["Tally"]):
    def right_below(self, code: str) -> "TallyQuerySet":
        """Those of the regions right below the one with ``code`` ("" is the nation)."""
        level = codes.level_of(code) if code else 0
        return self.filter(codes.below(code, "place"), level=level + 1)


class Tally(models.Model):
    """The counts of one region with all below it, for one ``course`` or for ``ALL`` of them.

    Recounted from the synced tables, never incremented (``recounting.py``). ``place`` is the region's code, ""
    the nation; ``newest`` is when the newest deed that is counted here arrived.
    """

    place = codes.CodeField(max_length=codes.LENGTH, blank=True)
    level = models.PositiveSmallIntegerField()
    course = models.UUIDField()
    people = models.PositiveIntegerField(default=0)
    invited = models.PositiveIntegerField(default=0)
    signed_in = models.PositiveIntegerField(default=0)
    enrolled = models.PositiveIntegerField(default=0)
    seated = models.PositiveIntegerField(default=0)
    started = models.PositiveIntegerField(default=0)
    finished = models.PositiveIntegerField(default=0)
    trained = models.PositiveIntegerField(default=0)
    competent = models.PositiveIntegerField(default=0)
    paired = models.PositiveIntegerField(default=0)
    before = models.BigIntegerField(default=0)
    after = models.BigIntegerField(default=0)
    gain_squares = models.BigIntegerField(default=0)
    weeks = models.JSONField(default=dict)
    counted_at = models.DateTimeField()

    objects = TallyQuerySet.as_manager()
    #: What a recount may change.
    COUNTED = (*NUMBERS, "weeks", "counted_at")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "course"], name="one_tally_a_course")]
        indexes = [models.Index(fields=["level", "place"], name="tally_of_a_level")]

    def __str__(self) -> str:
        return f"{self.place or '-'} {self.course}"

    @property
    def counts(self) -> Counts:
        return Counts(**{name: getattr(self, name) for name in NUMBERS}, weeks=Counter(self.weeks))

    @classmethod
    def of(cls, place: str, course: UUID, counts: Counts, moment: datetime) -> "Tally":
        """A row that says ``counts``."""
        level = codes.level_of(place) if place else 0
        numbers = {name: getattr(counts, name) for name in NUMBERS}
        return cls(place=place, level=level, course=course, **numbers, weeks=dict(counts.weeks), counted_at=moment)


class Reading(models.Model):
    """How far the log was read for the tallies (one row). ``waiting``: entries met before they were applied.

    ``claimed_until``: somebody counts; after that moment they are taken for dead.
    """

    position = models.BigIntegerField(default=0)
    watched_until = models.DateTimeField(null=True)
    waiting = models.JSONField(default=list)
    whole_at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)

    @classmethod
    def claimed(cls) -> "Reading | None":
        """The row, when nobody else counts now."""
        now = clock.wall()
        cls.objects.get_or_create(pk=1)
        free = models.Q(claimed_until=None) | models.Q(claimed_until__lt=now)
        mine = cls.objects.filter(free, pk=1).update(claimed_until=now + _CLAIM)
        return cls.objects.get(pk=1) if mine else None
