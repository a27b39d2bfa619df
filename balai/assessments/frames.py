"""Pages of which most readers get the same: drawn once a process, and filled in for each.

The frame of a paper of ten questions took longer to draw than its answers take to save.
"""

import re
import secrets
from collections.abc import Hashable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.template import engines
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from balai.courses.static_pages import variant_of
from balai.people.access import Request

#: What stands in a frame where something is filled in; nobody who writes a course can guess it.
_MARK = secrets.token_hex(8)
_GAP = re.compile(rf"{_MARK}(\w+)\.")
#: A frame is some 6 KB.
_MOST = 256
_frames: dict[Hashable, list[str]] = {}


class Gap(SafeString):
    """What a template prints where something is filled in later. To ask what it is is an error."""

    def __bool__(self) -> bool:
        raise TypeError(f"a page asks for {self.removeprefix(_MARK)}, which is not known when it is drawn")


def gap(name: str) -> Gap:
    """The gap called ``name``, to be replaced in what was drawn."""
    return Gap(f"{_MARK}{name}.")


def page(
    request: Request, template: str, key: Hashable | None, context: dict[str, Any], gaps: dict[str, Any]
) -> HttpResponse:
    """``template`` with ``context``, which follows from ``key``, and ``gaps``, which the template only prints.

    Without a key the page is one reader's alone and drawn for them.
    """
    if key is None or settings.DEBUG or request.seeing or "messages" in request.COOKIES:
        return render(request, template, context | gaps)
    place = template, key, variant_of(request)
    if place not in _frames:
        if len(_frames) >= _MOST:
            _frames.clear()
        _frames[place] = _drawn(request, template, context, gaps)
    pieces = list(_frames[place])
    pieces[1::2] = [str(gaps[name]) for name in pieces[1::2]]
    return HttpResponse("".join(pieces))


def _drawn(request: Request, template: str, context: dict[str, Any], gaps: dict[str, Any]) -> list[str]:
    """Texts and names of gaps in turn."""
    marks = {name: gap(name) for name in gaps}
    return _GAP.split(render_to_string(template, context | marks, request))


def shown(value: Any, how: str) -> SafeString:
    """``value`` as the template filter ``how`` shows it; empty for nothing."""
    return mark_safe(_filter(how).render({"value": value})) if value is not None else SafeString()  # noqa: S308


@lru_cache(maxsize=8)
def _filter(how: str) -> Any:
    return engines["django"].from_string(f"{{{{ value|{how} }}}}")
