"""An upload, its rows as they were read, and the runs of work on them. All local; nothing here is synced."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from balai.common import clock
from balai.common.ids import uuid7

#: How long staged rows, the sealed file and the way back are kept.
KEPT = timedelta(days=30)


class Import(models.Model):
    """One uploaded table. ``sheets``: which worksheets are read, and how:
    ``[{"name", "header", "columns": {column: field}}]``, columns counted from 0, ``header`` the row's number.
    """

    id = models.UUIDField(primary_key=True, default=uuid7)
    owner = models.ForeignKey("people.Person", models.CASCADE, related_name="imports", db_constraint=False)
    file_name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    sheets = models.JSONField(default=list)
    home = models.UUIDField(null=True)
    uploaded_at = models.DateTimeField(default=clock.wall)

    class Meta:
        indexes = [models.Index(fields=["owner", "uploaded_at"], name="imports_of_a_person")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def kept_until(self) -> datetime:
        return self.uploaded_at + KEPT

    @property
    def last_run(self) -> "Run | None":
        return self.runs.order_by("-started_at").first()

    def ended(self, work: str) -> "Run | None":
        """The last run of ``work`` that came to its end."""
        return self.runs.filter(work=work, ended_at__isnull=False, problem="").order_by("-ended_at").first()

    def counts(self) -> dict[str, int]:
        """How many rows have each outcome."""
        rows = self.rows.values_list("outcome").annotate(count=models.Count("pk")).order_by()
        return dict.fromkeys(Row.Outcome.values, 0) | dict(rows)


class Run(models.Model):
    """One piece of long work on an import: ``done`` of ``total`` rows; asked to stop, it ends at the next chunk."""

    class Work(models.TextChoices):
        READ = "read", _("Membaca berkas")
        CHECK = "check", _("Memeriksa baris")
        APPLY = "apply", _("Menyimpan")
        UNDO = "undo", _("Membatalkan")

    id = models.UUIDField(primary_key=True, default=uuid7)
    batch = models.ForeignKey(Import, models.CASCADE, related_name="runs")
    work = models.CharField(max_length=5, choices=Work.choices)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(default=clock.wall)
    stop_asked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    #: The code of the problem that ended it, and what fills its text.
    problem = models.CharField(max_length=5, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch"], condition=models.Q(ended_at=None), name="one_run_at_a_time")
        ]

    def __str__(self) -> str:
        return f"{self.work} {self.batch_id}"

    @property
    def is_stopped(self) -> bool:
        return self.stop_asked_at is not None

    def advance(self, done: int) -> bool:
        """Note how far the work came. False when somebody asked to stop."""
        self.done = done
        Run.objects.filter(pk=self.pk).update(done=done)
        self.stop_asked_at = Run.objects.values_list("stop_asked_at", flat=True).get(pk=self.pk)
        return not self.is_stopped


class RowQuerySet(models.QuerySet["Row"]):
    def savable(self) -> "RowQuerySet":
        """What would be saved now."""
        return self.filter(outcome__in=(Row.Outcome.NEW, Row.Outcome.CHANGED), saved=None)


class Row(models.Model):
    """One row of the table.

    ``cells``: what stands in the mapped columns, as typed, by field (numbers stay numbers; the NIK is not among
    them but locked in ``nik``). ``values``: what it was understood as, ready for an entry. ``findings``: what is
    wrong or worth a look, each at its field. ``person``: who it is, if somebody is here already; ``changes``:
    what it would change of them, ``{field: [old, new]}``.
    """

    class Outcome(models.TextChoices):
        NEW = "new", _("Orang baru")
        CHANGED = "changed", _("Berubah")
        UNCHANGED = "unchanged", _("Tidak berubah")
        LOOK = "look", _("Perlu dilihat")
        REFUSED = "refused", _("Ditolak")
        SKIPPED = "skipped", _("Dilewati")

    class Verdict(models.TextChoices):
        """Who it is, as somebody decided."""

        SAME = "same", _("Orang yang sama")
        OTHER = "other", _("Orang lain")
        SKIP = "skip", _("Lewati baris ini")

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    sheet = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    cells = models.JSONField(default=dict)
    nik = models.BinaryField(default=bytes)
    context = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    outcome = models.CharField(max_length=9, choices=Outcome.choices)
    person = models.UUIDField(null=True)
    candidates = models.JSONField(default=list)
    changes = models.JSONField(default=dict)
    nik_digest = models.CharField(max_length=64, blank=True)
    name_key = models.CharField(max_length=120, blank=True)
    region = models.UUIDField(null=True)
    #: The same for rows with the same name in the same region.
    namesake = models.CharField(max_length=32, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    verdict = models.CharField(max_length=5, choices=Verdict.choices, blank=True)
    #: Whether something in the cells is doubted that somebody can declare right.
    doubted = models.BooleanField(default=False)
    accepted_at = models.DateTimeField(null=True)
    edited_at = models.DateTimeField(null=True)

    objects = RowQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "sheet", "number"], name="one_row_a_place")]
        indexes = [
            models.Index(fields=["batch", "outcome", "sheet", "number"], name="row_by_outcome"),
            models.Index(fields=["batch", "nik_digest"], name="row_by_nik"),
            models.Index(fields=["batch", "namesake"], name="row_by_name"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.number}"


class Saved(models.Model):
    """A row was saved: for whom, and as which entries (``deeds``: registered, changed, ended, held, apart0 …)."""

    row = models.OneToOneField(Row, models.CASCADE, primary_key=True, related_name="saved")
    person = models.UUIDField()
    deeds = models.JSONField()
    at = models.DateTimeField(default=clock.wall)

    def __str__(self) -> str:
        return str(self.row_id)


class Undone(models.Model):
    """What was saved of a row was taken back: the fields in ``back``, not those in ``kept`` (with the reason)."""

    saved = models.OneToOneField(Saved, models.CASCADE, primary_key=True, related_name="undone")
    back = models.JSONField()
    kept = models.JSONField()
    at = models.DateTimeField(default=clock.wall)

    def __str__(self) -> str:
        return str(self.saved_id)


class Trace(models.Model):
    """A row with this content (keyed hash) was imported as this person: the same file again changes nothing."""

    fingerprint = models.CharField(max_length=64, primary_key=True)
    person = models.UUIDField()

    def __str__(self) -> str:
        return self.fingerprint


def chosen(batch: UUID, owner: UUID) -> Import | None:
    """The import with this id, if it is ``owner``'s own."""
    return Import.objects.filter(pk=batch, owner=owner).first()
