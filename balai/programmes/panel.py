"""What this room adds to a course's page: taking part in it."""

from django.template.loader import render_to_string

from balai.courses import panels
from balai.courses.models import CourseVersion
from balai.people.models import Person

from . import enrolling
from .models import Enrolment, Seat
from .rules import ENROLLERS


def fill(person: Person | None, version: CourseVersion) -> panels.Panel:
    """The button to take part, how one's request stands, or through which cohort one asks. Up to three queries."""
    if person is None:
        return panels.Panel()
    mine = {"person__in": person.identities, "course": version.course_id}
    seat = Seat.objects.held().filter(**mine).order_by("given_at").first()
    asked = None if seat else Enrolment.objects.going().filter(**mine).order_by("asked_at").first()
    context = {
        "version": version,
        "seat": seat,
        "asked": asked,
        "cohorts": [] if seat or asked else enrolling.governing(person, version.course_id),
        "is_enroller": not version.open and person.reach.holds(*ENROLLERS),
    }
    return panels.Panel(blocks=(render_to_string("programmes/panel.html", context),))


panels.register(fill)
