"""What is counted for each region and how far the log was read for it (local), and how phones reached the hub."""

from datetime import timedelta
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from balai.common import clock
from balai.log.models import SyncedModel
from balai.regions import codes
from balai.regions.models import Region

from .counts import Counts
from .evaluations.models import Evaluation

__all__ = ["ALL", "Evaluation", "NetworkSighting", "Reading", "Tally", "TallyQuerySet"]

#: Stands for all courses together: people who are in several are counted once.
ALL = UUID(int=0)
#: Longer than any counting takes.
_CLAIM = timedelta(minutes=15)


def _level(code: str) -> int:
    return codes.level_of(code) if code else 0


class TallyQuerySet(models.QuerySet["Tally"]):
    def right_below(self, code: str) -> "TallyQuerySet":
        """Those of the regions right below the one with ``code`` ("" is the nation)."""
        return self.filter(codes.below(code, "place"), level=_level(code) + 1)

    def around(self, code: str) -> "TallyQuerySet":
        """That of the region with ``code``, and those right below it."""
        return self.filter(models.Q(place=code) | (models.Q(level=_level(code) + 1) & codes.below(code, "place")))

    def along(self, places: list[str]) -> "TallyQuerySet":
        """Those ``around`` each of the regions with the codes ``places``."""
        wanted = self.none()
        for code in places:
            wanted |= self.around(code)
        return wanted

    def inside(self, code: str) -> "TallyQuerySet":
        """Those of the region with ``code`` and of all below it."""
        return self.filter(codes.below(code, "place"))


class Tally(models.Model):
    """The counts of one region with all below it, for one ``course`` or for ``ALL`` of them.

    Recounted from the synced tables, never incremented (``recounting.py``). ``place`` is the region's code, ""
    the nation; ``kept`` is what ``Counts.read`` takes.
    """

    place = codes.CodeField(max_length=codes.LENGTH, blank=True)
    level = models.PositiveSmallIntegerField()
    course = models.UUIDField()
    kept = models.JSONField()

    objects = TallyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "course"], name="one_tally_a_course")]
        indexes = [models.Index(fields=["level", "place"], name="tally_of_a_level")]

    def __str__(self) -> str:
        return f"{self.place or '-'} {self.course}"

    @property
    def counts(self) -> Counts:
        return Counts.read(self.kept)

    @classmethod
    def of(cls, place: str, course: UUID, counts: Counts) -> "Tally":
        """A row that says ``counts``."""
        return cls(place=place, level=_level(place), course=course, kept=counts.kept)


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


class NetworkSighting(SyncedModel):
    """How somebody's phone reached the hub from ``region`` on ``day``; who it was is in the entry alone.

    ``within``: the answer began within so many ms (see ``network.WAITS``), 0 for later. ``asked`` and ``failed``
    count the requests since the sighting before.
    """

    class Network(models.TextChoices):
        """Worst first, by the words of the browsers (effectiveType)."""

        NONE = "none", _("hampir tanpa sinyal")
        SLOW = "2g", _("2G")
        MIDDLE = "3g", _("3G")
        FAST = "4g", _("4G atau lebih")

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    day = models.DateField()
    network = models.CharField(max_length=4, choices=Network.choices)
    within = models.PositiveSmallIntegerField()
    asked = models.PositiveSmallIntegerField()
    failed = models.PositiveSmallIntegerField()

    class Meta:
        indexes = [models.Index(fields=["day", "region"], name="network_on_a_day")]
