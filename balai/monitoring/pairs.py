"""Two contents under one id, side by side: what differs, for whoever coordinates the region or the nation."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy

from balai.log.models import Conflict
from balai.people.models import Person
from balai.people.reach import CHANGE_PERSONS
from balai.regions.models import Region

from .held import kind_in_words

#: Fields shown of a pair, and signs of each: a payload can hold a whole course.
FIELDS, SIGNS = 12, 200
#: What people call the fields that are most often in doubt; others keep their own names.
NAMES = {
    "name": gettext_lazy("Nama"),
    "region": gettext_lazy("Wilayah"),
    "phone": gettext_lazy("Nomor HP"),
    "email": gettext_lazy("Alamat email"),
    "birth_date": gettext_lazy("Tanggal lahir"),
    "title": gettext_lazy("Jabatan"),
}
#: Answers are for their owner alone, see the page about privacy.
PRIVATE = frozenset({"attempt.submitted", "attempt.marked"})


@dataclass(frozen=True)
class Pair:
    """A conflict in words. ``fields``: name, the value that holds, the one that came later."""

    conflict: Conflict
    who: str
    where: str
    fields: list[tuple[str, str, str]]

    @property
    def kind(self) -> str:
        return kind_in_words(self.conflict.entry.kind)

    @property
    def private(self) -> bool:
        return self.conflict.entry.kind in PRIVATE


def within_reach(person: Person) -> QuerySet[Conflict]:
    """The conflicts of entries that are addressed to a region of ``person``, newest first."""
    found = Conflict.objects.order_by("-received_at", "-pk")
    if "" in person.reach.prefixes(*CHANGE_PERSONS):
        return found
    return found.filter(entry__audience__in=person.reach.regions(*CHANGE_PERSONS).values("pk"))


def named(found: QuerySet[Conflict]) -> QuerySet[Conflict]:
    """``found`` with the entries, and the names of actor and region, in the same query."""
    actor = Person.objects.filter(pk=OuterRef("entry__actor")).values("name")[:1]
    place = Region.objects.filter(pk=OuterRef("entry__audience")).values("name")[:1]
    return found.select_related("entry").annotate(who=Subquery(actor), where=Subquery(place))


def pair(row: Conflict) -> Pair:
    """One row of ``named``."""
    private = row.entry.kind in PRIVATE
    fields = [] if private else list(islice(_differing(row.entry.payload, row.other), FIELDS))
    return Pair(row, getattr(row, "who", "") or "", getattr(row, "where", "") or "", fields)


def _differing(one: str, other: str) -> Iterator[tuple[str, str, str]]:
    ours, theirs = _values(one), _values(other)
    for name in dict.fromkeys([*ours, *theirs]):
        if ours.get(name) != theirs.get(name):
            yield str(NAMES.get(name, name)), _short(ours.get(name)), _short(theirs.get(name))


def _values(payload: str) -> dict[str, Any]:
    """The fields of a payload; a document's changes are fields of their own. Empty once erased."""
    try:
        content = json.loads(payload)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(content, dict):
        return {}
    changes = content.pop("changes", None)
    return content | (changes if isinstance(changes, dict) else {})


def _short(value: Any) -> str:
    if value is None:
        return "–"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SIGNS else f"{text[: SIGNS - 1]}…"
