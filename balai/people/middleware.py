"""Who is here: ``request.person``, a ``Person`` or ``None``."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from .access import Visit


class PersonMiddleware:
    """Sets ``request.person`` from the signed-in account."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Visit) -> HttpResponse:
        request.person = request.user.owner if request.user.is_authenticated else None
        return self.get_response(request)
