"""What a folder says the course is, and every fault at its file and line."""

from uuid import UUID

import pytest

from balai.common.ids import derived
from balai.common.problems import Refusal
from balai.courses import outline
from balai.courses.certificate_rules import CertificateRule
from balai.courses.faults import Fault, Faults
from balai.courses.source import Source
from balai.courses.tests.folders import COURSE, folder, lesson


def read(files: dict[str, bytes]) -> tuple[outline.Outline, list[Fault]]:
    faults = Faults()
    return outline.read(Source.of(files.items()), faults), faults.sorted()


def test_the_demo_course(demo: Source) -> None:
    faults = Faults()
    course = outline.read(demo, faults)
    assert faults.found == []
    assert (course.slug, course.jp, course.is_open, course.language) == ("kenal-hp-dan-internet", 2, True, "id")
    assert [unit.title for unit in course.units] == ["Mengenal HP dan internet", "Bekerja dan belajar dengan aman"]
    assert [item.slug for item in course.items] == [
        "tombol-dan-layar", "menyambung-ke-internet", "keterangan-yang-benar", "latihan",
        "whatsapp-untuk-desa", "menjaga-data-dan-akun", "belajar-di-balai", "sertifikat",
    ]  # fmt: skip
    assert course.certificates == (CertificateRule("pelatihan", 100, "tes/sertifikat.md"),)
    first = course.lessons["materi/01-tombol-dan-layar.md"]
    assert first.id == derived(course.id, "lesson", "tombol-dan-layar")
    assert course.tests["tes/latihan.md"].id == derived(course.id, "test", "latihan")


def test_ids_of_lessons_follow_their_slug_not_their_file() -> None:
    course, _faults = read(folder())
    files = folder()
    moved = {path.replace("materi-1.md", "00-lain.md"): content for path, content in files.items()}
    moved["pelatihan.md"] = files["pelatihan.md"].replace(b"materi/materi-1.md", b"materi/00-lain.md")
    renamed, faults = read(moved)
    assert faults == []
    assert [item.id for item in renamed.items] == [item.id for item in course.items]


def changed(old: str, new: str, path: str = "pelatihan.md") -> list[Fault]:
    files = folder(certificate="\nsertifikat:\n  jenis: pelatihan\n  materi: 100")
    assert old.encode() in files[path]
    return read(files | {path: files[path].replace(old.encode(), new.encode())})[1]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("jp: 2", "jp: dua", Fault("pelatihan.md", 6, "“jp” harus bilangan bulat dari 1 sampai 400.")),
        ("jp: 2", "jp: true", Fault("pelatihan.md", 6, "“jp” harus bilangan bulat dari 1 sampai 400.")),
        ("terbuka: true", "terbuka: ya", Fault("pelatihan.md", 7, "“terbuka” harus salah satu dari: true, false.")),
        ("jp: 2", "jp: 2\npj: 3", Fault("pelatihan.md", 7, "“pj” tidak dikenal di sini.")),
        ("ringkasan: Ringkas.", "ringkasan:", Fault("pelatihan.md", 5, "“ringkasan” belum diisi dengan tulisan.")),
        ("materi: 100", "materi: 200", Fault("pelatihan.md", 15, "“materi” harus bilangan bulat dari 0 sampai 100.")),
        ("materi: 100", "tes: tes/x.md", Fault("pelatihan.md", 15, "Tes tes/x.md tidak tercantum di “modul”.")),
    ],
)
def test_faults_in_the_course_file(old: str, new: str, fault: Fault) -> None:
    assert fault in changed(old, new)


def ruled(rules: str) -> tuple[tuple[CertificateRule, ...], list[str]]:
    course, faults = read(folder(tests=True, certificate=f"\nsertifikat:{rules}"))
    return course.certificates, [fault.text for fault in faults]


def test_two_certificates_for_taking_part_and_for_having_proved_it() -> None:
    rules = "\n  - {jenis: pelatihan, materi: 80}\n  - {jenis: kompetensi, tes: tes/latihan.md, berlaku: 36}"
    assert ruled(rules) == (
        (CertificateRule("pelatihan", 80, None), CertificateRule("kompetensi", 0, "tes/latihan.md", 36)),
        [],
    )


