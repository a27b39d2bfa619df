"""Courses as programmes and cohorts name them: by their ids, in an order, those that are here."""

from collections.abc import Iterable
from uuid import UUID

from balai.courses.models import Course


def courses_of(ids: Iterable[str]) -> list[Course]:
    """The published courses with ``ids``, in their order. One query."""
    wanted = [UUID(id) for id in ids]
    found = Course.objects.catalogue().in_bulk(wanted)
    return [found[id] for id in wanted if id in found]


def titles_of(ids: Iterable[str | UUID]) -> dict[UUID, str]:
    """The titles of the published courses with ``ids``. One query."""
    rows = Course.objects.catalogue().filter(pk__in=[UUID(str(id)) for id in ids])
    return dict(rows.values_list("pk", "current__title"))
