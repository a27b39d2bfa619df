"""How a refusal looks: a page for people, ``{code, title, safe, cure}`` for programs."""

import logging
import secrets
import sys
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import override

from balai.common import formats, problems
from balai.common.problems import Refusal
from balai.web.language import chosen_language

logger = logging.getLogger("balai.web")
_UNCACHED = {"Cache-Control": "no-store"}


class RefusalMiddleware:
    """Turns a ``Refusal`` that a view raises into its page or its JSON."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return answer(request, exception) if isinstance(exception, Refusal) else None


def answer(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The refusal in the shape and language that the client asked for, never cached."""
    with override(chosen_language(request)):
        if wants_json(request):
            return _json(refusal)
        return _page(refusal, render_to_string("web/refusal.html", {"refusal": refusal}, request))


def wants_json(request: HttpRequest) -> bool:
    """Programs say so by their Accept header or by an address that ends in ``.json``."""
    accept = request.headers.get("Accept", "")
    return request.path.endswith(".json") or ("application/json" in accept and "text/html" not in accept)


def _json(refusal: Refusal) -> HttpResponse:
    return JsonResponse(refusal.as_dict(), status=refusal.problem.status, headers=_UNCACHED)


def _page(refusal: Refusal, page: str) -> HttpResponse:
    return HttpResponse(page, status=refusal.problem.status, headers=_UNCACHED)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's 400: a body over the limit, or a request that no page of ours sends."""
    if isinstance(exception, RequestDataTooBig):
        size = int(request.headers.get("Content-Length") or 0)
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        refusal = Refusal(problems.TOO_LARGE, size=formats.size(size), limit=formats.limit(limit))
    else:
        refusal = Refusal(problems.NOT_FOUND)
    return answer(request, refusal)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's 403."""
    return answer(request, Refusal(problems.NOT_ALLOWED))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's 404: what is out of reach is answered like what does not exist."""
    return answer(request, Refusal(problems.NOT_FOUND))


def broken(request: HttpRequest) -> HttpResponse:
    """Django's 500: a page that needs neither database nor session, with a code that is also in the log."""
    reference = secrets.token_hex(3).upper()
    logger.error("B1105 %s %s %s", reference, request.method, request.path, exc_info=sys.exc_info())
    refusal = Refusal(problems.BROKEN, reference=reference)
    with override(chosen_language(request)):
        if wants_json(request):
            return _json(refusal)
        return _page(refusal, render_to_string("web/broken.html", {"refusal": refusal}))
