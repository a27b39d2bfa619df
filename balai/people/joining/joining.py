"""Somebody registers themselves: a person with an account and no role, as one entry of their own."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from balai.common import clock
from balai.common.ids import uuid7
from balai.common.problems import Problem, Refusal
from balai.log.models import Entry
from balai.log.record import record
from balai.people.accounts.guarding import client_address
from balai.people.entries import PersonRegistered
from balai.people.models import Account

from . import problems

#: New accounts an hour and address: a class in a village hall shares one.
LIMIT = 30
#: Forms sent an hour and address, also wrong ones: a form says which user names are taken.
TRIES = 150
#: Searches for a village: some ten for each account, and for those who give up.
SEARCHES = 1500


def count(request: HttpRequest) -> None:
    """Count one account made from this address. Raises ``Refusal`` when there were too many in this hour."""
    _count(request, "daftar", LIMIT)


def count_try(request: HttpRequest) -> None:
    """Count one form sent from this address. Raises ``Refusal`` when there were too many in this hour."""
    _count(request, "coba-daftar", TRIES)


def count_search(request: HttpRequest) -> None:
    """Count one search from this address. Raises ``Refusal`` when there were too many in this hour."""
    _count(request, "cari-daftar", SEARCHES, problems.TOO_MANY_SEARCHES)


def _count(request: HttpRequest, what: str, limit: int, problem: Problem = problems.TOO_MANY) -> None:
    hour = int(clock.wall().timestamp()) // 3600
    key = f"{what}:{client_address(request)}:{hour}"
    cache.add(key, 0, timeout=3600)
    if cache.incr(key) > limit:
        raise Refusal(problem)


@transaction.atomic
def join(data: dict[str, Any]) -> Account:
    """Record the person in their own name and open their account. Raises ``Refusal``.

    The number is written down and signs nobody in: nobody has proved yet whose it is.
    """
    id, place = uuid7(), data["region"].id
    payload = PersonRegistered(name=data["name"], region=place, phone=data["phone"])
    record("person.registered", payload, actor=id, audience=place, id=id, proof=Entry.Proof.HUB)
    account = Account(person_id=id, username=data["username"])
    account.set_password(data["password"])
    account.save()
    return account


def by_themselves(people: Iterable[UUID]) -> set[UUID]:
    """Those of ``people`` who registered themselves. One query."""
    return set(Entry.objects.filter(pk__in=people, actor=F("pk")).values_list("pk", flat=True))
