"""The real program on folders of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.program import Program, fresh_database


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """On a folder that does not exist yet."""
    return Program(tmp_path / "data")


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """On a folder with the database, all regions and the keys; tests only read it."""
    made = Program(tmp_path_factory.mktemp("prepared") / "data", fresh_database())
    made.run("prepare")
    return made


@pytest.fixture
def another(tmp_path: Path) -> Callable[[], Program]:
    """More machines, each with an empty folder and database."""
    count = iter(range(10))
    return lambda: Program(tmp_path / f"machine-{next(count)}", fresh_database())
