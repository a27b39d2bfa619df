"""What one person did at one test so far, whichever its version, and what that leaves to do."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from uuid import UUID

from balai.common.prepared import Prepared
from balai.people.models import Person

from . import limits, renewals
from .contents import Content
from .models import Attempt, Extension, Mark, Test

_attempts_of = Prepared(
    Attempt,
    lambda person, identity: (
        Attempt.objects.of(person).at(identity).select_related("mark").order_by("submitted_at", "pk")
    ),
)


@dataclass
class History:
    """The attempts of a person at a test, in the order in which they were submitted, with their marks."""

    content: Content
    attempts: list[Attempt]
    person: UUID | None

    @classmethod
    def of(cls, person: UUID, content: Content) -> "History":
        """One query."""
        return cls(content, _attempts_of(person=person, identity=content.identity), person)

    @cached_property
    def extensions(self) -> list[Extension]:
        """What was given beyond the rules. Three queries; for most nobody asks."""
        if self.person is None:
            return []
        person = Person.objects.select_related("region").filter(pk=self.person).first()
        return list(Extension.objects.at(self.content.identity).of(person)) if person else []

    @cached_property
    def marks(self) -> list[Mark]:
        return [mark for mark in map(self.mark, self.attempts) if mark]

    @property
    def waiting(self) -> list[Attempt]:
        """Attempts that the hub has not marked."""
        return [attempt for attempt in self.attempts if not self.mark(attempt)]

    @cached_property
    def anew(self) -> datetime | None:
        """Since when attempts count anew, although the test was passed before."""
        test = self.content.test
        if self.person is None or self.content.practice or not any(mark.passed for mark in self.marks):
            return None
        return renewals.since(self.person, test.version.course_id, self.content.identity)

    @property
    def counted(self) -> list[Mark]:
        """The marks that decide what is left to do."""
        marks = [mark for mark in self.marks if mark.counts]
        return [mark for mark in marks if mark.attempt.submitted_at >= self.anew] if self.anew else marks

    @property
    def used(self) -> int:
        """How many attempts count so far."""
        return len(self.counted)

    @property
    def allowed(self) -> int | None:
        """How many count at most; ``None`` without a limit. What was given is looked up when all others are used."""
        rules = self.content.rules
        if rules.attempts is None or self.used + len(self.waiting) < rules.attempts:
            return rules.attempts
        return limits.attempts(rules, self.extensions)

    @property
    def left(self) -> int | None:
        """How many more may be started; ``None`` without a limit. One that waits for its mark takes a place."""
        return None if self.allowed is None else max(0, self.allowed - self.used - len(self.waiting))

    @property
    def passed(self) -> bool:
        return any(mark.passed for mark in self.counted)

    @property
    def best(self) -> int | None:
        """The highest score that counts, 0 to 100."""
        return max((mark.percent for mark in self.marks if mark.counts), default=None)

    @property
    def may_start(self) -> bool:
        """Practice may always be repeated; a sealed test until it is passed, while attempts are left."""
        return self.content.practice or not (self.passed or self.left == 0)

    @property
    def open_book(self) -> bool:
        """Whether right options and every explanation may be shown: once nothing can be gained by them."""
        if self.content.test.kind == Test.Kind.PRETEST:
            return False  # its questions may be asked again at the end, so that the gain can be measured
        return not self.may_start or self.content.practice

    def find(self, id: UUID) -> Attempt | None:
        """One of the attempts. None: it was refused or erased, or waits elsewhere (see ``held``)."""
        return next((one for one in self.attempts if one.id == id), None)

    def number(self, id: UUID) -> int:
        """The place of an attempt among all, from 1."""
        return [one.id for one in self.attempts].index(id) + 1

    @staticmethod
    def mark(attempt: Attempt) -> Mark | None:
        """Its mark, when the hub has decided."""
        return getattr(attempt, "mark", None)
