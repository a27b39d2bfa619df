"""Who may publish courses, and who may say that a lesson is completed."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from balai.log.kinds import Ask, Verdict
from balai.people.models import Person, Role
from balai.people.rules import only_oneself, tenures

from . import problems
from .models import CourseDraftQuerySet, CourseVersion, Draft

AUTHORS = (Role.Name.AUTHOR, Role.Name.ADMIN)


def is_author(person: Person | None) -> bool:
    """Whether ``person`` may write and publish courses."""
    return person is not None and person.reach.holds(*AUTHORS)


def drafts(person: Person) -> CourseDraftQuerySet:
    """The drafts that ``person`` may open: all for a national author, else of what they brought themselves."""
    if "" in person.reach.prefixes(*AUTHORS):
        return Draft.objects.all()
    if not is_author(person):
        return Draft.objects.none()
    return Draft.objects.filter(imported_by__in=person.identities)


def writes(person: Person, course: UUID) -> bool:
    """Whether ``person`` may open what only those see who write this course."""
    national = "" in person.reach.prefixes(*AUTHORS)
    return national or drafts(person).filter(course=course).exists()


def may_publish(ask: Ask) -> Verdict:
    """The hub publishes, in the name of somebody who was an author then, or its keeper's (no actor).

    A course's id is no secret: who writes for one region publishes no version of what others published.
    """
    if ask.actor is None:
        return None
    held = [t for t in tenures(ask) if t.name in AUTHORS and t.held(ask.made_at)]
    if not held:
        return problems.NOT_AN_AUTHOR
    others = CourseVersion.objects.filter(_same_course(ask)).exclude(published_by=ask.actor)
    national = any(t.prefix == "" for t in held)
    return None if national or not others.exists() else problems.COURSE_OF_ANOTHER


def _same_course(ask: Ask) -> Q:
    """The versions of the course of which this publishes a version, or a test of a version."""
    course = getattr(ask.payload, "course", None)
    return Q(course=course) if course else Q(course__versions=ask.payload.version)


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
