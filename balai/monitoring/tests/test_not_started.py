"""Who has not started, at every level, for those who see persons."""

from io import BytesIO

import pytest
from python_calamine import load_workbook

from balai.monitoring import catching_up
from balai.monitoring.participation import not_started, people_of
from balai.monitoring.tests.test_tallies import _learn
from balai.people.models import Person

pytestmark = pytest.mark.django_db
VILLAGE = "18.02.07.2009"


@pytest.fixture
def village(make_person):
    """Of three people one has started, under an identity that was merged into hers."""
    people = [make_person(name, VILLAGE) for name in ("Sumarni", "Yusuf", "Ketut")]
    merged = make_person("Sumarni", VILLAGE)
    _learn(merged, 1)
    Person.objects.filter(pk=merged.pk).update(merged_into=people[0])
    return people


def test_people_are_in_the_order_of_their_names_as_they_are_read(make_person, region):
    for name in ("Zainal", "Rina", "Hj. Fitri", "Yoga", "Joko"):
        make_person(name, VILLAGE)
    read = ["Hj. Fitri", "Joko", "Rina", "Yoga", "Zainal"]
    place = region(VILLAGE)
    for people in (people_of(place), not_started(place), not_started(None)):
        assert [person.name for person in people] == read


@pytest.mark.parametrize("code", ["indonesia", "18", "18.02", "18.02.07", VILLAGE])
def test_at_every_level(code, village, admin, client_of):
    page = client_of(admin).get(f"/wilayah/{code}/belum-mulai").content.decode()
    assert [name in page for name in ("Yusuf", "Ketut", "Sumarni")] == [True, True, False]


def test_the_region_page_leads_there(village, coordinator, client_of):
    page = client_of(coordinator).get("/wilayah/18.02").content.decode()
    assert '<a href="/wilayah/18.02/belum-mulai">3 orang belum mulai belajar: lihat siapa</a>' in page


def test_of_one_course_or_of_all(village, coordinator, client_of):
    browser = client_of(coordinator)
    page = browser.get("/wilayah/18.02/belum-mulai?pelatihan=uji").content.decode()
    assert "3 dari 4 orang terdaftar" in page


def test_the_workbook_holds_all_of_them_and_runs_no_formula(village, coordinator, client_of, make_person):
    make_person("=1+1", VILLAGE)
    book = load_workbook(BytesIO(client_of(coordinator).get("/wilayah/18.02/belum-mulai.xlsx").content))
    rows = book.get_sheet_by_index(0).to_python()[4:]
    assert {row[0] for row in rows} == {"=1+1", "Drs. Hendra Wijaya", "Ketut", "Yusuf"}
    assert next(row for row in rows if row[0] == "Yusuf")[1:3] == ["Kampung Terbanggi Besar", VILLAGE]


@pytest.mark.parametrize(
    ("role", "status"),
    [("coordinator", 200), ("facilitator", 200), ("auditor", 200), ("partner", 404), ("other_coordinator", 404),
     ("stranger", 404), ("secretary", 404)],
)  # fmt: skip
@pytest.mark.parametrize("suffix", ["", ".xlsx"])
def test_who_sees_the_list(role, status, suffix, village, request, client_of):
    browser = client_of(request.getfixturevalue(role))
    assert browser.get(f"/wilayah/18.02/belum-mulai{suffix}").status_code == status


def test_as_many_queries_for_1_as_for_60(coordinator, make_person, client_of, queries, settings):
    browser = client_of(coordinator)
    make_person("Orang", VILLAGE)
    counts = []
    for number in (1, 60):
        for _more in range(number):
            make_person(f"Orang {number}", VILLAGE)
        catching_up.catch_up()
        settings.BALAI_JOBS = "worker"
        counts.append(queries(lambda: browser.get("/wilayah/18.02/belum-mulai")))
    assert counts[0] == counts[1]
    assert "halaman=2" in browser.get("/wilayah/18.02/belum-mulai").content.decode()
