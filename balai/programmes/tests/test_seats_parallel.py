"""Many who ask, withdraw and answer at the very same moment: every seat is given once, none too many, none is lost."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count

from balai.common import clock
from balai.log import followups
from balai.log.models import FollowUp
from balai.people.models import Person
from balai.programmes.models import Enrolment, Seat, Waiting
from balai.programmes.seats import seating
from balai.programmes.tests import fairness
from balai.programmes.tests.making import Intake, intake, withdraw
from balai.programmes.tests.test_seating import KAMPUNG, NEIGHBOUR, people

WORKERS, EACH, CAPACITY = 6, 5, 12


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_parallel_writers_never_fill_a_session_beyond_its_capacity(published: Callable[..., Any]) -> None:
    made = intake(published(lessons=1).course_id, capacity=CAPACITY, quotas=())
    askers = people(WORKERS * EACH)
    _at_once([lambda some=askers[n::WORKERS]: _ask(made, some) for n in range(WORKERS)])
    _settle()
    _nobody_is_lost(made, CAPACITY)
    holders = [one.enrolment for one in Seat.objects.held().select_related("enrolment__person__region")[:WORKERS]]
    _at_once([lambda one=one: withdraw(one, one.person) for one in holders])
    _settle()
    _nobody_is_lost(made, CAPACITY)
    assert Seat.objects.count() == CAPACITY + WORKERS


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_small_storm_is_answered_as_one_by_one(published: Callable[..., Any]) -> None:
    """Quotas of villages and full sessions together: the same people hold seats as if one clerk had taken all in."""
    made = intake(published(lessons=1).course_id, capacity=4, sessions=2, quotas=({"level": 4, "number": 5},))
    askers = [*people(12, KAMPUNG), *people(12, NEIGHBOUR, "Tetangga")]
    _at_once([lambda some=askers[n::WORKERS]: _ask_by_turns(made, some) for n in range(WORKERS)])
    _settle()
    answers = fairness.given(made.cohort)
    assert answers == fairness.due(made.cohort)
    assert (len(answers), sum(seated for _id, seated in answers)) == (24, 8)


def _ask_by_turns(made: Intake, askers: list[Person]) -> None:
    for place, person in enumerate(askers):
        made.ask(person, session=made.sessions[place % 2])


def _at_once(works: list[Callable[[], object]]) -> None:
    """All begin together, each on a connection of its own; what one raises is raised here."""
    gate, raised = threading.Barrier(len(works)), []

    def run(work: Callable[[], object]) -> None:
        gate.wait(20)
        try:
            work()
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert raised == []


def _ask(made: Intake, askers: list[Person]) -> None:
    for person in askers:
        made.ask(person)


def _settle() -> None:
    """What a process left to another is done by the sweep."""
    followups.overdue(clock.wall() + followups.GRACE + timedelta(seconds=1))
    assert not FollowUp.objects.filter(job=seating.JOB).exists()


def _nobody_is_lost(made: Intake, seats: int) -> None:
    """Everybody who still goes holds a seat or waits, the first come seated; every turn was given once."""
    held, waiting = made.seated(), made.waiting()
    assert (len(held), len(held) + len(waiting)) == (seats, Enrolment.objects.going().count())
    given = [*Seat.objects.values_list("turn", flat=True), *Waiting.objects.still().values_list("turn", flat=True)]
    assert len(given) == len(set(given))
    assert not Seat.objects.values("enrolment").annotate(times=Count("pk")).filter(times__gt=1).exists()
    assert max(Seat.objects.held().values_list("turn", flat=True)) < min(
        Waiting.objects.still().values_list("turn", flat=True)
    )
