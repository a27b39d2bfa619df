"""What a course's page says about its certificates: what they take, what is missing, or where they are."""

from django.template.loader import render_to_string

from balai.courses import panels, progress
from balai.courses.models import Course, CourseVersion
from balai.courses.panels import Panel
from balai.courses.progress import Study
from balai.people.models import Person

from . import earning


def fill(person: Person | None, version: CourseVersion) -> Panel:
    """One block for a course that gives certificates."""
    if not version.certificates:
        return Panel()
    study = Study(version, {})
    if person is not None:
        course = Course.objects.select_related("current").get(pk=version.course_id)
        study = progress.study(person, course)
    context = {"standings": earning.standings(person, [study]), "slug": version.slug}
    return Panel(blocks=(render_to_string("credentials/parts/panel.html", context),))


panels.register(fill)
