"""What a published test holds, decoded once and kept in memory: it never changes."""

import base64
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import ClassVar
from uuid import UUID

import msgspec

from balai.courses.models import LessonItem
from balai.log.nodekeys import this_node

from .models import Test
from .paper import Place, draw
from .published import Keys, Question, Rules


@dataclass(eq=False)
class Content:
    """A published test: ``questions`` in the order of publishing."""

    test: Test
    rules: Rules
    questions: tuple[Question, ...]

    #: Whether pieces of its pages are worth keeping: it never changes, and many read it.
    lasting: ClassVar[bool] = True

    @property
    def id(self) -> UUID:
        return self.test.id

    @property
    def identity(self) -> UUID:
        return self.test.identity

    @property
    def practice(self) -> bool:
        """Whether its keys travel; otherwise the hub alone can mark."""
        return self.test.kind == Test.Kind.PRACTICE

    @property
    def limited(self) -> bool:
        """Whether there is a limit that somebody may lift: of time, of attempts, a window that ends."""
        rules = self.rules
        return not (rules.minutes is None and rules.attempts is None and rules.closes is None)

    @property
    def measures(self) -> bool:
        """Whether it only measures: nobody fails it."""
        return self.rules.passing == 0

    @cached_property
    def pretest(self) -> UUID | None:
        """The lasting id of the pre-test that this post-test is compared with: the last one that stands before it."""
        if self.test.kind != Test.Kind.POSTTEST:
            return None
        pretests = Test.objects.filter(version=self.test.version_id, kind=Test.Kind.PRETEST)
        known = set(pretests.values_list("identity", flat=True))
        order = [item.id for item in self.test.version.items]
        before = order[: order.index(self.identity)] if self.identity in order else []
        return next((id for id in reversed(before) if id in known), None)

    @property
    def length(self) -> int:
        """How many questions a paper holds."""
        if self.rules.pools:
            return sum(pool.draw for pool in self.rules.pools)
        return min(self.rules.draw or len(self.questions), len(self.questions))

    @cached_property
    def by_slug(self) -> dict[str, Question]:
        return {question.slug: question for question in self.questions}

    @cached_property
    def keys(self) -> Keys:
        """The keys. Raises ``sealing.SealBroken`` on a node that is not the hub."""
        if self.test.keys is not None:
            return msgspec.convert(self.test.keys, Keys)
        return unsealed(self.test.id, self.test.sealed)

    def lesson(self, question: str) -> LessonItem | None:
        """The lesson to read again for ``question``."""
        return self.test.version.lesson(self.by_slug[question].lesson)

    def lesson_url(self, question: str) -> str:
        """Where that lesson lies; empty when none is named."""
        lesson, version = self.lesson(question), self.test.version
        return f"/materi/{version.slug}/{version.number}/{lesson.slug}" if lesson else ""

    def paper(self, attempt: UUID) -> tuple[Place, ...]:
        """The places of the paper of ``attempt``."""
        return _drawn(self, attempt)


@lru_cache(maxsize=512)
def _drawn(test: Content, attempt: UUID) -> tuple[Place, ...]:
    """Every answer that is saved asks for its paper again."""
    return draw(test.rules, test.questions, attempt)


@lru_cache(maxsize=128)
def content(test: UUID) -> Content:
    """The published test with the id ``test``. Raises ``Test.DoesNotExist``."""
    row = Test.objects.select_related("version__course").get(pk=test)
    return Content(row, msgspec.convert(row.rules, Rules), msgspec.convert(row.questions, tuple[Question, ...]))


def seal_context(test: UUID) -> bytes:
    """What binds sealed keys to their test."""
    return b"balai test keys 1 " + test.bytes


def unsealed(test: UUID, sealed: str) -> Keys:
    """Keys that were sealed to this node."""
    plain = this_node().unseal(base64.b64decode(sealed), seal_context(test))
    return msgspec.json.decode(plain, type=Keys)
