"""Programmes, who asked to take part in a course, and who was given a seat."""

from typing import Any

from django.db import models

from balai.courses.models import Course, CourseVersion
from balai.log.models import SyncedModel
from balai.people.models import Person


class Programme(SyncedModel):
    """What courses and, later, meetings and plans belong to. Its fields are a document.

    ``courses``: ids, in the order in which they are recommended; a course that is not here yet is simply not shown.
    """

    name = models.CharField(max_length=120)
    summary = models.CharField(max_length=400, blank=True)
    courses = models.JSONField(default=list)
    registered_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def of(self, person: Person) -> "EnrolmentQuerySet":
        """What was asked by or for this person, the latest first."""
        return self.filter(person__in=person.identities).order_by("-asked_at", "-pk")

    def waiting(self) -> "EnrolmentQuerySet":
        """Asked, by a person who has no seat in that course yet."""
        seats = Seat.objects.filter(person=models.OuterRef("person"), course=models.OuterRef("course"))
        return self.filter(~models.Exists(seats))


class Enrolment(SyncedModel):
    """Somebody asked that ``person`` takes part in ``course``: the person, or a coordinator for them."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="enrolments")
    course = models.ForeignKey(Course, models.PROTECT, related_name="enrolments")
    version = models.ForeignKey(CourseVersion, models.PROTECT, related_name="enrolments")
    programme = models.UUIDField(null=True)
    asked_by = models.UUIDField(null=True)
    asked_at = models.DateTimeField()

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "course"], name="enrolment_of_person")]

    @property
    def by_oneself(self) -> bool:
        return self.asked_by == self.person_id


class Seat(SyncedModel):
    """The hub gave ``person`` a seat. Two requests may have led to two seats, which admit one person."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    course = models.ForeignKey(Course, models.PROTECT, related_name="seats")
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="seats")
    given_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "course"], name="seat_of_person")]


def admitted(person: Person) -> "models.QuerySet[Seat, Any]":
    """Ids of the courses in which a person has a seat."""
    return Seat.objects.filter(person__in=person.identities).values("course")
