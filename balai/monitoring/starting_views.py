"""Who has not started: the people of a region and below, for those who see persons."""

from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from balai.common.problems import NOT_FOUND, Refusal
from balai.courses.models import Course
from balai.people.access import Visit

from . import participation, workbook
from .picture import picture as picture_of
from .seen import Seen, attached, crumbs
from .seen import seen as seen_by

#: So many on a page.
_LONG = 50


class _Counted(Paginator):  # type: ignore[type-arg]
    """A paginator that is told how many there are: counting half a nation takes longer than the page itself."""

    def __init__(self, rows: Any, count: int) -> None:
        super().__init__(rows, _LONG)
        self.told = count

    @cached_property
    def count(self) -> int:
        return self.told


@require_safe
def page(request: Visit, code: str = "") -> HttpResponse:
    """Who completed no lesson, of one course or of all, by village."""
    seen = _persons(request, code)
    total = picture_of(seen.region, seen.course_id).total
    people = participation.not_started(seen.region, seen.course_id).values_list("pk", flat=True)
    listed = _Counted(people, total.people - total.started).get_page(request.GET.get("halaman"))
    context = {
        "seen": seen,
        "page": listed,
        "people": participation.shown(list(listed.object_list), seen.course_id),
        "total": total,
        "courses": Course.objects.catalogue(),
        "crumbs": crumbs(request.person, seen.region, itself=True),
        "heading": _("Belum mulai belajar"),
    }
    return render(request, "monitoring/not_started.html", context)


@require_safe
def excel(request: Visit, code: str) -> HttpResponse:
    """All of them as a workbook."""
    seen = _persons(request, code)
    content = workbook.not_started(seen.region, seen.course)
    return attached(content, workbook.CONTENT_TYPE, seen, "-belum-mulai.xlsx")


def _persons(request: Visit, code: str) -> Seen:
    """The region, for who sees persons there. Raises ``Refusal`` (404) for all others."""
    seen = seen_by(request, code)
    if not seen.persons:
        raise Refusal(NOT_FOUND)
    return seen
