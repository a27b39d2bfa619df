"""Every address × every role, inside and outside: who gets in stands in ``doors.py``, everybody else meets a
closed door behind which nothing changed.

An address that is not in the table fails, so a new page must say whom it is for.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import override_settings
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver

from balai.common import clock
from balai.credentials.prints import packing
from balai.people.models import AccessEvent
from tests.doors import DOORS, NOBODY, ROLES, SIGNED_IN, Door
from tests.world import World

pytestmark = pytest.mark.django_db

WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE")
METHODS = ("get", "post")
#: What is made twice in one moment is the same, unless it is made for somebody.
MOMENT = clock.wall()


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Built once, rolled back at the end; what follows a commit follows at once."""
    fast = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), fast, transaction.atomic():
        patch.setattr(transaction, "on_commit", lambda job, using=None, robust=False: job())
        # Rows come back when a try is rolled back; files would not.
        patch.setattr(packing, "forget", lambda run: None)
        yield World()
        transaction.set_rollback(True)


def addresses(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[str]:
    """The names of all addresses, with their namespaces."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern, f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace)
        elif pattern.name:
            yield f"{namespace}{pattern.name}"


def test_every_address_says_whom_it_is_for():
    assert set(addresses()) == set(DOORS)


def test_an_address_without_a_name_leads_to_a_view_that_has_one():
    named = {pattern.callback for pattern in _patterns() if pattern.name}
    assert {pattern.callback for pattern in _patterns()} == named


def _patterns(resolver: Any = None) -> Iterator[Any]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern)
        else:
            yield pattern


@pytest.mark.parametrize("name", DOORS)
def test_who_gets_in(world: World, name: str):
    wrong = {
        (number, role): found
        for number, door in enumerate(DOORS[name])
        for role in ROLES
        if (found := _try(world, name, door, role)) != ("in" if role in door.roles else "out")
    }
    assert wrong == {}


@pytest.mark.parametrize("name", DOORS)
def test_no_other_way_in(world: World, name: str):
    """A method that no door names is turned away, and changes nothing."""
    others = set(METHODS) - {door.method for door in DOORS[name]}
    doors = [Door(NOBODY, method, DOORS[name][0].where) for method in others]
    wrong = {
        (door.method, role): found
        for door in doors
        for role in ROLES
        if (found := _try(world, name, door, role)) != "out"
    }
    assert wrong == {}


@pytest.mark.parametrize("role", sorted(SIGNED_IN))
def test_only_the_owner_takes_a_factor_away(world: World, role: str):
    """An id of somebody else's factor is as good as none, and leaves no trace in one's own history."""
    with transaction.atomic():
        _send(world, "accounts:remove", DOORS["accounts:remove"][0], role)
        left = Authenticator.objects.filter(pk=world.at["factor"]).count()
        noted = AccessEvent.objects.filter(kind=AccessEvent.Kind.SECOND_REMOVED).count()
        transaction.set_rollback(True)
    assert (left, noted) == ((0, 1) if role == "author" else (1, 0))


@pytest.mark.parametrize("name", DOORS)
def test_what_is_made_for_somebody_is_kept_nowhere(world: World, name: str):
    """Nor by who is turned away. What may be kept is the same for two people and for who is let in anonymously."""
    wrong = {}
    for number, door in enumerate(DOORS[name]):
        inside = sorted(door.roles & SIGNED_IN)[:1]
        for role in {*inside, "stranger"}:
            response, said = _once(world, name, door, role)
            if "no-store" not in said and not _same_for_all(world, name, door, response):
                wrong[number, role] = said or "nothing said"
    assert wrong == {}


def _once(world: World, name: str, door: Door, role: str) -> tuple[HttpResponse, str]:
    with transaction.atomic(), clock.frozen(MOMENT):
        response = _send(world, name, door, role)
        transaction.set_rollback(True)
    return response, response.headers.get("Cache-Control", "")


def _same_for_all(world: World, name: str, door: Door, response: HttpResponse) -> bool:
    """Whether everybody who gets in reads these very bytes, and no cookie comes with them."""
    others = [_once(world, name, door, role)[0] for role in sorted(door.roles)[:4]]
    return not response.cookies and {other.content for other in others} == {response.content}


def _try(world: World, name: str, door: Door, role: str) -> str:
    """ "in", "out", or what is wrong: a broken page, something written by who was turned away."""
    writes: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(WRITING) and '"django_session"' not in sql:
            writes.append(sql)
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(watch):
        response = _send(world, name, door, role)
        transaction.set_rollback(True)
    if response.status_code >= 500:
        return f"broken: {response.status_code}"
    if not closed(response):
        return "in"
    return f"out, but wrote: {writes[0][:80]}" if writes else "out"


def closed(response: HttpResponse) -> bool:
    """Turned away: not signed in, not allowed, not there, or told that it cannot be done."""
    return response.status_code >= 400 or response.headers.get("Location", "").startswith("/masuk")


def _send(world: World, name: str, door: Door, role: str) -> HttpResponse:
    address = reverse(name, kwargs={part: _meant(world, what) for part, what in door.where.items()})
    form = {_meant(world, field): _meant(world, what) for field, what in door.form.items()}
    response: HttpResponse = getattr(world.client(role), door.method)(address, form)
    return response


def _meant(world: World, what: Any) -> Any:
    """What "@name" stands for in this world; a file is made anew each time."""
    if callable(what):
        return what()
    return world.at[what[1:]] if isinstance(what, str) and what.startswith("@") else what
