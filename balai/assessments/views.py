"""Pages of tests: everything here is of the person who asks; what is another's does not exist."""

from typing import Any
from uuid import UUID

import msgspec
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from balai.common import clock
from balai.common.prepared import PreparedValues
from balai.courses import progress
from balai.courses.models import Course
from balai.people.access import Request, Visit, insist_owner, own, signed_in
from balai.people.models import Person
from balai.people.reach import HELP_LEARNERS

from . import extending, frames, gain, held, limits, sitting
from .contents import Content, content
from .drafts import Draft
from .history import History
from .marking import Given
from .models import Attempt, Test
from .publishing import keys_file
from .sheets import Sheet, marked

_courses_at = PreparedValues(
    Course, lambda course, version: Course.objects.filter(pk=course, current=version).values_list("pk")
)


@require_safe
@signed_in
def test(request: Request, identity: UUID) -> HttpResponse:
    """What a test is, what was done at it so far, and the one next step."""
    draft, now = Draft.objects.current(request.person, identity), clock.wall()
    found = content(draft.test) if draft else _test(request.person, identity)
    history = History.of(request.person.pk, found)
    given = history.extensions if found.limited else []
    context = {
        "test": found,
        "history": history,
        "extensions": extending.told(given),
        "closes": limits.closing(found.rules, given),
        "window": limits.window(found.rules, given, now),
        "may_extend": found.limited and request.person.reach.holds(*HELP_LEARNERS),
        "held": held.at(request.person, identity),
        "draft": draft,
        "late": draft is not None and draft.late(now),
    }
    return render(request, "assessments/test.html", context)


def _test(person: Person, identity: UUID) -> Content:
    """The test in the course version that ``person`` is in. Raises ``Http404``."""
    version = Test.objects.filter(identity=identity).values("version__course")[:1]
    course = Course.objects.readable_by(person).filter(pk__in=version).first()
    if course is None:
        raise Http404
    versions = [progress.study(person, course).version.pk, course.current_id]
    offered = dict(Test.objects.filter(identity=identity, version__in=versions).values_list("version", "pk"))
    found = next((offered[version] for version in versions if version in offered), None)
    if found is None:
        raise Http404
    return content(found)


@require_POST
@signed_in
def start(request: Request, identity: UUID) -> HttpResponse:
    """Begin an attempt at the version that the page showed, or take up the open one."""
    shown = _shown(request.POST.get("terbitan", ""), identity)
    draft = sitting.start(request.person, shown or _test(request.person, identity), clock.wall())
    return redirect("assessments:attempt", draft.pk)


def _shown(published: str, identity: UUID) -> Content | None:
    """The published test that the form names, while it is that of an open course's current version.

    It is for most, and then nobody needs to look up which version this person is in.
    """
    try:
        found = content(UUID(published))
    except (ValueError, Test.DoesNotExist):
        return None
    version = found.test.version
    if not version.open or found.identity != identity:
        return None
    return found if _courses_at(course=version.course_id, version=version.pk) else None


@require_safe
def keys(request: Visit, published: UUID) -> HttpResponse:
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


@require_safe
@signed_in
def attempt(request: Request, attempt: UUID) -> HttpResponse:
    """The paper while it is open, the result afterwards. Answers are the owner's: a helper sees the score alone."""
    draft = Draft.objects.owned(request.person, attempt)
    if draft is None or draft.submitted_at:
        return _result(request, attempt, draft)
    insist_owner(request)
    sheet = Sheet(content(draft.test), draft, draft.saved, clock.wall())
    context, gaps = sheet.shown()
    return frames.page(request, "assessments/paper.html", tuple(context.values()), context | {"sheet": sheet}, gaps)


def _paper(draft: Draft) -> dict[str, Any]:
    test = content(draft.test)
    return {"test": test, "draft": draft, "sheet": Sheet(test, draft, draft.saved, clock.wall())}


