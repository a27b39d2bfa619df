"""Tests, attempts and marks end in the same tables, whatever the order, duplication and split of their entries."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.assessments import entries, models, sitting
from balai.assessments.contents import Content
from balai.assessments.judging import decide, deed
from balai.assessments.marking import Given
from balai.common.ids import derived
from balai.courses import publishing
from balai.log import kinds, replay
from balai.log.record import Deed, record
from balai.log.tests.test_order import after
from balai.log.tests.test_replay import scratch_allowed, without_regions  # noqa: F401  (a fixture)
from balai.people.entries import PersonRegistered

from .conftest import right, source, wrong

START = datetime(2026, 11, 3, 5, 0, tzinfo=UTC)
COURSE = UUID(int=7)
pytestmark = pytest.mark.django_db


def story() -> list[Deed]:
    """A course, two people, and their attempts at both tests with the hub's decisions, recorded nowhere."""
    build = publishing.plan(source(COURSE)).build
    deeds = [publishing._deed(build, None), *build.deeds]
    for number in range(2):
        person = derived(COURSE, f"person {number}")
        deeds.append(Deed("person.registered", PersonRegistered(f"Orang {number}", None), proof="hub", id=person))
        for published in build.deeds:
            deeds += _attempts(content_of(published), person)
        deeds += _extensions(build.deeds[0].payload.test, person)
    return [_at(one, place) for place, one in enumerate(deeds)]


def _extensions(test: UUID, person: UUID) -> list[Deed]:
    """Given to one person, and to everybody of the nation; one of nothing, which is refused."""
    more = entries.AttemptExtended(test, "listrik padam", minutes=30)
    again = entries.TestExtended(test, None, "jaringan padam", attempts=1)
    nothing = entries.AttemptExtended(test, "tidak apa-apa")
    return [
        Deed("attempt.extended", more, subject=person, proof="hub", id=derived(person, "more")),
        Deed("test.extended", again, proof="hub", id=derived(person, "again")),
        Deed("attempt.extended", nothing, subject=person, proof="hub", id=derived(person, "nothing")),
    ]


def content_of(published: Deed) -> Content:
    """A published test before anybody applied it."""
    payload: entries.TestPublished = published.payload
    row = models.Test(id=published.id, identity=payload.test, kind=payload.kind, sealed=payload.sealed)
    row.keys = msgspec.to_builtins(payload.keys)
    return Content(row, payload.rules, payload.questions)


def _attempts(test: Content, person: UUID) -> list[Deed]:
    deeds = []
    for turn, answers in enumerate((wrong, right, right)):
        id = derived(person, str(test.id), str(turn))
        given_answers = tuple(Given(slug, tuple(ids), 9) for slug, ids in answers(test, id).items())
        payload = entries.AttemptSubmitted(test.id, START, given_answers)
        deeds.append(Deed("attempt.submitted", payload, actor=person, subject=person, id=id))
        deeds.append(deed(decide(test, id, given_answers, turn < 2, 1200, ours=True), person, None))
    return deeds


def _at(one: Deed, place: int) -> Deed:
    names = ("kind", "payload", "actor", "subject", "audience", "proof", "id")
    return Deed(**{name: getattr(one, name) for name in names}, made_at=START + timedelta(minutes=place))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_order_duplication_and_split_ends_in_the_same_tables(data, monkeypatch):
    monkeypatch.setattr(kinds, "FOLLOWERS", {})
    monkeypatch.setattr("balai.log.followups.FOLLOWERS", {})
    deeds = story()
    straight = after([deeds])
    assert len(straight["assessments.Mark"]) == len(straight["assessments.Attempt"]) == 12
    shuffled = data.draw(st.permutations(deeds))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(shuffled)), max_size=5)) | {0, len(shuffled)})
    batches = [shuffled[a:b] for a, b in pairwise(cuts)]
    again = data.draw(st.lists(st.sampled_from(deeds), max_size=6, unique_by=lambda one: one.id))
    assert after([batch for batch in [*batches, again] if batch]) == straight


@pytest.mark.slow
def test_the_log_gives_the_tables_once_more(secretary, sealed, practice, scratch_allowed):  # noqa: F811
    region = secretary.region_id
    record("test.extended", entries.TestExtended(sealed.identity, region, "listrik padam", minutes=15), proof="hub")
    for test in (sealed, practice):
        draft = sitting.start(secretary, test, START)
        sitting.submit(secretary, draft.id, lambda draft, test=test: right(test, draft.id), START)
    report = replay.verify()
    assert without_regions(report) == []
    tables = {name: count for name, count in report.tables.items() if name.startswith("assessments.")}
    assert tables == {
        "assessments.Test": 2,
        "assessments.Attempt": 2,
        "assessments.Mark": 2,
        "assessments.Extension": 1,
    }
    assert (models.Attempt.objects.count(), models.Mark.objects.count()) == (2, 2)
