"""What is made for somebody is kept by nobody: no proxy between, and not by the browser of a phone that many share."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

_NOWHERE = "no-store, private"


class KeepingMiddleware:
    """Marks answers that were made for a session.

    What anybody may keep says so itself, and then it is the same for everybody and leaves no cookie.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        said = response.get("Cache-Control", "")
        if "no-store" not in said and (response.cookies or (not said and _is_somebody(request))):
            response["Cache-Control"] = _NOWHERE
        return response


def _is_somebody(request: HttpRequest) -> bool:
    return getattr(request, "person", None) is not None
