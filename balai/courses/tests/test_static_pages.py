"""Open lessons as plain files: no query, no session, no template; and never what is not for everyone."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.test import Client

from balai.courses import page_files, publishing, static_pages
from balai.courses.models import CourseVersion
from balai.courses.source import Source
from balai.courses.tests.folders import DRAWING, folder
from balai.people.models import Person

pytestmark = pytest.mark.django_db
LESSON = "/materi/kursus/1/materi-1"
Publish = Callable[..., CourseVersion]


@pytest.fixture
def with_picture(db: None) -> CourseVersion:
    files = folder(bodies={"materi-1": "![Garis](../gambar/garis.svg)"}) | {"gambar/garis.svg": DRAWING}
    return publishing.publish(Source.of(files.items()), None)[0]


def test_a_lesson_is_served_without_a_single_query(
    published: Publish, client_of: Any, secretary: Person, queries: Any
) -> None:
    published()
    browser = client_of(secretary)
    answers: list[Any] = []
    assert queries(lambda: answers.append(browser.get(LESSON))) == 0
    (answer,) = answers
    assert answer.status_code == 200
    assert "Materi-1" in answer.content.decode()
    assert "sessionid" not in answer.cookies
    assert answer["Cache-Control"] == "public, max-age=300, stale-while-revalidate=86400"
    assert answer["Vary"] == "Accept-Encoding, Cookie"
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_same_page_in_every_packing(published: Publish) -> None:
    published()
    plain = Client().get(LESSON)
    packed = Client(headers={"accept-encoding": "gzip, br"}).get(LESSON)
    older = Client(headers={"accept-encoding": "gzip"}).get(LESSON)
    assert "Content-Encoding" not in plain
    assert (packed["Content-Encoding"], older["Content-Encoding"]) == ("br", "gzip")
    assert brotli.decompress(packed.content) == gzip.decompress(older.content) == plain.content
    assert len({answer["ETag"] for answer in (plain, packed, older)}) == 3


def test_a_page_that_the_phone_has_is_not_sent_again(published: Publish) -> None:
    published()
    first = Client().get(LESSON)
    again = Client(headers={"if-none-match": first["ETag"]}).get(LESSON)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    head = Client().head(LESSON)
    assert (head.status_code, head.content, head["Content-Length"]) == (200, b"", str(len(first.content)))


def test_language_and_theme_are_those_that_the_reader_chose(published: Publish) -> None:
    published()

    def shown(**cookies: str) -> str:
        browser = Client()
        browser.cookies.load(cookies)
        return browser.get(LESSON).content.decode()

    assert "Selesai, lanjut" in shown()
    assert '<html lang="en"' in shown(bahasa="en")
    assert '<html lang="id" data-theme="dark"' in shown(tema="gelap")
    assert '<html lang="en" data-theme="light"' in shown(bahasa="en", tema="terang")
    assert shown(bahasa="xx", tema="../../x") == shown()


def test_a_variant_is_rendered_once_and_then_lies_ready(published: Publish, queries: Any) -> None:
    published()
    browser = Client()
    browser.cookies.load({"tema": "gelap"})
    browser.get(LESSON)
    assert queries(lambda: browser.get(LESSON)) == 0


def test_pages_lost_or_of_an_older_frame_are_written_anew(published: Publish, tmp_path: Path) -> None:
    version = published()
    before = Client().get(LESSON).content
    old = page_files.public() / "000000000000" / "materi" / "kursus"
    page_files.public().joinpath(page_files.frame()).rename(page_files.public() / "000000000000")
    assert Client().get(LESSON).content == before
    assert old.exists()
    assert list(page_files.refresh()) == [version]
    assert not old.exists()
    assert page_files.page_path("kursus", 1, "materi-2", page_files.Variant("en", "")).exists()


def test_a_page_that_a_power_cut_emptied_is_written_anew(published: Publish) -> None:
    published()
    before = Client().get(LESSON).content
    page = page_files.page_path("kursus", 1, "materi-1", page_files.Variant("id", ""))
    page.write_bytes(b"")
    assert Client().get(LESSON).content == before
    assert page.read_bytes() == before
    page.write_bytes(b"")
    list(page_files.refresh())
    assert page.read_bytes() == before


def test_pictures_are_for_ever_and_cannot_run(with_picture: CourseVersion) -> None:
    (name,) = page_files.pictures_of(with_picture)
    assert 'src="data:image/svg+xml,' in Client().get(LESSON).content.decode()
    answer = Client().get(f"/berkas/{name}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Content-Security-Policy"] == static_pages.PICTURE_POLICY
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    ["/materi/kursus/1/tidak-ada", "/materi/kursus/9/materi-1", "/materi/lain/1/materi-1",
     "/materi/kursus/1/..%2f..%2fbalai.sqlite3", "/berkas/" + "0" * 64 + ".svg", "/berkas/../../keys/secret"],
)  # fmt: skip
def test_what_is_not_there_is_not_found(path: str, published: Publish) -> None:
    published()
    assert Client().get(path).status_code == 404


def test_a_restricted_course_never_lies_where_anyone_may_read(published: Publish) -> None:
    version = published(is_open=False)
    assert page_files.write_version(version) == 0
    assert not page_files.public().exists()
    assert Client().get(LESSON).status_code == 403
    assert not page_files.public().exists()
