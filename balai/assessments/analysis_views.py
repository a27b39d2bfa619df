"""The item analysis of a published test, for whoever writes its course: a page and a workbook."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from balai.common.problems import NOT_FOUND, Refusal
from balai.courses import rules
from balai.people.access import Request, holding

from . import analysis_workbook, chosen, mending, recounting
from .analysis import FEW
from .contents import Content, content
from .models import Test

for_authors = holding(*rules.AUTHORS)


@require_safe
@for_authors
def analysis(request: Request, published: UUID) -> HttpResponse:
    """Every question: how hard, how telling, what was chosen; what looks wrong first."""
    test = _test(request, published)
    counts, places = recounting.of(test), mending.places(request.person, test)
    others = Test.objects.filter(identity=test.identity).select_related("version").order_by("-version__number")
    context = {
        "test": test,
        "counts": counts,
        "few": counts.people < FEW,
        "rows": [
            chosen.Row(test, figures, number, places.get(figures.slug, ""))
            for number, figures in enumerate(counts.figures, 1)
        ],
        "versions": others.only("pk", "version__number")[:20],
        "crumbs": [(_("Naskah pelatihan"), reverse("courses:drafts"))],
    }
    return render(request, "assessments/analysis.html", context)


@require_safe
@for_authors
def excel(request: Request, published: UUID) -> HttpResponse:
    """The same as a workbook."""
    test = _test(request, published)
    response = HttpResponse(
        analysis_workbook.written(test, recounting.of(test)), content_type=analysis_workbook.CONTENT_TYPE
    )
    response["Content-Disposition"] = f'attachment; filename="analisis-{test.test.slug}.xlsx"'
    return response


def _test(request: Request, published: UUID) -> Content:
    """The published test, for who writes its course. Raises ``Refusal``."""
    try:
        found = content(published)
    except Test.DoesNotExist as error:
        raise Refusal(NOT_FOUND) from error
    if not rules.writes(request.person, found.test.version.course_id):
        raise Refusal(NOT_FOUND)
    return found
