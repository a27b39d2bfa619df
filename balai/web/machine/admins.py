"""The first person of a hub, whom nobody else could register."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from balai.common import clock
from balai.common.problems import Refusal
from balai.log.models import Entry
from balai.log.record import record
from balai.people.accounts import codes, usernames
from balai.people.accounts.models import AccessCode
from balai.people.entries import PersonRegistered, RoleGranted
from balai.people.models import Account, Person
from balai.people.roles import Role
from balai.web import problems


@dataclass(frozen=True)
class Made:
    """A new account and the one-time code (12 signs) that opens it, in plain for this once."""

    account: Account
    code: str
    expires_at: datetime


@transaction.atomic
def create(name: str, username: str = "", phone: str = "") -> Made:
    """Register ``name`` as an admin of the nation. ``phone`` is E.164 or "". Raises ``Refusal``."""
    if username and Account.objects.called(username, phone):
        raise Refusal(problems.NAME_TAKEN, username=username)
    person = _person(name, phone)
    account = Account(person=person, username=username or _free_username(name), phone=phone or None)
    account.set_unusable_password()
    account.save()
    code = codes.make([person.id], AccessCode.Purpose.FIRST, by=None)[person.id]
    return Made(account, code, clock.wall() + codes.LIFETIMES[AccessCode.Purpose.FIRST])


def _person(name: str, phone: str) -> Person:
    payload = PersonRegistered(name=name, region=None, phone=phone)
    entry = record("person.registered", payload, proof=Entry.Proof.HUB)
    role = RoleGranted(role=Role.Name.ADMIN, regions=(None,))
    record("role.granted", role, subject=entry.id, proof=Entry.Proof.HUB)
    return Person.objects.get(pk=entry.id)


def _free_username(name: str) -> str:
    proposals = usernames.proposals(name)
    return next(wish for wish in proposals if not Account.objects.filter(username=wish).exists())
