"""The front door, the look of the site, help."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from balai.courses import progress
from balai.courses.models import Course
from balai.monitoring import network
from balai.people.access import Visit
from balai.web.context import THEME_COOKIE, THEMES
from balai.web.home import home_of
from balai.web.problem_list import problem_groups

OPEN_COURSES_SHOWN = 3
A_YEAR = 60 * 60 * 24 * 365


@require_safe
def front(request: Visit) -> HttpResponse:
    """Home for whoever is signed in, the welcome page for visitors."""
    if request.person is None:
        open_courses = Course.objects.catalogue().filter(current__open=True)[:OPEN_COURSES_SHOWN]
        return render(request, "web/welcome.html", {"studies": progress.studies(None, open_courses).values()})
    return render(request, "web/home.html", {"home": home_of(request.person)})


@require_safe
def me(request: Visit) -> HttpResponse:
    """What is personal on pages that are plain files: who is here, and the lessons that they completed."""
    person = request.person
    content: dict[str, object] = {}
    if person:
        if not request.seeing:
            network.note(person, request.headers.get("Network-Seen", ""))
        content = {"person": {"id": person.id, "name": person.name}, "progress": progress.of(person)}
    response = JsonResponse(content)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Keeps the chosen language or theme on this device, and goes back to the page that asked."""
    response = HttpResponseRedirect(_back(request))
    language, theme = request.POST.get("bahasa"), request.POST.get("tema")
    if language in dict(settings.LANGUAGES):
        _keep(response, settings.LANGUAGE_COOKIE_NAME, language)
    if theme in THEMES:
        _keep(response, THEME_COOKIE, theme)
    elif theme == "":
        response.delete_cookie(THEME_COOKIE)
    return response


def _keep(response: HttpResponse, name: str, value: str) -> None:
    # Not HttpOnly: pages that are plain files read the theme by script.
    response.set_cookie(name, value, max_age=A_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)


def _back(request: HttpRequest) -> str:
    """The path of the page that held the form; our own origin, because no other may send forms."""
    parts = urlsplit(request.headers.get("Referer", ""))
    path = parts.path if parts.path.startswith("/") and not parts.path.startswith("//") else "/"
    return f"{path}?{parts.query}" if parts.query else path


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """How Balai works, for someone who is stuck."""
    return render(request, "web/help.html")


@require_safe
def codes(request: HttpRequest) -> HttpResponse:
    """Every refusal with its code, what is safe and what to do."""
    return render(request, "web/codes.html", {"groups": problem_groups()})
