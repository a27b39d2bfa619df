"""Which certificates are printed: of whom somebody looks after, in a course, a region, a batch; those that are good."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from balai.courses.models import Course
from balai.credentials import day
from balai.credentials.models import Certificate, CertificateQuerySet
from balai.people.models import Person
from balai.people.reach import CHANGE_PERSONS, covers
from balai.programmes.cohorts.models import Batch
from balai.programmes.models import Seat
from balai.regions import codes
from balai.regions.models import Region


@dataclass(frozen=True)
class Choice:
    """What ``person`` wants to print. What is ``None`` makes no difference."""

    person: Person
    course: Course | None = None
    region: Region | None = None
    batch: Batch | None = None

    @property
    def prefixes(self) -> list[str]:
        """The regions of it, for whoever asks later whether they are still ``person``'s."""
        held = self.person.reach.prefixes(*CHANGE_PERSONS)
        inside = self.region and any(covers(prefix, self.region.code) for prefix in held)
        return [self.region.code] if self.region and inside else held

    @property
    def title(self) -> str:
        """In words."""
        course = self.course.newest.title if self.course else _("Semua pelatihan")
        batch = f"{self.batch.cohort.name}, {self.batch.name}" if self.batch else ""
        return " · ".join(filter(None, (course, batch, self.region.title if self.region else "")))

    def certificates(self) -> CertificateQuerySet:
        """Those that count today, by village and name."""
        people = self.person.reach.people(*CHANGE_PERSONS)
        theirs = Q(person__in=people) | Q(person__merged_into__in=people)
        found = Certificate.objects.good(day.today()).filter(theirs)
        if self.course:
            found = found.filter(course=self.course.pk)
        if self.region:
            found = found.filter(codes.below(self.region.code, "person__region__code"))
        if self.batch:
            seats = Seat.objects.held().filter(session__batch=self.batch)
            found = found.filter(Exists(seats.filter(person=OuterRef("person"), course=OuterRef("course"))))
        return found.order_by("person__region__code", "person__sort_name", "number")
