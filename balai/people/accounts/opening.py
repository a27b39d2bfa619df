"""Opening accounts for people who have none, thousands at a time."""

from collections import Counter
from collections.abc import Iterator
from uuid import UUID

from django.db import transaction

from balai.people.models import Account, Person

from . import usernames

_BATCH = 500


def open_accounts(people: list[Person]) -> None:
    """Give each of ``people`` who has none an account: a user name, no password yet.

    What another process takes in between (a name, a number) is chosen once more.
    """
    wishes = {person.id: usernames.proposals(person.name) for person in people}
    while lacking := _without_account(people):
        for start in range(0, len(lacking), _BATCH):
            _open(lacking[start : start + _BATCH], wishes)


def _without_account(people: list[Person]) -> list[Person]:
    having = set()
    for start in range(0, len(people), _BATCH):
        ids = [person.id for person in people[start : start + _BATCH]]
        having |= set(Account.objects.filter(person__in=ids).values_list("person_id", flat=True))
    return [person for person in people if person.id not in having]


def _open(people: list[Person], wishes: dict[UUID, Iterator[str]]) -> None:
    proposed = {person.id: next(wishes[person.id]) for person in people}
    taken = set(Account.objects.filter(username__in=proposed.values()).values_list("username", flat=True))
    free = free_numbers({person.phone for person in people if person.phone})
    rows = []
    for person in people:
        username = proposed[person.id]
        if username not in taken:
            taken.add(username)
            account = Account(person=person, username=username, phone=person.phone if person.phone in free else None)
            account.set_unusable_password()
            rows.append(account)
    with transaction.atomic():
        Account.objects.bulk_create(rows, ignore_conflicts=True)


def free_numbers(numbers: set[str]) -> set[str]:
    """Those of ``numbers`` (E.164) that one present person alone has, and no account yet."""
    holders = Counter(Person.objects.present().filter(phone__in=numbers).values_list("phone", flat=True))
    taken = set(Account.objects.filter(phone__in=numbers).values_list("phone", flat=True))
    return {number for number in numbers if holders[number] == 1 and number not in taken}
