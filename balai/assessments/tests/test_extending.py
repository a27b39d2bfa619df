"""More time and another attempt after an outage: who may give them, what they come to, and that they are told."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.assessments import extending, limits, sitting
from balai.assessments.drafts import Draft
from balai.assessments.jobs import lengthen, mark_attempts
from balai.assessments.models import Extension, Mark
from balai.assessments.published import Rules
from balai.common import clock
from balai.common.ids import uuid7
from balai.common.problems import Refusal
from balai.log.models import Entry
from balai.log.record import record
from balai.regions.models import Region

from .conftest import QUESTIONS, SEALED, published, right, wrong
from .test_gain import take
from .test_jobs import idle, submitted  # noqa: F401  (a fixture)
from .test_pages import text

NOON = datetime(2026, 11, 3, 5, 0, tzinfo=UTC)
WHY = "Listrik padam di balai desa."


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


@pytest.fixture(autouse=True)
def _an_hour_before():
    """Roles are granted before anything is given."""
    with clock.frozen(at(-60)):
        yield


@pytest.fixture
def noon():
    """Asked for last: people and their roles are there by then."""
    with clock.frozen(NOON):
        yield


def give(actor, person, test, minutes=0, attempts=0, moment=NOON):
    with clock.frozen(moment):
        extending.to_person(actor, person, test.identity, {"minutes": minutes, "attempts": attempts, "reason": WHY})


def give_region(actor, code, test, minutes=0, attempts=0, moment=NOON):
    with clock.frozen(moment):
        region = Region.objects.get(code=code) if code else None
        extending.to_region(actor, region, test.identity, {"minutes": minutes, "attempts": attempts, "reason": WHY})


def test_who_is_at_it_has_more_time_at_once(secretary, facilitator, sealed):
    draft = sitting.start(secretary, sealed, NOON)
    give(facilitator, secretary, sealed, minutes=30, moment=at(10))
    draft.refresh_from_db()
    assert draft.deadline == at(50)
    sitting.save(draft, right(sealed, draft.pk), at(45))
    sitting.submit(secretary, draft.pk, lambda _draft: {}, at(46))
    mark = Mark.objects.get()
    assert (mark.score, mark.seconds) == (1000, 50 * 60)


def test_time_that_ran_out_begins_anew_when_more_is_given(secretary, facilitator, sealed):
    draft = sitting.start(secretary, sealed, NOON)
    give(facilitator, secretary, sealed, minutes=30, moment=at(60))
    draft.refresh_from_db()
    assert (draft.deadline, draft.late(at(80))) == (at(90), False)


def test_what_is_given_twice_is_given_twice(secretary, facilitator, coordinator, sealed):
    draft = sitting.start(secretary, sealed, NOON)
    give(facilitator, secretary, sealed, minutes=15, moment=at(5))
    give(coordinator, secretary, sealed, minutes=15, moment=at(6))
    draft.refresh_from_db()
    assert draft.deadline == at(50)


def test_the_job_may_run_again(secretary, facilitator, sealed):
    draft = sitting.start(secretary, sealed, NOON)
    give(facilitator, secretary, sealed, minutes=15, moment=at(5))
    lengthen([Extension.objects.get().pk] * 2)
    lengthen([Extension.objects.get().pk])
    draft.refresh_from_db()
    assert draft.deadline == at(35)


def test_everybody_of_the_region_who_is_at_it_and_nobody_else(secretary, colleague, stranger, coordinator, sealed):
    drafts = [sitting.start(person, sealed, NOON) for person in (secretary, colleague, stranger)]
    give_region(coordinator, "18.02.07", sealed, minutes=30, moment=at(10))
    assert [Draft.objects.get(pk=draft.pk).deadline for draft in drafts] == [at(50), at(50), at(20)]


def test_who_begins_later_has_the_usual_time(secretary, coordinator, sealed):
    give_region(coordinator, "18.02", sealed, minutes=30)
    assert sitting.start(secretary, sealed, at(1)).deadline == at(21)


def test_another_attempt_after_the_last(secretary, facilitator, sealed):
    for _turn in range(2):
        take(secretary, sealed, 0)
    with pytest.raises(Refusal, match="B4004"):
        sitting.start(secretary, sealed, NOON)
    give(facilitator, secretary, sealed, attempts=1)
    take(secretary, sealed, 3)
    assert sorted(mark.outcome for mark in Mark.objects.all()) == ["failed", "failed", "passed"]


def test_attempts_that_arrive_by_themselves_count_as_far_as_was_given(secretary, facilitator, sealed, idle):  # noqa: F811
    give(facilitator, secretary, sealed, attempts=1)
    ids = [record("attempt.submitted", deed.payload, actor=deed.actor, subject=deed.subject, id=deed.id).id
           for deed in (submitted(secretary, sealed, wrong) for _turn in range(4))]  # fmt: skip
    mark_attempts(ids)
    assert sorted(mark.outcome for mark in Mark.objects.all()) == ["failed", "failed", "failed", "over_limit"]


def test_a_window_that_closed_opens_again(secretary, facilitator, publish_course):
    closing = SEALED.replace("menit: 20\n", "tutup: 2026-11-03 11.00\n")
    test = published(publish_course(akhir=closing + QUESTIONS), "akhir")
    with pytest.raises(Refusal, match="B4007"):
        sitting.start(secretary, test, NOON)
    give(facilitator, secretary, test, minutes=60)
    assert sitting.start(secretary, test, at(1)).deadline == at(60)
    with pytest.raises(Refusal, match="B4007"):
        sitting.start(facilitator, test, NOON)


def test_who_may_give(secretary, coordinator, facilitator, admin, sealed):
    for actor in (coordinator, facilitator, admin):
        give(actor, secretary, sealed, minutes=15)
    entry = Entry.objects.filter(kind="attempt.extended").first()
    assert (entry.actor, entry.subject, entry.audience) == (coordinator.id, secretary.id, secretary.region_id)


def test_who_may_not(secretary, colleague, other_coordinator, auditor, partner, author, stranger, sealed):
    """Whoever has no role there is kept waiting for one, and nothing happens."""
    for actor in (colleague, other_coordinator, auditor, partner, author, stranger):
        with pytest.raises(Refusal):
            give(actor, secretary, sealed, minutes=15)
        with pytest.raises(Refusal):
            give_region(actor, "18.02", sealed, minutes=15)
    assert Extension.objects.count() == 0


def test_nobody_gives_to_themselves(facilitator, sealed):
    with pytest.raises(Refusal, match="B4009"):
        give(facilitator, facilitator, sealed, minutes=15)


def test_the_nation_is_for_the_national_office(coordinator, admin, sealed):
    with pytest.raises(Refusal):
        give_region(coordinator, "", sealed, minutes=15)
    give_region(admin, "", sealed, minutes=15)
    assert Extension.objects.get().region is None


def test_nothing_cannot_be_given(secretary, facilitator, sealed):
    with pytest.raises(Refusal, match="B4008"):
        give(facilitator, secretary, sealed)


def test_the_learner_is_told_on_the_test_and_on_the_paper(secretary, facilitator, client_of, sealed):
    draft = sitting.start(secretary, sealed, NOON)
    give(facilitator, secretary, sealed, minutes=30, attempts=1, moment=at(5))
    with clock.frozen(at(6)):
        browser = client_of(secretary)
        page = text(browser.get(f"/tes/{sealed.identity}"))
        paper = text(browser.get(f"/pengerjaan/{draft.pk}"))
        left = browser.post(f"/pengerjaan/{draft.pk}/jawaban", {}, headers={"accept": "application/json"}).json()
    told = "Waktu ditambah 30 menit. 1 kesempatan ditambahkan. Oleh Yusuf, 3 November 2026 12.05 WIB : "
    assert told + WHY in page
    assert "Waktu Anda ditambah: sekarang sampai 12.50 WIB" in paper
    assert left["left"] == 44 * 60


def test_a_helper_sees_how_somebody_stands_and_gives(secretary, facilitator, client_of, sealed):
    with clock.frozen(NOON):
        sitting.start(secretary, sealed, NOON)
        browser = client_of(facilitator)
        person = text(browser.get(f"/orang/{secretary.pk}"))
        assert "waktu tambahan atau kesempatan lagi setelah gangguan" in person
        rows = browser.get(f"/orang/{secretary.pk}/tes")
        assert "mulai 12.00 WIB, sampai 3 November 2026 12.20 WIB" in text(rows)
        address = f"/orang/{secretary.pk}/tes/{sealed.identity}/tambahan"
        assert address in rows.content.decode()
        given = browser.post(address, {"minutes": "30", "reason": f" {WHY} "}, follow=True)
    assert given.redirect_chain == [(f"/orang/{secretary.pk}/tes", 302)]
    assert "Diberikan kepada Siti Rahayu, S.Pd. " in text(given)
    row = Extension.objects.get()
    assert (row.minutes, row.attempts, row.reason, row.given_by) == (30, 0, WHY, facilitator.pk)


def test_a_coordinator_gives_it_to_a_region(secretary, coordinator, client_of, sealed):
    with clock.frozen(NOON):
        sitting.start(secretary, sealed, NOON)
        browser = client_of(coordinator)
        listed = browser.get("/gangguan-tes?wilayah=18.02.07").content.decode()
        address = f"/tes/{sealed.identity}/tambahan"
        assert f"{address}?wilayah=18.02.07" in listed
        assert "1 orang di wilayah Anda sedang mengerjakannya." in text(browser.get(address))
        form = {"region": "18.02.07", "minutes": "60", "attempts": "on", "reason": WHY}
        given = browser.post(address, form, follow=True)
    assert "Diberikan kepada semua orang di Kecamatan Terbanggi Besar " in text(given)
    assert "Untuk Kecamatan Terbanggi Besar, oleh" in text(given)
    assert Draft.objects.get().deadline == at(80)


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"minutes": "0", "reason": WHY}, "Pilih tambahan waktu, tambahan kesempatan, atau keduanya."),
        ({"minutes": "7", "reason": WHY}, "Belum tersimpan"),
        ({"minutes": "30", "reason": "  "}, "Belum tersimpan"),
    ],
)
def test_what_is_missing_is_said_at_the_form(secretary, facilitator, client_of, sealed, form, words, noon):
    page = client_of(facilitator).post(f"/orang/{secretary.pk}/tes/{sealed.identity}/tambahan", form)
    assert (page.status_code, words in text(page), Extension.objects.count()) == (422, True, 0)


def test_a_region_beyond_reach_is_refused_at_the_form(coordinator, client_of, sealed, noon):
    form = {"region": "51.02", "minutes": "30", "reason": WHY}
    page = client_of(coordinator).post(f"/tes/{sealed.identity}/tambahan", form)
    assert (page.status_code, Extension.objects.count()) == (422, 0)


def test_the_page_of_a_region_leads_there_for_who_may_help(coordinator, auditor, client_of, noon):
    found = {person.name: client_of(person).get("/wilayah/18.02").content.decode() for person in (coordinator, auditor)}
    assert ["/gangguan-tes?wilayah=18.02" in page for page in found.values()] == [True, True]


@pytest.fixture
def far_auditor(make_person):
    return make_person("Pemeriksa Bali", "51", role="auditor", over=("51",))


def test_an_auditor_sees_what_was_given_and_gives_nothing(facilitator, auditor, far_auditor, client_of, sealed, noon):
    form = {"region": "18.02.07", "minutes": "30", "reason": WHY}
    assert client_of(facilitator).post(f"/tes/{sealed.identity}/tambahan", form).status_code == 302
    page = client_of(auditor).get("/gangguan-tes").content.decode()
    assert f"oleh {facilitator.name}" in page
    assert "/tambahan" not in page
    assert "Belum ada yang diberikan" in client_of(far_auditor).get("/gangguan-tes").content.decode()
    assert client_of(auditor).post("/gangguan-tes").status_code == 405


def test_strangers_do_not_get_in(secretary, stranger, other_coordinator, colleague, auditor, client_of, sealed, noon):
    person = f"/orang/{secretary.pk}/tes"
    for other in (stranger, other_coordinator, colleague, auditor):
        browser = client_of(other)
        pages = (person, f"{person}/{sealed.identity}/tambahan")
        assert [browser.get(page).status_code for page in pages] == [404, 404]
        assert browser.post(pages[1], {"minutes": "30", "reason": WHY}).status_code == 404
    for other in (stranger, colleague, auditor):
        found = client_of(other).get("/gangguan-tes").status_code
        assert found == (200 if other == auditor else 404)
        assert client_of(other).get(f"/tes/{sealed.identity}/tambahan").status_code == 404
    assert Extension.objects.count() == 0


def test_practice_without_limits_needs_nothing(secretary, facilitator, client_of, practice, noon):
    page = client_of(facilitator).get(f"/orang/{secretary.pk}/tes/{practice.identity}/tambahan")
    assert page.status_code == 404


def test_a_persons_tests_take_as_many_queries_with_one_attempt_as_with_thirty(
    secretary, facilitator, client_of, publish_course, queries, noon
):
    often = published(publish_course(akhir=SEALED.replace("kesempatan: 2", "kesempatan: 100") + QUESTIONS), "akhir")
    browser, address = client_of(facilitator), f"/orang/{secretary.pk}/tes"
    take(secretary, often, 0)
    browser.get(address)
    with_one = queries(lambda: browser.get(address))
    for turn in range(29):
        take(secretary, often, 0, at(turn))
    assert queries(lambda: browser.get(address)) == with_one


GIVEN = st.builds(
    lambda minutes, after, pk: Extension(pk=pk, minutes=minutes, attempts=0, given_at=at(after)),
    st.integers(0, 120),
    st.integers(-60, 120),
    st.uuids(version=4),
)


@given(st.lists(GIVEN, max_size=5, unique_by=lambda one: one.pk), st.permutations(range(5)), st.integers(1, 60))
def test_time_never_shrinks_and_follows_from_what_was_given_in_any_order(extensions, order, minutes):
    rules = Rules(70, minutes=minutes, closes=at(40))
    ends = [limits.deadline(rules, NOON, extensions[:count]) for count in range(len(extensions) + 1)]
    assert ends == sorted(ends)
    shuffled = [extensions[place] for place in order if place < len(extensions)]
    assert limits.deadline(rules, NOON, shuffled) == ends[-1]


def test_without_limits_nothing_is_limited():
    given_row = Extension(pk=uuid7(), minutes=30, attempts=1, given_at=NOON)
    assert limits.deadline(Rules(70), NOON, [given_row]) is None
    assert limits.attempts(Rules(70), [given_row]) is None
