"""Who may set up programmes and their cohorts, ask for a place and for whom, and answer."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from balai.common.ids import derived
from balai.courses.models import CourseVersion
from balai.log.kinds import Ask, Verdict
from balai.people.models import Person, Role
from balai.people.reach import CHANGE_PERSONS, SEE_PERSONS, covers
from balai.people.rules import authority, code_of_person, code_of_region

from . import problems
from .models import Batch, Cohort, Commitment, Enrolment, Programme, Rollout, Session, StatusReport

#: Who may bring others into courses, within their own regions.
ENROLLERS = (Role.Name.COORDINATOR, Role.Name.ADMIN)
#: Who sets up programmes, cohorts and quotas: for the region that their role covers.
STEERERS = (Role.Name.ADMIN, Role.Name.AUTHOR, Role.Name.COORDINATOR)
#: Who sees how far regions have come, with persons or without.
WATCHERS = (*SEE_PERSONS, Role.Name.PARTNER)
#: Where the day begins first, it is so far ahead of UTC.
_EAST = timedelta(hours=14)
#: From what the id of each decision of the hub is derived, besides its cause.
_DECISIONS = {"seat.given": "seat", "seat.waitlisted": "waiting", "seat.released": "released"}


def steers(person: Person | None, code: str) -> bool:
    """Whether ``person`` may change a programme that is for the region ``code`` ("" is the nation)."""
    return person is not None and person.reach.covers(code, *STEERERS)


def watches(person: Person | None, code: str) -> bool:
    """Whether ``person`` sees how far regions have come with a programme that is for the region ``code``."""
    return _meets(person, code, WATCHERS)


def enrols_for(person: Person | None, code: str) -> bool:
    """Whether ``person`` brings others into a programme that is for the region ``code``: theirs lies in it, or it in
    theirs.
    """
    return _meets(person, code, ENROLLERS)


def _meets(person: Person | None, code: str, names: tuple[str, ...]) -> bool:
    prefixes = person.reach.prefixes(*names) if person else []
    return any(covers(prefix, code) or covers(code, prefix) for prefix in prefixes)


def may_ask(ask: Ask) -> Verdict:
    """People ask for themselves; coordinators for the people of their regions."""
    if _course_of(ask.memo, ask.payload.version) != ask.payload.course:
        return problems.UNKNOWN_COURSE
    return _oneself_or_enroller(ask)


def may_withdraw(ask: Ask) -> Verdict:
    """Whoever may ask takes it back."""
    return _of_subject(ask) or _oneself_or_enroller(ask)


def may_answer(ask: Ask) -> Verdict:
    """Coordinators approve and decline what people of their regions asked for."""
    return _of_subject(ask) or authority(ask, code_of_person(ask, ask.subject), ENROLLERS)


def may_decide_once(ask: Ask) -> Verdict:
    """The hub decides each thing once: the id of the decision follows from what it is about."""
    cause: UUID = getattr(ask.payload, "enrolment", None) or ask.payload.seat
    word = _DECISIONS[ask.taken.entry.kind]
    return None if ask.taken.id == derived(cause, word) else problems.NOT_THE_DECISION


def _oneself_or_enroller(ask: Ask) -> Verdict:
    if ask.actor is not None and ask.actor == ask.subject:
        return None
    return authority(ask, code_of_person(ask, ask.subject), ENROLLERS)


def _of_subject(ask: Ask) -> Verdict:
    """The enrolment is one of the person whom the entry is about."""
    enrolment = Enrolment.objects.filter(pk=ask.payload.enrolment, person=ask.subject)
    return None if enrolment.exists() else problems.ANOTHER_PERSONS


def may_register_programme(ask: Ask) -> Verdict:
    """Within the region that it is for."""
    return authority(ask, code_of_region(ask, ask.payload.region), STEERERS)


def may_change_programme(ask: Ask) -> Verdict:
    return _over(ask, Programme.objects.filter(pk__in=[ask.subject]).values_list("region"))


def may_register_cohort(ask: Ask) -> Verdict:
    return _over(ask, Programme.objects.filter(pk=ask.payload.programme).values_list("region"))


def may_change_cohort(ask: Ask) -> Verdict:
    return _over(ask, Cohort.objects.filter(pk__in=[ask.subject]).values_list("programme__region"))


def may_deviate(ask: Ask) -> Verdict:
    return _over(ask, Cohort.objects.filter(pk=ask.payload.cohort).values_list("programme__region"))


def may_register_batch(ask: Ask) -> Verdict:
    return may_deviate(ask)


def may_change_batch(ask: Ask) -> Verdict:
    return _over(ask, Batch.objects.filter(pk__in=[ask.subject]).values_list("cohort__programme__region"))


def may_register_session(ask: Ask) -> Verdict:
    return _over(ask, Batch.objects.filter(pk=ask.payload.batch).values_list("cohort__programme__region"))


def may_change_session(ask: Ask) -> Verdict:
    return _over(ask, Session.objects.filter(pk__in=[ask.subject]).values_list("batch__cohort__programme__region"))


def _over(ask: Ask, regions: Any) -> Verdict:
    """Whoever steers the programme that this is about. What it hangs on is there: entries wait for their needs."""
    (region,) = regions.first() or (None,)
    return authority(ask, code_of_region(ask, region), STEERERS)


def may_register_rollout(ask: Ask) -> Verdict:
    """Who changes people of the region reports how far it has come; within the region of the programme."""
    code = code_of_region(ask, ask.payload.region)
    programme = Programme.objects.filter(pk=ask.payload.programme).values_list("region__code", flat=True).first()
    if code is not None and not covers(programme or "", code):
        return problems.NOT_THIS_PROGRAMMES
    return authority(ask, code, CHANGE_PERSONS)


def may_change_rollout(ask: Ask) -> Verdict:
    (region,) = Rollout.objects.filter(pk__in=[ask.subject]).values_list("region").first() or (None,)
    return authority(ask, code_of_region(ask, region), CHANGE_PERSONS)


def may_report_step(ask: Ask) -> Verdict:
    """What the region reached, not what it plans."""
    days = [day for day in (ask.payload.on, ask.payload.decree_on) if day]
    return _not_yet(ask, *days) or may_change_rollout(ask)


def may_sign(ask: Ask) -> Verdict:
    return _not_yet(ask, ask.payload.signed_on) or may_change_rollout(ask)


def may_withdraw_step(ask: Ask) -> Verdict:
    """Who may report takes a report back: one of the roll-out that the entry is about."""
    return _told_of(ask, StatusReport) or may_change_rollout(ask)


def may_withdraw_commitment(ask: Ask) -> Verdict:
    return _told_of(ask, Commitment) or may_change_rollout(ask)


def _told_of(ask: Ask, model: type[StatusReport | Commitment]) -> Verdict:
    told = model.objects.filter(pk=ask.payload.told, rollout=ask.subject)
    return None if told.exists() else problems.ANOTHER_ROLLOUTS


def _not_yet(ask: Ask, *days: date) -> Verdict:
    """Refused for a day that has begun nowhere. By the later clock: that of a village machine may have stopped."""
    latest = max(ask.made_at, ask.received_at) + _EAST
    return problems.IN_THE_FUTURE if max(days) > latest.date() else None


def _course_of(memo: dict[Any, Any], version: UUID) -> UUID | None:
    known = memo.setdefault("courses of versions", {})
    if version not in known:
        known[version] = CourseVersion.objects.filter(pk=version).values_list("course", flat=True).first()
    found: UUID | None = known[version]
    return found
