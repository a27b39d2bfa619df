"""Who asked to take part in a course, what was said to it, and who holds or waits for a seat."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from balai.courses.models import Course, CourseVersion
from balai.log.models import SyncedModel
from balai.people.models import Person
from balai.programmes.cohorts.models import Cohort, Session
from balai.regions.models import Region


def _any(*rows: models.QuerySet[Any]) -> models.Q:
    """Whether one of the subqueries finds something."""
    return reduce(or_, (models.Q(models.Exists(some)) for some in rows))


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def of(self, person: Person) -> EnrolmentQuerySet:
        """What was asked by or for this person, the latest first."""
        return self.filter(person__in=person.identities).order_by("-asked_at", "-pk")

    def going(self) -> EnrolmentQuerySet:
        """Neither declined nor withdrawn, nor with a seat that was given back."""
        own = models.OuterRef("pk")
        ended = Seat.objects.filter(enrolment=own).exclude(released_at=None)
        return self.exclude(
            _any(Decline.objects.filter(enrolment=own), Withdrawal.objects.filter(enrolment=own), ended)
        )

    def waiting(self) -> EnrolmentQuerySet:
        """Asked outside any cohort, by a person who has no seat in that course yet."""
        seats = Seat.objects.held().filter(person=models.OuterRef("person"), course=models.OuterRef("course"))
        return self.going().filter(~models.Exists(seats), session=None)

    def of_cohort(self, cohort: Cohort) -> EnrolmentQuerySet:
        return self.filter(session__batch__cohort=cohort)

    def unapproved(self) -> EnrolmentQuerySet:
        """Asked by the people themselves for a session; no coordinator agreed yet, nor did the hub answer."""
        own = models.OuterRef("pk")
        answers = (rows.objects.filter(enrolment=own) for rows in (Approval, Seat, Waiting))
        return self.going().filter(asked_by=models.F("person"), session__isnull=False).exclude(_any(*answers))


class Enrolment(SyncedModel):
    """Somebody asked that ``person`` takes part in ``course``: the person, or a coordinator for them.

    ``session``: where they want a seat; none outside any cohort.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="enrolments")
    course = models.ForeignKey(Course, models.PROTECT, related_name="enrolments")
    version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="enrolments")
    session = models.ForeignKey(Session, models.PROTECT, null=True, related_name="enrolments")
    programme = models.UUIDField(null=True)
    asked_by = models.UUIDField(null=True)
    asked_at = models.DateTimeField()

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "course"], name="enrolment_of_person")]

    @property
    def by_oneself(self) -> bool:
        return self.asked_by == self.person_id


class Approval(SyncedModel):
    """A coordinator agreed to what a person asked for."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="approvals")
    approved_by = models.UUIDField(null=True)
    approved_at = models.DateTimeField()


class Decline(SyncedModel):
    """A coordinator said no, in their own words (``reason``); or the hub, by a rule (``rule``)."""

    class Rule(models.TextChoices):
        """Why the hub says no."""

        EARLY = "early", _("Permintaan dibuat sebelum pendaftaran dibuka.")
        LATE = "late", _("Permintaan dibuat sesudah pendaftaran ditutup.")
        OVER = "over", _("Tahap ini sudah selesai.")
        COURSE = "course", _("Tema ini tidak ditawarkan di angkatan ini.")
        SESSION = "session", _("Pelatihan ini memakai kuota: pilih dulu sesinya.")
        COORDINATOR = "coordinator", _("Angkatan ini hanya menerima pendaftaran lewat koordinator.")
        DOUBLE = "double", _("Orang ini sudah terdaftar untuk tema ini di angkatan yang sama.")
        NONE = "none", _("Wilayah ini tidak mendapat kuota untuk tema ini.")
        GONE = "gone", _("Catatan orang ini sudah ditarik.")

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="declines")
    rule = models.CharField(max_length=11, choices=Rule.choices, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    declined_by = models.UUIDField(null=True)
    declined_at = models.DateTimeField()

    @property
    def words(self) -> str:
        """Why, for the person."""
        return self.reason or str(dict(self.Rule.choices).get(self.rule, ""))


class Withdrawal(SyncedModel):
    """The person, or a coordinator for them, takes the request or the seat back."""

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="withdrawals")
    reason = models.CharField(max_length=200, blank=True)
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField()


class SeatQuerySet(models.QuerySet["Seat"]):
    def held(self) -> SeatQuerySet:
        """Given and not released."""
        return self.filter(released_at=None)


class Seat(SyncedModel):
    """The hub gave ``person`` a seat. Two requests may have led to two seats, which admit one person.

    ``turn``: in which order the hub took the requests of the cohort in. ``region``: whose quota it counts for.
    ``released_at``: the hub took it back, because of ``released_because``; another one may have it now.
    """

    class Because(models.TextChoices):
        WITHDRAWN = "withdrawn", _("Mengundurkan diri")
        DECLINED = "declined", _("Dibatalkan koordinator")
        DOUBLE = "double", _("Orang yang sama terdaftar dua kali")
        GONE = "gone", _("Catatan orangnya ditarik")

    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    course = models.ForeignKey(Course, models.PROTECT, related_name="seats")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="seats")
    cohort = models.ForeignKey(Cohort, models.PROTECT, null=True, related_name="seats")
    session = models.ForeignKey(Session, models.PROTECT, null=True, related_name="seats")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    turn = models.BigIntegerField(null=True)
    given_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    released_because = models.CharField(max_length=9, choices=Because.choices, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["person", "course"], name="seat_of_person"),
            models.Index(fields=["session"], name="seat_held", condition=models.Q(released_at=None)),
            models.Index(fields=["cohort", "turn"], name="seat_turn"),
        ]


class WaitingQuerySet(models.QuerySet["Waiting"]):
    def still(self) -> WaitingQuerySet:
        """Those who have neither got a seat nor stopped waiting, and whose records are there."""
        own = models.OuterRef("enrolment")
        answers = (rows.objects.filter(enrolment=own) for rows in (Seat, Decline, Withdrawal))
        return self.filter(person__withdrawn_at=None).exclude(_any(*answers))


class Waiting(SyncedModel):
    """The hub took a request in and had no seat for it: it waits, in the order of ``turn``."""

    class Cause(models.TextChoices):
        CAPACITY = "capacity", _("Sesi penuh")
        QUOTA = "quota", _("Kuota wilayah terisi")

    person = models.ForeignKey(Person, models.PROTECT, related_name="waitings")
    course = models.ForeignKey(Course, models.PROTECT, related_name="+")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="waitings")
    cohort = models.ForeignKey(Cohort, models.PROTECT, related_name="waitings")
    session = models.ForeignKey(Session, models.PROTECT, related_name="waitings")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    turn = models.BigIntegerField()
    cause = models.CharField(max_length=8, choices=Cause.choices)
    waiting_since = models.DateTimeField()

    objects = WaitingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["cohort", "turn"], name="waiting_turn"),
            models.Index(fields=["session", "turn"], name="waiting_of_session"),
        ]


def admitted(person: Person) -> models.QuerySet[Seat, Any]:
    """Ids of the courses in which a person has a seat."""
    return Seat.objects.held().filter(person__in=person.identities).values("course")
