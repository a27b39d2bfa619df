"""A small course with a practice test and a sealed one, published for every test that asks for it."""

from collections.abc import Callable
from uuid import UUID

import pytest

from balai.assessments.contents import Content, content
from balai.assessments.models import Test
from balai.common.ids import uuid7
from balai.courses.models import CourseVersion
from balai.courses.publishing import publish
from balai.courses.source import Source

COURSE = """---
id: {id}
slug: {slug}
judul: Kenal Layar
ringkasan: Mengenal layar HP.
bahasa: id
jp: 1
terbuka: {open}
modul:
  - judul: Layar
    isi: [{pretest}materi/01-layar.md, tes/latihan.md, tes/akhir.md]
sertifikat: {{jenis: pelatihan, materi: 100, tes: tes/akhir.md}}
---

Pelatihan untuk pengujian.
"""
LESSON = "---\nid: layar\njudul: Layar HP\nmenit: 5\n---\n\nLayar menyala.\n"
PRACTICE = """---
id: latihan
judul: Latihan layar
jenis: latihan
lulus: 60
acak: true
---
"""
SEALED = """---
id: akhir
judul: Tes akhir layar
jenis: sertifikat
lulus: 70
jumlah: 3
acak: true
kesempatan: 2
menit: 20
---
"""
PRETEST = """---
id: awal
judul: Tes awal layar
jenis: awal
acak: true
---
"""
POSTTEST = SEALED.replace("jenis: sertifikat", "jenis: akhir").replace("jumlah: 3\n", "")
QUESTIONS = """
## kunci
Apa yang *mengunci* layar?

- (x) Tombol daya
- ( ) Tombol suara
- ( ) Kamera

> Tombol daya. Baca lagi [Layar HP](../materi/01-layar.md).

## padam
Layar padam berarti HP mati.

- ( ) Benar
- (x) Salah

> HP masih hidup.

## terang
Mana yang membuat layar lebih terang?

- [x] Menggeser kecerahan
- [x] Mematikan mode gelap
- [ ] Menutup kamera
- [ ] Mengecilkan suara

> Kecerahan dan tampilan mengatur terangnya.

## sidik
Apa yang dapat membuka kunci layar?

- (x) Sidik jari
- ( ) Suara burung

> Sidik jari pemiliknya.
"""

#: Every kind that is more than boxes to tick, and one with feedback.
KINDS = """
## masa
Pasangkan dokumen dengan masa berlakunya.

- RPJM Desa => 8 tahun
- RKP Desa => 1 tahun
- APB Desa => 1 tahun
- => 6 bulan

> Lihat [Layar HP](../materi/01-layar.md).

## langkah
Urutkan langkah membuka HP:

1. Tekan tombol daya
2. Geser layar
3. Masukkan *PIN*

> Dari tombol ke PIN.

## biaya
Berapa belanja seluruhnya?

Jawaban angka: 1.730.000 ± 500 rupiah

> Jumlahkan tiap baris.

## singkatan
Apa singkatan Anggaran Pendapatan dan Belanja Desa?

Jawaban: APB Desa | APBDes

> Permendagri 20/2018.

## sebab
Mengapa layar padam sendiri?

- (x) Untuk menghemat baterai
- ( ) Karena rusak
  > Belum tepat: layar yang rusak tidak menyala lagi.
- ( ) Karena sinyal

> Layar padam menghemat baterai.
"""


def source(id: UUID, **files: str) -> Source:
    """The course folder; ``files`` replaces the text of "latihan" or "akhir", and may add "awal"."""
    texts = {"latihan": PRACTICE + QUESTIONS, "akhir": SEALED + QUESTIONS, "open": "true"} | files
    pretest = "tes/awal.md, " if "awal" in texts else ""
    course = COURSE.format(id=id, slug=f"layar-{id.hex[-8:]}", open=texts["open"], pretest=pretest)
    tests = {f"tes/{name}.md": texts[name] for name in ("latihan", "akhir", "awal") if name in texts}
    every = {"pelatihan.md": course, "materi/01-layar.md": LESSON, **tests}
    return Source.of((path, text.encode()) for path, text in every.items())


@pytest.fixture
def publish_course(db: None) -> Callable[..., CourseVersion]:
    """``publish_course(akhir="---\\nid: akhir\\n…")``: a new course, or the next version of ``id``."""

    def make(id: UUID | None = None, **files: str) -> CourseVersion:
        return publish(source(id or uuid7(), **files), None)[0]

    return make


@pytest.fixture
def course(publish_course: Callable[..., CourseVersion]) -> CourseVersion:
    return publish_course()


def published(version: CourseVersion, slug: str) -> Content:
    return content(Test.objects.get(version=version, slug=slug).id)


@pytest.fixture
def measured(publish_course: Callable[..., CourseVersion]) -> tuple[Content, Content]:
    """A pre-test and the post-test with the same four questions."""
    version = publish_course(awal=PRETEST + QUESTIONS, akhir=POSTTEST + QUESTIONS)
    return published(version, "awal"), published(version, "akhir")


@pytest.fixture
def practice(course: CourseVersion) -> Content:
    return published(course, "latihan")


@pytest.fixture
def every_kind(publish_course: Callable[..., CourseVersion]) -> Content:
    """A practice test with a question of every kind, in the author's order."""
    return published(publish_course(latihan=PRACTICE.replace("acak: true\n", "") + QUESTIONS + KINDS), "latihan")


@pytest.fixture
def sealed(course: CourseVersion) -> Content:
    """Three questions of four, 20 minutes, two attempts, 70 percent to pass."""
    return published(course, "akhir")


def right(test: Content, attempt: UUID) -> dict[str, list[str]]:
    """The right answers to the paper of ``attempt``."""
    return {place.question: list(test.keys[place.question].right) for place in test.paper(attempt)}


def wrong(test: Content, attempt: UUID) -> dict[str, list[str]]:
    return {place.question: list(test.keys[place.question].wrong[:1]) for place in test.paper(attempt)}
