"""Photos are drawn ahead: no page waits for more than a few, and it is told how far they are."""

from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from django.test import override_settings
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from PIL import Image

from balai.courses import drawing, made, photos, publishing
from balai.courses.drafts import import_draft
from balai.courses.drawing import Progress
from balai.courses.models import CourseVersion, Draft
from balai.courses.source import Source
from balai.courses.tests.folders import folder
from balai.people.models import Person

pytestmark = pytest.mark.django_db
LATER = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def photo(number: int) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (40 + number, 30), (90, 90, 90)).save(buffer, "JPEG")
    return buffer.getvalue()


def draft(author: Person, count: int, broken: int = 0) -> Draft:
    shown = "\n\n".join(f"![Foto](../gambar/{n}.jpg)" for n in range(count))
    files = folder(bodies={"materi-1": f"Satu.\n\n{shown}"})
    files |= {f"gambar/{n}.jpg": photo(n) if n >= broken else b"\xff\xd8\xffrusak%d" % n for n in range(count)}
    return import_draft(Source.of(files.items()), author.id)


def run_all() -> None:
    """What a worker does with what was asked of it."""
    for job in DBTaskResult.objects.filter(status=TaskResultStatus.READY):
        drawing.draw.func(*job.args_kwargs["args"])
        DBTaskResult.objects.filter(pk=job.pk).update(status=TaskResultStatus.SUCCESSFUL)


@override_settings(TASKS=LATER)
def test_many_are_drawn_by_a_job_and_its_progress_is_told(client_of: Any, author: Person) -> None:
    written, browser = draft(author, 12), client_of(author)
    address = f"/pelatihan/naskah/{written.pk}"
    page = browser.get(address)
    assert "Foto disiapkan untuk HP: 0 dari 12" in page.content.decode()
    assert drawing.ahead(written) == Progress(0, 12)
    assert DBTaskResult.objects.count() == 1, "asked for once"
    assert browser.post(f"{address}/terbitan")["Location"] == address
    assert not CourseVersion.objects.exists()
    run_all()
    assert drawing.ahead(written) is None
    assert "Terbitkan versi 1" in browser.get(address).content.decode()
    browser.post(f"{address}/terbitan")
    assert CourseVersion.objects.get().number == 1


@override_settings(TASKS=LATER)
def test_a_few_are_drawn_by_the_page_itself(client_of: Any, author: Person) -> None:
    written = draft(author, drawing.FEW)
    assert "Terbitkan versi 1" in client_of(author).get(f"/pelatihan/naskah/{written.pk}").content.decode()
    assert not DBTaskResult.objects.exists()


@override_settings(TASKS=LATER)
def test_what_cannot_be_drawn_is_said_and_holds_up_nothing(client_of: Any, author: Person) -> None:
    written = draft(author, 20, broken=10)
    assert drawing.ahead(written) == Progress(0, 20)
    run_all()
    page = client_of(author).get(f"/pelatihan/naskah/{written.pk}").content.decode()
    assert page.count("Gambar ini rusak, atau bukan SVG, PNG, JPG, atau WebP.") == 10
    assert DBTaskResult.objects.count() == 1


@override_settings(TASKS=LATER)
def test_other_photos_are_another_job(author: Person) -> None:
    first = draft(author, 12)
    drawing.ahead(first)
    run_all()
    second = draft(author, 30)
    assert drawing.ahead(second) == Progress(12, 30)


def test_a_draft_that_is_gone_is_no_work() -> None:
    drawing.draw.func(str(UUID(int=5)), "")
    assert not CourseVersion.objects.exists()


def test_what_is_drawn_ahead_is_what_is_published(author: Person) -> None:
    written = draft(author, 12)
    drawing.ahead(written)
    before = _drawn()
    version, _new = publishing.publish(written.source(), author.id, written)
    assert (len(before), _drawn() == before, version.number) == (12, True, 1)


def _drawn() -> dict[str, int]:
    return {file.name: file.stat().st_mtime_ns for file in made.folder().glob("*.webp")}


def test_what_is_drawn_is_known_without_opening_it(author: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    written = draft(author, 12)
    before = publishing.plan(written.opened()).build
    monkeypatch.setattr(photos, "modern", lambda content, picture: pytest.fail("opened again"))
    after = publishing.plan(written.opened()).build
    assert (after.manifest(), after.source_digest()) == (before.manifest(), before.source_digest())
    assert {sha: after.content(sha) for sha in after.contents} == {sha: before.content(sha) for sha in before.contents}
    assert (
        written.source().name("gambar/3.jpg") == written.opened().name("gambar/3.jpg") == written.files["gambar/3.jpg"]
    )


def test_what_a_power_cut_took_is_drawn_again(author: Person) -> None:
    written = draft(author, 12)
    build = publishing.plan(written.opened()).build
    for file in made.folder().glob("*.webp"):
        file.write_bytes(b"")
    again = publishing.plan(written.opened()).build
    assert again.manifest() == build.manifest()
    version, _new = publishing.publish(written.opened(), author.id, written)
    assert version.number == 1
