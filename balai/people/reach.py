"""Reach: the regions and people that a person may load. What is not loaded through it does not exist."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from uuid import UUID

from balai.common import clock
from balai.regions.models import Region, RegionQuerySet

from .roles import Role, RoleScope

if TYPE_CHECKING:
    from .models import Person, PersonQuerySet

Name = Role.Name
#: Roles that see persons (not only totals) of their regions.
SEE_PERSONS = (Name.ADMIN, Name.COORDINATOR, Name.AUDITOR, Name.FACILITATOR)
#: Roles that may change persons of their regions.
CHANGE_PERSONS = (Name.ADMIN, Name.COORDINATOR)

#: Roles that see who may do what in their regions: those that give it, and those that look at how it was done.
SEE_RIGHTS = (*CHANGE_PERSONS, Name.AUDITOR)

#: Roles that help the learners of their regions along: they change no person's data, but may lift a limit.
HELP_LEARNERS = (Name.ADMIN, Name.COORDINATOR, Name.FACILITATOR)
#: Roles that see what help was given.
SEE_HELP = (*HELP_LEARNERS, Name.AUDITOR)


@dataclass(frozen=True)
class HeldRole:
    """A role that is held: its name, the code prefix it covers ("" for the nation), its programme."""

    name: str
    prefix: str
    programme: UUID | None


class Reach:
    """What one person may reach now. One query, on first use."""

    def __init__(self, person: Person) -> None:
        self.person = person

    @cached_property
    def roles(self) -> list[HeldRole]:
        """Every held role, once a region of its scope."""
        held = Role.objects.held_at(clock.wall()).filter(person__in=self.person.identities)
        scopes = RoleScope.objects.filter(role__in=held)
        rows = scopes.values_list("role__name", "region__code", "role__programme")
        return [HeldRole(name, code or "", programme) for name, code, programme in rows]

    def holds(self, *names: str) -> bool:
        """Whether one of the roles ``names`` is held, anywhere."""
        return any(role.name in names for role in self.roles)

    def prefixes(self, *names: str) -> list[str]:
        """The code prefixes over which one of ``names`` is held."""
        return sorted({role.prefix for role in self.roles if role.name in names})

    def covers(self, code: str, *names: str) -> bool:
        """Whether one of ``names`` is held over the region with ``code``."""
        return any(covers(prefix, code) for prefix in self.prefixes(*names))

    def people(self, *names: str) -> PersonQuerySet:
        """Whom this person may see, by the roles ``names`` (all that see persons), besides themselves."""
        return type(self.person).objects.present().within(self.prefixes(*(names or SEE_PERSONS)))

    def regions(self, *names: str) -> RegionQuerySet:
        """The regions over which one of ``names`` is held, with all below them."""
        return Region.objects.below_prefixes(self.prefixes(*(names or SEE_PERSONS)))


def covers(prefix: str, code: str) -> bool:
    """Whether the region with ``code`` is the one of ``prefix`` or lies below it."""
    return prefix in {"", code} or code.startswith(f"{prefix}.")
