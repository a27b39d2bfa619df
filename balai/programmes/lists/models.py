"""An uploaded list of names, its rows, and how far the work on it is. All local; nothing here is synced."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from balai.common import clock
from balai.common.ids import uuid7
from balai.common.problems import CATALOGUE, Refusal
from balai.programmes.cohorts.models import Cohort

#: How long staged rows are kept; the file itself goes as soon as it was read.
KEPT = timedelta(days=30)
#: Work that has not moved for so long was broken off.
STALE = timedelta(minutes=10)


class NameList(models.Model):
    """A list of people for one cohort. ``course`` and ``session``: for rows that name no other theme."""

    class Work(models.TextChoices):
        READ = "read", _("Membaca daftar")
        SEND = "send", _("Mendaftarkan")

    id = models.UUIDField(primary_key=True, default=uuid7)
    owner = models.ForeignKey("people.Person", models.CASCADE, related_name="+", db_constraint=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="lists", db_constraint=False)
    course = models.UUIDField()
    session = models.UUIDField()
    file_name = models.CharField(max_length=200)
    uploaded_at = models.DateTimeField(default=clock.wall)
    work = models.CharField(max_length=4, choices=Work.choices, blank=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    moved_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    #: The code of the problem that ended the work, and what fills its text.
    problem = models.CharField(max_length=5, blank=True)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["owner", "uploaded_at"], name="name_lists_of_a_person")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def kept_until(self) -> datetime:
        return self.uploaded_at + KEPT

    @property
    def is_going(self) -> bool:
        """Whether somebody works on it right now."""
        return bool(self.work) and self.moved_at is not None and self.moved_at > clock.wall() - STALE

    @property
    def refusal(self) -> Refusal | None:
        """What ended the work, if something did."""
        return Refusal(CATALOGUE[self.problem], **self.facts) if self.problem else None

    def claim(self, work: str) -> bool:
        """Begin ``work``, unless other work on it goes on."""
        free = Q(work="") | Q(moved_at__lt=clock.wall() - STALE)
        begun = {"work": work, "done": 0, "total": 0, "moved_at": clock.wall(), "problem": "", "facts": {}}
        return bool(NameList.objects.filter(free, pk=self.pk).update(**begun))

    def advance(self, done: int, total: int) -> None:
        """Note how far the work came."""
        NameList.objects.filter(pk=self.pk).update(done=done, total=total, moved_at=clock.wall())


class ListRow(models.Model):
    """One row: ``name`` and ``place`` as typed; who it is (``person``), or why not (``problem``); once it was sent,
    as which request (``enrolment``).
    """

    id = models.BigAutoField(primary_key=True)
    list = models.ForeignKey(NameList, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    sheet = models.CharField(max_length=60, blank=True)
    name = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True)
    course = models.UUIDField()
    person = models.UUIDField(null=True)
    problem = models.CharField(max_length=5, blank=True)
    facts = models.JSONField(default=dict)
    #: Whether it will probably have to wait, as far as seats and quotas stood when it was read.
    may_wait = models.BooleanField(default=False)
    enrolment = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["list", "problem"], name="list_rows_by_problem")]

    def __str__(self) -> str:
        return f"{self.list_id} {self.number}"

    @property
    def refusal(self) -> Refusal | None:
        """Why it is not sent, if it is not."""
        return Refusal(CATALOGUE[self.problem], **self.facts) if self.problem else None
