"""Who is named in a region: the holders of roles over exactly this region."""

from dataclasses import dataclass
from uuid import UUID

from balai.people.delegation import rank
from balai.people.models import Person, Role, RoleScope
from balai.regions.models import Region

Name = Role.Name
#: The roles of a team, in the order of a page.
TEAM = (Name.COORDINATOR, Name.FACILITATOR, Name.COMMITTEE)


@dataclass(frozen=True)
class Post:
    """A role of the team and who holds it here; ``may_name``: whether the viewer may name another."""

    role: str
    label: str
    members: list[Person]
    may_name: bool


def team_of(region: Region, viewer: Person) -> list[Post]:
    """The team of ``region``, role by role. One query, and that of the viewer's reach."""
    scopes = RoleScope.objects.filter(
        role__in=Role.objects.current().filter(name__in=TEAM), region=region, role__person__withdrawn_at=None
    )
    members: dict[str, dict[UUID, Person]] = {name: {} for name in TEAM}
    for scope in scopes.select_related("role__person").order_by("role__granted_at", "role_id"):
        members[scope.role.name][scope.role.person_id] = scope.role.person
    held = viewer.reach.roles
    return [
        Post(name, str(Name(name).label), list(members[name].values()), rank.gives(held, name, region.code))
        for name in TEAM
    ]
