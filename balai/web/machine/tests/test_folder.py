"""Which data folder is meant, and that a demonstration never gets into real data."""

from pathlib import Path

import pytest

from balai.common.problems import Refusal
from balai.web.machine import folder


@pytest.fixture(autouse=True)
def _plain(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BALAI_DATA", "")
    monkeypatch.setenv("BALAI_DEMO", "")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.chdir(tmp_path)


def test_the_option_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BALAI_DATA", str(tmp_path / "environment"))
    assert folder.choose(tmp_path / "option", demo=False) == tmp_path / "option"


def test_without_a_word_it_is_data_here(tmp_path: Path) -> None:
    assert (folder.choose(None, demo=False), folder.is_demo()) == (tmp_path / "data", False)


def test_a_demonstration_has_a_folder_of_its_own(tmp_path: Path) -> None:
    expected = tmp_path / "home" / ".local" / "share" / "balai-demo"
    assert (folder.choose(None, demo=True), folder.is_demo()) == (expected, True)


def test_on_windows_it_lies_in_local_app_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "AppData"))
    assert folder.demo_folder() == tmp_path / "AppData" / "balai-demo"


def test_a_demonstration_stays_one(tmp_path: Path) -> None:
    folder.make(folder.choose(tmp_path / "demo", demo=True))
    folder.choose(tmp_path / "demo", demo=False)
    assert folder.is_demo()


def test_real_data_never_becomes_a_demonstration(tmp_path: Path) -> None:
    folder.make(folder.choose(tmp_path / "real", demo=False))
    (tmp_path / "real" / "balai.sqlite3").touch()
    with pytest.raises(Refusal) as refused:
        folder.choose(tmp_path / "real", demo=True)
    assert refused.value.problem.code == "B1152"
