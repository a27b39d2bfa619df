"""Institutions: village offices, libraries, schools, dinas, UPT, partners, each in a region."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balai.log.models import SyncedModel

from . import codes

if TYPE_CHECKING:
    from .models import Region

#: The kinds that a form offers, in its order. A kind that an entry of a newer release brings is kept as it is.
KINDS: dict[str, str | Promise] = {
    "kantor_desa": _("Kantor desa atau kelurahan"),
    "kantor_kecamatan": _("Kantor kecamatan"),
    "perpustakaan_desa": _("Perpustakaan desa"),
    "perpustakaan_daerah": _("Perpustakaan daerah"),
    "sekolah": _("Sekolah"),
    "dinas": _("Dinas"),
    "upt": _("Unit pelaksana teknis (UPT)"),
    "mitra": _("Mitra"),
    "lainnya": _("Lainnya"),
}


class InstitutionQuerySet(models.QuerySet["Institution"]):
    def within(self, prefixes: list[str]) -> InstitutionQuerySet:
        """Those that lie in one of the regions with the codes ``prefixes``, or below, or serve there."""
        if "" in prefixes:
            return self
        serving = InstitutionScope.objects.filter(codes.below_any(prefixes, "region__code"))
        lying = codes.below_any(prefixes, "region__code")
        return self.filter(lying | Q(pk__in=serving.values("institution")))

    def open(self) -> InstitutionQuerySet:
        """Those that have not closed."""
        return self.filter(closed_on=None)

    def called(self, text: str) -> InstitutionQuerySet:
        """Those whose names contain every word of ``text`` (the first ten)."""
        wanted = Q()
        for word in text.split()[:10]:
            wanted &= Q(name__icontains=word)
        return self.filter(wanted)


class Institution(SyncedModel):
    """A place where people hold positions. Fields are a document: see ``entries.py``."""

    kind = models.CharField(max_length=24)
    name = models.CharField(max_length=160)
    region: models.ForeignKey[Region, Region] = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="institutions"
    )
    serves: models.ManyToManyField[Region, InstitutionScope] = models.ManyToManyField(
        "regions.Region", through="InstitutionScope", related_name="served_by"
    )
    registered_at = models.DateTimeField()
    closed_on = models.DateField(null=True)

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("lembaga")
        verbose_name_plural = _("lembaga")
        indexes = [models.Index(fields=["region", "name"], name="institution_in_region")]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return str(KINDS.get(self.kind, KINDS["lainnya"]))


class InstitutionScope(SyncedModel):
    """A region that an institution serves besides the one where it lies (an UPT: any set of provinces)."""

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="scopes")
    region: models.ForeignKey[Region, Region] = models.ForeignKey(
        "regions.Region", models.CASCADE, related_name="institution_scopes"
    )
