"""How roll-outs stand in many regions at once."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from balai.common import clock
from balai.programmes.entries import ProgrammeRegistered
from balai.programmes.rollout import standing as reading
from balai.programmes.rollout.standing import Standing, standing

from .making import rolled_out, said, signed, step

pytestmark = pytest.mark.django_db
TODAY = date(2026, 8, 20)
NOTHING = dict.fromkeys(("team", "budget", "operator", "schedule"), False)


@pytest.fixture(autouse=True)
def _on_that_day() -> Iterator[None]:
    with clock.frozen(datetime(2026, 8, 20, 3, tzinfo=UTC)):
        yield


@pytest.fixture
def programme() -> UUID:
    return said("programme.registered", ProgrammeRegistered("LMS Pamong Desa"))


def test_a_region_tells_its_step_decree_sheet_and_papers(programme: UUID, region: Any) -> None:
    here, empty = region("18.02").pk, region("18.07").pk
    made = rolled_out(programme, here, team="Camat", budget="  ")
    step(made, "team_named", date(2026, 2, 1), decree="SK 100/2026", decree_on=date(2026, 1, 20))
    step(made, "trained", date(2026, 3, 1))
    step(made, "trained", date(2026, 3, 20))
    signed(made, date(2026, 1, 5))
    signed(made, date(2026, 4, 1))
    assert standing(programme, [here, empty]) == {
        here: Standing(
            status="trained",
            since=date(2026, 3, 1),
            decree="SK 100/2026",
            decree_on=date(2026, 1, 20),
            sheet=NOTHING | {"team": True},
            commitments=2,
            signed_on=date(2026, 4, 1),
            latest=date(2026, 4, 1),
            begun_on=TODAY,
        ),
        empty: Standing(),
    }


def test_the_latest_day_counts_not_the_latest_report(programme: UUID, region: Any) -> None:
    here = region("18.02").pk
    made = rolled_out(programme, here)
    step(made, "running", date(2026, 5, 1))
    step(made, "team_named", date(2026, 2, 1))
    found = standing(programme, [here])[here]
    assert (found.status, found.step, found.since) == ("running", 3, date(2026, 5, 1))


def test_registered_twice_the_first_has_the_sheet_and_reports_of_both_count(programme: UUID, region: Any) -> None:
    here = region("18.02").pk
    rolled_out(programme, here, team="Camat")
    second = rolled_out(programme, here, budget="APBD")
    step(second, "running", date(2026, 5, 1))
    found = standing(programme, [here])[here]
    assert (found.status, found.sheet) == ("running", NOTHING | {"team": True})


def test_over_all_programmes_the_furthest_tells(programme: UUID, region: Any) -> None:
    here = region("18.02").pk
    other = said("programme.registered", ProgrammeRegistered("Lain"))
    step(rolled_out(programme, here, team="Camat", budget="APBD"), "trained", date(2026, 6, 1))
    step(rolled_out(other, here), "running", date(2026, 5, 1))
    assert standing(None, [here])[here] == standing(other, [here])[here]
    assert standing(None, [here])[here].status == "running"


FULL = dict.fromkeys(NOTHING, True)


@pytest.mark.parametrize(
    ("one", "needs"),
    [
        (Standing(), False),
        (Standing(begun_on=TODAY), True),
        (Standing(begun_on=TODAY, sheet=FULL), False),
        (Standing(begun_on=TODAY - timedelta(90), sheet=FULL), False),
        (Standing(begun_on=TODAY - timedelta(91), sheet=FULL), True),
        (Standing("running", begun_on=TODAY - timedelta(91), sheet=FULL, latest=TODAY - timedelta(9)), False),
        (Standing("sustained", begun_on=TODAY - timedelta(91), sheet=FULL), False),
        (Standing("sustained", begun_on=TODAY, sheet=FULL | {"budget": False}), True),
    ],
)
def test_what_has_begun_needs_attention_when_it_stands_still_or_lacks_something(one: Standing, needs: bool) -> None:
    assert one.needs_attention(TODAY) == needs


def test_nobody_asked_nothing_told(programme: UUID) -> None:
    assert standing(programme, []) == {}


def test_many_regions_take_three_queries_and_leave_out_the_others(
    programme: UUID, region: Any, queries: Any, monkeypatch: Any
) -> None:
    here, there = region("18.02").pk, region("18.07").pk
    for one in (here, there):
        step(rolled_out(programme, one), "running", date(2026, 5, 1))
    many = [here, *(uuid4() for _ in range(29))]
    assert queries(lambda: standing(programme, [here])) == 3
    assert queries(lambda: standing(programme, many)) == 3
    few = standing(programme, many)
    monkeypatch.setattr(reading, "_FEW", 2)
    assert standing(programme, many) == few
    assert [one.status for one in few.values()].count("running") == 1


def test_a_decree_of_another_step_names_no_team(programme: UUID, region: Any) -> None:
    made = rolled_out(programme, region("18.02").pk)
    step(made, "running", date(2026, 5, 1), decree="SK 900/2026")
    assert standing(programme, [region("18.02").pk])[region("18.02").pk].decree == ""
    step(made, "team_named", date(2026, 2, 1), decree="SK 100/2026")
    assert standing(programme, [region("18.02").pk])[region("18.02").pk].decree == "SK 100/2026"
