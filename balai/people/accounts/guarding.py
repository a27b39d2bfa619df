"""Limits on guessing passwords, by django-axes: per name and address, per address, and per name wherever it comes from.

A limit counts what was typed, whether or not such an account exists, so that it never tells. Behind one
address of a mobile operator sit thousands of people, so an address alone may fail much more often. A name that is
guessed from everywhere is closed for devices that never came in under it; its owner's own stays open.
"""

import hashlib
import hmac
import ipaddress
from datetime import timedelta
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt, AccessFailureLog
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse

from balai.common import clock
from balai.common.phone import normalised
from balai.log.nodekeys import this_node
from balai.people.models import Account

from . import devices

#: Failures of one typed name at one address, and of all names at one address, within ``COOL_OFF``.
NAME_LIMIT = 5
ADDRESS_LIMIT = 100
COOL_OFF = timedelta(minutes=15)
#: Failures of one typed name at all addresses together, within ``WIDE_COOL_OFF``.
WIDE_LIMIT = 30
WIDE_COOL_OFF = timedelta(hours=1)
#: Whoever has IPv6 has this much of it.
_OWN_NETWORK = 64


class Guard(AxesDatabaseHandler):  # type: ignore[misc]
    """Counts failed sign-ins against three limits instead of one."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """On the scale of ``NAME_LIMIT``: the nearest of the limits."""
        of_name, of_address = (_total(attempts) for attempts in self.get_user_attempts(request, credentials))
        everywhere = _everywhere(typed_name(request, credentials))
        return max(of_name, of_address * NAME_LIMIT // ADDRESS_LIMIT, everywhere * NAME_LIMIT // WIDE_LIMIT)


def _total(attempts: Any) -> int:
    return attempts.aggregate(total=Sum("failures_since_start"))["total"] or 0


def _everywhere(name: str) -> int:
    lately = clock.wall() - WIDE_COOL_OFF
    return int(AccessFailureLog.objects.filter(username=name, attempt_time__gt=lately).count())


def typed_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """What stands for a typed name: a keyed hash, because people sometimes type their password there.

    Every way to write one phone number counts as the same name. On a device that knows the name, and for who is
    signed in under it, the same name counts apart.
    """
    name = _hashed(str((credentials or request.POST).get("username") or ""))
    if _is_here(request, name):
        return _keyed(b"balai name at home 1", name)
    device = devices.device_of(request)
    return _keyed(b"balai name on a device 1", name + device.number) if device.knows(name) else name


def _is_here(request: HttpRequest, name: str) -> bool:
    user = getattr(request, "user", None)
    return isinstance(user, Account) and name == _hashed(user.username)


def _hashed(typed: str) -> str:
    return _keyed(b"balai typed name 1", normalised(typed) or typed.strip().casefold())


def _keyed(purpose: bytes, text: str) -> str:
    return hmac.new(this_node().secret, purpose + b"\0" + text.encode(), hashlib.sha256).hexdigest()


def client_address(request: HttpRequest) -> str | None:
    """The address of the browser: the last one that our own proxy wrote down, if there is a proxy.

    Of IPv6 the network: one household has more addresses than anybody could count.
    """
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    written = forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR") or ""
    try:
        address = ipaddress.ip_address(written.partition("%")[0])
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        return str(address.ipv4_mapped)
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((address, _OWN_NETWORK), strict=False).network_address)
    return str(address)


def forgive(request: HttpRequest) -> None:
    """After a right password the wrong ones before it no longer count, for this name at this address."""
    here = {"username": typed_name(request, None), "ip_address": client_address(request)}
    AccessAttempt.objects.filter(**here).delete()
    AccessFailureLog.objects.filter(**here).delete()


def remember(request: HttpRequest, response: HttpResponse, account: Account) -> None:
    """This browser has shown that it knows the password of ``account``."""
    devices.remember(request, response, [_hashed(name) for name in (account.username, account.phone) if name])


def locked(request: HttpRequest, response: HttpResponse, credentials: dict[str, Any] | None) -> HttpResponse:
    """The page that the view made already says that there were too many tries."""
    return response
