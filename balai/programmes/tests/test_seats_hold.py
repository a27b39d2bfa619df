"""Whatever people do in whatever order, however late, often or broken the hub's jobs run: no seat too many, nobody
passed over, nobody twice.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.courses.models import CourseVersion
from balai.log.models import FollowUp, Standing
from balai.people.models import Person
from balai.programmes.cohorts.models import Session
from balai.programmes.cohorts.quotas import Bucket, Quotas
from balai.programmes.models import Approval, Enrolment, Seat, Waiting
from balai.programmes.seats import seating
from balai.programmes.seats.counting import held_for, held_in_sessions
from balai.programmes.tests.making import Intake, approve, decline, intake, withdraw
from balai.programmes.tests.test_seating import KAMPUNG, NEIGHBOUR, people

pytestmark = pytest.mark.django_db
VILLAGES = (KAMPUNG, NEIGHBOUR)
STEPS = st.one_of(
    st.tuples(st.just("ask"), st.integers(0, 7), st.integers(0, 1)),
    st.tuples(st.just("bring"), st.integers(0, 7), st.integers(0, 1)),
    st.tuples(st.sampled_from(["approve", "decline", "withdraw"]), st.integers(0, 9), st.just(0)),
    st.tuples(st.just("resize"), st.integers(0, 4), st.integers(0, 1)),
    st.tuples(st.just("deviate"), st.integers(0, 3), st.integers(0, 1)),
    st.tuples(st.sampled_from(["run", "run twice", "break"]), st.integers(0, 9), st.just(0)),
)


class Late:
    """Everything that follows a commit waits until somebody runs it, in any order."""

    def __init__(self) -> None:
        self.jobs: list[Callable[[], object]] = []

    def __call__(self, job: Callable[[], object], using: object = None, robust: bool = False) -> None:
        self.jobs.append(job)

    def run_all(self) -> None:
        while self.jobs:
            self.jobs.pop(0)()


@pytest.fixture
def late(monkeypatch: Any) -> Late:
    found = Late()
    monkeypatch.setattr(transaction, "on_commit", found)
    return found


@pytest.fixture
def ground(late: Late, published: Any, coordinator: Person) -> tuple[CourseVersion, list[Person], Person]:
    """A course, eight people of two villages, their coordinator."""
    version = published(lessons=1)
    persons = [*people(4), *people(4, NEIGHBOUR, "Tetangga")]
    late.run_all()
    return version, persons, coordinator


@contextmanager
def forgotten() -> Iterator[None]:
    """Nothing that happens inside stays."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(STEPS, max_size=25),
    quota=st.integers(1, 3),
    capacity=st.integers(0, 4),
    asking=st.sampled_from(["open", "approval"]),
)
def test_no_seat_too_many_nobody_passed_over_nobody_twice(
    ground: Any, late: Late, steps: Any, quota: int, capacity: int, asking: str
) -> None:
    version, persons, coordinator = ground
    with forgotten():
        rules = ({"level": 4, "number": quota}, {"level": 3, "number": 2 * quota - 1})
        made = intake(version.course_id, capacity=capacity, sessions=2, quotas=rules, asking=asking)
        before = _filled(made)
        for step in steps:
            _take(made, persons, coordinator, late, step)
            now = _filled(made)
            _nothing_too_much(made, before, now)
            before = now
        late.run_all()
        _nothing_too_much(made, before, _filled(made))
        _nobody_twice(made)
        _nobody_passed_over(made)
        _turns_follow_the_log(made)
        assert not FollowUp.objects.filter(job=seating.JOB).exists()
    late.jobs.clear()


def _take(made: Intake, persons: list[Person], coordinator: Person, late: Late, step: tuple[str, int, int]) -> None:
    """One step. What is not possible now is simply not done."""
    what, number, place = step
    if what in {"ask", "bring"}:
        by = coordinator if what == "bring" else None
        going = Enrolment.objects.going().filter(person=persons[number])
        if not going.exists():
            made.ask(persons[number], by, made.sessions[place])
    elif what in {"approve", "decline", "withdraw"}:
        asked = Enrolment.objects.order_by("pk")
        if asked:
            {"approve": approve, "decline": decline, "withdraw": withdraw}[what](
                asked[number % len(asked)], coordinator
            )
    elif what == "resize":
        made.resize(number, made.sessions[place])
    elif what == "deviate":
        made.deviate(persons[4 * place].region_id, number)  # type: ignore[arg-type]
    elif late.jobs:
        _run(late, what, number % len(late.jobs))


def _run(late: Late, how: str, place: int) -> None:
    """A job runs now, or twice, or breaks off in the middle and is left for later."""
    job = late.jobs.pop(place)
    if how == "break":
        with transaction.atomic():
            job()
            transaction.set_rollback(True)
        late.jobs.append(job)
        return
    job()
    if how == "run twice":
        job()


def _filled(made: Intake) -> tuple[Counter[UUID], Counter[Bucket]]:
    course = UUID(made.cohort.courses[0])
    buckets = [Bucket(course, level, code[:length]) for code in VILLAGES for level, length in ((4, 13), (3, 8))]
    return held_in_sessions(one.pk for one in made.sessions), held_for(made.cohort, buckets)


def _nothing_too_much(made: Intake, before: Any, now: Any) -> None:
    """A session or quota that was made smaller keeps its people, but nobody is added to it."""
    capacities = dict(Session.objects.values_list("pk", "capacity"))
    for session, held in now[0].items():
        assert held <= max(capacities[session], before[0][session])
    quotas = Quotas(made.cohort)
    for bucket, held in now[1].items():
        limit = quotas.limit(bucket)
        assert limit is None or held <= max(limit, before[1][bucket])


def _nobody_twice(made: Intake) -> None:
    held, still = Seat.objects.held(), Waiting.objects.still()
    going = [row for some in (held, still) for row in some.values_list("person", "course")]
    assert len(going) == len(set(going))


def _nobody_passed_over(made: Intake) -> None:
    """Who still waits could not be seated; and nobody who came later, for the same session and village, is."""
    sessions, buckets = _filled(made)
    quotas = Quotas(made.cohort)
    capacities = dict(Session.objects.values_list("pk", "capacity"))
    seated = list(Seat.objects.held().values_list("session", "region", "turn"))
    for waiting in Waiting.objects.still().select_related("region"):
        full = sessions[waiting.session_id] >= capacities[waiting.session_id]
        limits = quotas.buckets(waiting.course_id, waiting.region.code)  # type: ignore[union-attr]
        assert full or any(buckets[bucket] >= limit for bucket, limit in limits)
        later = [one for one in seated if one[:2] == (waiting.session_id, waiting.region_id) and one[2] > waiting.turn]
        assert later == []


def _turns_follow_the_log(made: Intake) -> None:
    """Turns are given once, in the order in which requests became ready: asked, or agreed to."""
    turns = dict(Seat.objects.values_list("enrolment", "turn")) | dict(Waiting.objects.values_list("enrolment", "turn"))
    assert len(set(turns.values())) == len(turns)
    agreed: dict[UUID, int] = {}
    for enrolment, position in Approval.objects.order_by("-approved_at").values_list("enrolment", "pk"):
        agreed[enrolment] = Standing.objects.get(pk=position).position or 0
    ready = [
        (agreed.get(one.pk) if one.by_oneself and made.cohort.asking == "approval" else None)
        or Standing.objects.get(pk=one.pk).position
        for one in sorted(Enrolment.objects.filter(pk__in=turns), key=lambda one: turns[one.pk])
    ]
    assert ready == sorted(ready)  # type: ignore[type-var]
