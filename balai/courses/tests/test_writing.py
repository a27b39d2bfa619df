"""Writing in the browser: saved as one types, nothing overwritten, versions to go back to, and no byte lost."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.common import clock
from balai.courses import writing
from balai.courses.drafts import import_draft
from balai.courses.models import CourseVersion, Draft
from balai.courses.source import Source
from balai.courses.tests.folders import COURSE, folder, lesson
from balai.people.models import Person

pytestmark = pytest.mark.django_db
DESK = f"/pelatihan/naskah/tulis/{COURSE}"
FILE = f"{DESK}/berkas/materi/materi-1.md"
WRITTEN = lesson("materi-1", body="Dua kalimat. Sudah dua.").decode()


@pytest.fixture
def draft(author: Person) -> Draft:
    return import_draft(Source.of(folder(tests=True).items()), author.id)


def put(browser: Any, text: str, base: str, file: str = FILE) -> Any:
    return browser.put(file, text, content_type="text/markdown", headers={"If-Match": base})


def base_of(path: str = "materi/materi-1.md") -> str:
    return str(Draft.objects.newest().get().files[path])


def test_what_is_typed_is_saved_and_shown_and_its_faults_named(client_of: Any, author: Person, draft: Draft) -> None:
    browser = client_of(author)
    answer = put(browser, WRITTEN + "\n[x](hilang.md)\n", base_of()).json()
    assert [fault["line"] for fault in answer["faults"]] == [8]
    assert (answer["base"], answer["saved_at"][2]) == (base_of(), ".")
    page = browser.get(FILE).content.decode()
    assert "Dua kalimat. Sudah dua." in page
    assert 'data-line="8"' in page
    shown = browser.get(f"{DESK}/pratinjau/materi/materi-1.md")
    assert "<p>Dua kalimat. Sudah dua.</p>" in shown.content.decode()
    assert (shown["X-Frame-Options"], "frame-ancestors 'self'" in shown["Content-Security-Policy"]) == (
        "SAMEORIGIN",
        True,
    )
    assert not CourseVersion.objects.exists()


def test_two_tabs_write_past_each_other_and_both_texts_are_kept(client_of: Any, author: Person, draft: Draft) -> None:
    browser, base = client_of(author), base_of()
    mine, other = WRITTEN + "Milik saya.\n", WRITTEN + "Dari tab lain.\n"
    assert put(browser, other, base).status_code == 200
    answer = put(browser, mine, base)
    assert (answer.status_code, answer.json()["text"], answer.json()["base"]) == (409, other, base_of())
    put(browser, mine, base)  # sent again after a lost answer: kept once
    aside = Draft.objects.get(origin=Draft.Origin.ASIDE)
    assert aside.source().text("materi/materi-1.md") == mine
    assert Draft.objects.newest().get().source().text("materi/materi-1.md") == other
    assert "Ditulis bersamaan" in browser.get(f"{DESK}/riwayat").content.decode()
    page = browser.post(FILE, {"teks": mine, "dasar": base})
    assert (page.status_code, "Dari tab lain." in page.content.decode(), "Milik saya." in page.content.decode()) == (
        409,
        True,
        True,
    )
    assert put(browser, mine, base_of()).status_code == 200
    assert Draft.objects.newest().get().source().text("materi/materi-1.md") == mine


def test_the_same_text_sent_twice_is_saved_once(client_of: Any, author: Person, draft: Draft) -> None:
    base = base_of()
    assert [put(client_of(author), WRITTEN, base).status_code for _ in range(2)] == [200, 200]
    assert Draft.objects.count() == 2


def test_a_sitting_is_one_version_and_publishing_ends_it(client_of: Any, author: Person, draft: Draft) -> None:
    browser = client_of(author)
    begin = datetime(2026, 11, 22, 7, tzinfo=UTC)
    for minutes, versions in ((0, 2), (10, 2), (19, 2), (21, 3)):
        with clock.frozen(begin + timedelta(minutes=minutes)):
            put(browser, f"{WRITTEN}{minutes}\n", base_of())
        assert Draft.objects.count() == versions
    assert browser.post(f"{DESK}/susunan", {"aksi": "hapus", "berkas": "tes/latihan.md"}).status_code == 302
    newest = Draft.objects.newest().get()
    assert browser.post(f"/pelatihan/naskah/{newest.pk}/terbitan").status_code == 302
    put(browser, WRITTEN + "Sesudah terbit.\n", base_of())
    assert Draft.objects.newest().get() != newest


def test_history_compares_and_goes_back(client_of: Any, author: Person, draft: Draft) -> None:
    browser = client_of(author)
    put(browser, WRITTEN, base_of())
    page = browser.get(f"{DESK}/riwayat/{draft.pk}").content.decode()
    assert '<div class="out"><b>−</b> Satu kalimat.</div>' in page
    assert '<div class="in"><b>+</b> Dua kalimat. Sudah dua.</div>' in page
    browser.post(f"/pelatihan/naskah/{draft.pk}/pemulihan")
    assert Draft.objects.newest().get().source() == draft.source()
    assert Draft.objects.count() == 3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (folder()["pelatihan.md"].decode().replace("000001", "000002"), "B3017"),
        ("tanpa kepala", "B3007"),
        ("x" * 600_000, "B3003"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_changes_nothing(
    text: str, code: str, client_of: Any, author: Person, draft: Draft
) -> None:
    answer = put(client_of(author), text, base_of("pelatihan.md"), f"{DESK}/berkas/pelatihan.md")
    assert (answer.status_code >= 400, code in answer.content.decode()) == (True, True)
    assert Draft.objects.get() == draft


ADDRESSES = [
    ("get", DESK), ("get", FILE), ("put", FILE), ("post", FILE), ("get", f"{DESK}/pratinjau/materi/materi-1.md"),
    ("get", f"{DESK}/riwayat"), ("post", f"{DESK}/susunan"), ("post", f"{DESK}/gambar"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "address"), ADDRESSES)
def test_nobody_else_reads_or_writes_a_draft(
    method: str, address: str, client_of: Any, make_person: Any, draft: Draft, secretary: Person
) -> None:
    regional = make_person("Nyoman Sari", "51", role="author", over=("51",))
    before = list(Draft.objects.values())
    for person in (secretary, regional):
        assert getattr(client_of(person), method)(address).status_code == 404
    assert getattr(client_of(None), method)(address).status_code == {"get": 302}.get(method, 401)
    assert list(Draft.objects.values()) == before


_ENDS = st.sampled_from(["\n", "\r\n"])
_LINES = st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20), max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(lines=_LINES, ends=_ENDS, mark=st.sampled_from([b"", b"\xef\xbb\xbf"]), typed=_LINES)
def test_edits_leave_every_other_byte_and_travel_there_and_back(
    lines: list[str], ends: str, mark: bytes, typed: list[str], author: Person
) -> None:
    """A text saved as it is stays the same bytes; edited, it keeps its style; the ZIP brings all of it back."""
    Draft.objects.all().delete()
    path = "materi/materi-1.md"
    files = folder() | {path: mark + ends.join([*lines, "", ""]).encode()}
    before = import_draft(Source.of(files.items()), author.id)
    field = writing.unified(before.source().text(path))
    assert writing.save(author, COURSE, path, field, before.files[path]).draft.files == before.files
    text = field + "\n".join(["x", *typed]) + "\n"
    after = writing.save(author, COURSE, path, text.replace("\n", "\r\n"), before.files[path]).draft
    source = after.source()
    assert {one: content for one, content in source.files.items() if one != path} == {
        one: content for one, content in before.source().files.items() if one != path
    }
    assert (writing.unified(source.text(path)), source.files[path].startswith(mark)) == (text, True)
    assert Source.from_zip(io.BytesIO(source.to_zip())) == source
