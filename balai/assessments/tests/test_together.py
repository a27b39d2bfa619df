"""Several processes at once: one draft, one entry, and no more attempts counted than the test allows."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import connection

from balai.assessments import models, sitting
from balai.assessments.drafts import Draft
from balai.log.record import record, record_many
from balai.people.entries import PersonRegistered
from balai.people.models import Person

from .conftest import right, wrong
from .test_jobs import submitted

NOON = datetime(2026, 11, 3, 5, 0, tzinfo=UTC)

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def learner(transactional_db) -> Person:
    entry = record("person.registered", PersonRegistered("Sumarni", None), proof="hub")
    return Person.objects.get(pk=entry.id)


def together(*acts: Callable[[], object]) -> None:
    """Run all at the same moment, each with a connection of its own."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        gate.wait(10)
        try:
            act()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)


def test_one_button_on_many_devices_starts_one_draft(learner, sealed):
    found: list[Draft] = []
    together(*[lambda: found.append(sitting.start(learner, sealed, NOON))] * 6)
    assert (len(found), {draft.pk for draft in found}) == (6, {Draft.objects.get().pk})


def test_one_draft_submitted_many_times_is_one_attempt(learner, sealed):
    draft = sitting.start(learner, sealed, NOON)
    answers = right(sealed, draft.pk)
    together(*[lambda: sitting.submit(learner, draft.pk, lambda _draft: answers, NOON)] * 6)
    assert [(mark.attempt_id, mark.outcome) for mark in models.Mark.objects.all()] == [(draft.pk, "passed")]


def test_attempts_that_arrive_together_are_all_kept_and_only_as_many_count_as_may(learner, sealed):
    deeds = [submitted(learner, sealed, wrong) for _turn in range(6)]
    together(*[lambda deed=deed: record_many([deed]) for deed in deeds])
    assert models.Attempt.objects.count() == 6
    assert Counter(mark.outcome for mark in models.Mark.objects.all()) == {"failed": 2, "over_limit": 4}
