"""The region tree: what every other room hangs on. Institutions are in ``institutions.py``."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from balai.common.ids import derived, uuid7
from balai.log.models import SyncedModel

from . import codes
from .institutions import Institution, InstitutionScope

__all__ = [
    "FormerName",
    "Institution",
    "InstitutionScope",
    "Region",
    "Succession",
    "Tree",
    "attach_parents",
    "region_id",
]

#: What ids of regions are derived from.
_NAMESPACE = UUID("5c0a1f62-9f5e-5b0b-8d3c-1b2f6f0d7a18")


def region_id(code: str, turn: int = 1) -> UUID:
    """The id of the region that was the ``turn``-th to get ``code``; it keeps the id when it is renumbered."""
    return derived(_NAMESPACE, code) if turn == 1 else derived(_NAMESPACE, code, str(turn))


class RegionQuerySet(models.QuerySet["Region"]):
    def current(self) -> RegionQuerySet:
        """Those that have not ended."""
        return self.filter(ended_on=None)

    def within(self, region: Region) -> RegionQuerySet:
        """``region`` and all below it, ended ones too."""
        return self.filter(codes.below(region.code))

    def below_prefixes(self, prefixes: list[str]) -> RegionQuerySet:
        """The regions whose codes are ``prefixes``, and all below them; "" is the nation."""
        return self.filter(codes.below_any(prefixes))

    def children_of(self, region: Region | None) -> RegionQuerySet:
        """The regions right below ``region``, by code; the provinces for ``None``."""
        level, prefix = (region.level, region.code) if region else (0, "")
        return self.filter(codes.below(prefix), level=level + 1).order_by("code")

    def coded(self, code: str) -> Region | None:
        """The current region with ``code`` (dotted or not), else the one that had it until it was renumbered."""
        dotted = codes.dotted(code)
        return self.current().filter(code=dotted).order_by("id").first() or self._once_coded(dotted)

    def _once_coded(self, code: str) -> Region | None:
        had = FormerName.objects.filter(code=code).order_by("-until", "id").values("region")
        return self.current().filter(pk__in=had[:1]).first()


class Region(SyncedModel):
    """One node of the Kemendagri tree. Codes and names change; the id never does.

    Its parent is the region whose code begins its own, so that no change of one region has to reach others.
    A region that was split, merged or dissolved stays, with the day of its end and its successors.
    """

    class Kind(models.TextChoices):
        PROVINCE = "provinsi", _("Provinsi")
        REGENCY = "kabupaten", _("Kabupaten")
        CITY = "kota", _("Kota")
        DISTRICT = "kecamatan", _("Kecamatan")
        PAPUAN_DISTRICT = "distrik", _("Distrik")
        VILLAGE = "desa", _("Desa")
        URBAN_VILLAGE = "kelurahan", _("Kelurahan")
        CUSTOMARY_VILLAGE = "desa_adat", _("Desa Adat")

    code = codes.CodeField(max_length=codes.LENGTH)
    name = models.CharField(max_length=80)
    level = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    local_kind = models.CharField(max_length=30, blank=True)
    postal_code = models.CharField(max_length=5, blank=True)
    ended_on = models.DateField(null=True)
    successors = models.ManyToManyField("self", through="Succession", symmetrical=False, related_name="predecessors")

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("wilayah")
        verbose_name_plural = _("wilayah")
        indexes = [
            models.Index(fields=["code"], name="region_code"),
            models.Index(fields=["level", "code"], name="region_of_a_level"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def called(self) -> str:
        """The word for its kind as people there say it: Kampung, Nagari, Kabupaten; the same in every language.

        It belongs to a name in law, and what a page shows can be typed back into any form.
        """
        return self.local_kind or self.kind.replace("_", " ").title()

    @property
    def title(self) -> str:
        """``Kampung Terbanggi Besar``; the word is not said twice (``Gampong Drien``)."""
        if self.name.lower().startswith(f"{self.called.lower()} "):
            return self.name
        return f"{self.called} {self.name}"

    @cached_property
    def parents(self) -> list[Region]:
        """The regions above, nearest first. One query, unless ``attach_parents`` was there before."""
        above = Region.objects.current().filter(code__in=codes.ancestors_of(self.code))
        return sorted(above, key=_nearest_first)

    @property
    def parent(self) -> Region | None:
        return self.parents[0] if self.parents else None

    @property
    def path(self) -> str:
        """Where it lies: ``Kecamatan Terbanggi Besar, Kabupaten Lampung Tengah, Provinsi Lampung``."""
        return ", ".join(region.title for region in self.parents)

    @property
    def full_name(self) -> str:
        """``Kampung X, Kecamatan Y, Kabupaten Z, Provinsi W``."""
        return ", ".join(region.title for region in (self, *self.parents))

    def contains(self, other: Region) -> bool:
        """Whether ``other`` is this region or lies below it."""
        return f"{other.code}.".startswith(f"{self.code}.")


def attach_parents(regions: Iterable[Region | None]) -> None:
    """Give every one of ``regions`` its ``parents``, with one query for all. ``None`` is passed over."""
    wanted = [region for region in regions if region]
    missing = {code for region in wanted for code in codes.ancestors_of(region.code)}
    above = {region.code: region for region in Region.objects.current().filter(code__in=missing).order_by("-id")}
    for region in wanted:
        region.parents = [above[code] for code in codes.ancestors_of(region.code) if code in above]


def _nearest_first(region: Region) -> tuple[int, UUID]:
    return -region.level, region.id


class Succession(SyncedModel):
    """``successor`` carries on what ``region`` was, wholly or in part."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="successions")
    successor = models.ForeignKey(Region, models.CASCADE, related_name="precessions")


class FormerName(SyncedModel):
    """A name and a code that a region had until it was renamed or renumbered; people go on using them."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=80)
    code = codes.CodeField(max_length=codes.LENGTH)
    until = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["code"], name="former_code")]


class Tree(models.Model):
    """Which edition of the shipped tree is loaded (one row). Local.

    ``part`` names the subtrees that are, their codes with spaces between; "" is the whole tree.
    ``stamp`` changes whenever a region does, so that what is made from the tree knows that it is old.
    """

    edition = models.CharField(max_length=120)
    part = models.TextField(blank=True)
    loaded_at = models.DateTimeField()
    stamp = models.UUIDField(default=uuid7)
