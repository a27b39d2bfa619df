"""Publishing: the same source is the same package; unchanged files are shared; unchanged content changes nothing."""

from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from balai.common import clock
from balai.common.problems import Refusal
from balai.courses import build as building
from balai.courses import publishing
from balai.courses.build import Build
from balai.courses.drafts import import_draft
from balai.courses.models import Course, CourseVersion, Draft, Lesson
from balai.courses.source import Source
from balai.courses.tests.folders import COURSE, DRAWING, folder
from balai.log import blobs
from balai.log.models import Entry
from balai.people.models import Person

_TEXT = st.text(alphabet="abc *_#>-|![]()\n", min_size=1, max_size=60)


@given(st.lists(_TEXT, min_size=1, max_size=4))
def test_building_is_deterministic(bodies: list[str]) -> None:
    texts = {f"materi-{number}": f"x {body}" for number, body in enumerate(bodies, 1)}
    source = Source.of(folder(lessons=len(bodies), bodies=texts).items())
    first, second = Build.of(source, 3), Build.of(source, 3)
    assert first.manifest() == second.manifest()
    assert first.contents == second.contents
    assert publishing.preview(first).units == publishing.preview(second).units
    assert first.source_digest() == second.source_digest()


@pytest.mark.django_db
def test_publishing_freezes_a_version(demo: Source, author: Person) -> None:
    draft = import_draft(demo, author.id)
    version, is_new = publishing.publish(demo, author.id, draft)
    assert is_new
    assert (version.number, version.slug, version.jp, version.lesson_count) == (1, "kenal-hp-dan-internet", 2, 6)
    assert version.published_by == author.id
    manifest = msgspec.json.decode(blobs.read(version.manifest))
    assert all(blobs.sound(file["sha256"]) for file in manifest["files"])
    assert {lesson.sha256 for lesson in version.lessons} <= {file["sha256"] for file in manifest["files"]}
    assert Course.objects.get().current == version
    assert list(Lesson.objects.order_by("slug").values_list("slug", flat=True)) == sorted(
        lesson.slug for lesson in version.lessons
    )


@pytest.mark.django_db
def test_publishing_unchanged_content_changes_nothing(demo: Source, author: Person) -> None:
    version, _is_new = publishing.publish(demo, author.id)
    before = set(Entry.objects.values_list("pk", flat=True)), sorted((Path(blobs.path("0" * 64)).parents[1]).rglob("*"))
    assert publishing.publish(demo, author.id) == (version, False)
    after = set(Entry.objects.values_list("pk", flat=True)), sorted((Path(blobs.path("0" * 64)).parents[1]).rglob("*"))
    assert after == before


@pytest.mark.django_db
def test_one_changed_sentence_moves_one_small_file(author: Person) -> None:
    photo = BytesIO()
    Image.effect_noise((800, 800), 40).save(photo, "PNG")
    files = folder(lessons=20, bodies={"materi-1": "Satu.\n\n![Foto](../gambar/foto.png)"})
    files |= {"gambar/foto.png": photo.getvalue()}
    first, _is_new = publishing.publish(Source.of(files.items()), author.id)
    changed = files | {"materi/materi-1.md": files["materi/materi-1.md"].replace(b"Satu.", b"Satu dan dua.")}
    planned = publishing.plan(Source.of(changed.items()))
    assert [lesson.draft.slug for lesson in planned.changed] == ["materi-1"]
    assert (planned.fresh, planned.gone) == ([], [])
    assert planned.moved_bytes < first.bytes / 100
    second, is_new = publishing.publish(Source.of(changed.items()), author.id)
    assert (is_new, second.number, Course.objects.get().current) == (True, 2, second)
    assert [a.sha256 == b.sha256 for a, b in zip(first.lessons, second.lessons, strict=True)] == [False] + [True] * 19


