"""What every page's frame needs, computed only if the page draws it."""

from functools import cached_property

from django.conf import settings
from django.http import HttpRequest

from balai.people.models import Person
from balai.web.places import Place, places_of

THEME_COOKIE = "tema"
#: Value of the cookie to value of ``html[data-theme]``; without the cookie the page follows the phone.
THEMES = {"terang": "light", "gelap": "dark"}


class Shell:
    """The frame of one page."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @property
    def person(self) -> Person | None:
        """Who is here. Refusals that come before anyone was asked who they are have nobody."""
        return getattr(self.request, "person", None)

    @cached_property
    def places(self) -> list[tuple[Place, bool]]:
        """The bar: each place, and whether the page belongs to it."""
        return [(place, place.holds(self.request.path)) for place in places_of(self.person)]

    @property
    def theme(self) -> str:
        """``light``, ``dark``, or "" to follow the phone."""
        return THEMES.get(self.request.COOKIES.get(THEME_COOKIE, ""), "")

    @property
    def demo(self) -> bool:
        """Whether everything here is an example."""
        return settings.BALAI_DEMO


def shell(request: HttpRequest) -> dict[str, object]:
    """Context processor: ``shell`` in every template."""
    return {"shell": Shell(request)}