@pytest.mark.parametrize(
    ("rules", "fault"),
    [
        (" ya", "“sertifikat” harus berisi jenis, materi, dan tes."),
        ("\n  - ya", "“sertifikat” harus berisi jenis, materi, dan tes."),
        ("\n  - {jenis: kompetensi}", "“tes” belum diisi dengan tulisan."),
        ("\n  - {jenis: pelatihan, materi: 0}", "Sertifikat ini belum meminta apa-apa: isi “materi” atau “tes”."),
        ("\n  - {jenis: pelatihan, berlaku: 0}", "“berlaku” harus bilangan bulat dari 1 sampai 120."),
        ("\n  - {jenis: pelatihan}\n  - {jenis: pelatihan}", "Satu jenis sertifikat hanya boleh punya satu aturan."),
    ],
)
def test_a_certificate_that_could_not_be_given_is_a_fault(rules: str, fault: str) -> None:
    assert fault in ruled(rules)[1]


def test_faults_in_the_order_of_study() -> None:
    faults = changed("- materi/materi-2.md", "- materi/hilang.md\n      - materi/materi-1.md\n      - gambar/x.svg")
    assert [(fault.path, fault.line) for fault in faults] == [
        ("materi/materi-2.md", 0), ("pelatihan.md", 12), ("pelatihan.md", 13), ("pelatihan.md", 14),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"Tanpa kepala", 1),
        (b"---\nid: materi-1\n", 1),
        (b"---\nid: [\n---\nIsi", 2),
        (b"---\n- a\n---\nIsi", 2),
        (b"---\na: &x [1]\nb: *x\n---\nIsi", 3),
        (b"---\nid: materi-1\njudul: Satu\nmenit: 5\n---\n\n", 6),
        (b"---\nid: Materi Satu\njudul: Satu\nmenit: 5\n---\nIsi", 2),
        (b"---\nid: materi-2\njudul: Satu\nmenit: 5\n---\nIsi", 2),
        (b"---\nid: materi-1\njudul: Satu\nmenit: 0\n---\nIsi", 4),
        (b"---\nid: materi-1\njudul: Satu\nmenit: 5\n---\nIsi\n\xff", 7),
        (b"---\n" + b"a: " + b"[" * 5_000 + b"\n---\nIsi", 2),
    ],
)
def test_faults_in_a_lesson_are_found_at_their_line(content: bytes, line: int) -> None:
    _course, faults = read(folder() | {"materi/materi-1.md": content})
    assert line in {fault.line for fault in faults if fault.path.startswith("materi/")}


@pytest.mark.parametrize(
    "head",
    [
        b"---\nslug: kursus\njudul: Kursus\n---\n",
        b"---\nid: 12\nslug: kursus\njudul: Kursus\n---\n",
        b"---\nid: 01928d79-7400-73c1-b00c-000000000001\nslug: Kursus Saya\njudul: Kursus\n---\n",
        b"---\nid: 01928d79-7400-73c1-b00c-000000000001\nslug: naskah\njudul: Kursus\n---\n",
        b"---\nid: 01928d79-7400-73c1-b00c-000000000001\nslug: kursus\n---\n",
        b"\xff\xfe",
    ],
)
def test_without_id_slug_and_title_it_is_no_draft(head: bytes) -> None:
    with pytest.raises(Refusal) as caught:
        read({"pelatihan.md": head})
    assert caught.value.problem.code == "B3007"


def test_windows_line_ends_and_marks_are_fine() -> None:
    files = folder()
    windows = {path: b"\xef\xbb\xbf" + content.replace(b"\n", b"\r\n") for path, content in files.items()}
    course, faults = read(windows)
    assert faults == []
    assert course.id == UUID(str(COURSE))
    assert [item.title for item in course.items] == ["Materi-1", "Materi-2"]


def test_a_lesson_that_is_not_in_the_order_of_study_is_named() -> None:
    _course, faults = read(folder() | {"materi/lupa.md": lesson("lupa")})
    assert faults == [Fault("materi/lupa.md", 0, "Berkas ini belum tercantum di “modul” pada pelatihan.md.")]
