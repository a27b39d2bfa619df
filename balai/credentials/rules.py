"""Who may revoke a certificate, and who sets the letterhead."""

from balai.log.kinds import Ask, Verdict
from balai.people import problems
from balai.people.models import Person, Role
from balai.people.reach import CHANGE_PERSONS, covers
from balai.people.rules import code_of_person, tenures

REVOKERS = (Role.Name.ADMIN,)


def is_issuer(person: Person | None) -> bool:
    """Whether ``person`` speaks for the issuer: a national admin."""
    return person is not None and "" in person.reach.prefixes(*REVOKERS)


def sweeps(person: Person | None) -> bool:
    """Whether ``person`` may have certificates issued for all who earned them, in regions of their own."""
    return person is not None and person.reach.holds(*CHANGE_PERSONS)


def may_revoke(ask: Ask) -> Verdict:
    """The hub revokes, in the name of somebody who spoke for the issuer then, or of its keeper (no actor)."""
    if ask.actor is None:
        return None
    held = [t for t in tenures(ask) if t.name in REVOKERS and t.prefix == "" and t.held(ask.made_at)]
    return None if held else problems.OUT_OF_REACH


def may_archive(ask: Ask) -> Verdict:
    """The hub records, in the name of somebody who then looked after the subject's region (or its keeper's)."""
    if ask.actor is None:
        return None
    code = code_of_person(ask, ask.subject)
    held = [t for t in tenures(ask) if t.name in CHANGE_PERSONS and t.held(ask.made_at)]
    reached = code is not None and any(covers(t.prefix, code) for t in held)
    return None if reached else problems.OUT_OF_REACH
