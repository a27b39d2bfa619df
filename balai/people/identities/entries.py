"""Kinds: person.merged, person.parted, person.told_apart, person.withdrawn."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Min, OuterRef, Q, Subquery

from balai.log import handlers, kinds
from balai.log.kinds import Ask, Taken, Verdict
from balai.log.models import Entry, SyncedModel
from balai.people import rules
from balai.people.models import Person
from balai.people.reach import CHANGE_PERSONS

from . import problems
from .models import Apart, PersonMerge, PersonParting, PersonWithdrawal


class PersonMerged(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The subject is one person with ``into``, whose record stays."""

    into: UUID


class PersonParted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The merge with this id is taken back. The subject is the person who was merged away."""

    merge: UUID


class PersonToldApart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The subject and ``other`` are alike, and two people."""

    other: UUID

    @staticmethod
    def pair(one: UUID, other: UUID) -> tuple[UUID, UUID]:
        """Two people in the order in which a pair of them is kept."""
        return (one, other) if one.int < other.int else (other, one)


class PersonWithdrawn(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The subject's record should not have been made."""

    reason: str = ""


def may_merge(ask: Ask) -> Verdict:
    """Whoever may decide over both people: the merged record has the roles of both."""
    return rules.may_decide_over(ask, ask.subject) or rules.may_decide_over(ask, ask.payload.into)


def may_tell_apart(ask: Ask) -> Verdict:
    """Coordinators of both; nothing of either record changes, so it does not matter who stands above whom."""
    if ask.subject == ask.payload.other:
        return problems.SAME_RECORD
    people = (ask.subject, ask.payload.other)
    verdicts = (rules.authority(ask, rules.code_of_person(ask, person), CHANGE_PERSONS) for person in people)
    return next((verdict for verdict in verdicts if verdict), None)


def may_change_subject(ask: Ask) -> Verdict:
    return rules.may_decide_over(ask, ask.subject)


def draw_merges(people: Iterable[UUID | None]) -> None:
    """Set ``merged_into`` of everybody connected with ``people``: the same whatever order the merges came in.

    Merges count in the order in which they were made; one that would close a circle changes nothing. Everyone
    points to the last in the chain, so one step is always enough.
    """
    circle = _connected({person for person in people if person})
    merges = PersonMerge.objects.filter(person__in=circle, partings=None).order_by("merged_at", "pk")
    roots = {person: person for person in circle}
    for person, into in merges.values_list("person_id", "into_id"):
        kept, gone = roots[into], roots[person]
        if kept != gone:
            roots = {one: kept if root == gone else root for one, root in roots.items()}
    for one, shown in Person.objects.filter(pk__in=circle).values_list("pk", "merged_into"):
        wanted = roots[one] if roots[one] != one else None
        if shown != wanted:
            Person.objects.filter(pk=one).update(merged_into=wanted)


def _connected(people: set[UUID]) -> set[UUID]:
    found: set[UUID] = set()
    fresh = people
    while fresh:
        found |= fresh
        pairs = PersonMerge.objects.filter(Q(person__in=fresh) | Q(into__in=fresh)).values_list("person_id", "into_id")
        fresh = {person for pair in pairs for person in pair} - found
    return found


def _subject(taken: Taken) -> UUID:
    if taken.subject is None:
        raise ValueError("no subject")
    return taken.subject


def _merge(group: list[Taken]) -> None:
    rows = [
        PersonMerge(id=t.id, person_id=_subject(t), into_id=t.payload.into, merged_by=t.actor, merged_at=t.made_at)
        for t in group
    ]
    PersonMerge.objects.bulk_create(rows, ignore_conflicts=True)
    draw_merges([row.person_id for row in rows])


def _part(group: list[Taken]) -> None:
    rows = [PersonParting(id=t.id, merge_id=t.payload.merge, parted_by=t.actor, parted_at=t.made_at) for t in group]
    PersonParting.objects.bulk_create(rows, ignore_conflicts=True)
    draw_merges([t.subject for t in group])


def _apart(taken: Taken) -> dict[str, Any]:
    first, second = PersonToldApart.pair(_subject(taken), taken.payload.other)
    return {"first_id": first, "second_id": second, "decided_by": taken.actor, "decided_at": taken.made_at}


def _withdraw(group: list[Taken]) -> None:
    rows = [
        PersonWithdrawal(
            id=t.id, person_id=_subject(t), withdrawn_by=t.actor, withdrawn_at=t.made_at, reason=t.payload.reason
        )
        for t in group
    ]
    PersonWithdrawal.objects.bulk_create(rows, ignore_conflicts=True)
    draw_withdrawals([row.person_id for row in rows])


def draw_withdrawals(people: Iterable[UUID | None]) -> None:
    """Set ``withdrawn_at`` to the first withdrawal of each of ``people``."""
    ids = [person for person in people if person]
    first = PersonWithdrawal.objects.filter(person=OuterRef("pk")).values("person").annotate(at=Min("withdrawn_at"))
    Person.objects.filter(pk__in=ids).update(withdrawn_at=Subquery(first.values("at")))


def _take_back(model: type[SyncedModel], draw: Callable[[Iterable[UUID | None]], None]) -> kinds.Withdraw:
    """For erased or refused entries: the rows go, and what they drew is drawn again."""

    def withdraw(entries: list[Entry]) -> set[UUID]:
        gone = handlers.withdraw_rows(model)(entries)
        draw([entry.subject for entry in entries])
        return gone

    return withdraw


_PERSON, _PEOPLE = Entry.Proof.PERSON, "person.registered"
for _kind in (
    kinds.Kind("person.merged", (PersonMerged,), _merge, may_merge, _PERSON, _take_back(PersonMerge, draw_merges),
               needs=lambda taken: [(_PEOPLE, taken.subject), (_PEOPLE, taken.payload.into)]),
    kinds.Kind("person.parted", (PersonParted,), _part, may_change_subject, _PERSON,
               _take_back(PersonParting, draw_merges),
               needs=lambda taken: [(_PEOPLE, taken.subject), ("person.merged", taken.payload.merge)]),
    kinds.Kind("person.told_apart", (PersonToldApart,), handlers.fact(Apart, _apart), may_tell_apart, _PERSON,
               handlers.withdraw_rows(Apart),
               needs=lambda taken: [(_PEOPLE, taken.subject), (_PEOPLE, taken.payload.other)]),
    kinds.Kind("person.withdrawn", (PersonWithdrawn,), _withdraw, may_change_subject, _PERSON,
               _take_back(PersonWithdrawal, draw_withdrawals), needs=lambda taken: [(_PEOPLE, taken.subject)]),
):  # fmt: skip
    kinds.register(_kind)
