"""Asking for a place and the hub's answer."""

from typing import Any
from uuid import UUID

import pytest

from balai.common.ids import derived
from balai.common.problems import Refusal
from balai.courses.models import Course
from balai.log.models import Entry, Standing
from balai.log.record import record
from balai.people.models import Person
from balai.programmes import enrolling
from balai.programmes.entries import EnrolmentAsked, ProgrammeChanged, ProgrammeRegistered
from balai.programmes.models import Enrolment, Programme, Seat, admitted
from balai.programmes.seats.entries import SeatGiven

pytestmark = pytest.mark.django_db


def course() -> Course:
    return Course.objects.select_related("current").get()


def admits(person: Person) -> bool:
    return admitted(person).filter(course=course().pk).exists()


def test_an_open_course_gives_a_seat_at_once(secretary: Person, published: Any) -> None:
    published()
    asked = enrolling.ask(secretary, secretary, course())
    seat = Seat.objects.get()
    assert (seat.pk, seat.person, seat.enrolment_id) == (derived(asked.id, "seat"), secretary, asked.id)
    decision = Entry.objects.get(pk=seat.pk)
    assert (decision.kind, decision.proof, decision.subject) == ("seat.given", "hub", secretary.id)
    assert admits(secretary)


def test_the_decision_is_taken_once_however_often_the_job_runs(secretary: Person, published: Any) -> None:
    published()
    asked = enrolling.ask(secretary, secretary, course())
    for _again in range(3):
        enrolling.give_seats([asked.id])
    assert Entry.objects.filter(kind="seat.given").count() == 1


def test_asking_twice_is_refused(secretary: Person, published: Any) -> None:
    published()
    enrolling.ask(secretary, secretary, course())
    with pytest.raises(Refusal) as caught:
        enrolling.ask(secretary, secretary, course())
    assert caught.value.problem.code == "B3101"
    assert Enrolment.objects.count() == 1


def test_a_restricted_course_waits_for_the_coordinator(
    secretary: Person, coordinator: Person, other_coordinator: Person, published: Any
) -> None:
    published(is_open=False)
    enrolling.ask(secretary, secretary, course())
    assert not admits(secretary)
    assert [row.person for row in enrolling.waiting_for(coordinator, course())] == [secretary]
    assert enrolling.waiting_for(other_coordinator, course()) == []
    assert enrolling.waiting_for(secretary, course()) == []
    enrolling.ask(coordinator, secretary, course())
    assert admits(secretary)
    assert enrolling.waiting_for(coordinator, course()) == []


def test_a_coordinator_enrols_people_of_their_own_regions_only(
    secretary: Person, stranger: Person, coordinator: Person, colleague: Person, published: Any
) -> None:
    published()
    enrolling.ask(coordinator, secretary, course())
    assert admits(secretary)
    for actor, person in ((coordinator, stranger), (colleague, stranger)):
        with pytest.raises(Refusal) as caught:
            enrolling.ask(actor, person, course())
        assert caught.value.problem.code == "B1007"
    assert not admits(stranger)


def test_a_version_of_another_course_is_refused(secretary: Person, published: Any) -> None:
    published()
    other = published(course=UUID(int=9), slug="lain")
    payload = EnrolmentAsked(course=Course.objects.exclude(pk=other.course_id).get().pk, version=other.pk)
    with pytest.raises(Refusal) as caught:
        record("enrolment.asked", payload, actor=secretary.id, subject=secretary.id)
    assert caught.value.problem.code == "B3102"


def test_nobody_but_the_hub_gives_seats(secretary: Person, coordinator: Person, published: Any) -> None:
    published(is_open=False)
    asked = enrolling.ask(secretary, secretary, course())
    payload = SeatGiven(enrolment=asked.id, course=course().pk)
    with pytest.raises(Refusal) as caught:
        record("seat.given", payload, actor=coordinator.id, subject=secretary.id)
    assert caught.value.problem.code == "B1006"
    assert not admits(secretary)


def test_home_shows_each_course_once_with_its_answer(
    secretary: Person, coordinator: Person, stranger: Person, published: Any, queries: Any
) -> None:
    published()
    enrolling.ask(secretary, secretary, course())
    closed = published(course=UUID(int=9), slug="tertutup", is_open=False)
    enrolling.ask(secretary, secretary, Course.objects.select_related("current").get(pk=closed.course_id))
    found = enrolling.enrolled(secretary)
    assert [(row.version.slug, row.seated_at is not None) for row in found] == [("tertutup", False), ("kursus", True)]
    assert enrolling.enrolled(stranger) == []
    person = Person.objects.get(pk=secretary.pk)
    few = queries(lambda: enrolling.enrolled(person))
    for number in range(30):
        version = published(course=UUID(int=100 + number), slug=f"kursus-{number}", lessons=1)
        enrolling.ask(secretary, secretary, Course.objects.select_related("current").get(pk=version.course_id))
    person = Person.objects.get(pk=secretary.pk)
    assert queries(lambda: enrolling.enrolled(person)) == few


def test_programmes_are_documents_of_the_nation(admin: Person, coordinator: Person) -> None:
    payload = ProgrammeRegistered(name="LMS Pamong Desa", courses=(UUID(int=1),))
    programme = record("programme.registered", payload, actor=admin.id)
    change = ProgrammeChanged(changes={"summary": {"value": "Belajar di desa.", "bases": [str(programme.id)]}})
    record("programme.changed", change, actor=admin.id, subject=programme.id)
    found = Programme.objects.get()
    assert (found.name, found.summary, found.courses) == ("LMS Pamong Desa", "Belajar di desa.", [str(UUID(int=1))])
    with pytest.raises(Refusal) as caught:
        record("programme.changed", change, actor=coordinator.id, subject=programme.id)
    assert caught.value.problem.code == "B1007"
    assert Standing.objects.filter(entry__kind="programme.changed").count() == 1
