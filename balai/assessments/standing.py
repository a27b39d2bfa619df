"""How one person stands at their tests, for those who look after them."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from balai.courses import progress
from balai.people.models import Person

from .contents import Content, content
from .drafts import Draft
from .history import History
from .models import Attempt, Extension, Test


@dataclass(frozen=True)
class Row:
    """One test: what was done at it, and what is being written."""

    test: Content
    history: History
    draft: Draft | None

    @property
    def identity(self) -> UUID:
        return self.test.identity


def of(person: Person) -> list[Row]:
    """The tests with limits in the courses that ``person`` began, by course and in their order. Ten queries at most."""
    attempts = _attempts(person)
    drafts = {draft.identity: draft for draft in Draft.objects.open().filter(person__in=person.identities)}
    extensions: dict[UUID, list[Extension]] = defaultdict(list)
    for one in Extension.objects.of(person).order_by("given_at", "pk"):
        extensions[one.identity].append(one)
    versions = [study.version.pk for study in progress.started(person)]
    found = Q(version__in=versions) | Q(identity__in=[*attempts, *drafts])
    newest = Test.objects.filter(found).exclude(kind=Test.Kind.PRACTICE).order_by("version__number")
    tests = {row.identity: content(row.pk) for row in newest.only("pk", "identity")}
    rows = []
    for identity, test in tests.items():
        history = History(test, attempts[identity], person.pk)
        history.extensions = extensions[identity]
        rows.append(Row(test, history, drafts.get(identity)))
    return sorted((row for row in rows if row.test.limited), key=_order)


def _attempts(person: Person) -> dict[UUID, list[Attempt]]:
    found: dict[UUID, list[Attempt]] = defaultdict(list)
    rows = Attempt.objects.of(person).select_related("mark", "test").order_by("submitted_at", "pk")
    for attempt in rows.defer("answers", "test__questions", "test__sealed"):
        found[attempt.test.identity].append(attempt)
    return found


def _order(row: Row) -> tuple[str, int]:
    version = row.test.test.version
    places = [item.id for item in version.items]
    return version.title, places.index(row.identity) if row.identity in places else 0
