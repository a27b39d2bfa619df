"""Whatever an author writes, taken out and brought in again it is the same course: byte for byte, and as published."""

import io
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from balai.assessments.question_kinds import QUESTION_KINDS
from balai.common.canonical import encode
from balai.courses import publishing
from balai.courses.build import Build
from balai.courses.drafts import import_draft
from balai.courses.source import Source
from balai.people.models import Person

pytestmark = pytest.mark.django_db
COURSE = UUID("01928d79-7400-73c1-b00c-000000000009")
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 {n}"><path d="M0 0h{n}"/></svg>'
#: A word as people write them: letters with accents, and what Markdown and YAML take for something else.
WORD = st.text("aiuébn", min_size=1, max_size=8)
WORDS = st.lists(WORD | st.sampled_from(["**tebal**", "_miring_", "10%", "—", "“kata”", "a|b"]), min_size=1, max_size=6)
TEXT = WORDS.map(" ".join).map("Kata {}.".format)
NUMBERS = st.integers(0, 10**7).map("{:,}".format).map(lambda text: text.replace(",", "."))
KINDS = {
    "one": st.just("- (x) kata benar\n- ( ) salah\n  > Belum tepat: **baca** lagi.\n- ( ) lain"),
    "several": st.just("- [x] kata benar\n- [ ] salah\n- [x] benar juga"),
    "true_false": st.sampled_from(["- (x) Benar\n- ( ) Salah", "- ( ) Benar\n- (x) Salah"]),
    "matching": WORD.map("- RPJM Desa => 8 tahun\n- RKP {} => 1 tahun\n- => 6 bulan".format),
    "ordering": WORD.map("1. Satu\n2. Dua\n3. Tiga {}".format),
    "number": NUMBERS.map("Jawaban angka: {} ± 500 rupiah".format),
    "words": WORD.map("Jawaban: APB Desa | {}des".format),
}
RULES = st.sampled_from(
    [
        "",
        "sertifikat: {jenis: pelatihan, materi: 80}\n",
        "sertifikat:\n  - {jenis: pelatihan}\n  - {jenis: kompetensi, tes: tes/akhir.md, berlaku: 36}\n",
    ]
)
ENDS = st.sampled_from(["\n", "\r\n"])


def png(width: int) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, 3), (width, 90, 90)).save(buffer, "PNG")
    return buffer.getvalue()


@st.composite
def papers(draw: st.DrawFn, slug: str, kind: str) -> str:
    """A test with some of the kinds of questions, in some order."""
    kinds = draw(st.lists(st.sampled_from(list(KINDS)), min_size=1, max_size=7))
    head = f"---\nid: {slug}\njudul: {draw(TEXT)!r}\njenis: {kind}\nlulus: 70\n"
    head += draw(st.sampled_from(["", "acak: true\n"]))
    head += draw(st.sampled_from(["", "menit: 20\n", "kesempatan: 2\nbuka: 2026-11-01 08.00\ntutup: 2026-12-01\n"]))
    bodies = [f"## soal-{n}\n{draw(TEXT)}\n\n{draw(KINDS[one])}\n\n> {draw(TEXT)}\n" for n, one in enumerate(kinds)]
    return head + "---\n" + "\n".join(bodies)


@st.composite
def courses(draw: st.DrawFn) -> Source:
    """A whole course folder: lessons with pictures, tests of all kinds, a glossary, rules of certificates."""
    lessons = [f"materi/{n}.md" for n in range(draw(st.integers(1, 3)))]
    files = {f"gambar/{n}.svg": DRAWING.format(n=n + 1).encode() for n in range(draw(st.integers(0, 2)))}
    files |= {f"gambar/{n}.png": png(n + 2) for n in range(draw(st.integers(0, 2)))}
    shown = "".join(f"\n![{draw(WORD)}](../{path})\n" for path in sorted(files))
    written = {
        "tes/akhir.md": draw(papers("akhir", "sertifikat")),
        "tes/latihan.md": draw(papers("latihan", "latihan")),
    }
    for path in lessons:
        title = draw(TEXT)
        written[path] = f"---\nid: m{path[7]}\njudul: {title!r}\nmenit: 5\n---\n{draw(TEXT)}\n{shown}"
    if draw(st.booleans()):
        terms = draw(st.lists(WORD, min_size=1, max_size=4, unique_by=str.casefold))
        written["glosarium.md"] = "".join(f"## {term}\n{draw(TEXT)}\n\n" for term in terms)
    order = draw(st.permutations([*lessons, "tes/latihan.md", "tes/akhir.md"]))
    units = "".join(f"\n      - {path}" for path in order)
    written["pelatihan.md"] = (
        f"---\nid: {COURSE}\nslug: kursus\njudul: {draw(TEXT)!r}\nringkasan: Ringkas.\njp: 2\nterbuka: true\n"
        f"modul:\n  - judul: Satu\n    isi:{units}\n{draw(RULES)}---\n{draw(TEXT)}\n"
    )
    ends = draw(ENDS)
    texts = {path: text.replace("\n", ends).encode() for path, text in written.items()}
    return Source.of((files | texts).items())


def test_there_is_one_of_every_kind() -> None:
    assert KINDS.keys() == QUESTION_KINDS.keys()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=40)
@given(source=courses())
def test_out_and_in_again_is_the_same_course(source: Source, author: Person) -> None:
    draft = import_draft(source, author.id)
    again = Source.from_zip(io.BytesIO(draft.source().to_zip()))
    assert again == source
    assert import_draft(again, author.id) == draft
    first, second = Build.of(source, 1), Build.of(again, 1)
    assert first.found == []
    assert (first.manifest(), first.source_digest()) == (second.manifest(), second.source_digest())
    assert {sha: first.content(sha) for sha in first.contents} == {sha: second.content(sha) for sha in second.contents}
    assert _unsealed(first) == _unsealed(second)


def _unsealed(build: Build) -> list[str]:
    """What would be recorded; a seal is another one each time."""
    return [encode(deed.payload).replace(getattr(deed.payload, "sealed", "") or "-", "-") for deed in build.deeds]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=10)
@given(source=courses())
def test_what_was_published_taken_out_and_brought_in_again_changes_nothing(source: Source, author: Person) -> None:
    draft = import_draft(source, author.id)
    version, _is_new = publishing.publish(draft.source(), author.id, draft)
    again = import_draft(Source.from_zip(io.BytesIO(draft.source().to_zip())), author.id)
    assert publishing.publish(again.source(), author.id, again) == (version, False)
