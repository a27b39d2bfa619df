"""Who may. Roles live in the room above; it says here how they are judged."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol
from uuid import UUID

from django.http import HttpRequest

from balai.log.kinds import Ask, Verdict

from . import problems
from .institutions import Institution
from .models import Region

ADMIN = "admin"
#: Sees totals only.
PARTNER = "partner"
#: Roles that keep the institutions of their regions.
KEEPERS = (ADMIN, "coordinator")
#: Roles that see them.
READERS = (*KEEPERS, "auditor", "facilitator")

Authority = Callable[[Ask, str | None, Iterable[str]], Verdict]
_AUTHORITIES: list[Authority] = []


class Reach(Protocol):
    """What this room asks of ``Person.reach``."""

    def holds(self, *names: str) -> bool: ...

    def prefixes(self, *names: str) -> list[str]: ...

    def covers(self, code: str, *names: str) -> bool: ...


class Somebody(Protocol):
    """A person, as far as this room is concerned."""

    id: UUID

    @property
    def reach(self) -> Reach: ...


def person_of(request: HttpRequest) -> Somebody | None:
    """Who is here, as the middleware of the room above says."""
    person: Somebody | None = getattr(request, "person", None)
    return person


def register_authority(authority: Authority) -> None:
    """``authority(ask, code, roles)`` says whether the actor held one of ``roles`` over ``code`` at ``made_at``."""
    _AUTHORITIES.append(authority)


def _authority(ask: Ask, code: str | None, roles: Iterable[str]) -> Verdict:
    """Deny by default: without anybody who knows roles, nobody has one."""
    if not _AUTHORITIES:
        return problems.NO_AUTHORITY
    return next((verdict for judge in _AUTHORITIES if (verdict := judge(ask, code, roles))), None)


def may_change_region(ask: Ask) -> Verdict:
    """The hub, or an admin of the nation."""
    return _authority(ask, "", (ADMIN,))


def may_register_institution(ask: Ask) -> Verdict:
    """Who keeps the region where it lies, and every region that it serves."""
    return _over(ask, [ask.payload.region, *ask.payload.serves])


def may_change_institution(ask: Ask) -> Verdict:
    """Who keeps the region where it lies; to move it or to widen what it serves, also those regions."""
    home = Institution.objects.filter(pk__in=[ask.subject]).values_list("region", flat=True).first()
    return _over(ask, [home, *regions_named(ask.payload.changes)])


def regions_named(changes: dict[str, Any]) -> list[UUID]:
    """The regions that a change of an institution names."""
    moved = changes.get("region")
    served = changes.get("serves")
    return [UUID(item) for item in ([moved.value] if moved else []) + (served.value if served else [])]


def _over(ask: Ask, regions: Sequence[UUID | None]) -> Verdict:
    verdicts = (_authority(ask, _code(ask, region), KEEPERS) for region in regions)
    return next((verdict for verdict in verdicts if verdict), None)


def _code(ask: Ask, region: UUID | None) -> str | None:
    codes: dict[UUID | None, str | None] = ask.memo.setdefault("region codes", {})
    if region not in codes:
        codes[region] = Region.objects.filter(pk__in=[region]).values_list("code", flat=True).first()
    return codes[region]


def changes_tree(person: Somebody | None) -> bool:
    """Whether this person keeps the region tree: the nation's admin."""
    return bool(person and "" in person.reach.prefixes(ADMIN))


def reads_institutions(person: Somebody | None) -> bool:
    """Whether this person sees the institutions of some region."""
    return bool(person and person.reach.holds(*READERS))


def watches(person: Somebody | None, region: Region) -> bool:
    """Whether this person sees how the people of ``region`` get on, or at least how many do."""
    return bool(person and person.reach.covers(region.code, *READERS, PARTNER))


def keeps_anywhere(person: Somebody | None) -> bool:
    """Whether this person keeps the institutions of some region."""
    return bool(person and person.reach.holds(*KEEPERS))


def keeps(person: Somebody | None, institution: Institution) -> bool:
    """Whether this person may change ``institution``."""
    return bool(person and person.reach.covers(institution.region.code, *KEEPERS))
