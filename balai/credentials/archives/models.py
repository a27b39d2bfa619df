"""An uploaded table of old certificates, and its rows. All local; nothing here is synced."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from balai.common.ids import uuid7
from balai.common.problems import CATALOGUE, Refusal
from balai.credentials import numbering
from balai.people.imports.working import WorkedOn

#: Whose certificate, and its number as ``numbering.key`` has it.
Key = tuple[UUID, str]


class ArchiveImport(WorkedOn):
    """One table. ``title``, ``hours`` (JP) and ``issued_on``: for rows that say nothing of their own."""

    class Work(models.TextChoices):
        READ = "read", _("Membaca daftar")
        SAVE = "save", _("Mencatat sertifikat")
        UNDO = "undo", _("Membatalkan")

    NOTED = ("read_at", "saved_at", "undone_at")
    id = models.UUIDField(primary_key=True, default=uuid7)
    owner = models.ForeignKey("people.Person", models.CASCADE, related_name="+", db_constraint=False)
    title = models.CharField(max_length=120, blank=True)
    hours = models.PositiveSmallIntegerField(null=True)
    issued_on = models.DateField(null=True)
    work = models.CharField(max_length=4, choices=Work.choices, blank=True)
    #: Whether rows that are worth a look are recorded too.
    doubtful_too = models.BooleanField(default=False)
    read_at = models.DateTimeField(null=True)
    saved_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "uploaded_at"], name="archive_imports_of_a_person")]


class ArchiveRowQuerySet(models.QuerySet["ArchiveRow"]):
    def recordable(self, *, doubtful_too: bool) -> ArchiveRowQuerySet:
        """What would be recorded now."""
        wanted = [ArchiveRow.Outcome.NEW, *([ArchiveRow.Outcome.LOOK] if doubtful_too else [])]
        return self.filter(outcome__in=wanted, entry=None)

    def undoable(self) -> ArchiveRowQuerySet:
        """What was recorded and not yet taken back."""
        return self.exclude(entry=None).filter(taken_back=False)


class ArchiveRow(models.Model):
    """One row: ``cells`` as typed, by column (the NIK locked in ``nik``); what it was understood as; what happens.

    ``place``: the cell that ``problem`` is about, ``F12``. ``entry``: the certificate, once it was recorded.
    """

    class Outcome(models.TextChoices):
        NEW = "new", _("Baru")
        THERE = "there", _("Sudah ada")
        LOOK = "look", _("Perlu dilihat")
        REFUSED = "refused", _("Ditolak")

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(ArchiveImport, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    sheet = models.CharField(max_length=60, blank=True)
    cells = models.JSONField(default=dict)
    nik = models.BinaryField(default=bytes)
    name = models.CharField(max_length=200)
    home = models.CharField(max_length=200, blank=True)
    person = models.UUIDField(null=True)
    certificate = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=120, blank=True)
    hours = models.PositiveSmallIntegerField(null=True)
    issued_on = models.DateField(null=True)
    outcome = models.CharField(max_length=7, choices=Outcome.choices)
    problem = models.CharField(max_length=5, blank=True)
    facts = models.JSONField(default=dict)
    place = models.CharField(max_length=12, blank=True)
    entry = models.UUIDField(null=True)
    taken_back = models.BooleanField(default=False)

    objects = ArchiveRowQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["batch", "outcome"], name="archive_rows_by_outcome")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.number}"

    @property
    def key(self) -> Key:
        """Of a row that has a person. Raises ``ValueError`` for others."""
        if self.person is None:
            raise ValueError("a row without a person has no certificate")
        return self.person, numbering.key(self.certificate)

    @property
    def refusal(self) -> Refusal | None:
        """What is to be said about it, if something is."""
        return Refusal(CATALOGUE[self.problem], **self.facts) if self.problem else None
