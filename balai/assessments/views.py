"""Pages of tests: everything here is of the person who asks; what is another's does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

import msgspec
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from balai.common import clock
from balai.common.problems import Refusal
from balai.courses import progress
from balai.courses.models import Course
from balai.people.models import Person

from . import problems, sheets, sitting
from .contents import Content, content
from .drafts import Draft
from .history import History
from .marking import Given, late_count
from .models import Attempt, Mark, Test
from .publishing import keys_file

View = Callable[..., HttpResponse]


def personal(view: View) -> View:
    """For people who are signed in; the answer is kept nowhere."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.person is None:
            return redirect_to_login(request.get_full_path())
        response = view(request, *args, **kwargs)
        response.setdefault("Cache-Control", "no-store")
        return response

    return checked


@require_GET
@personal
def test(request: HttpRequest, identity: UUID) -> HttpResponse:
    """What a test is, what was done at it so far, and the one next step."""
    draft = Draft.objects.current(request.person, identity)
    found = content(draft.test) if draft else _test(request.person, identity)
    context = {
        "test": found,
        "history": History.of(request.person, found),
        "draft": draft,
        "late": draft is not None and draft.late(clock.wall()),
    }
    return render(request, "assessments/test.html", context)


def _test(person: Person, identity: UUID) -> Content:
    """The test in the course version that ``person`` is in. Raises ``Http404``."""
    version = Test.objects.filter(identity=identity).values("version__course")[:1]
    course = Course.objects.readable_by(person).filter(pk__in=version).first()
    if course is None:
        raise Http404
    study = progress.study(person, course)
    offered = Test.objects.filter(identity=identity, version__in=[study.version, course.current])
    newest = {row.version_id: row for row in offered}
    row = newest.get(study.version.pk) or newest.get(course.current_id)
    if row is None:
        raise Http404
    return content(row.pk)


@require_POST
@personal
def start(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Begin an attempt, or take up the open one."""
    draft = sitting.start(request.person, _test(request.person, identity), clock.wall())
    return redirect("assessments:attempt", draft.pk)


@require_GET
@personal
def keys(request: HttpRequest, published: UUID) -> HttpResponse:
    """The keys of a practice test, as they travel in its package."""
    try:
        found = content(published)
    except Test.DoesNotExist as error:
        raise Http404 from error
    readable = Course.objects.readable_by(request.person).filter(pk=found.test.version.course_id)
    if not found.practice or not readable.exists():
        raise Http404
    headers = {"Cache-Control": "private, max-age=31536000, immutable"}
    return HttpResponse(keys_file(found.keys), content_type="application/json", headers=headers)


@require_GET
@personal
def attempt(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """The paper while it is open, the result afterwards."""
    draft = Draft.objects.filter(pk=attempt, person=request.person).first()
    if draft is None or draft.submitted_at:
        return _result(request, attempt)
    return render(request, "assessments/paper.html", _paper(draft))


def _paper(draft: Draft) -> dict[str, Any]:
    test, given = content(draft.test), list(draft.answers.all())
    asked = sheets.questions(test, draft.pk, {one.question: one.chosen for one in given})
    moment = clock.wall()
    return {
        "test": test,
        "draft": draft,
        "questions": asked,
        "answered": sum(one.answered for one in asked),
        "unanswered": [one.number for one in asked if not one.answered],
        "saved_at": max((one.saved_at for one in given), default=None),
        "seconds_left": max(0, int((draft.deadline - moment).total_seconds())) if draft.deadline else None,
        "late": draft.late(moment),
    }


def _result(request: HttpRequest, id: UUID) -> HttpResponse:
    found = Attempt.objects.of(request.person).filter(pk=id).first()
    if found is None:
        raise Http404
    test = content(found.test_id)
    history = History.of(request.person, test)
    context: dict[str, Any] = {"test": test, "history": history, "number": history.number(id), "attempt": found}
    mark = next((mark for mark in history.marks if mark.attempt_id == id), None)
    if mark:
        context |= {"mark": mark} | _marked(test, found, mark, history.open_book)
    return render(request, "assessments/result.html", context)


def _marked(test: Content, found: Attempt, mark: Mark, open_book: bool) -> dict[str, Any]:
    given = msgspec.convert(found.answers, list[Given])
    answers = sheets.answers(test, mark, given, open_book)
    return {
        "answers": answers,
        "right_count": sum(one.result == "right" for one in answers),
        "late_count": late_count(given, test.rules),
        "again_url": next((one.lesson_url for one in answers if one.result != "right" and one.lesson_url), ""),
    }


@require_http_methods(["PUT"])
@personal
def answer(request: HttpRequest, attempt: UUID, question: str) -> HttpResponse:
    """Save one answer: ``{"chosen": [option id]}`` to ``{"saved_at": ISO 8601}``."""
    draft = _draft(request.person, attempt)
    moment = clock.wall()
    sitting.save(draft, {question: _body(request).chosen}, moment)
    return JsonResponse({"saved_at": moment.isoformat(timespec="seconds")})


class Choice(msgspec.Struct, forbid_unknown_fields=True):
    """The body of a saved answer."""

    chosen: list[str]


def _body(request: HttpRequest) -> Choice:
    try:
        return msgspec.json.decode(request.body, type=Choice)
    except msgspec.MsgspecError as error:
        raise Refusal(problems.NOT_AN_ANSWER) from error


@require_POST
@personal
def answers(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """Save a whole page of answers, without JavaScript, and go on to the overview."""
    draft = _draft(request.person, attempt)
    changed = _changed(draft, request.POST)
    if changed:
        sitting.save(draft, changed, clock.wall())
    return redirect("assessments:overview", draft.pk)


@require_GET
@personal
def overview(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """What is answered and what is not, before submitting."""
    draft = _draft(request.person, attempt)
    if draft.submitted_at:
        return redirect("assessments:attempt", draft.pk)
    return render(request, "assessments/overview.html", _paper(draft))


@require_POST
@personal
def submission(request: HttpRequest, attempt: UUID) -> HttpResponse:
    """Submit, with what the page holds; a second time leads to the same result."""
    draft = _draft(request.person, attempt)
    if draft.submitted_at is None:
        sitting.submit(request.person, draft.pk, _changed(draft, request.POST), clock.wall())
    return redirect("assessments:attempt", draft.pk)


def _draft(person: Person, id: UUID) -> Draft:
    draft = Draft.objects.filter(pk=id, person=person).first()
    if draft is None:
        raise Http404
    return draft


def _changed(draft: Draft, form: QueryDict) -> dict[str, list[str]]:
    """What this page changed: an answer counts as changed when it differs from the one that the page showed.

    So a page left open on one device does not take back what was answered on another.
    """
    chosen = {}
    for place in content(draft.test).paper(draft.pk):
        ids = sorted(form.getlist(f"j.{place.question}"))
        base = [id for id in form.get(f"d.{place.question}", "").split(",") if id]
        if ids != base:
            chosen[place.question] = ids
    return chosen
