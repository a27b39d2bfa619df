"""Programmes, cohorts, seats and roll-outs: any order, duplication and split of their entries, the same tables."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.common.ids import derived
from balai.courses.models import CourseVersion
from balai.log import followups
from balai.log.entries import Ruled
from balai.log.kinds import KINDS
from balai.log.receive import receive
from balai.log.record import Deed, _entry
from balai.log.replay import verify
from balai.log.tests.test_order import after
from balai.log.tests.test_receive import enveloped
from balai.people.entries import PersonRegistered
from balai.programmes.cohorts import entries as cohorts
from balai.programmes.entries import EnrolmentAsked, ProgrammeChanged, ProgrammeRegistered
from balai.programmes.rollout import entries as rollout
from balai.programmes.seats import entries as seats
from balai.regions.models import region_id

pytestmark = pytest.mark.django_db
START = datetime(2026, 1, 1, tzinfo=UTC)
VILLAGE = region_id("18.02.07.2009")
PROGRAMME, COHORT, BATCH, SESSION, ROLLOUT = (UUID(int=n) for n in range(1, 6))
#: The same region, registered a second time; a programme of another region, which is refused here.
AGAIN, ELSEWHERE, ASTRAY = (UUID(int=n) for n in range(11, 14))
FILE = rollout.File("a" * 64, "sk.pdf", "application/pdf", 900)
#: Edits of each document: the kind, its payload, and values of its fields.
EDITS: tuple[tuple[str, type, UUID, dict[str, list[Any]]], ...] = (
    ("programme.changed", ProgrammeChanged, PROGRAMME,
     {"name": ["Satu", "Dua"], "stages": [[], [{"name": "Sosialisasi", "starts_on": "2026-01-02"}]]}),
    ("cohort.changed", cohorts.CohortChanged, COHORT,
     {"asking": ["open", "coordinator"], "opens_at": [None, "2026-02-01T00:00:00Z"],
      "quotas": [[], [{"level": 4, "number": 2}]]}),
    ("batch.changed", cohorts.BatchChanged, BATCH, {"name": ["I", "II"], "ends_on": [None, "2026-04-01"]}),
    ("session.changed", cohorts.SessionChanged, SESSION, {"capacity": [0, 7], "days": [[], [1, 2]]}),
    ("rollout.changed", rollout.RolloutChanged, ROLLOUT,
     {"team": ["", "Camat"], "budget": ["APBD"], "operator": ["", "Yusuf"], "schedule": ["Senin", "Selasa"]}),
    ("rollout.changed", rollout.RolloutChanged, AGAIN, {"team": ["Lurah"], "schedule": ["", "Rabu"]}),
)  # fmt: skip


def deed(kind: str, payload: Any, id: UUID, subject: UUID | None = None, day: int = 0) -> Deed:
    return Deed(kind, payload, subject=subject, id=id, proof="hub", made_at=START + timedelta(days=day))


@st.composite
def histories(draw: st.DrawFn, version: CourseVersion) -> list[Deed]:
    """One of everything, edited with and without seeing one another's edits; something of it taken back."""
    course = version.course_id
    deeds = [
        deed("programme.registered", ProgrammeRegistered("LMS", courses=(course,)), PROGRAMME),
        deed("cohort.registered", cohorts.CohortRegistered(PROGRAMME, "Angkatan", (course,)), COHORT),
        deed("batch.registered", cohorts.BatchRegistered(COHORT, "Tahap"), BATCH),
        deed("session.registered", cohorts.SessionRegistered(BATCH, "morning", 2, "08:00", "10:00"), SESSION),
        deed("rollout.registered", rollout.RolloutRegistered(PROGRAMME, VILLAGE), ROLLOUT),
        deed("rollout.registered", rollout.RolloutRegistered(PROGRAMME, VILLAGE), AGAIN, day=1),
    ]
    if draw(st.booleans()):
        theirs = ProgrammeRegistered("Lain", region=region_id("51.02"))
        deeds.append(deed("programme.registered", theirs, ELSEWHERE))
        deeds.append(deed("rollout.registered", rollout.RolloutRegistered(ELSEWHERE, VILLAGE), ASTRAY))
    for number, (kind, payload, document, values) in enumerate(EDITS):
        deeds += _edits(draw, number, kind, payload, document, values)
    for number in range(draw(st.integers(0, 2))):
        deviated = cohorts.QuotaDeviated(COHORT, VILLAGE, number, course if number else None)
        deeds.append(deed("quota.deviated", deviated, derived(COHORT, f"deviation {number}"), day=2))
    for number in range(draw(st.integers(1, 3))):
        deeds += _enrolment(draw, number, version)
    deeds += _steps(draw)
    if draw(st.booleans()):
        victim = draw(st.sampled_from(deeds))
        ruling = draw(st.sampled_from(["entry.refused", "entry.erased"]))
        deeds.append(deed(ruling, Ruled((victim.id,)), UUID(int=99), day=90))  # type: ignore[arg-type]
    return deeds


