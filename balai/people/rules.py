"""Who may: judged by the roles that held when the deed was made."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from balai.common.problems import Problem
from balai.log import problems as log_problems
from balai.log.kinds import Ask, Verdict, Wait
from balai.log.models import Entry
from balai.regions.models import Region

from . import problems
from .models import Person, Position
from .reach import CHANGE_PERSONS, covers
from .roles import Role, RoleRevocation, RoleScope

Name = Role.Name
#: What the holder of a role may grant to others, within their own regions.
GRANTS: dict[str, tuple[str, ...]] = {
    Name.ADMIN: tuple(Name.values),
    Name.COORDINATOR: (
        Name.COORDINATOR,
        Name.FACILITATOR,
        Name.COMMITTEE,
        Name.LEARNER,
        Name.BOX_KEEPER,
        Name.PARTNER,
    ),
}


#: What people change of their own record; the rest is on their coordinator's word.
OWN_FIELDS = frozenset({"name", "phone", "email"})
#: It signs a person in, so nobody changes it for somebody who stands beside or above them.
SIGN_IN_FIELD = "phone"


@dataclass(frozen=True)
class Tenure:
    """A role over one prefix, from when to when (``until`` is None while it is held)."""

    name: str
    prefix: str
    since: datetime
    until: datetime | None

    def held(self, moment: datetime) -> bool:
        return self.since <= moment and (self.until is None or moment < self.until)


def authority(ask: Ask, code: str | None, names: Iterable[str]) -> Verdict:
    """Whether the actor held one of ``names`` over the region ``code`` when the deed was made.

    Not yet: wait for a grant. Ended before this node learned of the deed: a coordinator decides.
    """
    if ask.taken.entry.proof == Entry.Proof.HUB:
        return None
    wanted = set(names)
    fitting = [t for t in tenures(ask) if t.name in wanted and code is not None and covers(t.prefix, code)]
    held = [tenure for tenure in fitting if tenure.held(ask.made_at)]
    if not held:
        return Wait(log_problems.NO_ROLE_YET, f"role:{ask.actor}")
    if all(tenure.until and tenure.until <= ask.received_at for tenure in held):
        return Wait(log_problems.ROLE_ENDED, f"decision:{ask.taken.id}")
    return None


def tenures(ask: Ask) -> list[Tenure]:
    """All roles that the actor ever held; one query a batch and actor."""
    key = ("tenures", ask.actor)
    if key not in ask.memo:
        ask.memo[key] = _tenures(ask.actor)
    found: list[Tenure] = ask.memo[key]
    return found


def _tenures(person: UUID | None) -> list[Tenure]:
    ends: dict[UUID, datetime] = {}
    for role, moment in RoleRevocation.objects.filter(role__person=person).values_list("role", "revoked_at"):
        ends[role] = min(moment, ends.get(role, moment))
    rows = RoleScope.objects.filter(role__person=person)
    return [
        Tenure(name, code or "", since, ends.get(role))
        for role, name, since, code in rows.values_list("role", "role__name", "role__granted_at", "region__code")
    ]


def code_of_region(ask: Ask, region: UUID | None) -> str | None:
    """The code of a region, remembered for the batch; the nation is ""."""
    if region is None:
        return ""
    codes: dict[UUID, str | None] = ask.memo.setdefault("region codes", {})
    if region not in codes:
        codes[region] = Region.objects.filter(pk=region).values_list("code", flat=True).first()
    return codes[region]


def code_of_person(ask: Ask, person: UUID | None) -> str | None:
    """The code of a person's region, remembered for the batch."""
    codes: dict[UUID | None, str | None] = ask.memo.setdefault("person codes", {})
    if person not in codes:
        wanted = {person, *ask.memo.get("subjects", ())} - codes.keys()
        codes.update(dict.fromkeys(wanted))
        codes.update(Person.objects.filter(pk__in=wanted).values_list("pk", "region__code"))
    return codes[person]


def may_register(ask: Ask) -> Verdict:
    """A coordinator registers people of their own regions."""
    return authority(ask, code_of_region(ask, ask.payload.region), CHANGE_PERSONS)


def may_change(ask: Ask) -> Verdict:
    """People change what is theirs to say; coordinators change people of their regions, and move them within."""
    if ask.actor is not None and ask.actor == ask.subject and ask.payload.changes.keys() <= OWN_FIELDS:
        return None
    verdict = authority(ask, code_of_person(ask, ask.subject), CHANGE_PERSONS) or _may_move(ask)
    return verdict or (may_decide_over(ask, ask.subject) if SIGN_IN_FIELD in ask.payload.changes else None)


