"""Tallies are what one would count anew, whatever happened, in whatever order it was noticed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.assessments.models import Attempt, Mark
from balai.assessments.models import Test as PublishedTest
from balai.common import clock
from balai.common.ids import derived
from balai.courses.models import Course, CourseVersion, Lesson, LessonCompletion
from balai.log.entries import Ruled
from balai.log.record import record
from balai.monitoring import catching_up, network, recounting
from balai.monitoring.counts import Counts
from balai.monitoring.models import ALL, Reading, Tally
from balai.people.entries import PersonChanged
from balai.people.models import Account, Person

pytestmark = pytest.mark.django_db
VILLAGES = ("18.02.07.2009", "18.02.04.2001", "18.08.01.2006", "51.02.10.2007")


def told() -> dict[tuple[str, object], Counts]:
    return {(row.place, row.course): row.counts for row in Tally.objects.all()}


def test_a_person_counts_from_the_village_to_the_nation(secretary):
    catching_up.catch_up()
    one = Counts(people=1, invited=1, villages=1)
    places = ("18.02.07.2009", "18.02.07", "18.02", "18", "")
    assert told() == {(place, ALL): one for place in places}


def test_a_deed_after_the_first_count_is_found_by_itself(make_person):
    catching_up.catch_up()
    make_person("Sumarni", VILLAGES[1])
    assert catching_up.catch_up() > 0
    assert Tally.objects.get(place="18.02", course=ALL).counts.people == 1


def test_nothing_new_writes_nothing_new(secretary):
    catching_up.catch_up()
    catching_up.catch_up()
    before = list(Tally.objects.values_list("pk", flat=True))
    catching_up.catch_up()
    assert list(Tally.objects.values_list("pk", flat=True)) == before


def test_who_moves_is_counted_where_they_went_and_no_longer_where_they_were(secretary, region, coordinator):
    catching_up.catch_up()
    change = {"region": {"value": str(region(VILLAGES[2]).pk), "bases": [str(secretary.pk)]}}
    payload = PersonChanged(changes=change)
    record("person.changed", payload, actor=None, subject=secretary.pk, proof="hub")
    catching_up.catch_up()
    assert not Tally.objects.filter(place=VILLAGES[0]).exists()
    assert Tally.objects.get(place=VILLAGES[2], course=ALL).counts.people == 1


def test_who_moved_and_was_refused_then_counts_nowhere(make_person, region):
    person = make_person("Sumarni", VILLAGES[0])
    change = {"region": {"value": str(region(VILLAGES[2]).pk), "bases": []}}
    record("person.changed", PersonChanged(changes=change), subject=person.pk, proof="hub")
    person.refresh_from_db()
    network.note(person, "4g 80 3 0")
    catching_up.catch_up()
    record("entry.refused", Ruled((person.pk,)), proof="hub")
    catching_up.catch_up()
    assert told() == {}


def test_a_first_sign_in_is_no_entry_and_is_still_noticed(secretary):
    catching_up.catch_up()
    Account.objects.filter(person=secretary).update(first_signed_in_at=clock.wall())
    catching_up.catch_up()
    assert Tally.objects.get(place="", course=ALL).counts.signed_in == 1


def test_while_somebody_counts_nobody_else_does(secretary):
    assert Reading.claimed() is not None
    assert (catching_up.catch_up(), Tally.objects.count()) == (0, 0)


def test_who_died_while_counting_is_replaced(secretary):
    Reading.claimed()
    Reading.objects.update(claimed_until=clock.wall() - timedelta(seconds=1))
    assert catching_up.catch_up() > 0


def test_gain_and_its_spread_add_up():
    one = Counts(paired=1, before=400, after=800, gain_squares=400**2)
    other = Counts(paired=1, before=500, after=700, gain_squares=200**2)
    both = one + other
    assert (both.gain, round(both.gain_spread or 0, 3), one.gain_spread) == (30.0, 14.142, None)


def test_the_first_pretest_and_the_last_posttest_that_count_make_the_gain(secretary):
    _learn(secretary, 1)
    version = CourseVersion.objects.get()
    scores = [("pretest", 300, "failed"), ("pretest", 900, "passed"), ("posttest", 500, "failed")]
    scores += [("posttest", 800, "passed"), ("posttest", 100, "over_limit")]
    for number, (kind, score, outcome) in enumerate(scores):
        id, moment = derived(ALL, f"attempt {number}"), datetime(2026, 11, 1 + number, tzinfo=UTC)
        test = PublishedTest.objects.create(
            pk=derived(id, "test"),
            identity=id,
            version=version,
            slug=kind,
            title=kind,
            kind=kind,
            rules={},
            questions=[],
        )
        attempt = Attempt.objects.create(
            pk=id, person=secretary, test=test, answers=[], started_at=moment, submitted_at=moment
        )
        Mark.objects.create(
            pk=derived(id, "mark"), attempt=attempt, outcome=outcome, score=score, questions={}, marked_at=moment
        )
    recounting.everything()
    counts = Tally.objects.get(place="18.02", course=version.course_id).counts
    assert (counts.paired, counts.before, counts.after, counts.gain) == (1, 300, 800, 50.0)


def test_lately_is_by_week_with_this_one_last():
    counts = Counts()
    counts.weeks["2026-11-16"] = 3
    counts.weeks["2026-11-02"] = 1
    assert counts.lately(date(2026, 11, 21), 4) == [0, 1, 0, 3]


def test_a_week_begins_on_monday_at_midnight_here(secretary):
    monday = datetime(2026, 11, 16, tzinfo=timezone.get_current_timezone())
    with clock.frozen(monday + timedelta(days=5)):
        _learn(secretary, 3)
        moments = [monday - timedelta(minutes=1), monday, monday - timedelta(weeks=12)]
        for number, moment in enumerate(moments):
            done = LessonCompletion.objects.filter(pk=derived(secretary.pk, f"lesson {number}"))
            done.update(completed_at=moment)
        recounting.everything()
        weeks = Tally.objects.get(place="18.02", course=ALL).counts.weeks
    assert weeks == {"2026-11-09": 1, "2026-11-16": 1}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_happens_the_tallies_are_what_one_would_count_anew(data, make_person, region):
    people = [make_person(f"Orang {n}", code) for n, code in enumerate(VILLAGES)]
    Reading.objects.all().delete()
    Tally.objects.all().delete()
    for _turn in range(data.draw(st.integers(1, 6))):
        person = data.draw(st.sampled_from(people))
        deed = data.draw(st.sampled_from(["learn", "move", "arrive", "sign in", "refuse", "signal", "look"]))
        if deed == "learn":
            _learn(person, data.draw(st.integers(1, 3)))
        elif deed == "move":
            target = region(data.draw(st.sampled_from(VILLAGES)))
            change = {"region": {"value": str(target.pk), "bases": []}}
            record("person.changed", PersonChanged(changes=change), subject=person.pk, proof="hub")
        elif deed == "arrive":
            people.append(make_person(f"Orang {len(people)}", data.draw(st.sampled_from(VILLAGES))))
        elif deed == "sign in":
            Account.objects.filter(person=person).update(first_signed_in_at=clock.wall())
        elif deed == "signal":
            person.refresh_from_db()
            network.note(person, data.draw(st.sampled_from(["4g 80 3 0", "2g 900 4 1", "- 100 3 3"])))
        elif deed == "refuse" and len(people) > 1:
            people.remove(person)
            record("entry.refused", Ruled((person.pk,)), proof="hub")
        catching_up.catch_up()
    followed = told()
    recounting.everything()
    assert followed == told()


def _learn(person: Person, lessons: int) -> None:
    """Lessons of a course of one's own, written straight into the tables, where they are counted."""
    course = Course.objects.get_or_create(pk=derived(ALL, "course"), defaults={"slug": "uji"})[0]
    version = CourseVersion.objects.get_or_create(
        pk=derived(ALL, "version"),
        defaults={
            "course": course, "number": 1, "slug": "uji", "title": "Uji", "language": "id", "jp": 1, "open": True,
            "units": [], "description": "", "manifest": "", "lesson_count": 3, "minutes": 45, "bytes": 1,
            "published_at": datetime(2026, 11, 1, tzinfo=UTC),
        },
    )[0]  # fmt: skip
    Course.objects.filter(pk=course.pk).update(current=version)
    for number in range(lessons):
        lesson = Lesson.objects.get_or_create(
            pk=derived(ALL, f"lesson {number}"),
            defaults={"course": course, "slug": f"m{number}", "title": "M", "minutes": 5},
        )[0]
        LessonCompletion.objects.get_or_create(
            pk=derived(person.pk, f"lesson {number}"),
            defaults={
                "person": person,
                "course": course,
                "lesson": lesson,
                "version": version,
                "completed_at": clock.wall(),
            },
        )
    record_of_interest(person)


def record_of_interest(person: Person) -> None:
    """An entry about the person, as every deed leaves one."""
    record("person.changed", PersonChanged(changes={}), subject=person.pk, proof="hub")
