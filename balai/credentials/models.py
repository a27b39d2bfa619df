"""Certificates, what ended them, the issuer's public keys; and, local to the hub, letterhead and numbering."""

from functools import cached_property
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from balai.common.ids import derived
from balai.log.models import SyncedModel
from balai.people.models import Person

from . import multibase, statement
from .certificate_kinds import Kind
from .numbering import Numbering
from .statement import Statement

__all__ = ["Certificate", "CertificateRevocation", "IssuerKey", "IssuerKeyRevocation", "Letterhead", "Numbering"]

_KEYS = UUID("2f1a4a36-64cb-5e0a-9d0b-0a6f1d3c7e55")


class IssuerKey(SyncedModel):
    """A public key of the issuer: kept for ever, so that what it signed stays verifiable after a rotation."""

    key_id = models.CharField(max_length=8, unique=True)
    public = models.CharField(max_length=60)
    published_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key_id

    @staticmethod
    def row_id(key_id: str) -> UUID:
        """The id of the row (and entry) of the key called ``key_id``."""
        return derived(_KEYS, key_id)

    @property
    def raw(self) -> bytes:
        """The raw Ed25519 key, 32 bytes."""
        return multibase.raw_public_key(self.public)


class IssuerKeyRevocation(SyncedModel):
    """A key that cannot be trusted any more: what it signed counts only where the register confirms it."""

    key = models.ForeignKey(IssuerKey, models.PROTECT, related_name="revocations")
    revoked_from = models.DateField()
    reason = models.CharField(max_length=200)


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def of(self, person: Person) -> "CertificateQuerySet":
        """This person's, also under an identity that was merged into theirs; the newest first."""
        return self.filter(person__in=person.identities).order_by("-issued_at", "-pk")

    def seen_by(self, person: Person) -> "CertificateQuerySet":
        """Their own, and those of the people whom they reach."""
        own = models.Q(person__in=person.identities)
        return self.filter(own | models.Q(person__in=person.reach.people()))


class Certificate(SyncedModel):
    """A certificate as it was issued: everything that the paper says, whatever its source says later.

    ``score`` in per mille, null without one; ``status`` is its place in the lists of revocations; ``signed``
    is the text of the QR's statement. ``course`` and ``version`` are ids.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="certificates")
    course = models.UUIDField(db_index=True)
    version = models.UUIDField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    number = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    place = models.CharField(max_length=200)
    title = models.CharField(max_length=120)
    hours = models.PositiveSmallIntegerField()
    started_on = models.DateField()
    finished_on = models.DateField()
    issued_on = models.DateField()
    score = models.PositiveSmallIntegerField(null=True)
    organisation = models.CharField(max_length=160)
    signer = models.CharField(max_length=120)
    signer_title = models.CharField(max_length=120)
    city = models.CharField(max_length=60)
    demo = models.BooleanField()
    key_id = models.CharField(max_length=8)
    signed = models.TextField()
    status = models.PositiveIntegerField()
    issued_at = models.DateTimeField()

    objects = CertificateQuerySet.as_manager()

    def __str__(self) -> str:
        return self.number

    @cached_property
    def statement(self) -> Statement:
        """What the QR says."""
        return Statement(
            number=self.number,
            name=self.name,
            place=self.place,
            course=self.title,
            kind=self.kind,
            hours=self.hours,
            started=statement.to_day(self.started_on),
            finished=statement.to_day(self.finished_on),
            issued=statement.to_day(self.issued_on),
            score=-1 if self.score is None else self.score,
            demo=self.demo,
        )

    @cached_property
    def revocation(self) -> "CertificateRevocation | None":
        """Its end: the first revocation, if there is one."""
        return min(self.revocations.all(), key=lambda row: (row.revoked_on, row.pk), default=None)


class CertificateRevocation(SyncedModel):
    """The end of a certificate: who ended it, when, why."""

    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="revocations")
    reason = models.CharField(max_length=300)
    revoked_by = models.UUIDField(null=True)
    revoked_on = models.DateField()


class Letterhead(models.Model):
    """Who issues, as it is printed on certificates from now on (one row). Local: what was printed is in entries.

    ``pattern`` makes the number; see ``numbering.py``.
    """

    organisation = models.CharField(_("Lembaga penerbit"), max_length=160, default="Balai Belajar")
    signer = models.CharField(_("Nama penanda tangan"), max_length=120, blank=True)
    signer_title = models.CharField(_("Jabatan penanda tangan"), max_length=120, default="Penyelenggara pelatihan")
    city = models.CharField(_("Kota"), max_length=60, default="Jakarta")
    pattern = models.CharField(_("Pola nomor"), max_length=60, default="{seq}/BALAI/{roman}/{year}")

    @classmethod
    def current(cls) -> "Letterhead":
        """The one in use; its defaults before anybody has set it."""
        return cls.objects.first() or cls()