def _edits(draw: st.DrawFn, number: int, kind: str, payload: type, document: UUID, values: Any) -> list[Deed]:
    versions, deeds = [document], []
    for edit in range(draw(st.integers(0, 2))):
        id = derived(document, f"edit {number} {edit}")
        field = draw(st.sampled_from(sorted(values)))
        bases = draw(st.lists(st.sampled_from(versions), unique=True, max_size=2))
        change = {"value": draw(st.sampled_from(values[field])), "bases": [str(base) for base in bases]}
        changed = msgspec.convert({"changes": {field: change}}, payload)
        deeds.append(deed(kind, changed, id, document, draw(st.integers(1, 3))))
        versions.append(id)
    return deeds


def _enrolment(draw: st.DrawFn, number: int, version: CourseVersion) -> list[Deed]:
    """A request and what was answered, by people and by the hub."""
    person, asked = (derived(UUID(int=7), f"{what} {number}") for what in ("person", "asked"))
    course, place = version.course_id, (COHORT, SESSION)
    seat, waiting = derived(asked, "seat"), derived(asked, "waiting")
    deeds = [
        deed("person.registered", PersonRegistered(f"Orang {number}", VILLAGE), person),
        deed("enrolment.asked", EnrolmentAsked(course, version.pk, PROGRAMME, SESSION), asked, person, 3),
    ]
    may_follow = [
        deed("enrolment.approved", seats.EnrolmentApproved(asked), derived(asked, "yes"), person, 4),
        deed("enrolment.declined", seats.EnrolmentDeclined(asked, "Penuh"), derived(asked, "no"), person, 4),
        deed("enrolment.withdrawn", seats.EnrolmentWithdrawn(asked), derived(asked, "withdrawn"), person, 6),
        deed("seat.waitlisted", seats.SeatWaitlisted(asked, course, *place, number + 1, "quota"), waiting, person, 5),
        deed("seat.given", seats.SeatGiven(asked, course, *place, VILLAGE, number + 1), seat, person, 6),
        deed("seat.released", seats.SeatReleased(seat, "withdrawn"), derived(seat, "released"), person, 7),
    ]
    return deeds + [one for one in may_follow if draw(st.booleans())]


def _steps(draw: st.DrawFn) -> list[Deed]:
    """Steps of a roll-out, of the one that was registered again, of one that is refused; and what was signed."""
    reported = [
        rollout.StatusReported("team_named", date(2026, 1, 9), "SK 1/2026", date(2026, 1, 8), file=FILE),
        rollout.StatusReported("running", date(2026, 3, 1)),
        rollout.StatusReported("sustained", date(2999, 3, 1)),
    ]
    signed = rollout.CommitmentSigned("Bupati", "Bupati Lampung Tengah", date(2026, 1, 5), FILE)
    told = [*((ROLLOUT, report) for report in reported), (AGAIN, reported[1]), (ASTRAY, reported[0])]
    deeds = [
        deed("rollout.status_reported", report, derived(kept, f"report {report.status}"), kept, 8)
        for kept, report in told
    ]
    deeds.append(deed("rollout.commitment_signed", signed, derived(ROLLOUT, "signed"), ROLLOUT, 8))
    # Taken back, also before it was told, also what never stood.
    for kind, one in (("status", deeds[0]), ("status", deeds[2]), ("commitment", deeds[5])):
        back = rollout.EvidenceWithdrawn(one.id, "keliru")  # type: ignore[arg-type]
        deeds.append(deed(f"rollout.{kind}_withdrawn", back, derived(one.id, "back"), ROLLOUT, 9))  # type: ignore[arg-type]
    return [one for one in deeds if draw(st.booleans())]


@pytest.fixture
def _nobody_decides(monkeypatch: Any) -> None:
    """What the hub decided is among the entries; here nothing more is decided."""
    monkeypatch.setattr(followups, "FOLLOWERS", {})


@pytest.fixture
def version(published: Any) -> CourseVersion:
    """What they ask to take part in."""
    found: CourseVersion = published(lessons=1)
    return found


@pytest.mark.usefixtures("_nobody_decides")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_order_duplication_and_split_ends_in_the_same_tables(data: Any, version: CourseVersion) -> None:
    deeds = data.draw(histories(version))
    straight = after([deeds])
    shuffled = data.draw(st.permutations(deeds + data.draw(st.lists(st.sampled_from(deeds), max_size=4))))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(shuffled)), max_size=5)) | {0, len(shuffled)})
    batches = [list({one.id: one for one in shuffled[a:b]}.values()) for a, b in pairwise(cuts)]
    assert after([batch for batch in batches if batch]) == straight


def test_the_history_holds_every_kind_of_this_room(version: CourseVersion) -> None:
    seen: set[str] = set()

    @settings(max_examples=40, deadline=None, database=None, derandomize=True)
    @given(deeds=histories(version))
    def look(deeds: list[Deed]) -> None:
        seen.update(one.kind for one in deeds)

    look()
    ours = {"programme", "cohort", "batch", "session", "quota", "enrolment", "seat", "rollout"}
    assert {kind for kind in KINDS if kind.partition(".")[0] in ours} <= seen


@pytest.mark.slow
@pytest.mark.usefixtures("_nobody_decides")
def test_the_log_gives_the_same_tables_again(version: CourseVersion, django_db_blocker: Any) -> None:
    @settings(max_examples=1, deadline=None, database=None, derandomize=True)
    @given(deeds=histories(version))
    def take(deeds: list[Deed]) -> None:
        receive([enveloped([_entry(one) for one in deeds])])

    take()
    with django_db_blocker.unblock():  # the scratch database, too
        assert verify().differences == []
