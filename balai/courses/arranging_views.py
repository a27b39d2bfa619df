"""What authors do to a draft by buttons: begin a course, add, name, move and remove what is in it, bring pictures."""

import posixpath
from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from balai.common.problems import NOT_FOUND, Refusal
from balai.people.access import Request

from . import arranging, problems, starting, structure, writing
from .arranging import Changes
from .source import MAXIMUM_PICTURE, Source
from .starting import CourseForm
from .writing_views import draft_of, for_authors

Deed = Callable[[Source, Request], Changes]


@require_http_methods(["GET", "HEAD", "POST"])
@for_authors
def new(request: Request) -> HttpResponse:
    """A new course, from its title on."""
    form = CourseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        draft = starting.start(form.cleaned_data, request.person.id)
        messages.success(request, _("Pelatihan dibuat. Sekarang tambahkan materi pertamanya."))
        return HttpResponseRedirect(reverse("courses:write", args=[draft.course]))
    crumbs = [(_("Pelatihan"), reverse("courses:catalogue")), (_("Naskah"), reverse("courses:drafts"))]
    context = {"form": form, "heading": _("Pelatihan baru"), "crumbs": crumbs}
    return render(request, "courses/write/new.html", context, status=422 if form.errors else 200)


@require_POST
@for_authors
def arrange(request: Request, course: UUID) -> HttpResponse:
    """One change of the order of study, by the button that was pressed."""
    deed = _DEEDS.get(request.POST.get("aksi", ""))
    if deed is None:
        raise Refusal(NOT_FOUND)
    source = draft_of(request.person, course).opened()
    writing.change(request.person, course, deed(source, request))
    return HttpResponseRedirect(reverse("courses:write", args=[course]) + "#susunan")


def _title(request: Request) -> str:
    title = " ".join(request.POST.get("judul", "").split())[:120]
    if not title:
        raise Refusal(problems.NEEDS_TITLE)
    return title


def _number(request: Request, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.lstrip("-").isdecimal() and len(text) < 5 else 0


def _path(request: Request) -> str:
    return request.POST.get("berkas", "")


_DEEDS: dict[str, Deed] = {
    "modul": lambda source, request: arranging.with_unit(source, _title(request)),
    "judul-modul": lambda source, request: arranging.unit_named(source, _number(request, "modul"), _title(request)),
    "hapus-modul": lambda source, request: arranging.without_unit(source, _number(request, "modul")),
    "geser-modul": lambda source, request: arranging.reordered(
        source, structure.unit_moved(structure.read(source), _number(request, "modul"), _number(request, "arah"))
    ),
    "materi": lambda source, request: arranging.with_lesson(source, _number(request, "modul"), _title(request)),
    "tes": lambda source, request: arranging.with_test(
        source, _number(request, "modul"), _title(request), request.POST.get("jenis", "latihan")
    ),
    "geser": lambda source, request: arranging.reordered(
        source, structure.moved(structure.read(source), _path(request), _number(request, "arah"))
    ),
    "judul": lambda source, request: arranging.named(source, _path(request), _title(request)),
    "hapus": lambda source, request: arranging.without(source, _path(request)),
    "pasang": lambda source, request: arranging.listed(source, _path(request)),
    "glosarium": lambda source, request: arranging.with_glossary(source),
}


@require_POST
@for_authors
def upload(request: Request, course: UUID) -> HttpResponse:
    """A picture for the draft, made no larger than needed; answers with the Markdown that shows it."""
    source = draft_of(request.person, course).opened()
    upload = request.FILES.get("gambar")
    words = " ".join(request.POST.get("keterangan", "").split())[:300]
    if upload is None or not words:
        raise Refusal(problems.NEEDS_WORDS)
    if (upload.size or 0) > 4 * MAXIMUM_PICTURE:
        raise Refusal(problems.NOT_A_PICTURE)
    path, content = arranging.picture(source, upload.name or "", upload.read())
    writing.change(request.person, course, {path: content})
    back = request.POST.get("dari", "")
    target = posixpath.relpath(path, posixpath.dirname(back) or ".")
    text = _("Gambar tersimpan. Tulis di tempatnya: {markdown}")
    markdown = arranging.shown(words, target)
    if request.headers.get("Accept") == "application/json":
        return HttpResponse(markdown, content_type="text/plain; charset=utf-8")
    messages.success(request, text.format(markdown=markdown))
    place = reverse("courses:write-file", args=[course, back]) if back else reverse("courses:write", args=[course])
    return HttpResponseRedirect(place)
