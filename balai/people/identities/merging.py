"""Two records of one person become one, and back."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import F

from balai.common.problems import Refusal
from balai.log import kinds
from balai.log.models import Entry
from balai.log.record import Deed, record_many
from balai.people.accounts import codes
from balai.people.changing import change, value
from balai.people.models import Account, Person

from . import problems
from .entries import PersonMerged, PersonParted, PersonToldApart
from .models import PersonMerge

#: What may be chosen from either record.
FIELDS = ("name", "nik", "sex", "birth_date", "phone", "email", "nip", "region")


def merge(kept: Person, gone: Person, taken: Iterable[str], actor: Person) -> None:
    """``gone`` turns out to be ``kept``, whose record takes over the fields ``taken`` from the other.

    All histories stay. Raises ``Refusal``.
    """
    if kept.id == gone.id:
        raise Refusal(problems.SAME_RECORD)
    if any(person.merged_into_id or person.withdrawn_at for person in (kept, gone)):
        raise Refusal(problems.ALREADY_MERGED)
    audience = kept.region_id
    changes = {field: value(gone, field) for field in taken if value(gone, field) != value(kept, field)}
    deeds = [Deed("person.merged", PersonMerged(into=kept.id), actor=actor.id, subject=gone.id, audience=audience)]
    if changes:
        deeds.insert(0, change(kept, changes, actor))
    record_many(deeds)


def part(gone: Person, actor: Person) -> None:
    """Take back every standing merge of ``gone``. Fields that were chosen stay as they are. Raises ``Refusal``."""
    merges = PersonMerge.objects.filter(person=gone, partings=None).values_list("pk", flat=True)
    record_many(
        [
            Deed("person.parted", PersonParted(merge=one), actor=actor.id, subject=gone.id, audience=gone.region_id)
            for one in merges
        ]
    )


def tell_apart(one: Person, other: Person, actor: Person) -> None:
    """Somebody looked and found two people: they are not offered as one again. Raises ``Refusal``."""
    payload = PersonToldApart(other=other.id)
    record_many([Deed("person.told_apart", payload, actor=actor.id, subject=one.id, audience=one.region_id)])


def rehome_accounts(ids: list[UUID]) -> None:
    """After person.merged: the account goes along with its codes, or, where both have one, that of the merged
    record rests, and its codes open nothing."""
    gone = Entry.objects.filter(pk__in=ids).values_list("subject", flat=True)
    for account in Account.objects.filter(person__in=gone).select_related("person__merged_into"):
        kept = account.person.merged_into
        if kept:
            _rehome(account, kept.id)


@transaction.atomic
def _rehome(account: Account, kept: UUID) -> None:
    if Account.objects.filter(person=kept).exists():
        _rest(account)
    else:
        Account.objects.filter(pk=account.pk).update(person=kept)
        codes.move(account.person_id, kept)


def _rest(account: Account) -> None:
    Account.objects.filter(pk=account.pk, is_active=True).update(is_active=False, phone=None, epoch=F("epoch") + 1)


def wake_accounts(ids: list[UUID]) -> None:
    """After person.parted: a rested account works again."""
    back = Entry.objects.filter(pk__in=ids).values_list("subject", flat=True)
    Account.objects.filter(person__in=back, person__merged_into=None).update(is_active=True)


kinds.follow("person.merged", rehome_accounts)
kinds.follow("person.parted", wake_accounts)
