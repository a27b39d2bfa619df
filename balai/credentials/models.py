"""Certificates, what ended them, the issuer's public keys; and, local to the hub, letterhead and numbering."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from balai.common import clock
from balai.common.ids import derived, uuid7
from balai.log.models import SyncedModel
from balai.people.models import Person

from . import day, multibase, statement
from .archives.models import ArchiveImport, ArchiveRow
from .certificate_kinds import Kind
from .numbering import Numbering
from .prints.models import PrintPart, PrintRun
from .statement import Statement

__all__ = [
    "ArchiveImport",
    "ArchiveRow",
    "ArchiveWithdrawal",
    "ArchivedCertificate",
    "Certificate",
    "CertificateReplacement",
    "CertificateRevocation",
    "CertificateScan",
    "IssuerKey",
    "IssuerKeyRevocation",
    "Letterhead",
    "Numbering",
    "PrintPart",
    "PrintRun",
    "Sweep",
]

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

    def good(self, today: date) -> "CertificateQuerySet":
        """Those on which somebody may rely ``today``."""
        standing = self.filter(revocations=None, replacements=None)
        return standing.filter(models.Q(expires_on=None) | models.Q(expires_on__gte=today))

    def with_ends(self) -> "CertificateQuerySet":
        """With what ended each, in two more queries."""
        return self.prefetch_related("revocations", "replacements__by")


class Certificate(SyncedModel):
    """A certificate as it was issued: everything that the paper says, whatever its source says later.

    ``score`` in per mille, null without one; ``status`` is its place in the lists of revocations; ``signed``
    is the text of the QR's statement. ``course`` and ``version`` are ids. ``expires_on``: its last day, null for
    good. ``replaces``: the certificate that this one renews or corrects, and its number.
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
    expires_on = models.DateField(null=True)
    replaces = models.UUIDField(null=True)
    replaces_number = models.CharField(max_length=60, blank=True)
    wording = models.CharField(max_length=200, blank=True)
    second_signer = models.CharField(max_length=120, blank=True)
    second_signer_title = models.CharField(max_length=120, blank=True)

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
            expires=statement.to_day(self.expires_on) if self.expires_on else 0,
        )

    @cached_property
    def revocation(self) -> "CertificateRevocation | None":
        """Its end: the first revocation, if there is one."""
        return min(self.revocations.all(), key=lambda row: (row.revoked_on, row.pk), default=None)

    @cached_property
    def replacement(self) -> "CertificateReplacement | None":
        """The correction that took its place, if there is one."""
        return min(self.replacements.all(), key=lambda row: (row.replaced_on, row.pk), default=None)

    @cached_property
    def scan(self) -> "CertificateScan | None":
        """The office's own paper, if one was attached: the newest."""
        return self.scans.order_by("-attached_at", "-pk").first()

    @property
    def is_expired(self) -> bool:
        return self.expires_on is not None and day.today() > self.expires_on

    @property
    def is_good(self) -> bool:
        """Whether somebody may rely on it today."""
        return not (self.revocation or self.replacement or self.is_expired)

    @staticmethod
    def latest(certificates: Iterable["Certificate"]) -> list["Certificate"]:
        """Those which no other of ``certificates`` renews or corrects."""
        found = list(certificates)
        replaced = {certificate.replaces for certificate in found}
        return [certificate for certificate in found if certificate.pk not in replaced]


class CertificateRevocation(SyncedModel):
    """The end of a certificate: who ended it, when, why."""

    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="revocations")
    reason = models.CharField(max_length=300)
    revoked_by = models.UUIDField(null=True)
    revoked_on = models.DateField()


class CertificateReplacement(SyncedModel):
    """``certificate`` said something wrong (a name, a title); ``by`` says it right and took its place."""

    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="replacements")
    by = models.ForeignKey(Certificate, models.CASCADE, related_name="corrections")
    reason = models.CharField(max_length=300)
    replaced_by = models.UUIDField(null=True)
    replaced_on = models.DateField()


class CertificateScan(SyncedModel):
    """The office's own paper for a certificate, signed electronically by others: a PDF as it was brought."""

    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="scans")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    attached_by = models.UUIDField(null=True)
    attached_at = models.DateTimeField()


class ArchivedCertificateQuerySet(models.QuerySet["ArchivedCertificate"]):
    def standing(self) -> "ArchivedCertificateQuerySet":
        """Those that nobody took back."""
        return self.filter(withdrawals=None)


class ArchivedCertificate(SyncedModel):
    """A certificate of earlier years as an archive says; Balai did not issue it and vouches for nothing."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="archived_certificates")
    number = models.CharField(max_length=60, db_index=True)
    title = models.CharField(max_length=120)
    hours = models.PositiveSmallIntegerField()
    issued_on = models.DateField()
    recorded_by = models.UUIDField(null=True)
    recorded_at = models.DateTimeField()

    objects = ArchivedCertificateQuerySet.as_manager()


class ArchiveWithdrawal(SyncedModel):
    """``certificate`` was written down by mistake: it does not count any more."""

    certificate = models.ForeignKey(ArchivedCertificate, models.CASCADE, related_name="withdrawals")
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField()


class Sweep(models.Model):
    """Issuing for all who earned a certificate of ``course``, in the regions ``prefixes``: how far it is. Local.

    ``reached``: everybody up to this id is done; ``issued``: how many certificates were made.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    course = models.UUIDField()
    prefixes = models.JSONField()
    started_by = models.UUIDField(null=True)
    started_at = models.DateTimeField(default=clock.wall)
    reached = models.UUIDField(null=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    issued = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=5, blank=True)
    reference = models.CharField(max_length=6, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["course"], condition=models.Q(ended_at=None), name="one_sweep_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.course} {self.done}/{self.total}"


class Letterhead(models.Model):
    """Who issues, as it is printed on certificates from now on. Local: what was printed is in entries.

    One row without a programme is the issuer's own; a programme may have one of its own (``letterheads.py``).
    ``pattern`` makes the number; see ``numbering.py``.
    """

    programme = models.UUIDField(null=True, unique=True, editable=False)
    organisation = models.CharField(_("Lembaga penerbit"), max_length=160, default="Balai Belajar")
    signer = models.CharField(_("Nama penanda tangan"), max_length=120, blank=True)
    signer_title = models.CharField(_("Jabatan penanda tangan"), max_length=120, default="Penyelenggara pelatihan")
    second_signer = models.CharField(_("Nama penanda tangan kedua"), max_length=120, blank=True)
    second_signer_title = models.CharField(_("Jabatan penanda tangan kedua"), max_length=120, blank=True)
    wording = models.CharField(_("Kalimat tambahan"), max_length=200, blank=True)
    city = models.CharField(_("Kota"), max_length=60, default="Jakarta")
    pattern = models.CharField(_("Pola nomor"), max_length=60, default="{seq}/BALAI/{roman}/{year}")

    @classmethod
    def current(cls) -> "Letterhead":
        """The issuer's own; its defaults before anybody has set it."""
        return cls.objects.filter(programme=None).first() or cls()
