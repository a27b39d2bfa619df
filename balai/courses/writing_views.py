"""Pages on which authors write: the files of a draft; one file, saved as one types, with its preview beside it."""

import base64
import re
from typing import Any
from uuid import UUID

from csp.constants import SELF
from csp.utils import build_policy
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from balai.common import formats
from balai.common.problems import NOT_FOUND, Refusal
from balai.people.access import Request, holding
from balai.people.models import Person

from . import frontmatter, glossary, panels, pictures, problems, rules, structure, writing
from .build import Build
from .faults import Fault, Faults
from .models import CourseVersion, Draft
from .source import PICTURE_TYPES, Source
from .writing import Saved

for_authors = holding(*rules.AUTHORS)
_PICTURE = re.compile(r"/berkas/([0-9a-f]{64})\.(svg|png|jpg|webp)")
_SRCSET = re.compile(r' srcset="[^"]*"')


#: The kinds of tests that can be added, with their words.
KINDS = (
    ("latihan", gettext_lazy("Latihan")),
    ("awal", gettext_lazy("Tes awal")),
    ("akhir", gettext_lazy("Tes akhir")),
    ("sertifikat", gettext_lazy("Tes sertifikat")),
)


@require_safe
@for_authors
def course(request: Request, course: UUID) -> HttpResponse:
    """The draft as its author works on it: units with their files, pictures, and what can be added."""
    held = draft_of(request.person, course)
    source = held.opened()
    units = [
        (number, unit.title, [_line(source, path) for path in unit.paths])
        for number, unit in enumerate(structure.read(source))
    ]
    used = {path for unit in structure.read(source) for path in unit.paths}
    published = CourseVersion.objects.filter(course=course).order_by("-number").first()
    context = {
        "draft": held,
        "units": units,
        "loose": [_line(source, path) for path in source.files if _is_item(path) and path not in used],
        "pictures": [path for path in source.files if path.lower().endswith(PICTURE_TYPES)],
        "has_glossary": glossary.FILE in source.files,
        "kinds": KINDS,
        "insights": panels.for_authors(published) if published else [],
    }
    return render(request, "courses/write/course.html", context)


def _is_item(path: str) -> bool:
    return path.startswith(("materi/", "tes/")) and path.endswith(".md")


def _line(source: Source, path: str) -> dict[str, Any]:
    """A file in the list: its title, and whether it is a test."""
    return {"path": path, "title": title_of(source, path), "is_test": path.startswith("tes/")}


def title_of(source: Source, path: str) -> str:
    """The title in the head of a file, else its name."""
    if path not in source.files:
        return path
    try:
        return str(frontmatter.read(path, source.text(path), Faults()).values.get("judul") or path)
    except UnicodeDecodeError:
        return path


def draft_of(person: Person, course: UUID) -> Draft:
    """The newest draft of ``course`` that ``person`` may write. Raises ``Refusal`` (404)."""
    found = writing.newest(person, course)
    if found is None:
        raise Refusal(NOT_FOUND)
    return found


@require_http_methods(["GET", "HEAD", "PUT", "POST"])
@for_authors
def file(request: Request, course: UUID, path: str) -> HttpResponse:
    """One text of the draft. PUT saves it as one types; POST saves it where no script runs."""
    held = draft_of(request.person, course)
    if request.method == "PUT":
        return _put(request, course, path)
    if not path.endswith(".md") or (path not in held.files and path != glossary.FILE):
        raise Refusal(NOT_FOUND)
    saved = None
    text = _text(held, path)
    if request.method == "POST":
        text = writing.unified(request.POST.get("teks", ""))
        saved = writing.save(request.person, course, path, text, request.POST.get("dasar", ""))
        held = saved.draft
        if saved.aside is None:
            return HttpResponseRedirect(reverse("courses:write-file", args=[course, path]))
    return _page(request, held, path, text, saved)


def _text(draft: Draft, path: str) -> str:
    """A text for a form's field. Raises ``Refusal`` for what is no text."""
    if path not in draft.files:
        return ""
    try:
        return writing.unified(draft.opened().text(path))
    except UnicodeDecodeError as error:
        raise Refusal(problems.NOT_TEXT, path=path) from error


