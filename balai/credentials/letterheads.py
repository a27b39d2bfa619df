"""Under whose name a certificate goes out: the issuer's own, or that of the programme somebody studied in."""

from uuid import UUID

from balai.people.models import Person
from balai.programmes.models import Enrolment

from .models import Letterhead


def of(person: Person, course: UUID) -> Letterhead:
    """The letterhead for a certificate of ``person`` for ``course``: what is printed from now on."""
    programme = _programme(person, course)
    own = Letterhead.objects.filter(programme=programme).first() if programme else None
    return own or Letterhead.current()


def _programme(person: Person, course: UUID) -> UUID | None:
    """The programme through which ``person`` came to ``course`` last, if it was one."""
    asked = Enrolment.objects.of(person).filter(course=course).going()
    rows = asked.values_list("programme", "session__batch__cohort__programme")
    found: UUID | None = next((own or above for own, above in rows if own or above), None)
    return found
