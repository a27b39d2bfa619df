"""Setting up cohorts: batches, sessions, quotas, deviations; and seeing one."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from balai.common.problems import Refusal
from balai.log.record import record
from balai.people.models import Person
from balai.programmes.cohorts.entries import CohortRegistered, QuotaDeviated
from balai.programmes.cohorts.models import Batch, Cohort, Deviation, Session
from balai.programmes.cohorts.quotas import Bucket, Quotas
from balai.programmes.tests.making import intake
from balai.programmes.tests.test_programmes import registered
from balai.regions.models import Region

pytestmark = pytest.mark.django_db
FORM = {
    "name": "Angkatan 2026",
    "asking": "approval",
    "opens_on": "2026-11-01",
    "closes_on": "2026-11-30",
    "kuota0-number": "2",
    "kuota0-level": "4",
    "kuota0-course": "",
    "kuota1-level": "4",
}
SESSION = {"part": "morning", "days": ["1", "2"], "starts": "08:00", "ends": "10:00", "zone": "WITA", "capacity": "30"}


def test_from_a_programme_to_a_session(client_of: Any, admin: Person, published: Any) -> None:
    course = published().course_id
    programme = registered(courses=(course,))
    browser = client_of(admin)
    page = f"/program/{programme.pk}/angkatan/baru"
    assert browser.get(page).status_code == 200
    answer = browser.post(page, FORM | {"courses": [str(course)], "kuota1-course": ""}, follow=True)
    cohort = Cohort.objects.get()
    assert answer.redirect_chain == [(f"/angkatan/{cohort.pk}", 302)]
    assert (cohort.name, cohort.courses, cohort.asking) == ("Angkatan 2026", [str(course)], "approval")
    assert cohort.quotas == [{"level": 4, "number": 2}]
    assert (cohort.opens_at, cohort.closes_at) == (
        datetime(2026, 10, 31, 17, tzinfo=UTC),
        datetime(2026, 11, 30, 16, 59, 59, 999999, tzinfo=UTC),
    )
    assert "Dua utusan tiap desa untuk setiap tema." in answer.content.decode()
    batch_form = {"name": "Tahap 1", "starts_on": "2026-12-01", "ends_on": "2026-12-20"}
    assert browser.post(f"/angkatan/{cohort.pk}/tahap/baru", batch_form).status_code == 302
    batch = Batch.objects.get()
    assert browser.get(f"/tahap/{batch.pk}/sesi/baru").status_code == 200
    answer = browser.post(f"/tahap/{batch.pk}/sesi/baru", SESSION, follow=True)
    session = Session.objects.get()
    assert (session.days, session.starts, session.ends, session.zone) == ([1, 2], "08:00", "10:00", "WITA")
    said = answer.content.decode()
    assert "Senin, Selasa 08.00–10.00 WITA" in said
    assert "1 s.d. 20 Desember 2026" in said
    assert "0 dari 30" in said


def test_changes_record_only_what_differs(client_of: Any, admin: Person, published: Any) -> None:
    made = intake(published().course_id)
    browser = client_of(admin)
    cohort = {"name": "Angkatan Baru", "asking": "open", "courses": made.cohort.courses, "kuota0-number": "2",
              "kuota0-level": "4", "kuota0-course": "", "kuota1-level": "4", "kuota2-level": "4"}  # fmt: skip
    session = SESSION | {"days": ["1", "2", "3"], "zone": "WIB", "capacity": "40"}
    pages = (
        (f"/angkatan/{made.cohort.pk}/ubah", cohort),
        (f"/tahap/{made.batch.pk}/ubah", {"name": "Tahap Pertama", "starts_on": "2026-12-01"}),
        (f"/sesi/{made.session.pk}/ubah", session),
    )
    for page, form in pages:
        assert browser.get(page).status_code == 200
        assert "Tersimpan." in browser.post(page, form, follow=True).content.decode()
        assert "Tidak ada yang berubah." in browser.post(page, form, follow=True).content.decode()
    made.cohort.refresh_from_db()
    assert (made.cohort.name, made.cohort.quotas) == ("Angkatan Baru", [{"level": 4, "number": 2}])
    assert (Batch.objects.get().name, Session.objects.get().capacity) == ("Tahap Pertama", 40)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"capacity": "0"}, "errorlist"),
        ({"ends": "07:00"}, "Jam selesai harus sesudah jam mulai."),
        ({"starts": "25:00"}, "errorlist"),
    ],
)
def test_a_session_that_cannot_be_is_refused(
    client_of: Any, admin: Person, published: Any, wrong: Any, said: str
) -> None:
    made = intake(published().course_id)
    answer = client_of(admin).post(f"/tahap/{made.batch.pk}/sesi/baru", SESSION | wrong)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Session.objects.count() == 1


def test_a_session_does_not_shrink_below_its_people(
    client_of: Any, admin: Person, published: Any, secretary: Person, colleague: Person
) -> None:
    made = intake(published().course_id)
    for person in (secretary, colleague):
        made.ask(person)
    answer = client_of(admin).post(f"/sesi/{made.session.pk}/ubah", SESSION | {"capacity": "1"})
    assert answer.status_code == 422
    assert "Sudah 2 orang mendapat tempat di sesi ini." in answer.content.decode()


def test_a_regions_own_quota(client_of: Any, admin: Person, published: Any) -> None:
    made = intake(published().course_id)
    page = f"/angkatan/{made.cohort.pk}/kuota"
    for number, reason in (("3", "Desa percontohan"), ("4", "")):
        form = {"region": "x", "region_kode": "", "region_pilihan": "18.02.07.2009", "number": number, "reason": reason}
        answer = client_of(admin).post(page, form | {"course": ""}, follow=True)
    assert [(row.number, row.region.code) for row in Deviation.objects.order_by("decided_at")] == [
        (3, "18.02.07.2009"),
        (4, "18.02.07.2009"),
    ]
    said = answer.content.decode()
    assert "paling banyak 4" in said
    assert "sudah diganti" in said
    assert "Desa percontohan" in said


def test_whose_quota_counts(published: Any, region: Any) -> None:
    """A course before each course, a region's own before its level's, the latest before earlier ones."""
    one, other = UUID(int=1), UUID(int=2)
    quotas = [{"level": 4, "number": 2}, {"level": 4, "number": 5, "course": str(one)}, {"level": 0, "number": 90}]
    made = intake(published().course_id, quotas=quotas)
    for code, number, course in (
        ("18.02.07.2009", 1, None),
        ("18.02.07.2009", 7, other),
        ("18.02.07", 30, None),
        ("18.02.07", 40, None),
    ):
        record("quota.deviated", QuotaDeviated(made.cohort.pk, region(code).pk, number, course), proof="hub")
    found = Quotas(made.cohort)
    assert found.buckets(one, "18.02.07.2008") == [
        (Bucket(one, 0, ""), 90),
        (Bucket(one, 3, "18.02.07"), 40),
        (Bucket(one, 4, "18.02.07.2008"), 5),
    ]
    assert found.limit(Bucket(one, 4, "18.02.07.2009")) == 1
    assert found.limit(Bucket(other, 4, "18.02.07.2009")) == 7
    assert found.limit(Bucket(other, 4, "18.02.08.2001")) == 2
    assert found.limit(Bucket(other, 3, "18.02.08")) is None
    assert found.buckets(one, "18.02") == [(Bucket(one, 0, ""), 90), (Bucket(one, 4, "18.02"), 5)]
    assert found.buckets(one, "") == [(Bucket(one, 0, ""), 90), (Bucket(one, 4, ""), 5)]


def test_only_who_steers_the_programme_sets_up_its_cohorts(
    client_of: Any, coordinator: Person, other_coordinator: Person, secretary: Person, published: Any, region: Any
) -> None:
    made = intake(published().course_id, region=region("18.02").pk)
    pages = (
        f"/program/{made.programme.pk}/angkatan/baru",
        f"/angkatan/{made.cohort.pk}/ubah",
        f"/angkatan/{made.cohort.pk}/kuota",
        f"/angkatan/{made.cohort.pk}/tahap/baru",
        f"/tahap/{made.batch.pk}/ubah",
        f"/tahap/{made.batch.pk}/sesi/baru",
        f"/sesi/{made.session.pk}/ubah",
    )
    for page in pages:
        assert client_of(coordinator).get(page).status_code == 200, page
        for person in (other_coordinator, secretary):
            assert client_of(person).get(page).status_code == 404, page
            assert client_of(person).post(page, {}).status_code == 404, page
    nation = intake(published().course_id)
    assert client_of(coordinator).get(f"/angkatan/{nation.cohort.pk}/ubah").status_code == 404
    with pytest.raises(Refusal) as caught:
        record("cohort.registered", CohortRegistered(nation.programme.pk, "Lain"), actor=coordinator.id)
    assert caught.value.problem.code == "B1007"


def test_a_cohort_takes_the_same_queries_for_one_session_and_for_thirty(
    client_of: Any, secretary: Person, published: Any, queries: Any
) -> None:
    course = published().course_id
    few, many = intake(course, sessions=1), intake(course, sessions=30)
    browser = client_of(secretary)
    counts = [queries(lambda made=made: browser.get(f"/angkatan/{made.cohort.pk}")) for made in (few, many)]
    assert counts[0] == counts[1]


def test_regions_of_their_own_are_listed_with_the_same_queries(
    client_of: Any, admin: Person, published: Any, queries: Any
) -> None:
    made = intake(published().course_id)
    browser, counts = client_of(admin), []
    villages = list(Region.objects.filter(level=4).order_by("code").values_list("pk", flat=True)[:30])
    for some in (villages[:1], villages[1:]):
        for village in some:
            made.deviate(village, 3)
        counts.append(queries(lambda: browser.get(f"/angkatan/{made.cohort.pk}/kuota")))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("window", "said"),
    [
        ({}, "Pendaftaran dibuka."),
        ({"closes_at": datetime(2090, 1, 1, tzinfo=UTC)}, "Pendaftaran dibuka sampai 1 Januari 2090."),
        ({"opens_at": datetime(2090, 1, 1, tzinfo=UTC)}, "Pendaftaran dibuka 1 Januari 2090."),
        ({"closes_at": datetime(2026, 1, 1, tzinfo=UTC)}, "Pendaftaran ditutup 1 Januari 2026."),
    ],
)
def test_the_window_is_said_in_words(client_of: Any, published: Any, window: Any, said: str) -> None:
    made = intake(published().course_id, **window)
    assert said in client_of(None).get(f"/angkatan/{made.cohort.pk}").content.decode()
