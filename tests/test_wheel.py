"""What is installed from the wheel runs like the clone: courses, templates, texts and static files are in it."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.program import SMALL_DEMO, Program, fresh_database

REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_it_holds_what_it_needs_and_no_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    packaged = {
        path.relative_to(REPOSITORY).as_posix()
        for path in (REPOSITORY / "balai").rglob("*")
        if path.is_file() and not {"tests", "__pycache__"}.intersection(path.parts)
    }
    assert {name for name in names if not name.startswith("balai-")} == packaged
    assert {f"balai/locale/{name}" for name in ("id/LC_MESSAGES/click.mo", "en/LC_MESSAGES/django.mo")} <= names


def test_the_demonstration_runs_from_it(wheel: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    installed = Program(tmp_path / "demo", {**fresh_database(), "PYTHONPATH": str(site), **SMALL_DEMO}, cwd=tmp_path)
    assert installed.json("demo")["story_told"]
    where = subprocess.run(
        [sys.executable, "-c", "import balai; print(balai.__file__)"],
        env=installed.environment(), cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert Path(where.stdout.strip()).is_relative_to(site)
    found = {finding["subject"]: finding["level"] for finding in installed.json("check", "--demo")["findings"]}
    assert "bad" not in found.values()
