"""What this room adds to a course's page: taking part in it."""

from django.template.loader import render_to_string

from balai.courses import panels
from balai.courses.models import CourseVersion
from balai.people.models import Person

from .models import Enrolment, Seat
from .rules import ENROLLERS


def fill(person: Person | None, version: CourseVersion) -> panels.Panel:
    """The button to take part, or how one's request stands. Two queries."""
    if person is None:
        return panels.Panel()
    mine = {"person__in": person.identities, "course": version.course_id}
    seat = Seat.objects.filter(**mine).order_by("given_at").first()
    asked = None if seat else Enrolment.objects.filter(**mine).order_by("asked_at").first()
    context = {
        "version": version,
        "seat": seat,
        "asked": asked,
        "is_enroller": not version.open and person.reach.holds(*ENROLLERS),
    }
    return panels.Panel(blocks=(render_to_string("programmes/panel.html", context),))


panels.register(fill)
