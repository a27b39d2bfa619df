"""What this node keeps of how people get in: one-time codes, the sheets they were made for, and who did what.

All of it is local: secrets and traces of sign-ins never travel.
"""

from datetime import datetime
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from balai.common import clock
from balai.common.ids import uuid7


class AccessCodeQuerySet(models.QuerySet["AccessCode"]):
    def open(self, moment: datetime) -> "AccessCodeQuerySet":
        """Those that still let somebody in at ``moment``."""
        return self.filter(used_at=None, withdrawn_at=None, expires_at__gt=moment)

    def usable(self) -> "AccessCodeQuerySet":
        """Those whose person has an account that opens: neither closed, merged away nor erased."""
        return self.filter(person__account__is_active=True, person__withdrawn_at=None)

    def unsettled(self) -> "AccessCodeQuerySet":
        """Neither used nor withdrawn, expired or not."""
        return self.filter(used_at=None, withdrawn_at=None)


class AccessCode(models.Model):
    """A code that lets one person set a password, once. Only its keyed hash is kept (see ``codes.py``).

    ``frees_second_factor``: whoever uses it has also lost passkey or code app, so those are removed.
    """

    class Purpose(models.TextChoices):
        FIRST = "first", _("Masuk pertama kali")
        RECOVERY = "recovery", _("Pemulihan kata sandi")

    id = models.UUIDField(primary_key=True, default=uuid7)
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="access_codes", db_constraint=False)
    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    made_by = models.UUIDField(null=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    frees_second_factor = models.BooleanField(default=False)

    objects = AccessCodeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(used_at=None, withdrawn_at=None),
                name="one_code_a_person",
                violation_error_message=_("Orang ini sudah punya kode."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.id}"


class CodeSheetQuerySet(models.QuerySet["CodeSheet"]):
    def open_for(self, person: UUID) -> "CodeSheetQuerySet":
        """Those that ``person`` made and may still open, newest first."""
        return self.filter(made_by=person, expires_at__gt=clock.wall()).order_by("-made_at")


class CodeSheet(models.Model):
    """The codes of one making, sealed to this node for a day, so that a broken download can be repeated.

    ``sealed`` is emptied afterwards; only ``made_by`` may open it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    title = models.CharField(max_length=200)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    size = models.PositiveIntegerField()
    sealed = models.BinaryField()

    objects = CodeSheetQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title


class AccessEventQuerySet(models.QuerySet["AccessEvent"]):
    def about(self, ids: list[UUID]) -> "AccessEventQuerySet":
        return self.filter(person__in=ids)

    def untold(self) -> "AccessEventQuerySet":
        """What others did with an account and its owner was not told yet."""
        return self.filter(kind__in=AccessEvent.TOLD, told_at=None)


class AccessEvent(models.Model):
    """Something that happened to somebody's access: by whom (``actor``, a person), when, and one detail."""

    class Kind(models.TextChoices):
        SIGNED_IN = "signed_in", _("Masuk")
        SIGNED_OUT_EVERYWHERE = "signed_out", _("Keluar dari semua perangkat")
        PASSWORD_CHANGED = "password", _("Kata sandi diganti")
        RECOVERY_MADE = "recovery_made", _("Kode pemulihan dibuat")
        RECOVERED = "recovered", _("Kata sandi dipulihkan")
        SECOND_ADDED = "second_added", _("Pengaman kedua dipasang")
        SECOND_REMOVED = "second_removed", _("Pengaman kedua dilepas")
        SECOND_REFUSED = "second_refused", _("Pengaman kedua salah")
        SEEN = "seen", _("Akun dilihat petugas bantuan")
        PHONE_RELEASED = "phone_released", _("Nomor HP dilepas dari akun")
        EXPORTED = "exported", _("Data pribadi diunduh")
        ERASURE_ASKED = "erasure_asked", _("Penghapusan data diminta")
        ERASURE_DECLINED = "erasure_no", _("Penghapusan data tidak dikabulkan")
        ERASED = "erased", _("Data dihapus")

    #: What a person is told at the next sign-in, because somebody else did it.
    TOLD = (Kind.RECOVERY_MADE, Kind.RECOVERED, Kind.SEEN, Kind.PHONE_RELEASED, Kind.ERASURE_DECLINED)

    id = models.UUIDField(primary_key=True, default=uuid7)
    kind = models.CharField(max_length=14, choices=Kind.choices)
    person = models.UUIDField()
    actor = models.UUIDField(null=True)
    at = models.DateTimeField(default=clock.wall, db_index=True)
    detail = models.CharField(max_length=200, blank=True)
    told_at = models.DateTimeField(null=True)

    objects = AccessEventQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "at"], name="access_of_a_person")]

    def __str__(self) -> str:
        return f"{self.kind} {self.person}"
