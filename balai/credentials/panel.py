"""What a course's page says about its certificate: what it takes, that it is coming, or where it is."""

from django.template.loader import render_to_string

from balai.courses import panels
from balai.courses.models import Course, CourseVersion
from balai.courses.panels import Panel
from balai.people.models import Person

from . import issuing
from .models import Certificate


def fill(person: Person | None, version: CourseVersion) -> Panel:
    """One block for a course that gives a certificate."""
    rule = version.certificate
    if not rule:
        return Panel()
    context = {"rule": rule, "version": version, "certificate": None, "waiting": False}
    if person is not None:
        found = Certificate.objects.of(person).filter(course=version.course_id, kind=rule["kind"])
        context["certificate"] = found.prefetch_related("revocations").first()
        if context["certificate"] is None:
            course = Course.objects.select_related("current").get(pk=version.course_id)
            context["waiting"] = issuing.earned(person, course) is not None
    return Panel(blocks=(render_to_string("credentials/parts/panel.html", context),))


panels.register(fill)
