"""Choosing people on a page: those ticked, or everybody of a region or an import. Never out of reach."""

from collections.abc import Iterable
from uuid import UUID

from balai.common import names
from balai.common.problems import Refusal
from balai.people import problems
from balai.people.access import Request
from balai.people.imports.models import Saved
from balai.people.models import Person, PersonQuerySet
from balai.people.reach import CHANGE_PERSONS

from .walking import Walk

#: How many people can be ticked at once, and how many a sheet of codes takes.
TICKED, ON_A_SHEET = 100, 20_000


def reachable(request: Request) -> PersonQuerySet:
    """Whom the asker may change, with their regions, by village and name."""
    people: PersonQuerySet = request.person.reach.people(*CHANGE_PERSONS)
    return people.select_related("region").order_by("region__code", "sort_name", "pk")


def in_region(request: Request, place: Walk, text: str = "") -> PersonQuerySet:
    """The people of ``place`` and below, whose names hold every word of ``text``."""
    found = reachable(request)
    if place.region:
        found = found.within([place.region.code])
    for word in names.key(text[:120]).split():
        found = found.filter(name_key__contains=word)
    return found


def ticked(request: Request) -> list[Person]:
    """Those whose boxes were ticked (``orang``). Raises ``Refusal`` for too many."""
    ids = _ids((request.POST if request.method == "POST" else request.GET).getlist("orang"))
    if len(ids) > TICKED:
        raise Refusal(problems.TOO_MANY_CHOSEN, limit=TICKED)
    return list(reachable(request).filter(pk__in=ids)) if ids else []


def of_import(request: Request, batch: UUID) -> PersonQuerySet:
    """The people whom an import of the asker saved."""
    saved = Saved.objects.filter(row__batch=batch, row__batch__owner=request.person, undone=None)
    return reachable(request).filter(pk__in=saved.values("person"))


def _ids(texts: Iterable[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
