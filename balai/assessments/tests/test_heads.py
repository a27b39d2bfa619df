"""The head of a test file: kinds, windows, pools, and what is wrong with them."""

from datetime import UTC, datetime

import pytest

from balai.assessments.heads import kind, rules
from balai.assessments.published import Pool, Rules
from balai.courses import frontmatter
from balai.courses.faults import Faults

SLUGS = ["a", "b", "c", "d"]


def read(lines: str, slugs=SLUGS) -> tuple[str, Rules, list[tuple[int, str]]]:
    faults = Faults()
    head = frontmatter.read("tes/t.md", f"---\nid: t\njudul: T\n{lines}---\n", faults)
    found = kind(head)
    return found, rules(head, found, slugs), [(fault.line, fault.text) for fault in faults.sorted()]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("awal", "pretest"), ("latihan", "practice"), ("akhir", "posttest"), ("sertifikat", "certificate")],
)
def test_kinds(name, expected):
    assert read(f"jenis: {name}\nlulus: 60\n")[0] == expected


def test_a_pretest_has_no_pass_mark_and_one_attempt_unless_it_says_so():
    assert read("jenis: awal\n")[1:] == (Rules(0, attempts=1), [])
    assert read("jenis: awal\nlulus: 60\nkesempatan: 2\n")[1:] == (Rules(60, attempts=2), [])


WINDOWS = [
    ("2026-11-01", "2026-11-30", (10, 31, 17, 0), (11, 30, 16, 59)),
    ("2026-11-01 08.00", "2026-11-01 9:30", (11, 1, 1, 0), (11, 1, 2, 30)),
    ("2026-11-01 08:00:00", "'2026-11-02'", (11, 1, 1, 0), (11, 2, 16, 59)),
]


@pytest.mark.parametrize(("opens", "closes", "first", "last"), WINDOWS)
def test_a_window_is_in_western_time_and_its_last_day_is_whole(opens, closes, first, last):
    found = read(f"jenis: akhir\nlulus: 60\nbuka: {opens}\ntutup: {closes}\n")
    expected = [datetime(2026, *moment, tzinfo=UTC) for moment in (first, last)]
    assert ([found[1].opens, found[1].closes], found[2]) == (expected, [])


def test_pools():
    found = read(pools("{ambil: 1, soal: [a, b]}", "{ambil: 2, soal: [c, d]}"))
    assert found[1:] == (Rules(60, pools=(Pool(1, ("a", "b")), Pool(2, ("c", "d")))), [])


def pools(*groups: str) -> str:
    return "jenis: akhir\nlulus: 60\nkelompok:\n" + "".join(f"  - {group}\n" for group in groups)


FAULTY = [
    ("jenis: akhir\n", 1, "“lulus” harus bilangan bulat dari 1"),
    ("jenis: akhir\nlulus: 0\n", 5, "“lulus” harus bilangan bulat dari 1"),
    ("jenis: kuis\nlulus: 60\n", 4, "harus salah satu dari: awal, latihan, akhir, sertifikat"),
    ("jenis: akhir\nlulus: 60\nbuka: besok\n", 6, "“buka” harus tanggal"),
    ("jenis: akhir\nlulus: 60\ntutup: 2026-02-30 10.00\n", 6, "“tutup” harus tanggal"),
    ("jenis: akhir\nlulus: 60\nbuka: 2026-11-02\ntutup: 2026-11-01\n", 7, "sesudah “buka”"),
    ("jenis: akhir\nlulus: 60\njumlah: 5\n", 6, "baru ada 4"),
    ("jenis: akhir\nlulus: 60\njumlah: 2\nkelompok:\n  - {ambil: 1, soal: [a, b, c, d]}\n", 6, "tidak keduanya"),
    ("jenis: akhir\nlulus: 60\nkelompok: 3\n", 6, "harus daftar"),
    (pools("{ambil: 1, soal: [a, b, c]}"), 6, "belum masuk kelompok mana pun: d"),
    (pools("{ambil: 1, soal: [a, b, c, d, e]}"), 7, "Soal “e” dalam kelompok"),
    (
        pools("{ambil: 1, soal: [a, b]}", "{ambil: 1, soal: [b, c, d]}"),
        8,
        "“b” sudah ada",
    ),
    (
        pools("{ambil: 5, soal: [a, b, c, d]}"),
        7,
        "mengambil 5 soal, tetapi berisi 4",
    ),
    (pools("{soal: [a, b, c, d]}"), 7, "perlu “ambil”"),
]


@pytest.mark.parametrize(("lines", "line", "words"), FAULTY, ids=[words for *_rest, words in FAULTY])
def test_faults_stand_at_their_line(lines, line, words):
    found = read(lines)[2]
    assert line in [number for number, _text in found]
    assert any(words in text for _number, text in found)
