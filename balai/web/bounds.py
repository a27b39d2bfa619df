"""What no request may be: larger than the largest file, or with a NUL, which no database can keep."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

from balai.common import formats
from balai.common.problems import TOO_LARGE, Refusal
from balai.web.machine.gate import LARGEST
from balai.web.refusals import answer

_NUL = "\0"


class BoundsMiddleware:
    """Refuses before anything is read, looked up or kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        size = _size(request)
        if size > LARGEST:
            facts = {"size": formats.size(size), "limit": formats.limit(LARGEST)}
            return answer(request, Refusal(TOO_LARGE, **facts))
        if _NUL in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        if any(_NUL in text for name, texts in request.POST.lists() for text in (name, *texts)):
            raise BadRequest


def _size(request: HttpRequest) -> int:
    try:
        return int(request.headers.get("Content-Length") or 0)
    except ValueError:
        return 0
