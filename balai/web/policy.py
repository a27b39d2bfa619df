"""The content policy goes with pages: a redirect or a file of figures has nothing that could run."""

from csp.middleware import CSPMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class PagesPolicy(CSPMiddleware):
    """On a slow link every header of every answer is waited for."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Sets the header on HTML that is shown."""
        is_page = response.get("Content-Type", "").startswith("text/html") and not 300 <= response.status_code < 400
        return super().process_response(request, response) if is_page else response
