"""Certificates of many people at once: issuing what is owed, and papers to print."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from balai.common.problems import CATALOGUE
from balai.courses.models import Course
from balai.people.access import Request, signed_in
from balai.people.reach import CHANGE_PERSONS

from . import rules, sweeps
from .models import Sweep

_SHOWN = 10


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def issuing(request: Request) -> HttpResponse:
    """Issue for all who qualify: what goes on, what was done, and a course to begin with."""
    if not rules.sweeps(request.person):
        raise Http404
    prefixes = request.person.reach.prefixes(*CHANGE_PERSONS)
    courses = Course.objects.catalogue().exclude(current__certificates=[])
    if request.method == "POST":
        course = get_object_or_404(courses, slug=request.POST.get("pelatihan", ""))
        sweeps.start(course, prefixes, request.person)
        messages.success(request, _("Penerbitan dimulai. Halaman ini boleh ditutup."))
        return redirect("credentials:issuing")
    titles = {course.pk: course.newest.title for course in courses}
    found = list(Sweep.objects.filter(prefixes=prefixes).order_by("-started_at")[:_SHOWN])
    context = {
        "courses": courses,
        "lines": [(sweep, titles.get(sweep.course, ""), _problem(sweep)) for sweep in found],
        "going": any(sweep.ended_at is None for sweep in found),
        "heading": _("Terbitkan yang tertinggal"),
    }
    return render(request, "credentials/issuing.html", context)


def _problem(sweep: Sweep) -> str:
    problem = CATALOGUE.get(sweep.problem)
    return f"{problem.title} {problem.cure}".format(reference=sweep.reference) if problem else ""
