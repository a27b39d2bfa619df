"""Attempts that arrive by themselves: marked once, in the hub's order, however often the job runs."""

from datetime import UTC, datetime, timedelta

import pytest

from balai.assessments.entries import AttemptSubmitted
from balai.assessments.jobs import mark_attempts
from balai.assessments.marking import Given
from balai.assessments.models import Attempt, Mark
from balai.common.ids import uuid7
from balai.common.problems import Refusal
from balai.log import kinds
from balai.log.models import Entry, FollowUp, Standing
from balai.log.receive import receive
from balai.log.record import Deed, _entry, record, record_many
from balai.log.tests.test_receive import enveloped

from .conftest import right, wrong

START = datetime(2026, 11, 3, 5, 0, tzinfo=UTC)


def submitted(person, test, answers, id=None, at=60) -> Deed:
    """What a phone sends: the attempt alone."""
    id = id or uuid7()
    given = tuple(Given(slug, tuple(ids), at) for slug, ids in answers(test, id).items())
    payload = AttemptSubmitted(test.id, START, given)
    return Deed("attempt.submitted", payload, actor=person.id, subject=person.id, id=id)


def outcomes() -> dict[object, str]:
    return dict(Mark.objects.values_list("attempt", "outcome"))


@pytest.fixture
def idle(monkeypatch):
    """Jobs wait until they are called."""
    monkeypatch.setitem(kinds.FOLLOWERS, "attempt.submitted", {})


def test_an_attempt_that_comes_alone_is_marked(secretary, practice):
    entry = record_many([submitted(secretary, practice, right)])[0]
    mark = Mark.objects.get()
    assert (mark.attempt_id, mark.outcome, mark.score) == (entry.id, "passed", 1000)
    assert (Entry.objects.get(pk=mark.id).proof, FollowUp.objects.count()) == ("hub", 0)


def test_the_job_may_run_again(secretary, practice):
    ids = [entry.id for entry in record_many([submitted(secretary, practice, right)])]
    before = Entry.objects.count()
    mark_attempts(ids)
    mark_attempts(ids)
    assert Entry.objects.count() == before


def test_of_parallel_attempts_the_first_in_the_hubs_order_count(secretary, sealed, idle):
    entries = [record_many([submitted(secretary, sealed, wrong)])[0] for _turn in range(4)]
    arrived = [entries[place] for place in (2, 0, 3, 1)]
    for second, entry in enumerate(arrived):
        Standing.objects.filter(pk=entry.id).update(received_at=START + timedelta(seconds=second))
    mark_attempts([entries[0].id])
    assert [outcomes()[entry.id] for entry in arrived] == ["failed", "failed", "over_limit", "over_limit"]
    assert Attempt.objects.count() == 4


def test_what_is_over_the_limit_does_not_pass(secretary, sealed, idle):
    ids = [entry.id for entry in record_many([submitted(secretary, sealed, wrong) for _turn in range(2)])]
    mark_attempts(ids)
    late = record_many([submitted(secretary, sealed, right)])[0]
    mark_attempts([late.id])
    mark = Mark.objects.get(attempt=late.id)
    assert (mark.outcome, mark.score, mark.passed, mark.counts) == ("over_limit", 1000, False, False)


def test_each_persons_attempts_are_counted_alone(secretary, colleague, sealed, idle):
    deeds = [submitted(person, sealed, wrong) for person in (secretary, colleague) for _turn in range(2)]
    mark_attempts([entry.id for entry in record_many(deeds)])
    assert sorted(outcomes().values()) == ["failed"] * 4


def test_a_sealed_test_taken_elsewhere_waits_for_a_persons_decision(secretary, sealed):
    """Nobody vouches for its time and paper; practice taken elsewhere simply counts."""
    entry = _entry(submitted(secretary, sealed, right))
    entry.node = uuid7()
    receive_one(entry)
    mark = Mark.objects.get(attempt=entry.id)
    assert (mark.outcome, mark.score, mark.passed) == ("unproven", 1000, False)


def test_practice_taken_elsewhere_counts(secretary, practice):
    entry = _entry(submitted(secretary, practice, right))
    entry.node = uuid7()
    receive_one(entry)
    assert Mark.objects.get(attempt=entry.id).passed


def receive_one(entry: Entry) -> None:
    assert [answer.result for answer in receive([enveloped([entry])])] == ["stored"]


def test_nobody_submits_for_another(secretary, colleague, practice):
    deed = submitted(secretary, practice, right)
    with pytest.raises(Refusal, match="B2202"):
        record("attempt.submitted", deed.payload, actor=colleague.id, subject=secretary.id, id=deed.id)


def test_an_attempt_waits_for_its_test(secretary, practice):
    unknown = AttemptSubmitted(uuid7(), START, ())
    entry = _entry(Deed("attempt.submitted", unknown, actor=secretary.id, subject=secretary.id))
    assert [answer.result for answer in receive([enveloped([entry])])] == ["waiting"]
    assert Attempt.objects.count() == 0
