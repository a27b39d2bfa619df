"""Pages leave compressed: a village pays for every kilobyte.

What lies ready (lessons, style sheet, scripts) was packed as small as it gets when it was written; this is for what is
made for one person at a time, so it is quick rather than thorough. A page holds no token that an attacker could guess
from its length (BREACH): where forms come from is checked by ``web/origin.py`` instead.
"""

import gzip
from collections.abc import Callable

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

#: Below this many bytes the headers weigh more than what is saved.
LEAST = 300
#: Of Brotli, as a power of two: no page is longer, and a larger window only costs time.
_WINDOW = 16
KINDS = ("text/", "application/json", "application/manifest+json", "image/svg+xml")


class PackingMiddleware:
    """Brotli for browsers that take it, else gzip, else as it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if _worth_it(response):
            patch_vary_headers(response, ["Accept-Encoding"])
            _pack(response, request.META.get("HTTP_ACCEPT_ENCODING", ""))
        return response


def _worth_it(response: HttpResponse) -> bool:
    return (
        not response.streaming
        and not response.has_header("Content-Encoding")
        and response.get("Content-Type", "").startswith(KINDS)
        and len(response.content) >= LEAST
    )


def _pack(response: HttpResponse, accepted: str) -> None:
    if "br" in accepted:
        response.content = brotli.compress(response.content, quality=5, lgwin=_WINDOW)
        response["Content-Encoding"] = "br"
    elif "gzip" in accepted:
        response.content = gzip.compress(response.content, 6, mtime=0)
        response["Content-Encoding"] = "gzip"
    if response.has_header("Content-Length"):
        response["Content-Length"] = str(len(response.content))