def _page(request: Request, held: Draft, path: str, text: str, saved: Saved | None) -> HttpResponse:
    faults, _html = _looked_at(held.opened(), path)
    context = {
        "draft": held,
        "path": path,
        "title": title_of(held.opened(), path),
        "text": text,
        "base": held.files.get(path, ""),
        "faults": faults,
        "theirs": _text(held, path) if saved else "",
        "who": author_of(held),
        "pictures": [one for one in held.files if one.lower().endswith(PICTURE_TYPES)],
        "has_preview": not path.startswith("tes/") or _is_listed(held, path),
        "is_test": path.startswith("tes/"),
        "depth": "../" * path.count("/"),
    }
    answer = render(request, "courses/write/file.html", context, status=409 if saved else 200)
    answer["Content-Security-Policy"] = build_policy(update={"frame-src": [SELF]}) or ""
    return answer


def _is_listed(draft: Draft, path: str) -> bool:
    """Whether a unit has the file: one that none has is no part of the course yet."""
    return any(path in unit.paths for unit in structure.read(draft.opened()))


def author_of(draft: Draft) -> str:
    """Whose draft it is, by name."""
    found = Person.objects.filter(pk__in=[draft.imported_by or UUID(int=0)]).values_list("name", flat=True).first()
    return found or _("pengelola pusat")


def _put(request: Request, course: UUID, path: str) -> JsonResponse:
    """Answers with when it was saved, the name of what is there now, and the faults; or with the other text."""
    if not path.endswith(".md"):
        raise Refusal(NOT_FOUND)
    try:
        text = request.body.decode()
    except UnicodeDecodeError as error:
        raise Refusal(problems.NOT_TEXT, path=path) from error
    saved = writing.save(request.person, course, path, text, request.headers.get("If-Match", ""))
    held = saved.draft
    if saved.aside:
        theirs = {"text": _text(held, path), "base": held.files.get(path, ""), "who": author_of(held)}
        return JsonResponse({**theirs, "at": _clock(held)}, status=409)
    faults, _html = _looked_at(held.opened(), path)
    listed = [{"line": fault.line, "text": fault.text} for fault in faults]
    at = _clock(held)
    return JsonResponse({"saved_at": at, "base": held.files[path], "faults": listed})


def _clock(draft: Draft) -> str:
    return formats.clock(timezone.localtime(draft.imported_at), get_language() or "id")


def _looked_at(source: Source, path: str) -> tuple[list[Fault], str]:
    """What is wrong in one file, and its HTML with the pictures in it."""
    try:
        build, html = Build.glance(source, path)
    except Refusal as refusal:
        return [Fault(path, 0, str(refusal))], ""
    return [fault for fault in build.found if fault.path == path], drawn(html, build)


def drawn(html: str, build: Build) -> str:
    """``html`` with its pictures in place of their addresses: a preview is one document."""

    def inline(found: re.Match[str]) -> str:
        content = base64.b64encode(build.content(found[1])).decode()
        return f"data:{pictures.MEDIA_TYPES[found[2]]};base64,{content}"

    return _PICTURE.sub(inline, _SRCSET.sub("", html))


@require_safe
@for_authors
def preview(request: Request, course: UUID, path: str) -> HttpResponse:
    """One text as learners will see it, for the frame beside it; drawn by what publishes it. A test can be tried."""
    held = draft_of(request.person, course)
    if path not in held.files or not path.endswith(".md"):
        raise Refusal(NOT_FOUND)
    answer = panels.trial(request, held, path) if path.startswith("tes/") else _lesson(request, held, path)
    answer["Content-Security-Policy"] = build_policy(replace={"frame-ancestors": [SELF]}) or ""
    answer["X-Frame-Options"] = "SAMEORIGIN"
    return answer


def _lesson(request: Request, held: Draft, path: str) -> HttpResponse:
    _faults, html = _looked_at(held.opened(), path)
    title = _("Glosarium") if path == glossary.FILE else title_of(held.opened(), path)
    context = {"title": title, "fragment": mark_safe(html)}  # noqa: S308  (cleaned as at publishing)
    return render(request, "courses/write/preview.html", context)
