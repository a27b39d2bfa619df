"""Whatever people really do, and whatever is taken back of it: the tallies are what one would count anew."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.assessments import sitting
from balai.assessments.contents import content
from balai.assessments.models import Test as PublishedTest
from balai.common import clock
from balai.common.problems import Refusal
from balai.courses import progress
from balai.courses.models import CourseVersion
from balai.courses.publishing import publish
from balai.credentials import keys, revoking
from balai.credentials.models import Certificate
from balai.log.entries import Ruled
from balai.log.models import Entry
from balai.log.record import record
from balai.monitoring import catching_up, recounting
from balai.monitoring.models import Reading, Tally
from balai.monitoring.tests.test_tallies import told
from balai.people.identities.entries import PersonMerged
from balai.people.models import Person
from balai.programmes.models import Enrolment
from balai.programmes.tests.making import Intake, intake, withdraw
from tests.journeys import lessons

pytestmark = pytest.mark.django_db
VILLAGES = ("18.02.07.2009", "18.02.07.2009", "18.02.04.2001", "51.02.10.2007")
DEEDS = ["enrol", "withdraw", "read", "test", "revoke", "merge", "refuse"]
#: What somebody may take back afterwards.
REFUSABLE = ("lesson.completed", "attempt.submitted", "enrolment.asked", "seat.given")


@pytest.fixture
def ground(db: None, tmp_path: Any, settings: Any) -> tuple[CourseVersion, Intake]:
    """A course with every kind of test and both certificates, and a cohort in which a village has one seat."""
    keys.ensure()
    version, _new = publish(lessons.folder(), None)
    return version, intake(version.course_id, quotas=({"level": 4, "number": 1},))


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 3), st.integers(0, 5)), min_size=2, max_size=9))
def test_after_any_history_a_recount_finds_nothing_to_change(
    ground: tuple[CourseVersion, Intake], make_person: Callable[..., Person], admin: Person, steps: Any
) -> None:
    version, made = ground
    people = [make_person(f"Orang {n}", code) for n, code in enumerate(VILLAGES)]
    Reading.objects.all().delete()
    Tally.objects.all().delete()
    for what, who, number in steps:
        _do(what, Person.objects.get(pk=people[who].pk), number, version, made, admin)
        catching_up.catch_up()
    followed = told()
    recounting.everything()
    assert followed == told()
    assert Tally.objects.exists()


def _do(what: str, person: Person, number: int, version: CourseVersion, made: Intake, admin: Person) -> None:
    """One step. What is not possible now is simply not done."""
    going = Enrolment.objects.going().filter(person=person)
    if what == "enrol" and not going.exists() and person.withdrawn_at is None:
        made.ask(person)
    elif what == "withdraw" and going.exists():
        withdraw(going[0], person)
    elif what == "read":
        progress.complete(person, version, version.lessons[number % len(version.lessons)])
    elif what == "test":
        _sit(person, version, number)
    elif what == "revoke":
        for held in [one for one in Certificate.objects.filter(person=person) if not one.revocation][:1]:
            revoking.revoke(held, "salah nama", admin)
    elif what == "merge":
        _merge(person)
    elif what == "refuse":
        _refuse(person, number)


def _sit(person: Person, version: CourseVersion, number: int) -> None:
    """An attempt at one of the three tests, all right or all wrong."""
    tests = PublishedTest.objects.filter(version=version).order_by("slug").values_list("pk", flat=True)
    test, moment = content(tests[number % 3]), clock.wall()
    try:
        draft = sitting.start(person, test, moment)
    except Refusal:
        return  # no attempt is left
    right = {slug: list(key.right if number < 3 else key.wrong[:1]) for slug, key in test.keys.items()}
    asked = {place.question for place in test.paper(draft.pk)}
    sitting.submit(person, draft.pk, lambda _draft: {slug: ids for slug, ids in right.items() if slug in asked}, moment)


def _merge(person: Person) -> None:
    """Into another one who is nobody's twin yet."""
    others = Person.objects.filter(merged_into=None, name__startswith="Orang").exclude(pk=person.pk)
    if person.merged_into_id is None and not Person.objects.filter(merged_into=person).exists():
        record("person.merged", PersonMerged(into=others[0].pk), subject=person.pk, proof="hub")


def _refuse(person: Person, number: int) -> None:
    done = Entry.objects.filter(subject=person.pk, kind__in=REFUSABLE, standing__state="applied").order_by("pk")
    if done:
        record("entry.refused", Ruled((done[number % len(done)].pk,)), proof="hub")
