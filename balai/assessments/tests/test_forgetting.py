"""Drafts are exported to their person, forgotten with them, and dropped when they are old."""

from datetime import timedelta

import pytest

from balai.assessments.drafts import Draft, DraftAnswer
from balai.common import clock
from balai.common.ids import uuid7
from balai.people.privacy.stores import STORES


@pytest.fixture
def drafts(secretary, colleague):
    """Hers is open and has an answer, his was submitted."""
    now = clock.wall()
    hers = Draft.objects.create(person=secretary, test=uuid7(), identity=uuid7(), started_at=now)
    DraftAnswer.objects.create(draft=hers, question="kunci-layar", chosen=["a"], saved_at=now)
    his = Draft.objects.create(person=colleague, test=uuid7(), identity=uuid7(), started_at=now, submitted_at=now)
    return hers, his


def test_her_export_holds_her_answers_and_nobody_elses(drafts, secretary):
    hers, _his = drafts
    assert STORES["drafts"].export([secretary.id]) == [
        {"test": str(hers.test), "started_at": hers.started_at, "submitted_at": None, "kunci-layar": ["a"]}
    ]


def test_forgetting_leaves_the_others(drafts, secretary):
    _hers, his = drafts
    STORES["drafts"].forget([secretary.id])
    assert list(Draft.objects.all()) == [his]


@pytest.mark.parametrize(("days", "left"), [(29, 2), (31, 1), (364, 1), (366, 0)])
def test_old_drafts_are_dropped(drafts, days, left):
    STORES["drafts"].expire(clock.wall() + timedelta(days=days))
    assert Draft.objects.count() == left
