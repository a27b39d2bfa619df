"""Taking a test: started once, saved while it is written, submitted as one entry, marked by the hub."""

from datetime import UTC, datetime, timedelta

import pytest

from balai.assessments import sitting
from balai.assessments.drafts import Draft
from balai.assessments.models import Attempt, DraftAnswer, Mark
from balai.common import clock
from balai.common.ids import derived, uuid7
from balai.common.problems import Refusal
from balai.log.models import Entry

from .conftest import published, right, wrong

NOON = datetime(2026, 11, 3, 5, 0, tzinfo=UTC)


def minutes(count: float) -> datetime:
    return NOON + timedelta(minutes=count)


def submit(person, draft, answers, moment=NOON):
    sitting.submit(person, draft, lambda _draft: answers, moment)


def take(person, test, answers, moment=NOON):
    """Start, and submit ``answers(test, attempt)`` at once."""
    with clock.frozen(moment):
        draft = sitting.start(person, test, moment)
        submit(person, draft.id, answers(test, draft.id), moment)
    return draft.id


def test_all_right_passes(secretary, sealed):
    attempt = take(secretary, sealed, right)
    mark = Mark.objects.get(attempt=attempt)
    slugs = [place.question for place in sealed.paper(attempt)]
    assert (mark.id, mark.outcome, mark.score) == (derived(attempt, "mark"), "passed", 1000)
    assert mark.questions == dict.fromkeys(slugs, 1000)


def test_all_wrong_fails(secretary, sealed):
    mark = Mark.objects.get(attempt=take(secretary, sealed, wrong))
    assert (mark.outcome, mark.score) == ("failed", 0)


def test_a_submission_is_one_entry_of_the_person_and_one_of_the_hub(secretary, sealed):
    attempt = take(secretary, sealed, right)
    entries = Entry.objects.filter(kind__startswith="attempt.").order_by("place")
    said = [(e.kind, e.id, e.actor, e.subject, e.proof, e.audience) for e in entries]
    home = secretary.region_id
    assert said == [
        ("attempt.submitted", attempt, secretary.id, secretary.id, "person", home),
        ("attempt.marked", derived(attempt, "mark"), None, secretary.id, "hub", home),
    ]


def test_starting_again_takes_up_the_open_draft(secretary, sealed):
    first = sitting.start(secretary, sealed, NOON)
    sitting.save(first, {sealed.paper(first.id)[0].question: [sealed.paper(first.id)[0].options[0]]}, minutes(1))
    again = sitting.start(secretary, sealed, minutes(5))
    assert (again.id, again.deadline, len(again.given())) == (first.id, minutes(20), 1)


def test_each_person_has_their_own_draft(secretary, colleague, sealed):
    first = sitting.start(secretary, sealed, NOON)
    assert sitting.start(colleague, sealed, NOON).id != first.id


def test_a_later_answer_takes_the_place_of_an_earlier_one(secretary, sealed):
    draft = sitting.start(secretary, sealed, NOON)
    place = sealed.paper(draft.id)[0]
    for minute, option in enumerate(place.options, 1):
        sitting.save(draft, {place.question: [option]}, minutes(minute))
    last = place.options[-1]
    assert [(one.question, one.chosen) for one in draft.given()] == [(place.question, (last,))]
    assert draft.given()[0].at == 60 * len(place.options)


@pytest.mark.parametrize("chosen", [{"tidak-ada": ["x"]}, {"kunci": ["x"]}])
def test_what_is_not_on_the_paper_is_refused(secretary, practice, chosen):
    draft = sitting.start(secretary, practice, NOON)
    with pytest.raises(Refusal, match="B4003"):
        sitting.save(draft, chosen, NOON)
    assert DraftAnswer.objects.count() == 0


def test_submitting_twice_changes_nothing(secretary, sealed):
    attempt = take(secretary, sealed, wrong)
    before = list(Entry.objects.order_by("pk").values_list("pk"))
    submit(secretary, attempt, right(sealed, attempt), minutes(1))
    assert list(Entry.objects.order_by("pk").values_list("pk")) == before
    assert Mark.objects.get(attempt=attempt).score == 0


def test_saving_after_submitting_is_refused(secretary, sealed):
    draft = Draft.objects.get(pk=take(secretary, sealed, wrong))
    with pytest.raises(Refusal, match="B4002"):
        sitting.save(draft, right(sealed, draft.id), minutes(1))


def test_another_persons_draft_does_not_exist(secretary, colleague, sealed):
    draft = sitting.start(secretary, sealed, NOON)
    with pytest.raises(Draft.DoesNotExist):
        submit(colleague, draft.id, {}, NOON)


def test_answers_saved_in_time_count_though_the_submission_is_late(secretary, sealed):
    draft = sitting.start(secretary, sealed, NOON)
    sitting.save(draft, right(sealed, draft.id), minutes(19))
    submit(secretary, draft.id, {}, minutes(300))
    assert Mark.objects.get(attempt=draft.id).score == 1000


def test_answers_that_come_after_the_time_are_kept_and_not_counted(secretary, sealed):
    draft = sitting.start(secretary, sealed, NOON)
    good, bad = right(sealed, draft.id), wrong(sealed, draft.id)
    first, second, third = good
    sitting.save(draft, {first: good[first]}, minutes(1))
    sitting.save(draft, {second: good[second]}, minutes(2))
    with pytest.raises(Refusal, match="B4001"):
        sitting.save(draft, {first: bad[first]}, minutes(20.6))
    submit(secretary, draft.id, {first: bad[first], second: good[second], third: good[third]}, minutes(25))
    kept = [(g["question"], tuple(g["chosen"]), g["at"]) for g in Attempt.objects.get(pk=draft.id).answers]
    assert kept == [
        (first, tuple(good[first]), 60),
        (second, tuple(good[second]), 120),
        (first, tuple(bad[first]), 1500),
        (third, tuple(good[third]), 1500),
    ]
    assert Mark.objects.get(attempt=draft.id).questions == {first: 1000, second: 1000, third: 0}


def test_an_answer_on_its_way_when_the_time_ends_still_counts(secretary, sealed):
    draft = sitting.start(secretary, sealed, NOON)
    submit(secretary, draft.id, right(sealed, draft.id), minutes(20.5))
    assert Mark.objects.get(attempt=draft.id).score == 1000


def test_practice_has_no_limit(secretary, practice):
    for _turn in range(3):
        take(secretary, practice, right)
    assert [mark.outcome for mark in Mark.objects.all()] == ["passed"] * 3


def test_no_attempt_is_left_after_the_last(secretary, sealed):
    for _turn in range(2):
        take(secretary, sealed, wrong)
    with pytest.raises(Refusal, match="B4004"):
        sitting.start(secretary, sealed, NOON)


def test_a_passed_sealed_test_is_not_started_again(secretary, sealed):
    take(secretary, sealed, right)
    with pytest.raises(Refusal, match="B4005"):
        sitting.start(secretary, sealed, NOON)


def test_attempts_count_across_versions(secretary, publish_course):
    id = uuid7()
    old = published(publish_course(id), "akhir")
    take(secretary, old, wrong)
    new = published(
        publish_course(
            id, latihan="---\nid: latihan\njudul: Lain\njenis: latihan\nlulus: 60\n---\n\n## a\nS?\n- (x) U\n- ( ) V\n"
        ),
        "akhir",
    )
    assert (old.id != new.id, old.identity == new.identity) == (True, True)
    take(secretary, new, wrong)
    with pytest.raises(Refusal, match="B4004"):
        sitting.start(secretary, new, NOON)
