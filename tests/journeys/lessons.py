"""A small course that journeys study: a pre-test, two lessons, a post-test, a certificate test, both certificates."""

from uuid import UUID

from balai.assessments.tests.conftest import POSTTEST, PRETEST, QUESTIONS, SEALED
from balai.courses.source import Source

ID = UUID("01928d79-7400-73c1-b00c-00000000000a")
SLUG = "mengenal-layar"
_COURSE = f"""---
id: {ID}
slug: {SLUG}
judul: Mengenal Layar
ringkasan: Mengenal layar HP sampai terampil.
bahasa: id
jp: 2
terbuka: true
modul:
  - judul: Sebelum mulai
    isi: [tes/awal.md]
  - judul: Layar
    isi: [materi/01-layar.md, materi/02-kunci.md]
  - judul: Sesudahnya
    isi: [tes/akhir.md, tes/sertifikat.md]
sertifikat:
  - {{jenis: pelatihan, materi: 100}}
  - {{jenis: kompetensi, tes: tes/sertifikat.md, berlaku: 36}}
---

Pelatihan singkat untuk semua orang.
"""
_LESSON = "---\nid: {slug}\njudul: {title}\nmenit: 5\n---\n\n{text}\n"
FILES = {
    "pelatihan.md": _COURSE,
    "materi/01-layar.md": _LESSON.format(slug="layar", title="Layar HP", text="Layar menyala bila disentuh."),
    "materi/02-kunci.md": _LESSON.format(slug="kunci", title="Mengunci layar", text="Tombol daya mengunci layar."),
    "tes/awal.md": PRETEST + QUESTIONS,
    "tes/akhir.md": POSTTEST.replace("menit: 20\n", "") + QUESTIONS,
    "tes/sertifikat.md": SEALED.replace("id: akhir", "id: sertifikat").replace("akhir layar", "sertifikat layar")
    + QUESTIONS,
}
RIGHT = {
    "kunci": ["Tombol daya"],
    "padam": ["Salah"],
    "terang": ["Menggeser kecerahan", "Mematikan mode gelap"],
    "sidik": ["Sidik jari"],
}
WRONG = {"kunci": ["Kamera"], "padam": ["Benar"], "terang": ["Menutup kamera"], "sidik": ["Suara burung"]}


def folder(**changed: str) -> Source:
    """The course; ``changed`` replaces files by the last part of their names."""
    files = {path: changed.get(path.rpartition("/")[2].removesuffix(".md"), text) for path, text in FILES.items()}
    return Source.of((path, text.encode()) for path, text in files.items())
