"""What the entries of this room add up to: tests, attempts, marks. What is still being written: ``drafts.py``."""

from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from balai.courses.models import CourseVersion
from balai.log.models import SyncedModel
from balai.people.models import Person
from balai.people.reach import covers
from balai.regions import codes
from balai.regions.models import Region

from .drafts import Draft, DraftAnswer

__all__ = ["Analysis", "Attempt", "Draft", "DraftAnswer", "Extension", "Mark", "Test"]


class Test(SyncedModel):
    """A test as one course version froze it. ``identity`` is the id that all its versions share.

    ``rules``, ``questions`` and ``keys`` have the shapes of ``published.py``. The keys of a sealed test are
    in ``sealed`` (base64), which the hub alone opens.
    """

    class Kind(models.TextChoices):
        PRETEST = "pretest", _("Tes awal")
        PRACTICE = "practice", _("Latihan")
        POSTTEST = "posttest", _("Tes akhir")
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
        id = person.pk if isinstance(person, Person) else person
        # Their ids first: with an OR over both tables every attempt at the test would be looked at.
        return self.filter(person__in=Person.objects.filter(Q(pk=id) | Q(merged_into=id)).values("pk"))

    def at(self, identity: UUID) -> "AttemptQuerySet":
        """Attempts at one test, whichever its version."""
        # Asked of each attempt: as a join, databases would rather begin with everybody's attempts at the test.
        return self.filter(Exists(Test.objects.filter(pk=OuterRef("test"), identity=identity)))

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


class ExtensionQuerySet(models.QuerySet["Extension"]):
    def at(self, identity: UUID) -> "ExtensionQuerySet":
        """Those of one test, whichever its version, oldest first."""
        return self.filter(identity=identity).order_by("given_at", "pk")

    def of(self, person: Person) -> "ExtensionQuerySet":
        """Those that this person got, alone or with everybody of a region."""
        code = person.region.code if person.region else None
        above = [] if code is None else [code[:end] for end, one in enumerate(f"{code}.") if one == "."]
        return self.filter(Q(person__in=person.identities) | Q(region__code__in=above) | Q(person=None, region=None))


class Extension(SyncedModel):
    """More time or another attempt at a test, after an outage: for one person, or for everybody of a region.

    ``identity`` is the test's, in all versions; neither ``person`` nor ``region``: everybody. ``minutes``: so much
    longer lasts an attempt that was being written when this was given, and the window in which one may start.
    ``attempts``: how many more may be made. What it comes to: ``limits.py``.
    """

    identity = models.UUIDField(db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="extensions")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    minutes = models.PositiveSmallIntegerField()
    attempts = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    given_by = models.UUIDField(null=True)
    given_at = models.DateTimeField()

    objects = ExtensionQuerySet.as_manager()

    def is_for(self, person: Person) -> bool:
        """Whether ``person`` (with their region) is one of those."""
        if self.person:
            return bool({person.pk, person.merged_into_id} & {self.person.pk, self.person.merged_into_id} - {None})
        return self.region is None or (person.region is not None and covers(self.region.code, person.region.code))

    def reach(self, field: str) -> Q:
        """Rows whose ``field``, a person, is one of those whom it is for."""
        if self.person:
            ids = [self.person.pk, self.person.merged_into_id]
            return Q(**{f"{field}__in": ids}) | Q(**{f"{field}__merged_into": self.person.pk})
        return codes.below(self.region.code if self.region else "", f"{field}__region__code")


class MarkQuerySet(models.QuerySet["Mark"]):
    def passed(self) -> "MarkQuerySet":
        return self.filter(outcome=Mark.Outcome.PASSED)


class Mark(SyncedModel):
    """The hub's decision on an attempt. ``score`` and the values of ``questions`` (by slug) are per mille.

    ``seconds``: how long after the start answers counted; ``None`` without a limit.
    """

    class Outcome(models.TextChoices):
        PASSED = "passed", _("Lulus")
        FAILED = "failed", _("Belum lulus")
        OVER_LIMIT = "over_limit", _("Tidak dihitung: kesempatan sudah habis")
        UNPROVEN = "unproven", _("Menunggu keputusan pusat")

    attempt = models.OneToOneField(Attempt, models.CASCADE, related_name="mark")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    score = models.PositiveSmallIntegerField()
    questions = models.JSONField()
    seconds = models.PositiveIntegerField(null=True)
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


class Analysis(models.Model):
    """The item analysis of a published test, kept on this node: of ``marks`` marks, the ``latest`` made then.

    ``figures``: those of ``analysis.py``, in the order of the questions. ``people``: how many count.
    """

    test = models.UUIDField(primary_key=True)
    marks = models.PositiveIntegerField()
    latest = models.DateTimeField(null=True)
    people = models.PositiveIntegerField()
    figures = models.JSONField()
    counted_at = models.DateTimeField()
