"""Pages for authors: bring a folder in, see it as learners will, mend what is wrong, publish, take it out."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.common import formats
from balai.common.problems import TOO_LARGE, Refusal
from balai.people.access import Request, holding

from . import course_pages, drawing, panels, progress, publishing, rules, static_pages, writing
from .build import Build
from .drafts import import_draft, restore
from .lesson_pages import LessonPage, rebased
from .models import Course, CourseVersion, Draft, Item, TestItem
from .progress import Study
from .source import MAXIMUM_TOTAL, Source

for_authors = holding(*rules.AUTHORS)


@require_http_methods(["GET", "HEAD", "POST"])
@for_authors
def drafts(request: Request) -> HttpResponse:
    """The author's courses; a POST brings in a folder as a ZIP."""
    if request.method == "POST":
        return _import(request)
    newest = list(rules.drafts(request.person).newest().order_by("-imported_at")[:200])
    published = {course.pk: course.current for course in _courses([draft.course for draft in newest])}
    rows = [(draft, published.get(draft.course)) for draft in newest]
    return render(request, "courses/drafts.html", {"rows": rows, "limit": MAXIMUM_TOTAL})


def _import(request: Request) -> HttpResponse:
    upload = request.FILES.get("berkas")
    if upload is None:
        messages.error(request, _("Pilih dulu berkas ZIP dari map pelatihan Anda."))
        return HttpResponseRedirect(reverse("courses:drafts"))
    size = upload.size or 0
    if size > MAXIMUM_TOTAL:
        raise Refusal(TOO_LARGE, size=formats.size(size), limit=formats.limit(MAXIMUM_TOTAL))
    draft = import_draft(Source.from_zip(upload), request.person.id)  # type: ignore[arg-type]  # it reads like a file
    return HttpResponseRedirect(reverse("courses:draft", args=[draft.pk]))


def _courses(ids: list[UUID]) -> list[Course]:
    return list(Course.objects.filter(pk__in=ids).select_related("current"))


@require_safe
@for_authors
def draft(request: Request, draft: UUID) -> HttpResponse:
    """A draft: what is wrong in it, what publishing would change, and the course as learners will see it."""
    found = _draft(request, draft)
    if drawn := drawing.ahead(found):
        return render(request, "courses/drawing.html", {"draft": found, "drawing": drawn})
    planned = publishing.plan(found.opened())
    version = publishing.preview(planned.build)
    page = course_pages.CoursePage(Course(id=found.course), Study(version, {}), False, panels.Panel())
    seen_at = _addresses(found, planned.build, writing.newest(request.person, found.course) == found)
    versions = list(CourseVersion.objects.filter(course=found.course).order_by("-number")[:50])
    context = {
        "draft": found,
        "plan": planned,
        "faults": planned.build.found,
        "page": page,
        "study": [(unit.title, [(item, seen_at(item)) for item in unit.items]) for unit in version.outline],
        "learners": progress.midway(found.course),
        "versions": versions,
        "insights": panels.for_authors(versions[0]) if versions else [],
        "earlier": rules.drafts(request.person).filter(course=found.course).order_by("-pk")[:20],
    }
    return render(request, "courses/draft.html", context)


def _addresses(draft: Draft, build: Build, newest: bool) -> Callable[[Item], str]:
    """Where an author sees an item as learners will; a test can be tried in the newest draft only ("" elsewhere)."""
    base = reverse("courses:draft", args=[draft.pk])
    paths = {test.slug: test.path for test in build.outline.tests.values()}

    def address(item: Item) -> str:
        if not isinstance(item, TestItem):
            return f"{base}/materi/{item.slug}"
        return reverse("courses:write-preview", args=[draft.course, paths[item.slug]]) if newest else ""

    return address


@require_safe
@for_authors
def lesson(request: Request, draft: UUID, lesson: str) -> HttpResponse:
    """A lesson of the draft, exactly as it would be published."""
    found = _draft(request, draft)
    build = publishing.plan(found.opened()).build
    version = publishing.preview(build)
    item = version.lesson(lesson)
    if item is None:
        raise Http404
    base = reverse("courses:draft", args=[found.pk])
    fragment = rebased(build.content(item.sha256).decode(), base)
    variant = static_pages.variant_of(request)
    page = LessonPage(version, item, fragment, draft=base).render(variant.language, variant.theme)
    return HttpResponse(page, headers={"Cache-Control": "private, no-store"})


@require_safe
@for_authors
def picture(request: Request, draft: UUID, name: str) -> HttpResponse:
    """A picture of the draft, cleaned as it would be published."""
    build = publishing.plan(_draft(request, draft).opened()).build
    if f"pictures/{name}" not in build.files:
        raise Http404
    content = build.content(build.files[f"pictures/{name}"].sha)
    return HttpResponse(content, headers=static_pages.picture_headers(name, "private, max-age=600"))


@require_safe
@for_authors
def export(request: Request, draft: UUID) -> HttpResponse:
    """The folder as it was brought in, byte for byte, as a ZIP."""
    found = _draft(request, draft)
    name = f"{found.slug}.zip"
    headers = {"Content-Type": "application/zip", "Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(found.source().to_zip(), headers=headers)


@require_POST
@for_authors
def publication(request: Request, draft: UUID) -> HttpResponse:
    """Publish the draft as the next version."""
    found = _draft(request, draft)
    if drawing.ahead(found):
        return HttpResponseRedirect(reverse("courses:draft", args=[found.pk]))
    version, is_new = publishing.publish(found.opened(), request.person.id, found)
    if is_new:
        text = _("Versi {number} terbit. Peserta yang sudah mulai tetap memakai versinya.")
        messages.success(request, text.format(number=version.number))
    else:
        messages.success(request, _("Tidak ada yang berubah sejak versi {number}.").format(number=version.number))
    return HttpResponseRedirect(reverse("courses:course", args=[version.slug]))


@require_POST
@for_authors
def restoration(request: Request, draft: UUID) -> HttpResponse:
    """Make an earlier draft the newest again."""
    newest = restore(_draft(request, draft), request.person.id)
    messages.success(request, _("Naskah itu sekarang menjadi naskah terbaru."))
    return HttpResponseRedirect(reverse("courses:draft", args=[newest.pk]))


def _draft(request: Request, id: UUID) -> Draft:
    found: Draft = get_object_or_404(rules.drafts(request.person), pk=id)
    return found
