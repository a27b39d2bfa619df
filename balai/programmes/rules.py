"""Who may ask for a place in a course, for whom; and who may change programmes."""

from typing import Any
from uuid import UUID

from balai.courses.models import CourseVersion
from balai.log.kinds import Ask, Verdict
from balai.people.models import Role
from balai.people.rules import authority, code_of_person

from . import problems

#: Who may bring others into courses, within their own regions.
ENROLLERS = (Role.Name.COORDINATOR, Role.Name.ADMIN)


def may_ask(ask: Ask) -> Verdict:
    """People ask for themselves; coordinators for the people of their regions."""
    if _course_of(ask.memo, ask.payload.version) != ask.payload.course:
        return problems.UNKNOWN_COURSE
    if ask.actor is not None and ask.actor == ask.subject:
        return None
    return authority(ask, code_of_person(ask, ask.subject), ENROLLERS)


def may_change_programme(ask: Ask) -> Verdict:
    """Programmes are national."""
    return authority(ask, "", (Role.Name.ADMIN,))


def _course_of(memo: dict[Any, Any], version: UUID) -> UUID | None:
    known = memo.setdefault("courses of versions", {})
    if version not in known:
        known[version] = CourseVersion.objects.filter(pk=version).values_list("course", flat=True).first()
    found: UUID | None = known[version]
    return found
