"""What somebody does in a course, from the first evening to as far as they come: as deeds, in their order."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from balai.assessments import judging
from balai.assessments.contents import Content, content
from balai.assessments.entries import AttemptMarked, AttemptSubmitted
from balai.assessments.models import Test
from balai.common.ids import derived
from balai.courses.entries import LessonCompleted
from balai.courses.models import CourseVersion, LessonItem
from balai.log.record import Deed

from . import answering
from .delegates import Delegate
from .month import Calendar

#: How much better one answers after the lessons than before: of a whole paper.
_LEARNT = 0.3
Kind = Test.Kind


@dataclass(frozen=True)
class Track:
    """A course as it is studied: its lessons and tests in their order."""

    version: CourseVersion
    steps: tuple[LessonItem | Content, ...]

    @classmethod
    def of(cls, version: CourseVersion) -> "Track":
        tests = {test.identity: content(test.pk) for test in Test.objects.filter(version=version)}
        lessons = {lesson.id: lesson for lesson in version.lessons}
        return cls(version, tuple(lessons.get(item.id) or tests[item.id] for item in version.items))


@dataclass
class Way:
    """One person's way along one track. ``share``: how much of it they walk, 0 to 1; ``start``: since how many days."""

    delegate: Delegate
    track: Track
    share: float
    start: int

    def deeds(self, calendar: Calendar) -> Iterator[Deed]:
        """What they do, each with its moment."""
        random = Random(f"{self.delegate.id}/{self.track.version.course_id}")
        eagerness = 0.2 + 0.45 * self.delegate.eager
        evenings = calendar.evenings(random, self.delegate.code, self.start, eagerness)
        steps = iter(self.track.steps[: round(self.share * len(self.track.steps))])
        left = 0
        for evening in evenings:
            moment, left = evening, random.choice((2, 3, 3, 4, 5))
            for step in steps:
                for deed, moment in self._step(step, moment, random):  # noqa: B020
                    if moment >= calendar.now:
                        return
                    yield deed
                left -= 1
                if not left:
                    break
            if left:
                return

    def _step(self, step: LessonItem | Content, moment: datetime, random: Random) -> Iterator[tuple[Deed, datetime]]:
        if isinstance(step, Content):
            yield from self._test(step, moment, random)
        else:
            moment += timedelta(minutes=random.uniform(0.6, 1.6) * max(step.minutes, 4))
            payload = LessonCompleted(lesson=step.id, version=self.track.version.pk)
            yield self._deed("lesson.completed", payload, derived(self._id, "lesson", str(step.id)), moment), moment

    def _test(self, test: Content, moment: datetime, random: Random) -> Iterator[tuple[Deed, datetime]]:
        """Once, and again where it was not passed and may be taken again."""
        if test.practice and random.random() < 0.25 and self.delegate.eager < 1:
            return
        most = min(test.rules.attempts or 2, 3 if test.test.kind == Kind.CERTIFICATE else 2)
        for number in range(1, most + 1):
            id = derived(self._id, test.test.slug, str(number))
            given, seconds = answering.answers(test, id, self._level(test, number), random)
            started, moment = moment, moment + timedelta(seconds=seconds)
            submitted = AttemptSubmitted(test.id, started, given)
            yield self._deed("attempt.submitted", submitted, id, moment), moment
            limit = None if test.rules.minutes is None else test.rules.minutes * 60
            decision = judging.decide(test, id, given, may=True, seconds=limit, ours=True)
            moment += timedelta(seconds=1)
            yield marked(decision, self.delegate, moment), moment
            if decision.outcome == "passed" or random.random() < 0.15:
                return
            moment += timedelta(minutes=random.uniform(3, 25))

    def _level(self, test: Content, number: int) -> float:
        before = 0.05 + 0.6 * self.delegate.able
        if test.test.kind == Kind.PRETEST:
            return before
        return min(0.97, before + _LEARNT + 0.06 * (number - 1))

    @property
    def _id(self) -> UUID:
        return derived(self.delegate.id, "way", str(self.track.version.course_id))

    def _deed(self, kind: str, payload: object, id: UUID, moment: datetime) -> Deed:
        one = self.delegate
        return Deed(kind, payload, one.id, one.id, one.region, id=id, made_at=moment)


def marked(decision: AttemptMarked, one: Delegate, moment: datetime) -> Deed:
    """The hub's mark, made at ``moment``."""
    deed = judging.deed(decision, one.id, one.region)
    return Deed(deed.kind, deed.payload, None, deed.subject, deed.audience, deed.proof, deed.id, moment)
