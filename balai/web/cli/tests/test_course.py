"""Course folders in, out, and published."""

import shutil
from pathlib import Path

import pytest

from balai.demo.story import COURSES

from .conftest import Shell

SLUG = "kenal-hp-dan-internet"


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_imported_published_and_exported_byte_for_byte(balai: Shell, tmp_path: Path) -> None:
    imported = balai.json("course", "import", str(COURSES / SLUG))
    assert (imported["slug"], imported["faults"]) == (SLUG, [])
    published = balai.json("course", "publish", SLUG)
    assert published == {"slug": SLUG, "title": "Kenal HP dan Internet", "version": 1, "fresh": True}
    balai.json("course", "export", SLUG, str(tmp_path / "out"))
    assert _contents(tmp_path / "out") == _contents(COURSES / SLUG)


def test_a_zip_goes_out_and_in_again(balai: Shell, tmp_path: Path) -> None:
    balai.json("course", "import", str(COURSES / SLUG))
    balai.json("course", "export", SLUG, str(tmp_path / "x.zip"))
    first = balai.json("course", "import", str(tmp_path / "x.zip"), "--publish")
    assert (first["version"], balai.json("course", "publish", SLUG)["fresh"]) == (1, False)


def test_the_list_tells_what_is_published(balai: Shell) -> None:
    balai.json("course", "import", str(COURSES / SLUG))
    assert balai.json("course", "list") == [{"slug": SLUG, "title": "Kenal HP dan Internet", "version": 0}]
    balai.json("course", "publish", SLUG)
    assert balai.text("course", "list") == ["Nama Judul Versi", f"{SLUG} Kenal HP dan Internet 1"]


def test_faults_are_told_and_keep_it_from_being_published(balai: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "course"
    shutil.copytree(COURSES / SLUG, folder)
    (folder / "materi" / "01-tombol-dan-layar.md").unlink()
    found = balai.json("course", "import", str(folder))["faults"]
    assert {fault["path"] for fault in found} >= {"pelatihan.md"}
    assert balai.refused("course", "publish", SLUG) == "B3008"


@pytest.mark.parametrize("words", [("publish", "tidak-ada"), ("export", "tidak-ada", "x")])
def test_an_unknown_course_is_refused(balai: Shell, words: tuple[str, ...]) -> None:
    assert balai.refused("course", *words) == "B1168"


def test_a_used_folder_is_not_overwritten(balai: Shell, tmp_path: Path) -> None:
    balai.json("course", "import", str(COURSES / SLUG))
    (tmp_path / "mine").write_text("mine")
    assert balai.refused("course", "export", SLUG, str(tmp_path)) == "B1166"
