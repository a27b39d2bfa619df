"""What the entries of this room add up to: tests, attempts, marks. What is still being written: ``drafts.py``."""

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from balai.courses.models import CourseVersion
from balai.log.models import SyncedModel
from balai.people.models import Person

from .drafts import Draft, DraftAnswer

__all__ = ["Attempt", "Draft", "DraftAnswer", "Mark", "Test"]


class Test(SyncedModel):
    """A test as one course version froze it. ``identity`` is the id that all its versions share.

    ``rules``, ``questions`` and ``keys`` have the shapes of ``published.py``. The keys of a sealed test are
    in ``sealed`` (base64), which the hub alone opens.
    """

    class Kind(models.TextChoices):
        PRACTICE = "practice", _("Latihan")
        CERTIFICATE = "certificate", _("Tes sertifikat")

    identity = models.UUIDField(db_index=True)
    version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="tests")
    slug = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    rules = models.JSONField()
    questions = models.JSONField()
    keys = models.JSONField(null=True)
    sealed = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.title


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def of(self, person: Person | UUID) -> "AttemptQuerySet":
        """What this person submitted, also under an identity that was merged into theirs."""
        return self.filter(Q(person=person) | Q(person__merged_into=person))

    def at(self, identity: UUID) -> "AttemptQuerySet":
        """Attempts at one test, whichever its version."""
        return self.filter(test__identity=identity)

    def unmarked(self) -> "AttemptQuerySet":
        return self.filter(mark=None)


class Attempt(SyncedModel):
    """What a person answered. ``answers``: ``Given`` in the order of saving, late ones included."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="attempts")
    test = models.ForeignKey(Test, models.PROTECT, related_name="attempts")
    answers = models.JSONField()
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField()

    objects = AttemptQuerySet.as_manager()


class MarkQuerySet(models.QuerySet["Mark"]):
    def passed(self) -> "MarkQuerySet":
        return self.filter(outcome=Mark.Outcome.PASSED)


class Mark(SyncedModel):
    """The hub's decision on an attempt. ``score`` and the values of ``questions`` (by slug) are per mille."""

    class Outcome(models.TextChoices):
        PASSED = "passed", _("Lulus")
        FAILED = "failed", _("Belum lulus")
        OVER_LIMIT = "over_limit", _("Tidak dihitung: kesempatan sudah habis")
        UNPROVEN = "unproven", _("Menunggu keputusan pusat")

    attempt = models.OneToOneField(Attempt, models.CASCADE, related_name="mark")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    score = models.PositiveSmallIntegerField()
    questions = models.JSONField()
    marked_at = models.DateTimeField()

    objects = MarkQuerySet.as_manager()

    @property
    def passed(self) -> bool:
        return self.outcome == self.Outcome.PASSED

    @property
    def percent(self) -> int:
        """The score as people read it, 0 to 100, rounded down."""
        return self.score // 10

    @property
    def counts(self) -> bool:
        """Whether the attempt is one of those that the test allows."""
        return self.outcome in {self.Outcome.PASSED, self.Outcome.FAILED}
