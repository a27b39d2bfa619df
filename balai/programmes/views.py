"""Taking part in a course: one's own request, and a coordinator's answer to others."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from balai.courses.models import Course
from balai.courses.views import course_called
from balai.people.access import Request, holding, signed_in

from . import enrolling
from .models import Seat
from .rules import ENROLLERS


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def enrolment(request: Request, slug: str) -> HttpResponse:
    """Ask to take part. Without a seat quota the answer is there at once."""
    course = course_called(slug)
    if request.method == "POST":
        enrolling.ask(request.person, request.person, course)
        seated = Seat.objects.filter(person=request.person, course=course).exists()
        messages.success(request, _("Anda terdaftar. Selamat belajar.") if seated else _("Permintaan Anda tersimpan."))
        return HttpResponseRedirect(_page_of(course))
    return render(request, "programmes/enrolment.html", {"course": course, "version": course.current})


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*ENROLLERS)
def requests(request: Request, slug: str) -> HttpResponse:
    """What people of a coordinator's regions asked for; a POST gives one of them a seat."""
    course = course_called(slug)
    if request.method == "POST":
        people = request.person.reach.people(*ENROLLERS)
        person = get_object_or_404(people, pk=_uuid(request.POST.get("orang", "")))
        enrolling.ask(request.person, person, course)
        messages.success(request, _("{name} sekarang peserta pelatihan ini.").format(name=person.name))
        return HttpResponseRedirect(request.path)
    waiting = enrolling.waiting_for(request.person, course)
    return render(request, "programmes/requests.html", {"version": course.current, "waiting": waiting})


def _page_of(course: Course) -> str:
    return reverse("courses:course", args=[course.slug])


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error
