"""A coordinator's work on a cohort: sending delegates, answering requests, seeing who takes part."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from balai.common import clock
from balai.common.problems import NOT_FOUND, Refusal
from balai.log.record import Deed, record_many
from balai.people.access import Request, holding
from balai.people.accounts import picking
from balai.people.accounts.walking import walk
from balai.people.models import Person
from balai.programmes import enrolling, problems, rules
from balai.programmes.cohorts import pages
from balai.programmes.cohorts.models import Cohort
from balai.programmes.course_list import courses_of
from balai.programmes.rules import ENROLLERS
from balai.regions.models import attach_parents

from . import participants as taking_part
from . import standing
from .choosing import left_of, villages
from .entries import EnrolmentApproved, EnrolmentDeclined
from .models import Enrolment
from .standing import Standing
from .views import SessionChoice

A_PAGE = 50


def enrolled_by(person: Person, id: UUID) -> Cohort:
    """The cohort with this id, if ``person`` brings people into it. Raises ``Refusal`` (404)."""
    found = pages.one(id)
    if not rules.enrols_for(person, found.programme.code):
        raise Refusal(NOT_FOUND)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*ENROLLERS)
def delegates(request: Request, id: UUID) -> HttpResponse:
    """Send people of one's regions: theme and session, then people by village with what is left of the quota."""
    cohort = enrolled_by(request.person, id)
    given = request.POST if request.method == "POST" else request.GET
    data = given if {"tema", "sesi"} <= given.keys() else None
    form = SessionChoice(courses_of(cohort.courses), pages.batches_of(cohort), data)
    chosen = form.is_valid()
    if request.method == "POST" and chosen:
        _send(request, form)
        return redirect(f"{request.path}?{_query(request)}")
    place, text = walk(request), request.GET.get("cari", "")
    page = Paginator(picking.in_region(request, place, text), A_PAGE).get_page(request.GET.get("halaman"))
    attach_parents(person.region for person in page.object_list)
    context = {
        "cohort": cohort,
        "form": form,
        "chosen": chosen,
        "place": place,
        "text": text,
        "page": page,
        "villages": villages(cohort, form.course.pk, page.object_list) if chosen else [],
        "is_open": cohort.is_open(clock.wall()),
        "crumbs": pages.crumbs_of(cohort, here=True),
    }
    return render(request, "programmes/delegates.html", context)


def _query(request: Request) -> str:
    kept = request.POST.copy()
    for name in list(kept):
        if name not in {"tema", "sesi", "wilayah", "halaman", "cari"}:
            del kept[name]
    return kept.urlencode()


def _send(request: Request, form: SessionChoice) -> None:
    people = picking.ticked(request)
    if not people and request.POST.getlist("orang"):
        raise Refusal(problems.OUT_OF_REACH)
    if not people:
        messages.warning(request, _("Belum ada orang yang dipilih."))
        return
    asked = enrolling.request(request.person, people, form.course, form.session)
    fresh = Enrolment.objects.filter(pk__in=asked.sent.values())
    _report(request, standing.standings(fresh.select_related("session__batch__cohort")))
    for person in people:
        if person.pk in asked.against:
            messages.error(request, Refusal(asked.against[person.pk], name=person.name).title)