def _may_move(ask: Ask) -> Verdict:
    change = ask.payload.changes.get("region")
    return _over_region(ask, UUID(change.value) if change.value else None) if change else None


def _over_region(ask: Ask, region: UUID | None) -> Verdict:
    return authority(ask, code_of_region(ask, region), CHANGE_PERSONS)


def may_hold_position(ask: Ask) -> Verdict:
    """Coordinators say what the people of their regions are; nobody says it of themselves."""
    region = ask.payload.region
    over_person = authority(ask, code_of_person(ask, ask.subject), CHANGE_PERSONS)
    return over_person or (_over_region(ask, region) if region else None)


def may_end_position(ask: Ask) -> Verdict:
    """Who may give positions ends them: one of the person whom the entry is about."""
    if not Position.objects.filter(pk=ask.payload.position, person=ask.subject).exists():
        return problems.NOT_YOURS
    return authority(ask, code_of_person(ask, ask.subject), CHANGE_PERSONS)


def only_oneself(ask: Ask) -> Verdict:
    """Learning, answering, asking: nobody does it for another person."""
    if ask.actor is None or ask.actor != ask.subject:
        return problems.NOT_YOURS
    return None


def may_grant(ask: Ask) -> Verdict:
    """Downward only: a coordinator names coordinators of regions below their own, not beside or above."""
    if ask.taken.entry.proof == Entry.Proof.HUB:
        return None
    codes = [code_of_region(ask, region) for region in ask.payload.regions]
    verdicts = [_may_grant_over(ask, code, ask.payload.role) for code in codes]
    return next((verdict for verdict in verdicts if verdict), None)


def _may_grant_over(ask: Ask, code: str | None, name: str) -> Verdict:
    grantors = [role for role, granted in GRANTS.items() if name in granted]
    if not grantors:
        return problems.ROLE_TOO_HIGH
    verdict = authority(ask, code, grantors)
    if verdict or name != Name.COORDINATOR:
        return verdict
    above = [t for t in tenures(ask) if t.name in grantors and t.held(ask.made_at) and code is not None]
    higher = [t for t in above if covers(t.prefix, code or "") and (t.prefix != code or t.name == Name.ADMIN)]
    return None if higher else problems.ROLE_TOO_HIGH


def may_revoke(ask: Ask) -> Verdict:
    """Whoever could grant a role over all of its regions may take it back; anybody may lay down their own."""
    role = Role.objects.filter(pk=ask.payload.role_id).first()
    if ask.taken.entry.proof == Entry.Proof.HUB or role is None or role.person_id == ask.actor:
        return None
    codes = RoleScope.objects.filter(role=role).values_list("region__code", flat=True)
    verdicts = [_may_grant_over(ask, code or "", role.name) for code in codes]
    return next((verdict for verdict in verdicts if verdict), None)


def may_decide_over(ask: Ask, person: UUID | None) -> Verdict:
    """Whether the actor may change ``person``'s record as a whole: in reach, and every role of theirs is one that
    the actor could have granted. So nobody takes over the record of somebody who stands above them.
    """
    if ask.taken.entry.proof == Entry.Proof.HUB:
        return None
    held = [tenure for tenure in _tenures_of(ask, person) if tenure.held(ask.made_at)]
    verdicts = [_may_grant_over(ask, tenure.prefix, tenure.name) for tenure in held]
    beyond = next((verdict for verdict in verdicts if verdict), None)
    return authority(ask, code_of_person(ask, person), CHANGE_PERSONS) or beyond


def _tenures_of(ask: Ask, person: UUID | None) -> list[Tenure]:
    """All roles that ``person`` ever held; one look for all subjects of a batch, most of whom never held any."""
    known: dict[UUID | None, list[Tenure]] = ask.memo.setdefault("tenures of subjects", {})
    if person not in known:
        wanted = {person, *ask.memo.get("subjects", ())} - known.keys()
        holders = set(Role.objects.filter(person__in=wanted).values_list("person", flat=True))
        known.update({one: _tenures(one) if one in holders else [] for one in wanted})
    return known[person]


def refused(verdict: Verdict) -> Problem | None:
    """The problem of a verdict, whether final or for now."""
    return verdict.problem if isinstance(verdict, Wait) else verdict
