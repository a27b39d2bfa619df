"""Erasing a person: what they are and what they answered is blanked everywhere; what must stay has no name.

Certificates stay, with the name that is printed on them (see docs/decisions).
"""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from balai.common import clock
from balai.common.problems import Refusal
from balai.log.entries import Ruled
from balai.log.models import Conflict, Entry
from balai.log.record import Deed, record_many
from balai.people import problems
from balai.people.delegation.rank import outranks
from balai.people.entries import RoleRevoked
from balai.people.identities.entries import PersonWithdrawn
from balai.people.models import AccessEvent, ErasureRequest, Person, Role
from balai.people.reach import CHANGE_PERSONS

from .about import about
from .purposes import Fate, kinds_of
from .stores import STORES

_A_RULING = 500
_HUB = Entry.Proof.HUB


def ask(person: Person, reason: str) -> ErasureRequest:
    """``person`` asks to be erased; asking twice is asking once."""
    found, fresh = ErasureRequest.objects.get_or_create(
        person=person, decided_at=None, defaults={"reason": reason, "asked_at": clock.wall()}
    )
    if fresh:
        AccessEvent.objects.create(kind=AccessEvent.Kind.ERASURE_ASKED, person=person.pk, actor=person.pk)
    return found


def waiting_for(by: Person) -> QuerySet[ErasureRequest]:
    """The undecided requests of people whom ``by`` may change, oldest first."""
    reachable = by.reach.people(*CHANGE_PERSONS)
    return ErasureRequest.objects.filter(decided_at=None, person__in=reachable).order_by("asked_at")


def withdraw_request(person: Person) -> None:
    """``person`` thought better of it."""
    ErasureRequest.objects.filter(person=person, decided_at=None).delete()


def decline(request: ErasureRequest, by: Person, answer: str) -> None:
    """The person keeps their record and is told why. Raises ``Refusal``."""
    _decide(request, by, ErasureRequest.Verdict.DECLINED, answer)
    AccessEvent.objects.create(kind=AccessEvent.Kind.ERASURE_DECLINED, person=request.person_id, actor=by.pk)


@transaction.atomic
def grant(request: ErasureRequest, by: Person) -> None:
    """The person is erased. Raises ``Refusal``."""
    _decide(request, by, ErasureRequest.Verdict.GRANTED, "")
    erase(request.person, by.pk)


def _decide(request: ErasureRequest, by: Person, verdict: str, answer: str) -> None:
    """Once, and only by somebody who stands above the person."""
    if not outranks(by, request.person):
        raise Refusal(problems.OUTRANKED)
    open_one = ErasureRequest.objects.filter(pk=request.pk, decided_at=None)
    if not open_one.update(decided_at=clock.wall(), decided_by=by.pk, verdict=verdict, answer=answer):
        raise Refusal(problems.ALREADY_DECIDED)


@transaction.atomic
def erase(person: Person, by: UUID | None) -> int:
    """Blank every entry that says something about ``person``. Returns how many. Cannot be undone."""
    ids = person.identities
    record_many([*_revocations(ids, by), *_withdrawals(ids, by)])
    erased = about(ids).filter(kind__in=kinds_of(Fate.ERASED)).exclude(payload="")
    targets = list(erased.values_list("pk", flat=True))
    record_many(list(_rulings(targets, by)))
    Conflict.objects.filter(entry__in=targets).update(other="")
    for store in STORES.values():
        store.forget(ids)
    AccessEvent.objects.create(kind=AccessEvent.Kind.ERASED, person=person.pk, actor=by)
    return len(targets)


def _revocations(ids: list[UUID], by: UUID | None) -> Iterable[Deed]:
    for role, holder in Role.objects.current().filter(person__in=ids).values_list("pk", "person"):
        yield Deed("role.revoked", RoleRevoked(role_id=role), actor=by, subject=holder, proof=_HUB)


def _withdrawals(ids: list[UUID], by: UUID | None) -> Iterable[Deed]:
    for id in Person.objects.filter(pk__in=ids, withdrawn_at=None).values_list("pk", flat=True):
        yield Deed("person.withdrawn", PersonWithdrawn(), actor=by, subject=id, proof=_HUB)


def _rulings(targets: list[UUID], by: UUID | None) -> Iterable[Deed]:
    for start in range(0, len(targets), _A_RULING):
        payload = Ruled(targets=tuple(targets[start : start + _A_RULING]), reason="UU 27/2022")
        yield Deed("entry.erased", payload, actor=by, proof=_HUB)