@pytest.mark.django_db
def test_a_picture_that_nobody_shows_is_no_change(author: Person) -> None:
    version, _is_new = publishing.publish(Source.of(folder().items()), author.id)
    more = Source.of((folder() | {"gambar/lain.svg": DRAWING}).items())
    assert publishing.publish(more, author.id) == (version, False)


@pytest.mark.django_db
def test_a_draft_with_faults_is_not_published(author: Person) -> None:
    files = folder() | {"materi/materi-1.md": b"---\nid: materi-1\njudul: Satu\n---\n[x](hilang.md)\n"}
    with pytest.raises(Refusal) as caught:
        publishing.publish(Source.of(files.items()), author.id)
    assert (caught.value.problem.code, caught.value.facts["count"]) == ("B3008", 2)
    assert not Entry.objects.filter(kind="course.version_published").exists()


@pytest.mark.django_db
def test_slugs_stay_with_their_course(author: Person, published: Any) -> None:
    published()
    other = folder(course=COURSE.__class__(int=COURSE.int + 1))
    with pytest.raises(Refusal) as caught:
        publishing.publish(Source.of(other.items()), author.id)
    assert caught.value.problem.code == "B3009"
    with pytest.raises(Refusal) as caught:
        publishing.publish(Source.of(folder(slug="lain").items()), author.id)
    assert caught.value.problem.code == "B3010"


@pytest.mark.django_db
def test_only_authors_publish(secretary: Person, author: Person, admin: Person) -> None:
    source = Source.of(folder().items())
    with pytest.raises(Refusal) as caught:
        publishing.publish(source, secretary.id)
    assert caught.value.problem.code == "B3011"
    assert not CourseVersion.objects.exists()
    assert publishing.publish(source, author.id)[1]
    assert publishing.publish(Source.of(folder(lessons=3).items()), admin.id)[0].number == 2


@pytest.mark.django_db
def test_a_higher_room_adds_its_part_in_the_same_transaction(monkeypatch: pytest.MonkeyPatch, author: Person) -> None:
    seen: list[object] = []

    def prepare(source: Source, build: Build, version_id: object) -> list[Any]:
        seen.append((sorted(build.outline.tests), version_id == build.version_id))
        build.add("tests/latihan.json", b"{}")
        if b"salah" in source.files["tes/latihan.md"]:
            build.faults.add("tes/latihan.md", 9, "Soal ini belum punya jawaban.")
        return []

    monkeypatch.setattr(building, "_PARTS", [prepare])
    files = folder(tests=True)
    version, _is_new = publishing.publish(Source.of(files.items()), author.id)
    assert seen == [(["tes/latihan.md"], True)]
    files_listed = msgspec.json.decode(blobs.read(version.manifest))["files"]
    assert "tests/latihan.json" in {file["path"] for file in files_listed}
    wrong = files | {"tes/latihan.md": files["tes/latihan.md"] + b"salah"}
    with pytest.raises(Refusal) as caught:
        publishing.publish(Source.of(wrong.items()), author.id)
    assert str(caught.value.facts["first"]) == "tes/latihan.md, baris 9: Soal ini belum punya jawaban."


@pytest.mark.django_db
def test_a_draft_keeps_the_folder_byte_for_byte(demo: Source, author: Person) -> None:
    draft = import_draft(demo, author.id)
    assert draft.source() == demo
    assert import_draft(demo, author.id) == draft
    other = Source.of((dict(demo.files) | {"materi/catatan.md": b"---\r\nid: x\r\n---\r\n"}).items())
    newer = import_draft(other, author.id)
    assert newer.source() == other
    assert list(Draft.objects.newest()) == [newer]
    assert draft.source() == demo


@pytest.mark.django_db
def test_numbers_follow_each_other(published: Any) -> None:
    with clock.frozen(clock.wall()):
        versions = [published(lessons=count) for count in (1, 2, 3)]
    assert [version.number for version in versions] == [1, 2, 3]
    assert len({version.course_id for version in versions}) == 1
