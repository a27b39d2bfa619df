"""One's own way to a seat: choosing theme and session, seeing how it stands, withdrawing."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.common import clock
from balai.common.problems import NOT_FOUND, Refusal
from balai.courses.models import Course
from balai.log.record import record
from balai.people.access import Request, signed_in
from balai.people.models import Person
from balai.programmes import enrolling
from balai.programmes.cohorts import pages
from balai.programmes.cohorts.models import Cohort, Session
from balai.programmes.rules import ENROLLERS
from balai.programmes.wording import session_time

from . import standing
from .entries import EnrolmentWithdrawn
from .models import Waiting
from .queueing import queue_of
from .standing import Standing


class SessionChoice(forms.Form):
    """A theme and a session of a cohort. ``sessions``: the sessions in one line each, by their ids."""

    tema = forms.ChoiceField(label=gettext_lazy("Tema"), widget=forms.RadioSelect)
    sesi = forms.ChoiceField(label=gettext_lazy("Sesi"), widget=forms.RadioSelect)

    def __init__(
        self, courses: list[Course], batches: list[pages.BatchLine], data: Any = None, files: Any = None
    ) -> None:
        super().__init__(data, files)
        self.courses = {str(course.pk): course for course in courses}
        titles = [(id, course.newest.title) for id, course in self.courses.items()]
        lines = [(batch, line) for batch in batches for line in batch.sessions]
        words = [(str(line.session.pk), *_words(batch, line)) for batch, line in lines]
        self.sessions = [(id, f"{name}, {detail}") for id, name, detail in words]
        shown = [(id, format_html("<span>{}<br><small>{}</small></span>", name, detail)) for id, name, detail in words]
        for field, choices in (("tema", titles), ("sesi", shown)):
            self.fields[field].choices = choices  # type: ignore[attr-defined]
            if len(choices) == 1:
                self.fields[field].initial = choices[0][0]

    @property
    def course(self) -> Course:
        return self.courses[self.cleaned_data["tema"]]

    @property
    def session(self) -> Session:
        """With what its seat is judged by."""
        return enrolling.session(UUID(self.cleaned_data["sesi"]))


def _words(batch: pages.BatchLine, line: pages.SessionLine) -> tuple[str, str]:
    """``Tahap 1, Sesi pagi`` and ``Senin s.d. Kamis 08.00–10.00 WIB · 12 tempat kosong``."""
    if line.free:
        room = _("{count} tempat kosong").format(count=line.free)
    else:
        room = _("penuh, {count} menunggu").format(count=line.waiting)
    return f"{batch.batch.name}, {line.session}", f"{line.time} · {room}"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def joining(request: Request, id: UUID) -> HttpResponse:
    """Ask for a seat oneself."""
    cohort, person = pages.one(id), request.person
    left = standing.left_for(person, cohort, clock.wall())
    if not left:
        raise Refusal(NOT_FOUND)
    form = SessionChoice(left, pages.batches_of(cohort), request.POST or None)
    if request.method == "POST" and form.is_valid():
        asked = enrolling.request(person, [person], form.course, form.session)
        if asked.against:
            raise Refusal(asked.against[person.pk], name=person.name)
        return redirect("programmes:place", asked.sent[person.pk])
    context = {
        "form": form,
        "heading": _("Pilih sesi"),
        "cohort": cohort,
        "rules": pages.rules_in_words(cohort),
        "needs_a_yes": cohort.asking == Cohort.Asking.APPROVAL,
        "crumbs": pages.crumbs_of(cohort, here=True),
    }
    return render(request, "programmes/joining.html", context, status=422 if request.method == "POST" else 200)


def _reachable(person: Person, id: UUID) -> Standing:
    """One's own request, or one of a person of one's regions. Raises ``Refusal`` (404)."""
    found = standing.of_enrolment(id)
    if found is None or found.enrolment.session is None:
        raise Refusal(NOT_FOUND)
    theirs = found.enrolment.person
    home = theirs.region.code if theirs.region else ""
    own = theirs.pk in person.identities
    if not own and not (person.reach.covers(home, *ENROLLERS) and theirs.withdrawn_at is None):
        raise Refusal(NOT_FOUND)
    return found


@require_safe
@signed_in
def place(request: Request, id: UUID) -> HttpResponse:
    """How a request stands; for who waits, in which turn, by which rule."""
    found = _reachable(request.person, id)
    enrolment = found.enrolment
    cohort = enrolment.session.batch.cohort  # type: ignore[union-attr]
    waiting = Waiting.objects.select_related("cohort", "session", "region").filter(enrolment=enrolment).first()
    context = {
        "one": found,
        "person": enrolment.person,
        "cohort": cohort,
        "time": session_time(enrolment.session),  # type: ignore[arg-type]
        "own": enrolment.person_id in request.person.identities,
        "queue": queue_of(waiting) if waiting and found.state == "waiting" else None,
        "rules": pages.rules_in_words(cohort),
        "answerable": found.state == "asked" and standing.to_answer(request.person, cohort).filter(pk=id).exists(),
        "crumbs": pages.crumbs_of(cohort, here=True),
    }
    return render(request, "programmes/place.html", context)


@require_POST
@signed_in
def withdrawal(request: Request, id: UUID) -> HttpResponse:
    """Take the request or the seat back; whoever waits moves up."""
    found = _reachable(request.person, id)
    if not found.is_going:
        return redirect("programmes:place", id)
    enrolment = found.enrolment
    reason = " ".join(request.POST.get("alasan", "").split())[:200]
    about = {"subject": enrolment.person_id, "audience": enrolment.person.region_id}
    record("enrolment.withdrawn", EnrolmentWithdrawn(enrolment.pk, reason), actor=request.person.pk, **about)
    messages.success(request, _("Pengunduran diri tercatat. Tempatnya untuk urutan berikutnya."))
    return redirect("programmes:place", id)
