"""Who stands above whom. One rule for granting, recovering and looking: nobody gains what they could not give.

Pages offer by it; what is recorded is judged again by ``rules.may_grant``.
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q

from balai.common import clock
from balai.people.models import Person
from balai.people.reach import CHANGE_PERSONS, HeldRole, covers
from balai.people.roles import Role, RoleScope
from balai.people.rules import GRANTS

Name = Role.Name
#: Roles whose holders stand beside each other when they cover the same region.
_PEERS = (Name.ADMIN, Name.COORDINATOR)
_COLUMNS = ("role__person", "role__person__merged_into", "role__name", "region__code", "role__programme")
_BATCH = 500


def gives(held: Iterable[HeldRole], name: str, prefix: str) -> bool:
    """Whether a holder of ``held`` may grant the role ``name`` over the regions below ``prefix``."""
    return any(_gives(role, name, prefix) for role in held)


def _gives(role: HeldRole, name: str, prefix: str) -> bool:
    beside = role.name == name == Name.COORDINATOR and role.prefix == prefix
    return name in GRANTS.get(role.name, ()) and covers(role.prefix, prefix) and not beside


def grantable(held: Iterable[HeldRole]) -> list[str]:
    """The roles that a holder of ``held`` may grant somewhere, in the order of ``Role.Name``."""
    names = {name for role in held for name in GRANTS.get(role.name, ())}
    return [name for name in Name.values if name in names]


def revocable(by: Person, role: Role) -> bool:
    """Whether ``by`` could have granted ``role`` over all its regions. Its scopes must be loaded."""
    codes = [scope.region.code if scope.region else "" for scope in role.scopes.all()]
    return role.person_id == by.pk or all(gives(by.reach.roles, role.name, code) for code in codes)


def outranks(above: Person, other: Person) -> bool:
    """Whether ``above`` may let ``other`` in again or look at their account: see ``outranked``."""
    return other.id in outranked(above, [other])


def outranked(above: Person, others: list[Person]) -> set[UUID]:
    """The ids of those of ``others`` over whose people ``above`` is set and who hold nothing beside or above.

    Their regions must be loaded. One query for every 500 of them.
    """
    mine = above.reach.roles
    theirs = _roles_of(others)
    return {
        other.id
        for other in others
        if other.id != above.id
        and above.reach.covers(other.region.code if other.region else "", *CHANGE_PERSONS)
        and all(_below(mine, role) for role in theirs.get(other.id, ()))
    }


def _below(mine: list[HeldRole], role: HeldRole) -> bool:
    return any(
        _gives(own, role.name, role.prefix) and not (own.name == role.name in _PEERS and own.prefix == role.prefix)
        for own in mine
    )


def _roles_of(people: list[Person]) -> dict[UUID, list[HeldRole]]:
    found: dict[UUID, list[HeldRole]] = {}
    ids = [person.id for person in people]
    for start in range(0, len(ids), _BATCH):
        some = set(ids[start : start + _BATCH])
        theirs = Q(role__person__in=some) | Q(role__person__merged_into__in=some)
        rows = RoleScope.objects.filter(theirs, role__in=Role.objects.held_at(clock.wall()))
        for person, survivor, name, code, programme in rows.values_list(*_COLUMNS):
            owner = person if person in some else survivor
            found.setdefault(owner, []).append(HeldRole(name, code or "", programme))
    return found
