"""Who may publish courses, and who may say that a lesson is completed."""

from typing import Any
from uuid import UUID

from balai.log.kinds import Ask, Verdict
from balai.people.models import Person, Role
from balai.people.rules import only_oneself, tenures

from . import problems
from .models import CourseVersion, Draft, DraftQuerySet

AUTHORS = (Role.Name.AUTHOR, Role.Name.ADMIN)


def is_author(person: Person | None) -> bool:
    """Whether ``person`` may write and publish courses."""
    return person is not None and person.reach.holds(*AUTHORS)


def drafts(person: Person) -> DraftQuerySet:
    """The drafts that ``person`` may open: all for a national author, else of what they brought themselves."""
    if "" in person.reach.prefixes(*AUTHORS):
        return Draft.objects.all()
    if not is_author(person):
        return Draft.objects.none()
    own = Draft.objects.filter(imported_by__in=person.identities)
    return Draft.objects.filter(course__in=own.values("course"))


def may_publish(ask: Ask) -> Verdict:
    """The hub publishes, in the name of somebody who was an author then, or its keeper's (no actor)."""
    if ask.actor is None or any(t.name in AUTHORS and t.held(ask.made_at) for t in tenures(ask)):
        return None
    return problems.NOT_AN_AUTHOR


def may_complete(ask: Ask) -> Verdict:
    """Learners say it of themselves, of a lesson that is in the version.

    A phone may have the words of a restricted course only after admission, so having read it is not asked again.
    """
    stranger = only_oneself(ask)
    if stranger:
        return stranger
    version = _version(ask.memo, ask.payload.version)
    return None if version and version.holds(ask.payload.lesson) else problems.NOT_IN_COURSE


def _version(memo: dict[Any, Any], id: UUID) -> CourseVersion | None:
    """The version, loaded once a batch."""
    known = memo.setdefault("course versions", {})
    if id not in known:
        known[id] = CourseVersion.objects.filter(pk=id).first()
    found: CourseVersion | None = known[id]
    return found
