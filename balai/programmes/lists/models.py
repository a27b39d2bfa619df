"""An uploaded list of names, its rows, and how far the work on it is. All local; nothing here is synced."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from balai.common.ids import uuid7
from balai.common.problems import CATALOGUE, Refusal
from balai.people.imports.working import WorkedOn
from balai.programmes.cohorts.models import Cohort


class NameList(WorkedOn):
    """A list of people for one cohort. ``course`` and ``session``: for rows that name no other theme."""

    class Work(models.TextChoices):
        READ = "read", _("Membaca daftar")
        SEND = "send", _("Mendaftarkan")

    NOTED = ("read_at", "sent_at")
    id = models.UUIDField(primary_key=True, default=uuid7)
    owner = models.ForeignKey("people.Person", models.CASCADE, related_name="+", db_constraint=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="lists", db_constraint=False)
    course = models.UUIDField()
    session = models.UUIDField()
    work = models.CharField(max_length=4, choices=Work.choices, blank=True)
    read_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "uploaded_at"], name="name_lists_of_a_person")]


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
