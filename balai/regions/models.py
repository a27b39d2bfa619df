"""The region tree and the institutions in it. (First shape, so that the rooms above can start.)"""

from django.db import models
from django.db.models import Q

from balai.log.models import SyncedModel


class RegionQuerySet(models.QuerySet["Region"]):
    def below_prefixes(self, prefixes: list[str]) -> "RegionQuerySet":
        """The regions whose codes are ``prefixes``, and all below them; "" is the nation."""
        if "" in prefixes:
            return self
        below = Q(pk__in=())
        for prefix in prefixes:
            below |= Q(code=prefix) | Q(code__gte=f"{prefix}.", code__lt=f"{prefix}/")
        return self.filter(below)


class Region(SyncedModel):
    """A node of the Kemendagri tree."""

    code = models.CharField(max_length=13, unique=True)
    name = models.CharField(max_length=100)
    level = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")

    objects = RegionQuerySet.as_manager()


class Institution(SyncedModel):
    """An office, library, school or partner in a region."""

    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=20)
    region = models.ForeignKey(Region, models.PROTECT, related_name="institutions")
