"""The daily clean-up: local tables drop what is too old, and who has long been gone is forgotten."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from balai.log.models import Entry
from balai.people.models import Account, Person, Position, Role

from .erasing import erase
from .purposes import DORMANT
from .stores import STORES

#: How many people one run erases at most, so that it never holds up anything else.
A_RUN = 200


def clean(moment: datetime) -> dict[str, int]:
    """Do what is due at ``moment``. Returns how many rows of each store, and how many people, went."""
    gone = {key: store.expire(moment) for key, store in STORES.items()}
    forgotten = list(dormant(moment)[:A_RUN])
    for person in forgotten:
        erase(person, by=None)
    return {**gone, "people": len(forgotten)}


def dormant(moment: datetime) -> QuerySet[Person]:
    """People with no position, no role, no sign-in and nothing done by or about them for five years."""
    since = moment - DORMANT
    one = OuterRef("pk")
    merged = Person.objects.filter(merged_into=OuterRef(OuterRef("pk"))).values("pk")
    return (
        Person.objects.present()
        .filter(registered_at__lt=since)
        .exclude(name="")
        .exclude(Exists(Position.objects.filter(person=one, ends=None)))
        .exclude(Exists(Role.objects.held_at(moment).filter(person=one)))
        .exclude(Exists(Account.objects.filter(person=one, last_login__gte=since)))
        .exclude(Exists(Entry.objects.filter(subject=one, made_at__gte=since)))
        .exclude(Exists(Entry.objects.filter(subject__in=merged, made_at__gte=since)))
        .order_by("registered_at")
    )
