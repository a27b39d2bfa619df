"""Reading the author's questions: what is meant, where a fault stands, and that nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.assessments.question_kinds import Line, Written
from balai.assessments.questions import QuestionSource, read

ONE = """
## kunci-layar
Anda meletakkan HP di meja.

Apa yang dilakukan lebih dulu?

- (x) Mengunci layar HP
- ( ) Membiarkan layar menyala
  sampai padam sendiri

> Layar terkunci menjaga isi HP.
> Baca lagi [Tombol](../materi/01-tombol.md).
"""


def test_one_choice():
    reading = read(ONE, first_line=8)
    assert reading.faults == ()
    assert reading.questions == (
        QuestionSource(
            slug="kunci-layar",
            line=9,
            kind="one",
            stem="Anda meletakkan HP di meja.\n\nApa yang dilakukan lebih dulu?",
            written=Written(("Mengunci layar HP", "Membiarkan layar menyala\nsampai padam sendiri"), (0,)),
            explanation="Layar terkunci menjaga isi HP.\nBaca lagi [Tombol](../materi/01-tombol.md).",
            explanation_line=18,
            source=ONE[1:],
        ),
    )
    assert reading.questions[0].lesson_file == "../materi/01-tombol.md"


def kinds(text: str) -> list[tuple[str, str, set[int]]]:
    reading = read(text)
    assert reading.faults == ()
    return [(question.slug, question.kind, set(question.written.right)) for question in reading.questions]


def test_kinds_are_told_by_their_marks():
    text = "## a\nS?\n- [x] U\n- [ ] V\n- [X] W\n## b\nS?\n- (x) Benar\n- ( ) Salah\n## c\nS?\n- ( ) Salah\n- (x) Benar"
    assert kinds(text) == [("a", "several", {0, 2}), ("b", "true_false", {0}), ("c", "one", {1})]


def test_a_heading_inside_a_code_block_is_no_question():
    assert kinds("## a\nS?\n```\n## b\n```\n- (x) U\n- ( ) V") == [("a", "one", {0})]


def test_a_list_in_the_stem_is_not_an_answer():
    reading = read("## a\nDiketahui:\n\n- satu\n- dua\n\nBerapa?\n\n- (x) 2\n- ( ) 3")
    assert (reading.questions[0].stem, reading.faults) == ("Diketahui:\n\n- satu\n- dua\n\nBerapa?", ())


def written(text: str) -> tuple[str, Written]:
    reading = read(f"## a\nS?\n\n{text}")
    assert reading.faults == ()
    return reading.questions[0].kind, reading.questions[0].written


def test_pairs_and_what_is_nobodys_partner():
    found = written("- RPJM Desa => 8 tahun\n- RKP Desa => 1 tahun\n\n- APB Desa => 1 tahun\n- => 6 bulan")
    options, items = ("8 tahun", "1 tahun", "6 bulan"), ("RPJM Desa", "RKP Desa", "APB Desa")
    assert found == ("matching", Written(options, (0, 1, 1), items))


def test_steps_in_their_order():
    assert written("1. U\n\n2. V\n3. *W*") == ("ordering", Written(("U", "V", "*W*"), (0, 1, 2)))


def test_a_numbered_list_in_the_stem_is_not_an_answer():
    reading = read(
        "## a\nLihat:\n\n1. U\n2. V\n\nMana?\n\n- (x) 1\n- ( ) 2\n## b\n1. U\n2. V\n\nUrut:\n\n1. P\n2. Q\n3. R"
    )
    assert reading.faults == ()
    assert [(one.kind, one.written.options) for one in reading.questions] == [
        ("one", ("1", "2")),
        ("ordering", ("P", "Q", "R")),
    ]


NUMBERS = [
    ("12,5", Written(accepted=("12,5",))),
    ("-4", Written(accepted=("-4",))),
    ("12,5 ± 0,5", Written(accepted=("12,5",), tolerance="0,5")),
    ("1.250.000 ± 1.000 rupiah", Written(accepted=("1.250.000",), tolerance="1.000", unit="rupiah")),
    ("30 +/- 5 %", Written(accepted=("30",), tolerance="5", unit="%")),
    ("6 tahun", Written(accepted=("6",), unit="tahun")),
    ("6tahun", Written(accepted=("6",), unit="tahun")),
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_a_number_its_tolerance_and_its_unit(text, expected):
    assert written(f"Jawaban angka: {text}") == ("number", expected)


def test_words_and_their_variants():
    assert written("Jawaban: APB Desa |  APBDes|APBDes") == ("words", Written(accepted=("APB Desa", "APBDes")))


def test_feedback_stands_under_its_option():
    told = written("- (x) U\n  lanjut\n- ( ) V\n  > Belum tepat:\n  > periksa lagi.\n\n- ( ) W")
    assert told == (
        "one",
        Written(("U\nlanjut", "V", "W"), (0,), feedback=((1, Line(7, "Belum tepat:\nperiksa lagi.")),)),
    )


FAULTY = [
    ("", 1, "Belum ada soal"),
    ("halo\n## a\nS?\n- (x) U\n- ( ) V", 1, "sebelum soal pertama"),
    ("## Kunci Layar\nS?\n- (x) U\n- ( ) V", 1, "huruf kecil"),
    ("## a\nS?\n- (x) U\n- ( ) V\n## a\nT?\n- (x) U\n- ( ) V", 5, "sudah dipakai"),
    ("## a\nS?", 1, "belum punya pilihan"),
    ("## a\n\n- (x) U\n- ( ) V", 1, "belum punya pertanyaan"),
    ("## a\nS?\n- (x) U", 3, "hanya punya satu pilihan"),
    ("## a\nS?\n\n- ( ) U\n- ( ) V", 4, "ditandai benar"),
    ("## a\nS?\n- (x) U\n- (x) V", 3, "Ada 2 pilihan benar"),
    ("## a\nS?\n- (x) U\n- [ ] V", 4, "tidak keduanya"),
    ("## a\nS?\n- (x) U\n- ( )\n- ( ) V", 4, "kosong"),
    ("## a\nS?\n- (x) U\n- ( ) V\n- ( ) U", 5, "tertulis dua kali"),
    ("## a\nS?\n- (x) U\n- V", 4, "bukan pilihan"),
    ("## a\nS?\n- (x) U\n- ( ) V\n\n> Karena.\n\nLalu?", 8, "di belakang penjelasan"),
    ("## a\nS?\n- (x) U\n  > Tepat.\n  lalu\n- ( ) V", 5, "ditulis terakhir"),
    ("## a\nS?\n- U => 1\n- V = 2\n- W => 3", 4, "bukan pasangan"),
    ("## a\nS?\n- U => 1\n- V =>", 4, "kanan pasangan ini kosong"),
    ("## a\nS?\n- U => 1\n- U => 2", 4, "sisi kiri tertulis dua kali"),
    ("## a\nS?\n- U => 1\n- V => 2\n- => 1", 5, "sudah ada di sisi kanan"),
    ("## a\nS?\n- U => 1\n- => 2", 3, "sedikitnya dua baris kiri"),
    ("## a\nS?\n- U => 1\n- V => 1", 3, "sedikitnya dua baris kiri"),
    ("## a\nS?\n1. U\n2. V", 3, "sedikitnya tiga langkah"),
    ("## a\nS?\n1. U\n3. V\n4. W", 4, "harus 2"),
    ("## a\nS?\n1. U\n2.\n3. W", 4, "Langkah ini kosong"),
    ("## a\nS?\n1. U\n2. V\n3. U", 5, "Langkah “U” tertulis dua kali"),
    ("## a\nS?\n1. U\n2. V\nlalu\n3. W", 5, "bukan langkah"),
    ("## a\nS?\nJawaban angka: 12.5", 3, "tidak dapat dibaca"),
    ("## a\nS?\nJawaban angka: banyak", 3, "tidak dapat dibaca"),
    ("## a\nS?\nJawaban angka: 12 ± sedikit", 3, "tidak dapat dibaca"),
    ("## a\nS?\nJawaban angka: 12 atau 13", 3, "hanya boleh ada satuannya"),
    ("## a\nS?\nJawaban angka: 12\nrupiah", 4, "hanya boleh ada penjelasan"),
    ("## a\nS?\nJawaban: APB Desa | ", 3, "kosong"),
    ("## a\nS?\nJawaban: …", 3, "kosong"),
]


@pytest.mark.parametrize(("text", "line", "words"), FAULTY, ids=[words for _text, _line, words in FAULTY])
def test_faults_are_found_at_their_line(text, line, words):
    faults = read(text).faults
    assert [number for number, _words in faults] == [line]
    assert words in faults[0][1]


def test_every_fault_is_found_and_the_sound_questions_are_still_read():
    reading = read("## A\nS?\n- (x) U\n- ( ) V\n## b\nS?\n- (x) U\n- ( ) V\n## c\nS?")
    assert [question.slug for question in reading.questions] == ["b"]
    assert [line for line, _text in reading.faults] == [1, 9]


LINES = st.sampled_from(
    [
        "",
        "## a",
        "## b",
        "## c d",
        "Tanya?",
        "- (x) U",
        "- ( ) V",
        "- [x] U",
        "- [ ] W",
        "> Sebab",
        "```",
        "  lanjut",
        "- x",
        "- U => V",
        "- => W",
        "1. U",
        "2. V",
        "3. W",
        "  > Umpan",
        "Jawaban angka: 1,5 ± 1 kg",
        "Jawaban: U | V",
        "Jawaban:",
    ]
)


@given(st.lists(LINES, max_size=25))
def test_any_text_is_read_without_failing_and_every_heading_is_a_question_or_a_fault(lines):
    reading = read("\n".join(lines))
    assert reading.questions or reading.faults


@given(
    st.permutations([ONE.strip(), "## b\nS?\n- [x] U\n- [ ] V\n\n", "## c\nS?\n\n\n- (x) Benar\n- ( ) Salah\n> E\n"])
)
def test_the_pieces_joined_are_the_file_again(parts):
    text = "\n".join(["", *parts])
    reading = read(text)
    assert "\n".join([reading.head, *(question.source for question in reading.questions)]) == text
