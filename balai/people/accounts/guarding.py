"""Limits on guessing passwords, by django-axes: per name and address, and per address.

A limit counts what was typed, whether or not such an account exists, so that it never tells. Behind one
address of a mobile operator sit thousands of people, so an address alone may fail much more often.
"""

import hashlib
import hmac
from datetime import timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse

from balai.common.phone import normalised
from balai.log.nodekeys import this_node

#: Failures of one typed name at one address, and of all names at one address, within ``COOL_OFF``.
NAME_LIMIT = 5
ADDRESS_LIMIT = 100
COOL_OFF = timedelta(minutes=15)


class Guard(AxesDatabaseHandler):  # type: ignore[misc]
    """Counts failed sign-ins against two limits instead of one."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """On the scale of ``NAME_LIMIT``: the nearer of the two limits."""
        of_name, of_address = (_total(attempts) for attempts in self.get_user_attempts(request, credentials))
        return max(of_name, of_address * NAME_LIMIT // ADDRESS_LIMIT)


def _total(attempts: Any) -> int:
    return attempts.aggregate(total=Sum("failures_since_start"))["total"] or 0


def typed_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """What stands for a typed name: a keyed hash, because people sometimes type their password there.

    Every way to write one phone number counts as the same name.
    """
    typed = str((credentials or request.POST).get("username") or "").strip()
    name = normalised(typed) or typed.casefold()
    return hmac.new(this_node().secret, b"balai typed name 1\0" + name.encode(), hashlib.sha256).hexdigest()


def client_address(request: HttpRequest) -> str | None:
    """The address of the browser: the last one that our own proxy wrote down, if there is a proxy."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if settings.SECURE_PROXY_SSL_HEADER and forwarded:
        return forwarded.rpartition(",")[2].strip()
    return request.META.get("REMOTE_ADDR") or None


def forgive(request: HttpRequest) -> None:
    """After a right password the wrong ones before it no longer count, for this name at this address."""
    AccessAttempt.objects.filter(username=typed_name(request, None), ip_address=client_address(request)).delete()


def locked(request: HttpRequest, response: HttpResponse, credentials: dict[str, Any] | None) -> HttpResponse:
    """The page that the view made already says that there were too many tries."""
    return response
