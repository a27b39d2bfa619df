"""Forms are accepted only from our own pages.

Lesson pages are static files and cannot carry a secret token, so a form is trusted by where the browser says
that it comes from (Fetch Metadata, then Origin, then Referer), not by what it contains.
"""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from balai.common import problems
from balai.common.problems import Refusal
from balai.web.refusals import answer

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class SameOriginMiddleware:
    """Refuses every request that may change something and does not come from our own pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in SAFE_METHODS or is_ours(request):
            return self.get_response(request)
        return answer(request, Refusal(problems.FOREIGN_ORIGIN))


def is_ours(request: HttpRequest) -> bool:
    """Whether the sender is one of our pages, or a program that carries nobody's session.

    Browsers send Sec-Fetch-Site on HTTPS and on localhost, Origin with every form elsewhere; the oldest ones
    only Referer. A request without any of the three cannot come from a page of today, so it is taken only
    when it holds no session that a stranger could misuse.
    """
    headers = request.headers
    if site := headers.get("Sec-Fetch-Site"):
        return site in {"same-origin", "none"}
    if origin := headers.get("Origin"):
        return origin in _own_origins(request)
    if referer := headers.get("Referer"):
        parts = urlsplit(referer)
        return f"{parts.scheme}://{parts.netloc}" in _own_origins(request)
    return settings.SESSION_COOKIE_NAME not in request.COOKIES


def _own_origins(request: HttpRequest) -> set[str]:
    """The address that was asked for, and the public one: behind a proxy they can differ."""
    public = urlsplit(settings.BALAI_URL)
    return {f"{request.scheme}://{request.get_host()}", f"{public.scheme}://{public.netloc}"}
