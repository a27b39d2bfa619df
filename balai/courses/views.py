"""Pages for learners: the catalogue, a course, a lesson, and finishing it."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.common.problems import Refusal
from balai.log import blobs
from balai.people.access import Request, Visit, signed_in
from balai.people.models import Person

from . import course_pages, glossary, page_files, panels, problems, progress, rules, static_pages
from .lesson_pages import LessonPage, rebased
from .models import Course, CourseVersion, LessonItem

PAGE_SIZE = 30


@require_safe
def catalogue(request: Visit) -> HttpResponse:
    """All courses that may be known to exist, with one's own progress."""
    courses = Course.objects.catalogue()
    wanted = " ".join(request.GET.get("cari", "").split())[:80]
    if wanted:
        courses = courses.filter(Q(current__title__icontains=wanted) | Q(current__summary__icontains=wanted))
    page = Paginator(courses, PAGE_SIZE).get_page(request.GET.get("halaman"))
    found = progress.studies(request.person, page.object_list)
    return render(
        request,
        "courses/catalogue.html",
        {
            "page": page,
            "studies": list(found.values()),
            "wanted": wanted,
            "is_author": rules.is_author(request.person),
        },
    )


@require_safe
def course(request: Visit, slug: str) -> HttpResponse:
    """One course: what it is, how far one is, and the next step."""
    found = course_called(slug)
    study = progress.study(request.person, found)
    admitted = study.version.open or _admitted(request.person, found.pk)
    readable = admitted or rules.is_author(request.person)
    panel = panels.of(request.person, study.version)
    page = course_pages.CoursePage(found, study, readable, panel, visitor=request.person is None, sits=admitted)
    return render(request, "courses/course.html", {"page": page})


@require_safe
def words(request: Visit, slug: str) -> HttpResponse:
    """The words of a course and what they mean, for whoever may read its lessons."""
    found = course_called(slug)
    version = progress.study(request.person, found).version
    name = glossary.name_in(version)
    if not name:
        raise Http404
    _insist_admitted(request.person, version)
    context = {"version": version, "fragment": mark_safe(blobs.read(name).decode())}  # noqa: S308  (cleaned at publishing)
    return render(request, "courses/glossary.html", context)


@require_safe
def lesson(request: Visit, slug: str, number: int, lesson: str) -> HttpResponse:
    """A lesson that does not lie ready: another theme, the moment after an upgrade, or a restricted course."""
    version, item = _lesson(slug, number, lesson)
    variant = static_pages.variant_of(request)
    if version.open:
        response = static_pages.serve_page(request, page_files.write_page(version, item, variant))
        if response is None:
            raise Http404
        return response
    _insist_admitted(request.person, version)
    base = f"/materi/{version.slug}/{version.number}"
    fragment = rebased(blobs.read(item.sha256).decode(), base)
    page = LessonPage(version, item, fragment).render(variant.language, variant.theme)
    return HttpResponse(page, headers={"Cache-Control": "private, no-store"})


@require_safe
def picture(request: Visit, slug: str, number: int, name: str) -> HttpResponse:
    """A picture of a restricted course."""
    version = _version(slug, number)
    if name not in page_files.pictures_of(version):
        raise Http404
    _insist_admitted(request.person, version)
    headers = static_pages.picture_headers(name, "private, max-age=31536000, immutable")
    return HttpResponse(blobs.read(name[:64]), headers=headers)


@require_POST
def completion(request: Visit, slug: str, number: int, lesson: str) -> HttpResponse:
    """Finish a lesson and go on. Without an account it simply goes on."""
    version, item = _lesson(slug, number, lesson)
    _insist_admitted(request.person, version)
    if request.person is not None:
        progress.complete(request.person, version, item)
    return HttpResponseRedirect(_address_after(request.person, version, item))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def progress_from_phone(request: Request, slug: str) -> HttpResponse:
    """Take over what somebody finished on this phone before signing in; asked for (GET), the question whether to."""
    found = course_called(slug)
    version = progress.study(request.person, found).version
    _insist_admitted(request.person, version)
    if request.method != "POST":
        return render(request, "courses/parts/from_phone.html", {"slug": slug})
    chosen = set(request.POST.getlist("materi"))
    lessons = [item for item in version.lessons if str(item.id) in chosen]
    saved = sum(progress.complete(request.person, version, item) is not None for item in lessons)
    text = ngettext("{count} materi tersimpan ke akun Anda.", "{count} materi tersimpan ke akun Anda.", saved)
    messages.success(request, text.format(count=saved) if saved else _("Semua sudah tersimpan sebelumnya."))
    return HttpResponseRedirect(f"/pelatihan/{slug}")


def _address_after(person: Person | None, version: CourseVersion, item: LessonItem) -> str:
    """The next lesson; a test where one follows and its room knows it; else the course."""
    after = version.after(item)
    if isinstance(after, LessonItem):
        return f"/materi/{version.slug}/{version.number}/{after.slug}"
    row = panels.of(person, version).rows.get(after.id) if after else None
    return row.url if row else f"/pelatihan/{version.slug}"


def course_called(slug: str) -> Course:
    """The course called ``slug``; the first of its name, should two nodes have published one each."""
    found = Course.objects.filter(slug=slug, current__isnull=False).select_related("current").order_by("pk").first()
    if found is None:
        raise Http404
    return found


def _version(slug: str, number: int) -> CourseVersion:
    return get_object_or_404(CourseVersion.objects.order_by("pk"), slug=slug, number=number)


def _lesson(slug: str, number: int, lesson: str) -> tuple[CourseVersion, LessonItem]:
    version = _version(slug, number)
    item = version.lesson(lesson)
    if item is None:
        raise Http404
    return version, item


def _insist_admitted(person: Person | None, version: CourseVersion) -> None:
    """Anyone for an open version; for others who was admitted, and authors. Raises ``Refusal``."""
    if not (version.open or rules.is_author(person) or _admitted(person, version.course_id)):
        raise Refusal(problems.NOT_ENROLLED)


def _admitted(person: Person | None, course: UUID) -> bool:
    return Course.objects.admitting(person).filter(pk=course).exists()
