"""The A4 page: one page whatever is written on it, tagged, its QR and its credential inside."""

import re
from datetime import UTC, datetime

import pytest

from balai.common import names
from balai.common.typesetting import drawable
from balai.credentials import paper, qr
from balai.credentials.checking import Verifier
from balai.credentials.paper import Sheet
from balai.credentials.structure import Part
from balai.credentials.verdict import State

from .conftest import OURS, SAID, saying
from .test_openbadge import signed, written

SITE = "https://balai.example"


def draw(said=SAID, by=OURS, credential=None, **more):
    return paper.render(
        Sheet(
            statement=said,
            signed=by.write(said),
            organisation="Kementerian Dalam Negeri · Direktorat Jenderal Bina Pemerintahan Desa",
            signer="",
            signer_title="Direktur Jenderal Bina Pemerintahan Desa",
            city="Jakarta",
            site=SITE,
            credential=(credential or written(signed(said))).decode(),
            made_at=datetime(2026, 11, 21, tzinfo=UTC),
            **more,
        )
    )


def backed(units: int, lessons: int) -> bytes:
    """A certificate whose back tells of so many units, each of so many lessons and a test."""
    items = (*((f"Materi nomor {n} tentang keuangan desa", 20) for n in range(lessons)), ("Latihan", None))
    structure = tuple(Part(f"Modul {n}", items) for n in range(units))
    return draw(structure=structure, wording="Program Penguatan Pemerintahan Desa", replaces="0007/BALAI/I/2024",
                second_signer="Ahmad", second_signer_title="Kepala Dinas")  # fmt: skip


@pytest.mark.parametrize(("units", "lessons", "count"), [(1, 1, 2), (5, 4, 2), (7, 6, 2), (30, 12, 7)])
def test_the_back_tells_what_the_course_consisted_of(units, lessons, count):
    assert pages(backed(units, lessons)) == count


def test_a_last_day_stands_on_the_paper():
    assert pages(draw(saying(expires=SAID.issued + 1095))) == 1


def pages(pdf: bytes) -> int:
    return int(re.findall(rb"/Type/Pages/Count (\d+)", pdf)[0])


def test_it_is_a_tagged_page_for_keeping_and_for_screen_readers():
    pdf = draw()
    assert (pages(pdf), pdf.startswith(b"%PDF-1.7")) == (1, True)
    for mark in (
        b"/MarkInfo<</Marked true",
        b"/StructTreeRoot",
        b"/Lang(id)",
        b"/DisplayDocTitle true",
        b"<pdfuaid:part>1</pdfuaid:part>",
        b"<pdfaid:part>3</pdfaid:part>",
        b"/Alt(Kode QR untuk memeriksa keaslian sertifikat)",
    ):
        assert mark in pdf, mark


def test_the_same_sheet_gives_the_same_bytes():
    assert draw() == draw()


@pytest.mark.parametrize(
    "name",
    [
        '#import "x": *',
        "$x^2$ \\ _a_ *b* `c` <d> @e // f /* g */ [h] {i} ~ --- ... 'q' \"w\"",
        "#panic() #sys.inputs \\u{1F600}",
        "Dra. Hj. " + "Kartika Wulandari " * 6 + "M.Si.",
        "W" * 120,
        "Budi 😀 ꦧꦭꦶ 漢字 محمد Đặng",
        "a\u202eb\x07c\nd",
        "X",
    ],
)
def test_no_name_breaks_the_page(name):
    said = saying(name=name[:120], place="M" * 200, course="Mm " * 40, kind="kompetensi")
    assert pages(draw(said, credential=b"{}")) == 1


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Siti Aminah, S.Sos.", "Siti Aminah, S.Sos."),
        ("Budi 😀", "Budi ?"),
        ("a\x07 b\n c", "a b c"),
        ("W" * 30, "W" * 26 + "\u200b" + "W" * 4),
    ],
)
def test_what_the_paper_cannot_carry_is_replaced(text, printed):
    assert paper.printable(text) == printed


def test_every_sign_that_is_let_through_can_be_drawn():
    signs = [sign for sign in map(chr, range(0x20, 0x3000)) if names.tidy(sign) and drawable(sign) == sign]
    for start in range(0, len(signs), 100):
        assert pages(draw(saying(name=" ".join(signs[start : start + 100])), credential=b"{}")) == 1


def test_the_paper_is_checked_by_what_is_inside_it():
    verifier = Verifier(OURS.ring())
    assert verifier.content(draw()).state == State.VALID
    assert verifier.content(draw()).statement == SAID
    other = written(signed(saying(name="Orang Lain"))).replace(b"Orang Lain", b"Orang Baru")
    assert verifier.content(draw(credential=other)).state == State.ALTERED


def test_two_genuine_proofs_of_different_papers_in_one_file_are_not_believed():
    other = written(signed(saying(name="Orang Lain")))
    assert Verifier(OURS.ring()).content(draw(credential=other)).state == State.ALTERED


def test_the_paper_of_a_demo_carries_its_word():
    example = draw(saying(demo=True))
    assert b"CONTOH" in example
    assert b"CONTOH" not in draw()
    assert Verifier(OURS.ring()).content(example).state == State.DEMO


def test_the_sentence_fits_the_kind():
    gap = "\N{NO-BREAK SPACE}"
    sentences = [paper._sentence(said) for said in (SAID, saying(score=-1), saying(kind="kompetensi", score=860))]
    assert [" ".join(sentence).replace(gap, " ") for sentence in sentences] == [
        "yang telah menyelesaikan pelatihan sebanyak 2 jam pelajaran (JP) pada 1 s.d. 20 November 2026"
        " dan lulus tes dengan nilai 86,5",
        "yang telah menyelesaikan pelatihan sebanyak 2 jam pelajaran (JP) pada 1 s.d. 20 November 2026",
        "yang telah membuktikan kompetensi melalui tes sertifikasi dengan nilai 86, setelah pelatihan"
        " 2 jam pelajaran (JP) pada 1 s.d. 20 November 2026",
    ]


def test_the_link_is_in_the_file_as_it_is_in_the_qr():
    assert qr.link(SITE, OURS.write(SAID)).encode() in draw()
