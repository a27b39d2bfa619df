"""Officials whose term ended, and officials who moved: many at once, one decision."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from balai.common.problems import Refusal
from balai.log.record import Deed, record_many
from balai.people import problems
from balai.people.changing import Shown, change
from balai.people.delegation.rank import revocable
from balai.people.entries import PositionEnded, PositionHeld, RoleRevoked
from balai.people.models import Person, Position, Role
from balai.regions.models import Region


@dataclass
class Outcome:
    """How many people, ended positions and revoked roles; and the roles that only somebody above may revoke."""

    people: int = 0
    positions: int = 0
    roles: int = 0
    kept: list[Role] = field(default_factory=list)


def end_terms(people: list[Person], on: date, reason: str, by: Person) -> Outcome:
    """Every position of ``people`` ends ``on`` a day, and so does every role that ``by`` may revoke.

    Their accounts stay, for what they learned and for their own data. Raises ``Refusal``.
    """
    if not people:
        raise Refusal(problems.NOBODY_CHOSEN)
    homes = {person.pk: person.region_id for person in people}
    ended = _endings(homes, on, reason, by)
    revoked, kept = _revocations(homes, reason, by)
    if ended or revoked:
        record_many([*ended, *revoked])
    return Outcome(len(people), len(ended), len(revoked), kept)


def _endings(homes: dict[UUID, UUID | None], on: date, reason: str, by: Person) -> list[Deed]:
    open_ones = Position.objects.filter(person__in=homes, ends=None)
    return [
        Deed(
            "position.ended",
            PositionEnded(position=position, ended_on=on, reason=reason),
            actor=by.pk,
            subject=person,
            audience=homes[person],
        )
        for position, person in open_ones.values_list("pk", "person")
    ]


def _revocations(homes: dict[UUID, UUID | None], reason: str, by: Person) -> tuple[list[Deed], list[Role]]:
    held = Role.objects.current().filter(person__in=homes).select_related("person").prefetch_related("scopes__region")
    deeds, kept = [], []
    for role in held:
        if revocable(by, role):
            payload = RoleRevoked(role_id=role.pk, reason=reason)
            audience = homes[role.person_id]
            deeds.append(Deed("role.revoked", payload, actor=by.pk, subject=role.person_id, audience=audience))
        else:
            kept.append(role)
    return deeds, kept


def move(people: list[Person], to: Region, title: str, on: date, by: Person) -> Outcome:
    """``people`` belong to ``to`` from ``on``, with the position ``title``; without one they keep theirs there.

    Raises ``Refusal``.
    """
    if not people:
        raise Refusal(problems.NOBODY_CHOSEN)
    homes = {person.pk: person.region_id for person in people}
    before = titles(homes)
    ended = _endings(homes, on, "", by)
    shown = Shown(homes)
    moved = [change(person, {"region": str(to.pk)}, by, shown) for person in people if person.region_id != to.pk]
    held = [
        Deed(
            "position.held",
            PositionHeld(title=one, region=to.pk, started_on=on),
            actor=by.pk,
            subject=person.pk,
            audience=to.pk,
        )
        for person in people
        for one in ([title] if title else before.get(person.pk, []))
    ]
    record_many([*ended, *moved, *held])
    return Outcome(len(people), len(held))


def titles(people: Iterable[UUID]) -> dict[UUID, list[str]]:
    """The titles of the positions that ``people`` hold now, by person. One query."""
    found: dict[UUID, list[str]] = {}
    open_ones = Position.objects.filter(person__in=list(people), ends=None).order_by("held_at", "pk")
    for person, title in open_ones.values_list("person", "title"):
        found.setdefault(person, []).append(title)
    return found
