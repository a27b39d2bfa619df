"""A prepared folder is known again, and no other is taken for it."""

from pathlib import Path

import pytest

from balai.web.machine import stamp


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Prepared for this program."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("BALAI_DEMO", raising=False)
    (tmp_path / "balai.sqlite3").touch()
    stamp.write(tmp_path)
    return tmp_path


def test_a_prepared_folder_is_known(folder: Path) -> None:
    assert stamp.fits(folder)


def test_another_database_has_to_be_prepared(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1/balai")
    assert not stamp.fits(folder)


def test_another_program_prepares_again(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamp, "_LIBRARIES", (*stamp._LIBRARIES, "click"))
    assert not stamp.fits(folder)


def test_a_changed_file_prepares_again(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "package"
    (package / "tests").mkdir(parents=True)
    (package / "page.html").write_text("one")
    monkeypatch.setattr(stamp, "_PACKAGE", package)
    stamp.write(folder)
    (package / "tests" / "test_x.py").write_text("left out")
    assert stamp.fits(folder)
    (package / "page.html").write_text("other")
    assert not stamp.fits(folder)


def test_a_lost_database_has_to_be_prepared(folder: Path) -> None:
    (folder / "balai.sqlite3").unlink()
    assert not stamp.fits(folder)


def test_a_removed_mark_prepares_again(folder: Path) -> None:
    stamp.remove(folder)
    assert not stamp.fits(folder)
