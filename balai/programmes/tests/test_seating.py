"""What the hub answers: seats as far as sessions and quotas go, turns, moving up, giving back."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from balai.common import clock
from balai.common.ids import derived
from balai.common.problems import Refusal
from balai.log.followups import LeftToAnother
from balai.log.models import Entry, FollowUp
from balai.log.positions import hand_out
from balai.log.record import record
from balai.people.entries import PersonRegistered
from balai.people.identities.entries import PersonMerged, PersonWithdrawn
from balai.people.models import Person
from balai.programmes.models import Decline, Enrolment, Seat, Waiting, admitted
from balai.programmes.seats import letting_go, promoting, seating
from balai.programmes.seats.entries import SeatGiven, SeatReleased
from balai.programmes.tests.making import approve, decline, intake, said, withdraw
from balai.regions.models import Region

pytestmark = pytest.mark.django_db
KAMPUNG, NEIGHBOUR = "18.02.07.2009", "18.02.07.2008"


def people(count: int, code: str = KAMPUNG, prefix: str = "Orang") -> list[Person]:
    """``Orang 1``, ``Orang 2`` … of one village."""
    home = Region.objects.get(code=code).pk
    named = [f"{prefix} {number}" for number in range(1, count + 1)]
    ids = [said("person.registered", PersonRegistered(name, home)) for name in named]
    found = Person.objects.select_related("region").in_bulk(ids)
    return [found[id] for id in ids]


def test_two_of_each_village_get_a_seat_and_the_third_waits(published: Any) -> None:
    made = intake(published().course_id)
    for person in [*people(3), *people(1, NEIGHBOUR, "Tetangga")]:
        made.ask(person)
    assert made.seated() == ["Orang 1", "Orang 2", "Tetangga 1"]
    assert made.waiting() == ["Orang 3"]
    assert list(Waiting.objects.values_list("turn", "cause")) == [(3, "quota")]
    assert list(Seat.objects.order_by("turn").values_list("turn", flat=True)) == [1, 2, 4]


def test_a_full_session_lets_others_wait_in_the_order_of_their_requests(published: Any) -> None:
    made = intake(published().course_id, capacity=2, quotas=())
    for person in people(5):
        made.ask(person)
    assert (made.seated(), made.waiting()) == (["Orang 1", "Orang 2"], ["Orang 3", "Orang 4", "Orang 5"])
    assert set(Waiting.objects.values_list("cause", flat=True)) == {"capacity"}


def test_each_answer_is_a_decision_of_the_hub(published: Any, secretary: Person) -> None:
    made = intake(published().course_id)
    asked = made.ask(secretary)
    entry = Entry.objects.get(pk=derived(asked.pk, "seat"))
    assert (entry.kind, entry.proof, entry.subject) == ("seat.given", "hub", secretary.id)
    assert entry.content == {
        "cohort": str(made.cohort.pk),
        "course": made.cohort.courses[0],
        "enrolment": str(asked.pk),
        "region": str(secretary.region_id),
        "session": str(made.session.pk),
        "turn": 1,
    }
    assert not FollowUp.objects.filter(job=seating.JOB).exists(), "every promise is kept"


def test_who_withdraws_makes_room_for_the_next_one(published: Any) -> None:
    made = intake(published().course_id)
    first, _second, third, fourth = people(4)
    asked = made.ask(first)
    for person in (_second, third, fourth):
        made.ask(person)
    withdraw(asked, first)
    assert (made.seated(), made.waiting()) == (["Orang 2", "Orang 3"], ["Orang 4"])
    seat = Seat.objects.get(enrolment=asked)
    assert (seat.released_because, seat.released_at is not None) == ("withdrawn", True)
    assert not admitted(first).exists()
    assert admitted(third).exists()


def test_who_withdrew_and_asks_again_stands_at_the_end(published: Any) -> None:
    made = intake(published().course_id, capacity=1, quotas=())
    first, second = people(2)
    asked = made.ask(first)
    made.ask(second)
    withdraw(asked, first)
    made.ask(first)
    assert (made.seated(), made.waiting()) == (["Orang 2"], ["Orang 1"])


def test_who_withdraws_while_waiting_is_passed_over(published: Any) -> None:
    made = intake(published().course_id, capacity=1, quotas=())
    first, second, third = people(3)
    asked = made.ask(first)
    waiting = made.ask(second)
    made.ask(third)
    withdraw(waiting, second)
    withdraw(asked, first)
    assert (made.seated(), made.waiting()) == (["Orang 3"], [])


def test_a_freed_seat_goes_to_whoever_fits_first(published: Any) -> None:
    """Capacity 3: two of one village and one of the other; a third of the first village may not take the seat."""
    made = intake(published().course_id, capacity=3)
    own, others = people(3), people(2, NEIGHBOUR, "Tetangga")
    asked = made.ask(others[0])
    for person in (*own, others[1]):
        made.ask(person)
    assert (made.seated(), made.waiting()) == (["Tetangga 1", "Orang 1", "Orang 2"], ["Orang 3", "Tetangga 2"])
    withdraw(asked, others[0])
    assert (made.seated(), made.waiting()) == (["Orang 1", "Orang 2", "Tetangga 2"], ["Orang 3"])


def test_more_room_lets_those_move_up_who_wait_longest(published: Any) -> None:
    made = intake(published().course_id, capacity=1, quotas=())
    for person in people(4):
        made.ask(person)
    made.resize(3)
    assert (made.seated(), made.waiting()) == (["Orang 1", "Orang 2", "Orang 3"], ["Orang 4"])


def test_less_room_takes_no_seat_away_and_gives_none(published: Any) -> None:
    made = intake(published().course_id, capacity=3, quotas=())
    first, *others = people(4)
    asked = made.ask(first)
    for person in others:
        made.ask(person)
    made.resize(1)
    withdraw(asked, first)
    assert (made.seated(), made.waiting()) == (["Orang 2", "Orang 3"], ["Orang 4"])


def test_a_region_may_have_a_quota_of_its_own(published: Any, region: Any) -> None:
    made = intake(published().course_id)
    made.deviate(region(NEIGHBOUR).pk, 0)
    neighbour, *own = people(1, NEIGHBOUR, "Tetangga") + people(3)
    made.ask(neighbour)
    for person in own:
        made.ask(person)
    assert (made.seated(), made.waiting()) == (["Orang 1", "Orang 2"], ["Orang 3"])
    assert Decline.objects.get().rule == "none"
    made.deviate(region(KAMPUNG).pk, 3)
    assert (made.seated(), made.waiting()) == (["Orang 1", "Orang 2", "Orang 3"], [])


def test_quotas_of_several_levels_hold_together(published: Any) -> None:
    made = intake(published().course_id, quotas=({"level": 4, "number": 2}, {"level": 3, "number": 3}))
    for person in [*people(3), *people(2, NEIGHBOUR, "Tetangga")]:
        made.ask(person)
    assert (made.seated(), made.waiting()) == (["Orang 1", "Orang 2", "Tetangga 1"], ["Orang 3", "Tetangga 2"])


def test_each_theme_has_its_own_quota(published: Any) -> None:
    one, other = published().course_id, published(course=UUID(int=9), slug="lain").course_id
    made = intake(
        one, courses=(other,), quotas=({"level": 4, "number": 1}, {"level": 4, "number": 2, "course": str(other)})
    )
    persons = people(3)
    for person in persons:
        made.ask(person)
    made.cohort.courses = [str(other)]
    for person in persons:
        made.ask(person)
    held = Seat.objects.held().order_by("turn").values_list("person__name", "course")
    assert list(held) == [("Orang 1", one), ("Orang 1", other), ("Orang 2", other)]


def test_the_staff_of_a_kabupaten_counts_for_the_kabupaten_itself(published: Any) -> None:
    made = intake(published().course_id, quotas=({"level": 4, "number": 1},))
    for person in [*people(2, "18.02", "Staf"), *people(1)]:
        made.ask(person)
    assert (made.seated(), made.waiting()) == (["Staf 1", "Orang 1"], ["Staf 2"])


def test_a_person_has_one_place_for_a_theme(published: Any, secretary: Person, coordinator: Person) -> None:
    made = intake(published().course_id)
    made.ask(secretary)
    with pytest.raises(AssertionError, match="B3111"):
        made.ask(secretary, by=coordinator)
    payload = Entry.objects.get(kind="enrolment.asked").content
    record("enrolment.asked", payload, actor=secretary.id, subject=secretary.id)  # from a phone that did not know
    assert Decline.objects.get().rule == "double"
    assert Seat.objects.held().count() == 1


def test_a_coordinator_agrees_first(published: Any, coordinator: Person, secretary: Person) -> None:
    made = intake(published().course_id, asking="approval", quotas=({"level": 4, "number": 1},))
    first, second = people(2)
    asked = made.ask(first)
    assert (made.seated(), made.waiting()) == ([], [])
    assert list(Enrolment.objects.unapproved()) == [asked]
    made.ask(second, by=coordinator)
    assert made.seated() == ["Orang 2"], "who was agreed to first is first"
    approve(asked, coordinator)
    assert made.waiting() == ["Orang 1"]
    assert not Enrolment.objects.unapproved().exists()


def test_a_yes_that_nobody_needed_costs_no_turn(published: Any, coordinator: Person, monkeypatch: Any) -> None:
    """Found by the property: two requests wait for an answer, and somebody agrees to the first, which is open."""
    made = intake(published().course_id, capacity=1, quotas=())
    first, second = people(2)
    jobs: list[Any] = []
    monkeypatch.setattr(transaction, "on_commit", lambda job, **rest: jobs.append(job))
    asked = made.ask(first)
    made.ask(second)
    approve(asked, coordinator)
    jobs[-1]()
    assert (made.seated(), made.waiting()) == (["Orang 1"], ["Orang 2"])


def test_only_coordinators_of_the_person_answer(
    published: Any, coordinator: Person, other_coordinator: Person, secretary: Person, colleague: Person
) -> None:
    made = intake(published().course_id, asking="approval")
    asked = made.ask(secretary)
    for actor in (other_coordinator, colleague, secretary):
        for answer in (approve, decline):
            with pytest.raises(Refusal) as caught:
                answer(asked, actor)
            assert caught.value.problem.code == "B1007"
    with pytest.raises(Refusal) as caught:
        withdraw(asked, colleague)
    assert caught.value.problem.code == "B1007"
    with pytest.raises(Refusal) as caught:
        said("enrolment.withdrawn", {"enrolment": str(asked.pk)}, colleague.id, colleague)
    assert caught.value.problem.code == "B3103"


def test_a_no_ends_the_request_and_frees_the_seat(published: Any, coordinator: Person) -> None:
    made = intake(published().course_id, quotas=({"level": 4, "number": 1},))
    first, second, third = people(3)
    asked = made.ask(first)
    waiting = made.ask(second)
    made.ask(third)
    decline(waiting, coordinator)
    decline(asked, coordinator)
    assert (made.seated(), made.waiting()) == (["Orang 3"], [])
    assert Seat.objects.get(enrolment=asked).released_because == "declined"


@pytest.mark.parametrize(
    ("window", "rule"),
    [
        ({"opens_at": datetime(2026, 3, 2, tzinfo=UTC)}, "early"),
        ({"closes_at": datetime(2026, 2, 2, tzinfo=UTC)}, "late"),
        ({"ends_on": date(2026, 2, 28)}, "over"),
        ({"asking": "coordinator"}, "coordinator"),
    ],
)
def test_what_arrives_outside_the_rules_is_declined(published: Any, secretary: Person, window: Any, rule: str) -> None:
    version = published()
    made = intake(version.course_id, **window)
    payload = {"course": str(version.course_id), "session": str(made.session.pk), "version": str(version.pk)}
    with clock.frozen(datetime(2026, 3, 1, tzinfo=UTC)):
        record("enrolment.asked", payload, actor=secretary.id, subject=secretary.id)
    assert list(Decline.objects.values_list("rule", flat=True)) == [rule]
    assert not Seat.objects.exists()


def test_a_course_with_a_cohort_is_not_entered_beside_it(
    published: Any, secretary: Person, stranger: Person, region: Any
) -> None:
    version = published()
    intake(version.course_id, region=region("18.02").pk)
    payload = {"course": str(version.course_id), "version": str(version.pk)}
    for person in (secretary, stranger):
        record("enrolment.asked", payload, actor=person.id, subject=person.id)
    assert list(Decline.objects.values_list("rule", "enrolment__person")) == [("session", secretary.pk)]
    assert list(Seat.objects.values_list("person", flat=True)) == [stranger.pk], "nobody's quota elsewhere"


def test_a_finished_cohort_governs_nothing(published: Any, secretary: Person) -> None:
    version = published()
    intake(version.course_id, ends_on=clock.wall().date() - timedelta(days=2))
    record("enrolment.asked", {"course": str(version.course_id), "version": str(version.pk)}, actor=secretary.id,
           subject=secretary.id)  # fmt: skip
    assert Seat.objects.count() == 1


def test_a_withdrawn_record_loses_its_seat_and_its_place(published: Any) -> None:
    made = intake(published().course_id, capacity=1, quotas=())
    first, second, third = people(3)
    for person in (first, second, third):
        made.ask(person)
    for gone in (second, first):
        record("person.withdrawn", PersonWithdrawn("impor dibatalkan"), subject=gone.pk, proof="hub")
    assert (made.seated(), made.waiting()) == (["Orang 3"], [])
    assert Seat.objects.exclude(released_at=None).get().released_because == "gone"


def test_one_person_under_two_records_keeps_the_first_seat(published: Any) -> None:
    made = intake(published().course_id)
    first, second, third = people(3)
    for person in (first, second, third):
        made.ask(person)
    record("person.merged", PersonMerged(into=first.pk), subject=second.pk, proof="hub")
    assert made.seated() == ["Orang 1", "Orang 3"]
    assert Seat.objects.exclude(released_at=None).get().released_because == "double"


def test_one_request_that_cannot_be_answered_keeps_nobody_waiting(published: Any, monkeypatch: Any) -> None:
    made = intake(published().course_id)
    persons = people(3)
    broken = persons[1].pk
    answer = seating.Desk.answer

    def stumbling(desk: Any, request: Any) -> Any:
        if request.enrolment.person_id == broken:
            raise LookupError("a broken request")
        return answer(desk, request)

    monkeypatch.setattr(seating.Desk, "answer", stumbling)
    monkeypatch.setattr(transaction, "on_commit", lambda job, **rest: None)  # nothing is answered while they ask
    asked = [made.ask(person).pk for person in persons]
    with pytest.raises(RuntimeError):
        seating.take_in(asked)
    assert made.seated() == ["Orang 1", "Orang 3"]
    assert [row.entry_id for row in FollowUp.objects.filter(job=seating.JOB)] == [asked[1]]
    monkeypatch.setattr(seating.Desk, "answer", answer)
    seating.take_in([asked[0]])
    assert made.waiting() == ["Orang 2"], "mended, it is taken in"


def test_who_asks_after_more_room_was_made_comes_after_those_who_wait(published: Any, monkeypatch: Any) -> None:
    """Even when the job that lets them move up has not run yet."""
    made = intake(published().course_id, capacity=1, quotas=())
    first, second, third = people(3)
    made.ask(first)
    made.ask(second)
    jobs: list[Any] = []
    monkeypatch.setattr(transaction, "on_commit", lambda job, **rest: jobs.append(job))
    made.resize(2)
    made.ask(third)
    jobs[1]()
    assert (made.seated(), made.waiting()) == (["Orang 1", "Orang 2"], ["Orang 3"])


def test_jobs_may_be_run_again(published: Any) -> None:
    made = intake(published().course_id, capacity=2)
    asked = [made.ask(person) for person in people(4)]
    withdraw(asked[0], asked[0].person)
    before = list(Entry.objects.order_by("pk").values_list("pk", flat=True))
    for entry in before:
        for job in (seating.take_in, promoting.reconsider, letting_go.let_go, letting_go.let_go_of_people):
            job([entry])
    assert list(Entry.objects.order_by("pk").values_list("pk", flat=True)) == before


def test_nobody_else_decides_about_seats_and_nothing_is_decided_twice(
    published: Any, secretary: Person, coordinator: Person
) -> None:
    made = intake(published().course_id)
    asked = made.ask(secretary)
    given = SeatGiven(asked.pk, asked.course_id, made.cohort.pk, made.session.pk, secretary.region_id, 7)
    released = SeatReleased(derived(asked.pk, "seat"), "withdrawn")
    for kind, payload in (("seat.given", given), ("seat.released", released)):
        with pytest.raises(Refusal) as caught:
            record(kind, payload, actor=coordinator.id, subject=secretary.id)
        assert caught.value.problem.code == "B1006"
        with pytest.raises(Refusal) as caught:
            record(kind, payload, subject=secretary.id, proof="hub")
        assert caught.value.problem.code == "B3104", "the id follows from what it is about"
    assert Seat.objects.held().count() == 1


def test_who_asked_while_somebody_else_sat_at_the_desk_is_not_passed(published: Any, monkeypatch: Any) -> None:
    """The desk is taken when the first request is looked at, and free a moment later, when a second one is there."""
    made = intake(published().course_id, capacity=1, quotas=())
    first, second = people(2)
    monkeypatch.setattr(transaction, "on_commit", lambda job, using=None, robust=False: None)
    asked = [made.ask(first)]
    real = seating._answer

    def taken_once(cohort: UUID, due: Any) -> set[UUID]:
        if len(asked) == 1:
            asked.append(made.ask(second))
            hand_out()
            raise LeftToAnother
        return real(cohort, due)

    monkeypatch.setattr(seating, "_answer", taken_once)
    with pytest.raises(LeftToAnother):
        seating.take_in([asked[0].pk])
    assert made.seated() == [], "the second one is not answered before the first"
    seating.take_in([asked[1].pk])
    assert (made.seated(), made.waiting()) == (["Orang 1"], ["Orang 2"])