def _result(request: Request, id: UUID, draft: Draft | None) -> HttpResponse:
    published = draft.test if draft else _attempted(request.person, id)
    if published is None:
        return _held(request, id, None)
    test = content(published)
    history = History.of(request.person.pk, test)
    found = history.find(id)
    if found is None:
        return _held(request, id, test)
    mark = history.mark(found)
    told: dict[str, Any] = {}
    if mark and request.seeing:
        told = {"hidden": True}
    elif mark:
        told = marked(test, found, mark, msgspec.convert(found.answers, list[Given]), history.open_book)
        told["gain"] = gain.of(request.person, test, mark)
    gaps = {name: told.pop(name, "") for name in ("answers", "all", "right", "again_url")}
    gaps |= {"number": history.number(id), "submitted_at": frames.shown(found.submitted_at, "moment")}
    context = told | {"test": test, "read_again": bool(gaps["again_url"])}
    state = history.left, history.allowed, history.passed, history.may_start, history.open_book
    key = None if told.get("gain") else (*context.values(), state, mark and (mark.outcome, mark.score))
    return frames.page(request, "assessments/result.html", key, context | {"history": history, "mark": mark}, gaps)


def _attempted(person: Person, id: UUID) -> UUID | None:
    """The published test of an attempt that was not started here."""
    return Attempt.objects.of(person).filter(pk=id).values_list("test", flat=True).first()


def _held(request: Request, id: UUID, test: Content | None) -> HttpResponse:
    """What became of an attempt that was sent and stands in no table. Raises ``Http404``."""
    found = held.about(request.person, id)
    if found is None:
        raise Http404
    if test is None and found.test and Test.objects.filter(pk=found.test).exists():
        test = content(found.test)
    return render(request, "assessments/held.html", {"held": found, "test": test})


@require_POST
@signed_in
def answers(request: Request, attempt: UUID) -> HttpResponse:
    """Save answers: of the whole page, and on to the overview; or, for JSON, those that a phone kept so far.

    The fields are ``j.<question>``, an option's id, repeated; ``d.<question>``, the ids saved as far as the page
    knows. JSON says ``{"saved_at": ISO 8601, "left": seconds}``; ``left`` where time is limited, as somebody may have
    given more.
    """
    draft, moment = _draft(request.person, attempt), clock.wall()
    changed = _changed(draft, request.POST)
    if changed:
        sitting.save(draft, changed, moment)
    if request.headers.get("Accept") == "application/json":
        saved: dict[str, Any] = {"saved_at": moment.isoformat(timespec="seconds")}
        saved |= {"left": draft.seconds_left(moment)} if draft.deadline else {}
        return HttpResponse(msgspec.json.encode(saved), content_type="application/json")
    return redirect("assessments:overview", draft.pk)


@require_safe
@own
def overview(request: Request, attempt: UUID) -> HttpResponse:
    """What is answered and what is not, before submitting."""
    draft = _draft(request.person, attempt)
    if draft.submitted_at:
        return redirect("assessments:attempt", draft.pk)
    return render(request, "assessments/overview.html", _paper(draft))


@require_POST
@signed_in
def submission(request: Request, attempt: UUID) -> HttpResponse:
    """Submit, with what the page holds; a second time leads to the same result."""
    try:
        sitting.submit(request.person, attempt, lambda draft: _changed(draft, request.POST), clock.wall())
    except Draft.DoesNotExist as error:
        raise Http404 from error
    return redirect("assessments:attempt", attempt)


def _draft(person: Person, id: UUID) -> Draft:
    draft = Draft.objects.owned(person, id)
    if draft is None:
        raise Http404
    return draft


def _changed(draft: Draft, form: QueryDict) -> dict[str, list[str]]:
    """What this page changed: an answer counts as changed when it differs from the one that the page showed.

    So a page left open on one device does not take back what was answered on another.
    """
    chosen = {}
    for place in content(draft.test).paper(draft.pk):
        ids = sorted({" ".join(text.split()) for text in form.getlist(f"j.{place.question}")} - {""})
        if ",".join(ids) != form.get(f"d.{place.question}", ""):
            chosen[place.question] = ids
    return chosen
