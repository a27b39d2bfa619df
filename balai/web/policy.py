"""What browsers are told about every answer; and the content policy, which goes with pages alone.

A redirect or a file of figures has nothing that could run. On a slow link every header of every answer is waited for.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from balai.courses.page_files import policy


class PolicyMiddleware:
    """Sets what no view sets otherwise: one step instead of three, because every answer takes it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.always = {
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
            "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
            "X-Frame-Options": settings.X_FRAME_OPTIONS,
        }

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in self.always.items():
            response.headers.setdefault(name, value)
        if settings.SECURE_HSTS_SECONDS and request.is_secure():
            response.headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}"
        if _is_page(response):
            response.headers.setdefault("Content-Security-Policy", policy())
        return response


def _is_page(response: HttpResponse) -> bool:
    """Whether a browser shows it. Django's own pages for whoever programs are styled in place."""
    if 300 <= response.status_code < 400 or (settings.DEBUG and response.status_code in {404, 500}):
        return False
    return response.headers.get("Content-Type", "").startswith("text/html")
