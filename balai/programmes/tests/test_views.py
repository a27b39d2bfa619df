"""Pages of taking part."""

from typing import Any

import pytest

from balai.courses.models import Course
from balai.people.models import Person
from balai.programmes import enrolling
from balai.programmes.models import Enrolment, Seat

pytestmark = pytest.mark.django_db
PAGE = "/pelatihan/kursus/kepesertaan"
REQUESTS = "/pelatihan/kursus/kepesertaan/permintaan"


def test_taking_part_in_an_open_course(client_of: Any, secretary: Person, published: Any) -> None:
    published()
    browser = client_of(secretary)
    assert "Ikuti pelatihan" in browser.get("/pelatihan/kursus").content.decode()
    assert browser.get(PAGE).status_code == 200
    answer = browser.post(PAGE, follow=True)
    assert answer.redirect_chain == [("/pelatihan/kursus", 302)]
    assert "Anda terdaftar. Selamat belajar." in answer.content.decode()
    page = browser.get("/pelatihan/kursus").content.decode()
    assert "Anda peserta sejak" in page
    assert "Ikuti pelatihan" not in page
    assert browser.post(PAGE).status_code == 409
    assert Enrolment.objects.count() == 1


def test_a_restricted_course_opens_when_the_coordinator_says_so(
    client_of: Any, secretary: Person, stranger: Person, coordinator: Person, published: Any
) -> None:
    published(is_open=False)
    lesson = "/materi/kursus/1/materi-1"
    learner, keeper = client_of(secretary), client_of(coordinator)
    assert "Permintaan Anda tersimpan." in learner.post(PAGE, follow=True).content.decode()
    assert "Menunggu keputusan koordinator" in learner.get("/pelatihan/kursus").content.decode()
    assert learner.get(lesson).status_code == 403
    assert secretary.name in keeper.get(REQUESTS).content.decode()
    assert "sekarang peserta" in keeper.post(REQUESTS, {"orang": str(secretary.pk)}, follow=True).content.decode()
    assert learner.get(lesson).status_code == 200
    assert learner.post(f"{lesson}/selesai").status_code == 302
    assert client_of(stranger).get(lesson).status_code == 403
    assert "Tidak ada yang menunggu" in keeper.get(REQUESTS).content.decode()


def test_requests_exist_for_coordinators_of_those_people_only(
    client_of: Any, secretary: Person, colleague: Person, coordinator: Person, other_coordinator: Person,
    partner: Person, author: Person, published: Any,
) -> None:  # fmt: skip
    published(is_open=False)
    client_of(secretary).post(PAGE)
    for person in (secretary, colleague, partner, author):
        assert client_of(person).get(REQUESTS).status_code == 404
        assert client_of(person).post(REQUESTS, {"orang": str(secretary.pk)}).status_code == 404
    foreign = client_of(other_coordinator)
    assert secretary.name not in foreign.get(REQUESTS).content.decode()
    assert foreign.post(REQUESTS, {"orang": str(secretary.pk)}).status_code == 404
    assert foreign.post(REQUESTS, {"orang": "bukan"}).status_code == 404
    assert client_of(None).get(REQUESTS)["Location"].startswith("/masuk")
    assert client_of(None).post(PAGE).status_code == 401
    assert not Seat.objects.exists()


def test_the_list_takes_the_same_queries_for_one_and_for_thirty(
    client_of: Any, coordinator: Person, make_person: Any, published: Any, queries: Any
) -> None:
    published(is_open=False)
    course = Course.objects.select_related("current").get()
    keeper = client_of(coordinator)
    counts = []
    for names in (["Sumarni"], [f"Orang {number}" for number in range(29)]):
        for name in names:
            person = make_person(name, "18.02.07.2009")
            enrolling.ask(person, person, course)
        counts.append(queries(lambda: keeper.get(REQUESTS)))
    assert counts[0] == counts[1]
