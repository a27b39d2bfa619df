"""Seeing Balai as another person does: for helping, read only, a quarter of an hour, and the person is told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from balai.common import clock
from balai.common.problems import Refusal
from balai.people import problems
from balai.people.access import Request, Visit
from balai.people.delegation.rank import outranks
from balai.people.models import AccessEvent, Person

LONGEST = timedelta(minutes=15)
#: What works even so: leaving, and the look of the pages on this device.
LEAVING = ("/melihat/berhenti", "/keluar", "/tampilan")
_KEY = "seeing"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class Seeing:
    """``helper`` sees what ``person`` sees, until a moment."""

    helper: Person
    person: Person
    until: datetime


def begin(request: Request, person: Person) -> None:
    """From the next page on, whoever asks sees what ``person`` sees. Raises ``Refusal``."""
    if not outranks(request.person, person):
        raise Refusal(problems.OUTRANKED)
    until = clock.wall() + LONGEST
    request.session[_KEY] = {"person": str(person.id), "until": until.isoformat()}
    AccessEvent.objects.create(kind=AccessEvent.Kind.SEEN, person=person.id, actor=request.person.id)


def end(request: Visit) -> str:
    """Back to one's own account. Returns the address to go on with."""
    kept = request.session.pop(_KEY, None)
    return f"/orang/{kept['person']}/akun" if kept else "/"


class SeeingMiddleware:
    """Sets ``request.seeing``, and then ``request.person`` is the person who is seen. Refuses every change."""

    def __init__(self, get_response: Callable[[Visit], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Visit) -> HttpResponse:
        request.seeing = None
        if request.person is not None and _KEY in request.session:
            here = cast(Request, request)
            request.seeing = _current(here)
            if request.seeing:
                request.person = request.seeing.person
        return self.get_response(request)

    def process_view(self, request: Visit, *view: Any) -> HttpResponse | None:
        if request.seeing is None and _KEY in request.session and request.path not in LEAVING:
            messages.info(request, _("Waktu melihat sudah habis. Anda kembali di akun sendiri."))
            return HttpResponseRedirect(end(request))
        if request.seeing and request.method not in _SAFE and request.path not in LEAVING:
            return _refused(request)
        return None


def _current(request: Request) -> Seeing | None:
    """Judged anew on every page: it ends with its time, and with the helper's rank."""
    kept = request.session[_KEY]
    until = datetime.fromisoformat(kept["until"])
    person = Person.objects.present().select_related("region").filter(pk=kept["person"]).first()
    if person is None or until <= clock.wall() or not outranks(request.person, person):
        return None
    return Seeing(request.person, person, until)


def _refused(request: Visit) -> HttpResponse:
    refusal = Refusal(problems.ONLY_LOOKING)
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse(refusal.as_dict(), status=refusal.problem.status)
    return render(request, "web/refusal.html", {"refusal": refusal}, status=refusal.problem.status)
