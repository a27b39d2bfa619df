"""Pages for authors: import, preview with every fault, publish, export, an earlier draft; and nobody else."""

import io
import zipfile
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from balai.courses import page_files
from balai.courses.drafts import import_draft
from balai.courses.models import CourseVersion, Draft
from balai.courses.source import Source
from balai.courses.tests.folders import DRAWING, folder
from balai.people.models import Person

pytestmark = pytest.mark.django_db


def source(**shape: Any) -> Source:
    return Source.of(folder(**shape).items())


def upload(browser: Client, content: bytes) -> Any:
    return browser.post("/pelatihan/naskah", {"berkas": SimpleUploadedFile("kursus.zip", content)})


def test_from_a_zip_to_a_published_course_and_back(client_of: Any, author: Person) -> None:
    browser = client_of(author)
    answer = upload(browser, source().to_zip())
    draft = Draft.objects.get()
    assert answer["Location"] == f"/pelatihan/naskah/{draft.pk}"
    page = browser.get(answer["Location"]).content.decode()
    assert "Yang berubah bila terbit sebagai versi 1" in page
    assert browser.get(f"/pelatihan/naskah/{draft.pk}/materi/materi-1").status_code == 200
    assert browser.post(f"/pelatihan/naskah/{draft.pk}/terbitan")["Location"] == "/pelatihan/kursus"
    assert CourseVersion.objects.get().published_by == author.id
    page = browser.get(f"/pelatihan/naskah/{draft.pk}").content.decode()
    assert "Sama dengan versi 1 yang sudah terbit" in page
    exported = browser.get(f"/pelatihan/naskah/{draft.pk}/berkas.zip")
    assert exported["Content-Disposition"] == 'attachment; filename="kursus.zip"'
    assert Source.from_zip(io.BytesIO(exported.content)) == source()


def test_every_fault_is_shown_at_its_file_and_line(client_of: Any, author: Person) -> None:
    files = folder(bodies={"materi-2": "Satu.\n\n[x](hilang.md)\n\n![](../gambar/hilang.svg)"})
    draft = import_draft(Source.of(files.items()), author.id)
    browser = client_of(author)
    page = browser.get(f"/pelatihan/naskah/{draft.pk}").content.decode()
    assert "2 hal perlu diperbaiki" in page
    assert page.count("<code>materi/materi-2.md</code>") == 2
    assert ">8</td>" in page
    assert "Terbitkan" not in page
    refused = browser.post(f"/pelatihan/naskah/{draft.pk}/terbitan")
    assert (refused.status_code, "B3008" in refused.content.decode()) == (422, True)
    assert not CourseVersion.objects.exists()


