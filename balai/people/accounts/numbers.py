"""Phone numbers that sign people in: they follow the person's record, and pass on when a number is recycled."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import F

from balai.common.problems import Refusal
from balai.log import kinds
from balai.log.models import Entry, Revision
from balai.log.record import record_many
from balai.people import problems
from balai.people.changing import change
from balai.people.delegation.rank import outranked
from balai.people.models import AccessEvent, Account, Person
from balai.people.reach import CHANGE_PERSONS

from .opening import free_numbers


def others_with(number: str, person: Person, by: Person) -> list[Person]:
    """Who else has ``number`` (E.164). Raises ``Refusal`` when one of them is not for ``by`` to change."""
    found = list(Person.objects.present().filter(phone=number).exclude(pk=person.pk).select_related("region"))
    reachable = by.reach.people(*CHANGE_PERSONS).filter(pk__in=[other.pk for other in found])
    allowed = outranked(by, found) & set(reachable.values_list("pk", flat=True))
    if any(other.pk not in allowed for other in found):
        raise Refusal(problems.NUMBER_ELSEWHERE)
    return found


@transaction.atomic
def hand_over(number: str, person: Person, by: Person) -> None:
    """``number`` is ``person``'s from now on, and nobody else's. Raises ``Refusal``."""
    if person.pk not in outranked(by, [person]):
        raise Refusal(problems.OUTRANKED)
    others = others_with(number, person, by)
    deeds = [change(other, {"phone": ""}, by) for other in others]
    if person.phone != number:
        deeds.append(change(person, {"phone": number}, by))
    record_many(deeds)
    AccessEvent.objects.bulk_create(
        [AccessEvent(kind=AccessEvent.Kind.PHONE_RELEASED, person=other.pk, actor=by.pk) for other in others]
    )
    _align([person.pk, *(other.pk for other in others)])


def release(person: Person, by: Person) -> None:
    """The number on record is no longer ``person``'s. Raises ``Refusal``."""
    if person.pk not in outranked(by, [person]):
        raise Refusal(problems.OUTRANKED)
    record_many([change(person, {"phone": ""}, by)])
    AccessEvent.objects.create(kind=AccessEvent.Kind.PHONE_RELEASED, person=person.pk, actor=by.pk)


def follow_changes(ids: list[UUID]) -> None:
    """After ``person.changed``: accounts sign in with the number that the record shows now.

    Somebody else may have shared the number that was given up: then it is theirs alone, and signs them in.
    """
    entries = Entry.objects.filter(pk__in=ids)
    changed = {
        entry.subject for entry in entries if entry.subject and "phone" in (entry.content or {}).get("changes", {})
    }
    if changed:
        sharing = Account.objects.filter(phone=None, person__phone__in=_ever(changed))
        _align(changed | set(sharing.values_list("person", flat=True)))


def _ever(people: set[UUID]) -> set[str]:
    """Every number that one of ``people`` had."""
    written = list(Revision.objects.filter(document__in=people, field="phone").values_list("value", flat=True))
    written += [(entry.content or {}).get("phone") for entry in Entry.objects.filter(pk__in=people)]
    return {str(number) for number in written if number}


def _align(people: Iterable[UUID]) -> None:
    """Give up numbers first, so that two people can exchange theirs."""
    accounts = Account.objects.filter(person__in=list(people))
    accounts.exclude(phone=None).exclude(phone=F("person__phone")).update(phone=None)
    waiting = list(accounts.filter(phone=None).exclude(person__phone="").select_related("person"))
    free = free_numbers({account.person.phone for account in waiting})
    for account in waiting:
        if account.person.phone in free:
            Account.objects.filter(pk=account.pk).update(phone=account.person.phone)


kinds.follow("person.changed", follow_changes)
