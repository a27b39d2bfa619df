"""The style page ``/gaya``: every component in every state. Only where ``BALAI_DEBUG`` is on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page(request: HttpRequest) -> HttpResponse:
    """Every component."""
    return render(request, "web/style.html")
