"""The history of a draft: every version, what it changed, and the way back to it."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from balai.people.access import Request
from balai.people.models import Person

from . import rules
from .models import Draft
from .writing_views import draft_of, for_authors

SHOWN = 100
#: Lines of a file beyond this are not compared one by one.
_LONG = 4_000


@require_safe
@for_authors
def history(request: Request, course: UUID) -> HttpResponse:
    """Every version of the draft, the newest first, with how much it changed."""
    held = draft_of(request.person, course)
    found = list(rules.drafts(request.person).filter(course=course).order_by("-pk")[: SHOWN + 1])
    names: dict[UUID | None, str] = dict(
        Person.objects.filter(pk__in={one.imported_by for one in found}).values_list("pk", "name")
    )
    standing = [one for one in found if one.origin != Draft.Origin.ASIDE]
    before = dict(zip((one.pk for one in standing), [*standing[1:], None], strict=True))
    rows = [
        {"draft": one, "who": names.get(one.imported_by, ""), "changed": _changed(before.get(one.pk), one)}
        for one in found[:SHOWN]
    ]
    return render(request, "courses/write/history.html", {"draft": held, "rows": rows})


def _changed(before: Draft | None, after: Draft) -> int:
    """How many files are other ones."""
    old = before.files if before else {}
    return sum(old.get(path) != after.files.get(path) for path in {*old, *after.files})


@dataclass(frozen=True)
class Line:
    """A line of a comparison: ``kind`` is "in", "out", "gap" or ""."""

    kind: str
    text: str


@require_safe
@for_authors
def compare(request: Request, course: UUID, draft: UUID) -> HttpResponse:
    """What the newest version has that this one has not, and the other way round, file by file."""
    newest = draft_of(request.person, course)
    old = get_object_or_404(rules.drafts(request.person), pk=draft, course=course)
    paths = sorted(path for path in {*old.files, *newest.files} if old.files.get(path) != newest.files.get(path))
    files = [(path, list(_lines(old, newest, path))) for path in paths]
    return render(request, "courses/write/compare.html", {"draft": newest, "old": old, "files": files})


def _lines(old: Draft, new: Draft, path: str) -> Iterator[Line]:
    before, after = _text(old, path), _text(new, path)
    if before is None or after is None or len(before) + len(after) > _LONG:
        there = [draft for draft in (old, new) if path in draft.files]
        words = _("Diganti") if len(there) == 2 else _("Dihapus") if there == [old] else _("Baru")
        yield Line("gap", words)
        return
    for line in list(difflib.unified_diff(before, after, lineterm="", n=2))[2:]:
        kind = {"+": "in", "-": "out", "@": "gap"}.get(line[0], "")
        yield Line(kind, "…" if kind == "gap" else line[1:])


def _text(draft: Draft, path: str) -> list[str] | None:
    """The lines of a text; none when there is no such file; nothing at all for a picture."""
    if not path.endswith(".md"):
        return None
    if path not in draft.files:
        return []
    try:
        return draft.opened().text(path).split("\n")
    except UnicodeDecodeError:
        return None
