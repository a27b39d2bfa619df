"""Devices from which somebody came in before: whoever guesses elsewhere does not keep the owner out of theirs.

A cookie, signed by this hub, with a number for the device and marks of the names under which the right password
was given on it. It opens nothing; failures of a known device are only counted apart.
"""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from balai.common.ids import uuid7

COOKIE = "perangkat"
_SALT = "balai known device 1"
_AGE = 365 * 24 * 60 * 60
#: A phone that more people share forgets the first of them.
_NAMES = 16


@dataclass(frozen=True)
class Device:
    """A browser's number ("" for one that nobody came in from) and the marks of the names that it knows."""

    number: str = ""
    marks: tuple[str, ...] = ()

    def knows(self, name: str) -> bool:
        """Whether the right password for the typed name (its keyed hash) was given here before."""
        return _mark(name) in self.marks


def device_of(request: HttpRequest) -> Device:
    """What the browser shows of itself; nothing when it was made up."""
    try:
        number, *marks = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_AGE)
    except (signing.BadSignature, ValueError):
        return Device()
    return Device(number, tuple(marks))


def remember(request: HttpRequest, response: HttpResponse, names: list[str]) -> None:
    """From now on this browser knows ``names`` (keyed hashes)."""
    known = device_of(request)
    marks = list(dict.fromkeys([*map(_mark, names), *known.marks]))[:_NAMES]
    value = signing.dumps([known.number or uuid7().hex[-16:], *marks], salt=_SALT)
    response.set_cookie(
        COOKIE,
        value,
        max_age=_AGE,
        path="/masuk",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def _mark(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:12]
