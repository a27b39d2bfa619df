"""The order of study by buttons: only ``modul`` is written anew, and it says what was meant."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.courses import structure
from balai.courses.drafts import import_draft
from balai.courses.models import Draft
from balai.courses.source import COURSE_FILE, Source
from balai.courses.structure import UnitPlan
from balai.courses.tests.folders import COURSE, folder
from balai.people.models import Person

_TITLES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=30)
_UNITS = st.lists(st.builds(UnitPlan, _TITLES, st.lists(_TITLES, max_size=3).map(tuple)), min_size=1, max_size=4)


@given(units=_UNITS.map(tuple))
def test_what_is_written_is_read_again_and_other_lines_stay(units: structure.Plan) -> None:
    text = folder(certificate="\n# catatan penulis\nsertifikat: {jenis: pelatihan}")[COURSE_FILE].decode()
    changed = structure.written(text, units)
    assert structure.read(Source({COURSE_FILE: changed.encode()})) == units
    kept = [line for line in text.split("\n") if not line.startswith((" ", "modul"))]
    assert [line for line in changed.split("\n") if not line.startswith((" ", "modul"))] == kept


def test_moving_goes_over_the_edge_of_a_unit() -> None:
    units = (UnitPlan("A", ("1", "2")), UnitPlan("B", ("3",)))
    assert structure.moved(units, "2", -1)[0].paths == ("2", "1")
    assert [unit.paths for unit in structure.moved(units, "2", 1)] == [("1",), ("2", "3")]
    assert [unit.paths for unit in structure.moved(units, "3", -1)] == [("1", "2", "3"), ()]
    assert structure.moved(units, "1", -1) == structure.moved(units, "3", 1) == units
    assert [unit.title for unit in structure.unit_moved(units, 0, 1)] == ["B", "A"]


@pytest.mark.django_db
def test_a_course_from_its_title_to_its_publication(client_of: Any, author: Person) -> None:
    browser = client_of(author)
    form = {"title": "Beternak: Ayam!", "summary": "Bisa beternak.", "hours": "2", "readers": "terbuka"}
    desk = browser.post("/pelatihan/naskah/baru", form)["Location"]
    again = browser.post("/pelatihan/naskah/baru", form)["Location"]
    assert again != desk
    assert sorted(Draft.objects.values_list("slug", flat=True)) == ["beternak-ayam", "beternak-ayam-2"]
    browser.post(f"{desk}/susunan", {"aksi": "materi", "modul": "0", "judul": "Memilih: bibit"})
    browser.post(f"{desk}/susunan", {"aksi": "modul", "judul": "Kandang"})
    browser.post(f"{desk}/susunan", {"aksi": "materi", "modul": "1", "judul": "Kandang"})
    browser.post(f"{desk}/susunan", {"aksi": "glosarium"})
    for path, text in (
        ("materi/01-memilih-bibit.md", "---\nid: memilih-bibit\njudul: Bibit\nmenit: 5\n---\nPilih.\n"),
        ("materi/02-kandang.md", "---\nid: kandang\njudul: Kandang\nmenit: 5\n---\nBangun.\n"),
        ("glosarium.md", "## DOC\nAnak ayam.\n"),
    ):
        page = browser.get(f"{desk}/berkas/{path}").content.decode()
        base = page.partition('name="dasar" value="')[2].partition('"')[0]
        assert browser.post(f"{desk}/berkas/{path}", {"teks": text, "dasar": base}).status_code == 302
    browser.post(f"{desk}/susunan", {"aksi": "judul", "berkas": "materi/02-kandang.md", "judul": "Kandang sehat"})
    browser.post(f"{desk}/susunan", {"aksi": "geser", "berkas": "materi/02-kandang.md", "arah": "-1"})
    browser.post(f"{desk}/susunan", {"aksi": "hapus-modul", "modul": "1"})
    draft = Draft.objects.newest().get(slug="beternak-ayam")
    answer = browser.post(f"/pelatihan/naskah/{draft.pk}/terbitan")
    assert answer["Location"] == "/pelatihan/beternak-ayam"
    page = browser.get("/pelatihan/beternak-ayam").content.decode()
    assert page.index("Bibit") < page.index("Kandang sehat")
    assert "/pelatihan/beternak-ayam/glosarium" in page
    assert (
        "<dt>DOC</dt><dd><p>Anak ayam.</p>"
        in client_of(None).get("/pelatihan/beternak-ayam/glosarium").content.decode()
    )


@pytest.mark.django_db
def test_removing_is_taken_back_by_one_tap(client_of: Any, author: Person) -> None:
    before = import_draft(Source.of(folder().items()), author.id)
    browser = client_of(author)
    desk = f"/pelatihan/naskah/tulis/{COURSE}"
    browser.post(f"{desk}/susunan", {"aksi": "hapus", "berkas": "materi/materi-2.md"})
    assert "materi/materi-2.md" not in Draft.objects.newest().get().files
    browser.post(f"/pelatihan/naskah/{before.pk}/pemulihan")
    assert Draft.objects.newest().get().source() == before.source()
    refused = browser.post(f"{desk}/susunan", {"aksi": "materi", "modul": "9", "judul": "x"})
    assert (refused.status_code, "B3021" in refused.content.decode()) == (422, True)
