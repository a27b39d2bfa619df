"""What happened to somebody's access, in words: for the person, and for whoever helps them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from balai.people.models import AccessEvent, Person

from .models import AccessEventQuerySet


@dataclass(frozen=True)
class Line:
    """One event: its words, who did it ("" for the person alone), when."""

    words: str
    by: str
    at: datetime
    detail: str


def of(person: Person) -> AccessEventQuerySet:
    """Events about ``person``, newest first."""
    return AccessEvent.objects.about(person.identities).order_by("-at", "-id")


def told(events: Iterable[AccessEvent]) -> list[Line]:
    """``events`` in words. One query for the names."""
    kept = list(events)
    names = dict(Person.objects.filter(pk__in={event.actor for event in kept if event.actor}).values_list("pk", "name"))
    return [_line(event, names) for event in kept]


def _line(event: AccessEvent, names: dict[UUID, str]) -> Line:
    by = ""
    if event.actor and event.actor != event.person:
        by = names.get(event.actor) or _("orang yang datanya sudah dihapus")
    return Line(str(AccessEvent.Kind(event.kind).label), by, event.at, event.detail)