def test_a_preview_shows_what_readers_will_see_and_writes_nothing(client_of: Any, author: Person) -> None:
    files = folder(bodies={"materi-1": "![Garis](../gambar/garis.svg)"}) | {"gambar/garis.svg": DRAWING}
    draft = import_draft(Source.of(files.items()), author.id)
    browser = client_of(author)
    page = browser.get(f"/pelatihan/naskah/{draft.pk}/materi/materi-1").content.decode()
    picture = page.partition('src="/pelatihan/naskah/')[2].partition('"')[0]
    answer = browser.get(f"/pelatihan/naskah/{picture}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert not page_files.public().exists()
    assert browser.get(f"/pelatihan/naskah/{draft.pk}/materi/tidak-ada").status_code == 404
    assert browser.get(f"/pelatihan/naskah/{draft.pk}/berkas/tidak.svg").status_code == 404


def test_an_earlier_draft_can_be_used_again(client_of: Any, author: Person) -> None:
    first = import_draft(source(), author.id)
    second = import_draft(source(lessons=3), author.id)
    browser = client_of(author)
    assert browser.get("/pelatihan/naskah").content.decode().count("/pelatihan/naskah/tulis/") == 1
    answer = browser.post(f"/pelatihan/naskah/{first.pk}/pemulihan")
    newest = Draft.objects.newest().get()
    assert answer["Location"] == f"/pelatihan/naskah/{newest.pk}"
    assert newest.source() == source()
    assert second.source() == source(lessons=3)


@pytest.mark.parametrize("content", [b"", b"bukan zip", b"PK\x05\x06" + b"\0" * 18])
def test_a_broken_upload_is_refused_in_words(content: bytes, client_of: Any, author: Person) -> None:
    answer = upload(client_of(author), content)
    assert answer.status_code in {302, 422}
    assert not Draft.objects.exists()


def test_a_hostile_zip_leaves_nothing(client_of: Any, author: Person, tmp_path: Any) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for path, content in folder().items():
            archive.writestr(path, content)
        archive.writestr("../../../luar.md", b"x")
    answer = upload(client_of(author), buffer.getvalue())
    assert (answer.status_code, "B3004" in answer.content.decode()) == (422, True)
    assert not Draft.objects.exists()
    assert list(tmp_path.rglob("luar.md")) == []


ADDRESSES: list[tuple[str, str]] = [
    ("get", "/pelatihan/naskah"),
    ("post", "/pelatihan/naskah"),
    ("get", "/pelatihan/naskah/{id}"),
    ("get", "/pelatihan/naskah/{id}/materi/materi-1"),
    ("get", "/pelatihan/naskah/{id}/berkas/x.svg"),
    ("get", "/pelatihan/naskah/{id}/berkas.zip"),
    ("post", "/pelatihan/naskah/{id}/terbitan"),
    ("post", "/pelatihan/naskah/{id}/pemulihan"),
]


@pytest.mark.parametrize(("method", "address"), ADDRESSES)
def test_drafts_do_not_exist_for_anyone_else(
    method: str,
    address: str,
    client_of: Any,
    author: Person,
    secretary: Person,
    coordinator: Person,
    partner: Person,
) -> None:
    draft = import_draft(source(), author.id)
    path = address.format(id=draft.pk)
    for person in (secretary, coordinator, partner):
        assert getattr(client_of(person), method)(path).status_code == 404
    visitor = getattr(client_of(None), method)(path)
    assert visitor.status_code == {"get": 302, "post": 401}[method]
    assert visitor.headers.get("Location", "/masuk").partition("?")[0] == "/masuk"
    assert (Draft.objects.count(), CourseVersion.objects.count()) == (1, 0)


@pytest.mark.parametrize(("method", "address"), ADDRESSES[2:])
def test_an_author_of_one_region_sees_only_what_they_brought(
    method: str, address: str, client_of: Any, author: Person, make_person: Callable[..., Person]
) -> None:
    regional = make_person("Nyoman Sari", "51", role="author", over=("51",))
    draft = import_draft(source(), author.id)
    assert getattr(client_of(regional), method)(address.format(id=draft.pk)).status_code == 404
    own = import_draft(source(lessons=1), regional.id)
    assert client_of(regional).get(f"/pelatihan/naskah/{own.pk}").status_code == 200


def test_the_list_takes_the_same_queries_for_one_and_for_thirty(client_of: Any, author: Person, queries: Any) -> None:
    browser = client_of(author)
    counts = []
    for numbers in (range(1), range(1, 30)):
        for number in numbers:
            import_draft(source(course=UUID(int=1_000 + number), slug=f"kursus-{number}", lessons=1), author.id)
        counts.append(queries(lambda: browser.get("/pelatihan/naskah")))
    assert counts[0] == counts[1]


def test_an_author_of_one_region_takes_no_course_over(client_of: Any, author: Person, make_person: Any) -> None:
    """The id of a course stands in every certificate: bringing it along opens neither its drafts nor its versions."""
    regional = make_person("Nyoman Sari", "51", role="author", over=("51",))
    secret = import_draft(source(), author.id)
    client_of(author).post(f"/pelatihan/naskah/{secret.pk}/terbitan")
    mine = import_draft(source(lessons=1), regional.id)
    browser = client_of(regional)
    assert browser.get(f"/pelatihan/naskah/{secret.pk}/berkas.zip").status_code == 404
    answer = browser.post(f"/pelatihan/naskah/{mine.pk}/terbitan")
    assert (answer.status_code, CourseVersion.objects.count()) == (403, 1)
    course = uuid4()
    for lessons in (2, 1):
        own = import_draft(source(course=course, slug="kursus-bali", lessons=lessons), regional.id)
        assert browser.post(f"/pelatihan/naskah/{own.pk}/terbitan").status_code == 302
    assert CourseVersion.objects.filter(published_by=regional.id).count() == 2
