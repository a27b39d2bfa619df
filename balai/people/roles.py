"""What people may do: roles, within regions, from a grant to a revocation."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from balai.common import clock
from balai.log.models import SyncedModel
from balai.regions import codes
from balai.regions.models import Region


class RoleQuerySet(models.QuerySet["Role"]):
    def current(self) -> "RoleQuerySet":
        """Held now."""
        return self.held_at(clock.wall())

    def over(self, prefixes: list[str]) -> "RoleQuerySet":
        """Over one of the regions whose codes are ``prefixes``, or over one below; "" is the nation."""
        scopes = RoleScope.objects.filter(codes.below_any(prefixes, "region__code"), role=models.OuterRef("pk"))
        return self.filter(models.Exists(scopes))

    def held_at(self, moment: datetime) -> "RoleQuerySet":
        """Granted by then and not yet revoked."""
        ended = RoleRevocation.objects.filter(role=models.OuterRef("pk"), revoked_at__lte=moment)
        return self.filter(granted_at__lte=moment).exclude(models.Exists(ended))


class Role(SyncedModel):
    """What a person may do, within regions (``RoleScope``) and, if named, one programme."""

    class Name(models.TextChoices):
        LEARNER = "learner", _("Peserta")
        FACILITATOR = "facilitator", _("Fasilitator")
        AUTHOR = "author", _("Penulis pelatihan")
        COMMITTEE = "committee", _("Panitia")
        COORDINATOR = "coordinator", _("Koordinator")
        AUDITOR = "auditor", _("Pemeriksa")
        BOX_KEEPER = "box_keeper", _("Penjaga server desa")
        PARTNER = "partner", _("Mitra")
        ADMIN = "admin", _("Admin")

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="roles")
    name = models.CharField(max_length=12, choices=Name.choices)
    programme = models.UUIDField(null=True)
    granted_by = models.UUIDField(null=True)
    granted_at = models.DateTimeField()

    objects = RoleQuerySet.as_manager()


class RoleScope(SyncedModel):
    """One region of a role; no region means the nation."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="scopes")
    region = models.ForeignKey(Region, models.PROTECT, null=True)


class RoleRevocation(SyncedModel):
    """The end of a role."""

    role = models.ForeignKey(Role, models.CASCADE, related_name="revocations")
    revoked_by = models.UUIDField(null=True)
    revoked_at = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)
