"""Pages for those who look after people: how somebody stands at their tests, and what is given after an outage."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from balai.common.problems import NOT_FOUND, Refusal
from balai.courses.models import Course
from balai.people.access import Request, holding
from balai.people.models import Person
from balai.people.reach import HELP_LEARNERS, SEE_HELP
from balai.regions import codes
from balai.regions.models import Region, attach_parents

from . import extending, standing
from .contents import Content, content
from .drafts import Draft
from .forms import ExtensionForm, RegionExtensionForm
from .models import Extension, Test

for_helpers = holding(*HELP_LEARNERS)
#: How many earlier grants a page names.
_SHOWN = 10


@require_safe
@holding(*SEE_HELP)
def outages(request: Request) -> HttpResponse:
    """All tests with a limit that somebody may lift, and what was given lately; an auditor only looks."""
    tests = Test.objects.filter(version__in=Course.objects.values("current")).exclude(kind=Test.Kind.PRACTICE)
    page = Paginator(tests.select_related("version").order_by("version__title", "title", "pk"), 30)
    place = Region.objects.coded(request.GET.get("wilayah", ""))
    context = {
        "page": page.get_page(request.GET.get("halaman")),
        "place": place,
        "may_help": request.person.reach.holds(*HELP_LEARNERS),
        "given": extending.told(list(_given(request.person).order_by("-given_at", "-pk")[:_SHOWN])[::-1]),
        "crumbs": [(_("Wilayah"), "/wilayah")],
    }
    return render(request, "assessments/outages.html", context)


def _given(viewer: Person) -> Any:
    """What was given to people and regions within reach."""
    prefixes = viewer.reach.prefixes(*SEE_HELP)
    over = codes.below_any(prefixes, "person__region__code") | codes.below_any(prefixes, "region__code")
    return Extension.objects.filter(over).select_related("region", "person")


@require_safe
@for_helpers
def person_tests(request: Request, id: UUID) -> HttpResponse:
    """How one person stands at their tests: being written, attempts left, best score."""
    person = _person(request, id)
    context = {"person": person, "rows": standing.of(person), "crumbs": _crumbs(person)}
    return render(request, "assessments/person_tests.html", context)


def _person(request: Request, id: UUID) -> Person:
    reachable = request.person.reach.people(*HELP_LEARNERS).exclude(pk=request.person.pk)
    found: Person | None = reachable.select_related("region").filter(pk=id).first()
    if found is None:
        raise Refusal(NOT_FOUND)
    return found


def _crumbs(person: Person) -> list[tuple[str, str]]:
    return [(_("Orang"), reverse("persons:people")), (person.name, reverse("persons:person", args=[person.pk]))]


def _test(identity: UUID) -> Content:
    """The newest version of the test ``identity``. Raises ``Refusal``."""
    newest = Test.objects.filter(identity=identity).order_by("-version__number").values_list("pk", flat=True).first()
    if newest is None or not content(newest).limited:
        raise Refusal(NOT_FOUND)
    return content(newest)


@require_http_methods(["GET", "HEAD", "POST"])
@for_helpers
def person_extension(request: Request, id: UUID, identity: UUID) -> HttpResponse:
    """Give one person more time or another attempt."""
    person, test = _person(request, id), _test(identity)
    form = ExtensionForm(request.POST or None)
    if form.is_valid():
        extending.to_person(request.person, person, identity, form.said)
        messages.success(request, _("Diberikan kepada {name}").format(name=person.name))
        return redirect("assessments:person_tests", person.pk)
    given = list(Extension.objects.at(identity).of(person).select_related("region"))
    place = reverse("assessments:person_tests", args=[person.pk])
    context = {
        "form": form,
        "heading": _("Tambahan untuk {name}").format(name=person.name),
        "test": test,
        "row": next((row for row in standing.of(person) if row.identity == identity), None),
        "given": extending.told(given[-_SHOWN:]),
        "crumbs": [*_crumbs(person), (_("Tes"), place)],
    }
    return render(request, "assessments/extension.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_helpers
def test_extension(request: Request, identity: UUID) -> HttpResponse:
    """Give everybody of a region more time or another attempt."""
    test = _test(identity)
    prefixes = request.person.reach.prefixes(*HELP_LEARNERS)
    place = Region.objects.coded(request.GET.get("wilayah", prefixes[0] if len(prefixes) == 1 else ""))
    if place:
        attach_parents([place])
    form = RegionExtensionForm(request.person, request.POST or None, place)
    if form.is_valid():
        region = form.cleaned_data["region"]
        extending.to_region(request.person, region, identity, form.said)
        whom = region.title if region else _("seluruh Indonesia")
        messages.success(request, _("Diberikan kepada semua orang di {region}").format(region=whom))
        return redirect("assessments:test_extension", identity)
    writing = (
        Draft.objects.open()
        .filter(identity=identity)
        .filter(codes.below_any(request.person.reach.prefixes(*HELP_LEARNERS), "person__region__code"))
    )
    given = list(_given(request.person).filter(identity=identity).order_by("given_at", "pk"))
    context = {
        "form": form,
        "heading": _("Tambahan untuk satu wilayah"),
        "test": test,
        "writing": writing.count(),
        "given": extending.told(given[-_SHOWN:]),
        "crumbs": [(_("Gangguan saat tes"), reverse("assessments:outages"))],
    }
    return render(request, "assessments/extension.html", context, status=422 if form.errors else 200)