def _report(request: Request, found: list[Standing]) -> None:
    """How many got a seat, how many wait."""
    seated = sum(one.state == "seated" for one in found)
    waiting = sum(one.state == "waiting" for one in found)
    if seated:
        said = ngettext("{count} orang mendapat tempat.", "{count} orang mendapat tempat.", seated)
        messages.success(request, said.format(count=seated))
    if waiting:
        said = ngettext("{count} orang masuk daftar tunggu.", "{count} orang masuk daftar tunggu.", waiting)
        messages.warning(request, said.format(count=waiting))
    left = len(found) - seated - waiting
    if left:
        said = ngettext("{count} permintaan tersimpan.", "{count} permintaan tersimpan.", left)
        messages.success(request, said.format(count=left))


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*ENROLLERS)
def answers(request: Request, id: UUID) -> HttpResponse:
    """What people asked for themselves; a POST agrees to those ticked, or declines them with a reason."""
    cohort = enrolled_by(request.person, id)
    waiting = standing.to_answer(request.person, cohort)
    loaded = waiting.select_related("person__region", "course__current", "session__batch")
    error, ticked = "", []
    if request.method == "POST":
        ticked = list(loaded.filter(pk__in=_ids(request.POST.getlist("permintaan")[:A_PAGE])))
        reason = " ".join(request.POST.get("alasan", "").split())[:200]
        if "tolak" in request.POST and not reason:
            error = _("Tulis alasannya: orangnya membaca alasan ini.")
        else:
            _reply(request, ticked, reason if "tolak" in request.POST else None)
            return redirect("programmes:answers", cohort.pk)
    page = Paginator(loaded.order_by("asked_at", "pk"), A_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "cohort": cohort,
        "page": page,
        "lines": _with_quotas(cohort, list(page.object_list)),
        "error": error,
        "ticked": ticked,
        "rules": pages.rules_in_words(cohort),
        "crumbs": pages.crumbs_of(cohort, here=True),
    }
    return render(request, "programmes/answers.html", context, status=422 if error else 200)


def _ids(texts: list[str]) -> list[UUID]:
    try:
        return [UUID(text) for text in texts]
    except ValueError as error:
        raise Refusal(NOT_FOUND) from error


def _reply(request: Request, enrolments: list[Enrolment], reason: str | None) -> None:
    if not enrolments and request.POST.getlist("permintaan"):
        raise Refusal(problems.ANSWERED)
    if not enrolments:
        messages.warning(request, _("Belum ada permintaan yang dipilih."))
        return
    record_many([_answer(request.person, one, reason) for one in enrolments])
    if reason is None:
        fresh = Enrolment.objects.filter(pk__in=[one.pk for one in enrolments])
        _report(request, standing.standings(fresh.select_related("session__batch__cohort")))
    else:
        said = ngettext("{count} permintaan ditolak.", "{count} permintaan ditolak.", len(enrolments))
        messages.success(request, said.format(count=len(enrolments)))


def _answer(actor: Person, enrolment: Enrolment, reason: str | None) -> Deed:
    about: dict[str, Any] = {"subject": enrolment.person_id, "audience": enrolment.person.region_id}
    if reason is None:
        return Deed("enrolment.approved", EnrolmentApproved(enrolment.pk), actor.pk, **about)
    return Deed("enrolment.declined", EnrolmentDeclined(enrolment.pk, reason), actor.pk, **about)


def _with_quotas(cohort: Cohort, enrolments: list[Enrolment]) -> list[dict[str, Any]]:
    """Each request with what is left for it."""
    left = {}
    for course in {one.course_id for one in enrolments}:
        places = {one.person.region.code for one in enrolments if one.course_id == course and one.person.region}
        left[course] = left_of(cohort, course, places)
    return [
        {"one": one, "quota": left[one.course_id].get(one.person.region.code) if one.person.region else None}
        for one in enrolments
    ]


@require_safe
@holding(*ENROLLERS)
def participants(request: Request, id: UUID) -> HttpResponse:
    """Who of one's regions takes part, waits, or no longer does."""
    cohort = enrolled_by(request.person, id)
    chosen = taking_part.Filter.of(request.GET.dict())
    found = chosen.enrolments(request.person, cohort)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("halaman"))
    rows = list(page.object_list)
    attach_parents(row.person.region for row in rows)
    context = {
        "cohort": cohort,
        "page": page,
        "lines": standing.standings(rows),
        "chosen": chosen,
        "tabs": taking_part.TABS,
        "crumbs": pages.crumbs_of(cohort, here=True),
    }
    return render(request, "programmes/participants.html", context)


@require_safe
@holding(*ENROLLERS)
def participants_excel(request: Request, id: UUID) -> HttpResponse:
    """The filtered list as a workbook."""
    cohort = enrolled_by(request.person, id)
    chosen = taking_part.Filter.of(request.GET.dict())
    content = taking_part.workbook(chosen.enrolments(request.person, cohort))
    response = HttpResponse(content, content_type=taking_part.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="peserta-{clock.wall():%Y-%m-%d}.xlsx"'
    response["Cache-Control"] = "no-store"
    return response
