"""Pages for learners."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import models
from django.test import Client

from balai.common.ids import derived
from balai.courses import access, page_files, panels, publishing
from balai.courses.models import Course, CourseVersion, LessonCompletion
from balai.courses.source import Source
from balai.courses.tests.folders import COURSE, DRAWING, folder
from balai.people.models import Person

pytestmark = pytest.mark.django_db
Publish = Callable[..., CourseVersion]


def finish(browser: Client, lesson: str, number: int = 1) -> str:
    answer = browser.post(f"/materi/kursus/{number}/{lesson}/selesai")
    assert answer.status_code == 302
    return str(answer["Location"])


def test_finishing_a_lesson_is_recorded_and_leads_on(published: Publish, client_of: Any, secretary: Person) -> None:
    published()
    browser = client_of(secretary)
    assert finish(browser, "materi-1") == "/materi/kursus/1/materi-2"
    assert finish(browser, "materi-1") == "/materi/kursus/1/materi-2"
    assert finish(browser, "materi-2") == "/pelatihan/kursus"
    assert list(LessonCompletion.objects.values_list("person", "lesson__slug").order_by("lesson__slug")) == [
        (secretary.pk, "materi-1"), (secretary.pk, "materi-2"),
    ]  # fmt: skip


def test_without_an_account_one_simply_goes_on(published: Publish, client_of: Any) -> None:
    published()
    assert finish(client_of(None), "materi-1") == "/materi/kursus/1/materi-2"
    assert not LessonCompletion.objects.exists()


def test_a_foreign_site_cannot_finish_lessons(published: Publish, client_of: Any, secretary: Person) -> None:
    published()
    browser = client_of(secretary)
    answer = browser.post("/materi/kursus/1/materi-1/selesai", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert not LessonCompletion.objects.exists()


def test_after_the_last_lesson_of_a_unit_comes_its_test(
    published: Publish, client_of: Any, secretary: Person, monkeypatch: Any
) -> None:
    test = derived(COURSE, "test", "latihan")
    row = panels.TestRow("10 soal", "/tes/x", "Lulus, nilai 80", True)
    monkeypatch.setattr(panels, "_FILLS", [lambda person, version: panels.Panel({test: row}, ("<p>blok</p>",))])
    monkeypatch.setattr("balai.courses.build._PARTS", [])
    published(tests=True)
    browser = client_of(secretary)
    assert finish(browser, "materi-2") == "/tes/x"
    page = browser.get("/pelatihan/kursus").content.decode()
    assert "Lulus, nilai 80" in page
    assert 'href="/tes/x"' in page
    assert page.index("Materi-2") < page.index("Latihan")


def test_the_course_page_says_what_is_next(published: Publish, client_of: Any, secretary: Person) -> None:
    published()
    browser = client_of(secretary)
    assert "Mulai: Materi-1" in browser.get("/pelatihan/kursus").content.decode()
    finish(browser, "materi-1")
    page = browser.get("/pelatihan/kursus").content.decode()
    assert "Lanjutkan: Materi-2" in page
    assert "1 dari 2 materi selesai" in page
    finish(browser, "materi-2")
    assert 'id="langkah"' not in browser.get("/pelatihan/kursus").content.decode()


def test_a_newer_version_is_offered_and_not_forced(published: Publish, client_of: Any, secretary: Person) -> None:
    published()
    browser = client_of(secretary)
    finish(browser, "materi-1")
    published(lessons=3)
    page = browser.get("/pelatihan/kursus").content.decode()
    assert 'href="/materi/kursus/1/materi-2">Lanjutkan' in page
    assert 'href="/materi/kursus/2/materi-2">Lanjutkan di versi baru' in page
    finish(browser, "materi-2", number=2)
    assert 'href="/materi/kursus/2/materi-3">Lanjutkan' in browser.get("/pelatihan/kursus").content.decode()


def test_what_was_finished_on_the_phone_is_taken_over_when_its_owner_says_so(
    published: Publish, client_of: Any, secretary: Person
) -> None:
    version = published(lessons=3)
    browser = client_of(secretary)
    finish(browser, "materi-1")
    chosen = [str(version.lessons[0].id), str(version.lessons[1].id), "bukan-uuid", str(UUID(int=7))]
    answer = browser.post("/pelatihan/kursus/kemajuan", {"materi": chosen}, follow=True)
    assert "1 materi tersimpan ke akun Anda." in answer.content.decode()
    assert LessonCompletion.objects.filter(person=secretary).count() == 2
    assert client_of(None).post("/pelatihan/kursus/kemajuan", {"materi": chosen}).status_code == 401
    assert LessonCompletion.objects.count() == 2


def test_a_restricted_course_is_for_whom_it_admits(
    published: Publish, client_of: Any, secretary: Person, stranger: Person, author: Person, monkeypatch: Any
) -> None:
    files_picture = {"materi-1": "![Garis](../gambar/garis.svg)"}
    files = folder(is_open=False, bodies=files_picture) | {"gambar/garis.svg": DRAWING}
    version = publishing.publish(Source.of(files.items()), None)[0]

    def admitted(person: Person) -> models.QuerySet[Course]:
        return Course.objects.filter(pk__in=[version.course_id] if person == secretary else []).values("pk")

    monkeypatch.setattr(access, "SOURCES", [admitted])
    (name,) = page_files.pictures_of(version)
    addresses = ["/materi/kursus/1/materi-1", f"/materi/kursus/1/berkas/{name}"]
    seen = {
        who: [client_of(person).get(address).status_code for address in addresses]
        for who, person in {"seat": secretary, "author": author, "stranger": stranger, "nobody": None}.items()
    }
    assert seen == {"seat": [200, 200], "author": [200, 200], "stranger": [403, 403], "nobody": [403, 403]}
    page = client_of(secretary).get(addresses[0])
    assert page["Cache-Control"] == "private, no-store"
    assert f'src="{addresses[1]}"' in page.content.decode()
    assert client_of(stranger).get(f"/berkas/{name}").status_code == 404
    assert client_of(stranger).post("/materi/kursus/1/materi-1/selesai").status_code == 403
    assert not LessonCompletion.objects.exists()
    assert "Materinya terbuka bagi peserta." in client_of(stranger).get("/pelatihan/kursus").content.decode()


def test_pages_take_the_same_queries_for_one_and_for_thirty(
    published: Publish, client_of: Any, secretary: Person, queries: Any
) -> None:
    browser = client_of(secretary)
    published(lessons=1)
    finish(browser, "materi-1")
    few = [queries(lambda path=path: browser.get(path)) for path in ("/pelatihan", "/pelatihan/kursus")]
    published(lessons=30)
    finish(browser, "materi-2", number=2)
    for number in range(29):
        published(course=UUID(int=1_000 + number), slug=f"kursus-{number}", lessons=1)
    many = [queries(lambda path=path: browser.get(path)) for path in ("/pelatihan", "/pelatihan/kursus")]
    assert many == few


def test_courses_are_found_by_a_part_of_their_name(published: Publish) -> None:
    published(course=UUID(int=1), slug="satu", title="Keuangan Desa")
    published(course=UUID(int=2), slug="dua", title="Pelayanan Publik")
    page = Client().get("/pelatihan", {"cari": "  keuang "}).content.decode()
    assert ("Keuangan Desa" in page, "Pelayanan Publik" in page) == (True, False)
    assert "Belum ada yang cocok" in Client().get("/pelatihan", {"cari": "zzz"}).content.decode()


def test_a_course_that_is_not_there(published: Publish) -> None:
    published()
    assert Client().get("/pelatihan/lain").status_code == 404
    assert Client().post("/materi/kursus/1/lain/selesai", headers={"sec-fetch-site": "same-origin"}).status_code == 404


def test_the_words_of_a_restricted_course_are_for_those_admitted(
    client_of: Any, author: Person, secretary: Person
) -> None:
    files = folder(is_open=False) | {"glosarium.md": b"## OTP\nKode sekali pakai.\n"}
    publishing.publish(Source.of(files.items()), author.id)
    assert [client_of(one).get("/pelatihan/kursus/glosarium").status_code for one in (secretary, None, author)] == [
        403,
        403,
        200,
    ]


def test_a_lesson_leads_to_the_words_where_there_are_some(published: Any, author: Person, client: Any) -> None:
    published()
    assert "glosarium" not in client.get("/materi/kursus/1/materi-1").content.decode()
    assert client.get("/pelatihan/kursus/glosarium").status_code == 404
    files = folder() | {
        "glosarium.md": b"## OTP\nKode [sekali pakai](materi/materi-2.md).\n\n## Akun\nTanda pengenal.\n"
    }
    publishing.publish(Source.of(files.items()), author.id)
    assert 'href="/pelatihan/kursus/glosarium"' in client.get("/materi/kursus/2/materi-1").content.decode()
    page = client.get("/pelatihan/kursus/glosarium").content.decode()
    assert page.index("<dt>Akun</dt>") < page.index("<dt>OTP</dt>")
    assert 'href="/materi/kursus/2/materi-2"' in page


def test_a_visitor_is_led_to_a_lesson_where_a_test_stands_first(
    db: None, client_of: Any, secretary: Person, monkeypatch: Any
) -> None:
    practice = "---\nid: latihan\njudul: L\njenis: latihan\nlulus: 50\n---\n## satu\nSatu?\n\n- (x) Ya\n- ( ) Bukan\n"
    files = folder(tests=True, lessons=1, order=["tes/latihan.md", "materi/materi-1.md"])
    source = Source.of((files | {"tes/latihan.md": practice.encode()}).items())
    version, _is_new = publishing.publish(source, None)
    row = panels.TestRow("1 soal", "/tes/awal")
    monkeypatch.setattr(panels, "of", lambda *_: panels.Panel({derived(version.course_id, "test", "latihan"): row}))
    pages = [client_of(one).get("/pelatihan/kursus").content.decode() for one in (None, secretary)]
    assert [page.partition('id="langkah" href="')[2].partition('"')[0] for page in pages] == [
        "/materi/kursus/1/materi-1",
        "/tes/awal",
    ]
