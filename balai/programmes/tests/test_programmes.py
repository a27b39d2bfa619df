"""Programmes: setting them up, seeing them, for whom they are."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from balai.common.problems import Refusal
from balai.log.record import record
from balai.people.models import Person
from balai.programmes.entries import ProgrammeRegistered
from balai.programmes.models import Programme, Stage

pytestmark = pytest.mark.django_db
FORM = {
    "name": "LMS Pamong Desa",
    "summary": "Belajar di desa.",
    "region": "",
    "alur0-name": "Sosialisasi",
    "alur0-starts_on": "2026-11-01",
    "alur0-ends_on": "2026-11-30",
    "alur1-name": "Pembelajaran",
}


def registered(name: str = "LMS Pamong Desa", region: UUID | None = None, **fields: Any) -> Programme:
    """A programme, recorded by the hub."""
    entry = record("programme.registered", ProgrammeRegistered(name=name, region=region, **fields), proof="hub")
    return Programme.objects.get(pk=entry.id)


def test_an_author_of_the_nation_sets_up_a_programme(client_of: Any, author: Person, published: Any) -> None:
    first, second = published(), published(course=UUID(int=9), slug="lain", title="Kursus Lain")
    browser = client_of(author)
    assert browser.get("/program/baru").status_code == 200
    order = {f"urutan-{first.course_id}": "2", f"urutan-{second.course_id}": "1"}
    answer = browser.post("/program/baru", FORM | order, follow=True)
    made = Programme.objects.get()
    assert answer.redirect_chain == [(f"/program/{made.pk}", 302)]
    assert (made.name, made.summary, made.region) == ("LMS Pamong Desa", "Belajar di desa.", None)
    assert made.courses == [str(second.course_id), str(first.course_id)]
    assert made.course_of_stages == [
        Stage("Sosialisasi", date(2026, 11, 1), date(2026, 11, 30)),
        Stage("Pembelajaran", None, None),
    ]
    page = answer.content.decode()
    assert page.index("/pelatihan/lain") < page.index(f"/pelatihan/{first.slug}")
    assert "1 s.d. 30 November 2026" in page


def test_changing_it_records_only_what_differs(client_of: Any, admin: Person, published: Any) -> None:
    course = published().course_id
    made = registered(summary="Lama.", courses=(course,))
    page = f"/program/{made.pk}/ubah"
    form = {"name": made.name, "summary": "Baru.", f"urutan-{course}": "1"}
    assert "Lama." in client_of(admin).get(page).content.decode()
    assert "Tersimpan." in client_of(admin).post(page, form, follow=True).content.decode()
    assert "Tidak ada yang berubah." in client_of(admin).post(page, form, follow=True).content.decode()
    found = Programme.objects.get()
    assert (found.summary, found.courses, found.stages) == ("Baru.", [str(course)], [])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Belum tersimpan"),
        ({"alur0-ends_on": "2026-10-01"}, "Hari terakhir tidak boleh sebelum hari pertama."),
        ({"alur1-name": "", "alur1-starts_on": "2026-12-01"}, "Beri nama, atau kosongkan tanggalnya."),
        ({"region": "Wakanda"}, "Wilayah ini tidak ditemukan."),
    ],
)
def test_what_is_typed_wrong_is_said_at_its_field(client_of: Any, admin: Person, wrong: Any, said: str) -> None:
    answer = client_of(admin).post("/program/baru", FORM | wrong)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Programme.objects.exists()


def test_a_coordinator_sets_one_up_for_their_own_regions_only(
    client_of: Any, coordinator: Person, other_coordinator: Person, region: Any
) -> None:
    browser = client_of(coordinator)
    assert "18.02" in browser.get("/program/baru").content.decode()
    assert browser.post("/program/baru", FORM | {"region": "51.02"}).status_code == 422
    assert browser.post("/program/baru", FORM).status_code == 422, "not for the nation"
    assert browser.post("/program/baru", FORM | {"region": "18.02.07", "region_kode": "18.02.07"}).status_code == 302
    made = Programme.objects.get()
    assert made.region == region("18.02.07")
    assert browser.get(f"/program/{made.pk}/ubah").status_code == 200
    assert client_of(other_coordinator).get(f"/program/{made.pk}/ubah").status_code == 404


def test_nobody_else_sets_one_up(
    client_of: Any, secretary: Person, stranger: Person, facilitator: Person, partner: Person, coordinator: Person
) -> None:
    made = registered()
    for person in (secretary, stranger, facilitator, partner):
        assert client_of(person).get("/program/baru").status_code == 404
        assert client_of(person).post("/program/baru", FORM).status_code == 404
        assert client_of(person).get(f"/program/{made.pk}/ubah").status_code == 404
        assert client_of(person).get(f"/program/{made.pk}").status_code == 200, "everybody sees it"
    assert client_of(None).get(f"/program/{made.pk}").status_code == 200
    assert client_of(coordinator).post(f"/program/{made.pk}/ubah", FORM).status_code == 404, "it is the nation's"
    with pytest.raises(Refusal) as caught:
        record("programme.registered", ProgrammeRegistered("Lain"), actor=coordinator.id)
    assert caught.value.problem.code == "B1007"


def test_values_that_do_not_fit_are_refused(admin: Person) -> None:
    made = registered()
    changes = {"stages": {"value": [{"name": ""}], "bases": [str(made.pk)]}}
    with pytest.raises(ValueError, match="length >= 1"):
        record("programme.changed", {"changes": changes}, actor=admin.id, subject=made.pk)
    assert Programme.objects.get().stages == []


def test_the_list_takes_the_same_queries_for_one_and_for_thirty(
    client_of: Any, secretary: Person, queries: Any, region: Any
) -> None:
    browser = client_of(secretary)
    registered("Program 0", region("18.02").pk)
    counts = [queries(lambda: browser.get("/program"))]
    for number in range(1, 30):
        registered(f"Program {number}", region("18.02").pk)
    counts.append(queries(lambda: browser.get("/program")))
    assert counts[0] == counts[1]
    assert "Program 29" in browser.get("/program").content.decode()


def test_a_page_takes_the_same_queries_for_one_course_and_for_thirty(
    client_of: Any, secretary: Person, queries: Any, published: Any
) -> None:
    versions = [published(course=UUID(int=50 + n), slug=f"kursus-{n}", lessons=1) for n in range(30)]
    few, many = registered(courses=(versions[0].course_id,)), registered(courses=[v.course_id for v in versions])
    browser = client_of(secretary)
    pages = [queries(lambda made=made: browser.get(f"/program/{made.pk}")) for made in (few, many)]
    assert pages[0] == pages[1]


def test_a_course_that_is_not_here_is_not_shown(client_of: Any, secretary: Person) -> None:
    made = registered(courses=(UUID(int=7),))
    assert "Belum ada pelatihan di program ini." in client_of(secretary).get(f"/program/{made.pk}").content.decode()
