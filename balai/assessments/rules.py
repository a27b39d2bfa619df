"""Who may give more time or another attempt: whoever looks after the people of a region, and nobody to themselves."""

from balai.log.kinds import Ask, Verdict
from balai.people.reach import HELP_LEARNERS
from balai.people.rules import authority, code_of_person, code_of_region

from . import problems


def may_extend(ask: Ask) -> Verdict:
    """Over the person whom it is for, or over the region."""
    if not (ask.payload.minutes or ask.payload.attempts):
        return problems.NOTHING_GIVEN
    if ask.actor is not None and ask.actor == ask.subject:
        return problems.NOT_FOR_ONESELF
    if hasattr(ask.payload, "region"):
        return authority(ask, code_of_region(ask, ask.payload.region), HELP_LEARNERS)
    return authority(ask, code_of_person(ask, ask.subject), HELP_LEARNERS)
