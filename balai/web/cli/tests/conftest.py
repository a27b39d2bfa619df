"""The real program on folders of its own."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from balai.log.nodekeys import this_node
from balai.web.cli.commands import root
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


@dataclass
class Shell:
    """The command line in this process, on the database of the test."""

    def json(self, *words: str, given: bytes = b"") -> Any:
        """What a command answers with ``--json``."""
        result = CliRunner().invoke(root, [*words, "--json"], input=given)
        assert result.exit_code == 0, result.output
        return json.loads(result.stdout)

    def text(self, *words: str) -> list[str]:
        """The lines that a person reads."""
        result = CliRunner().invoke(root, list(words))
        assert result.exit_code == 0, result.output
        return [" ".join(line.split()) for line in result.stdout.splitlines()]

    def refused(self, *words: str, given: bytes = b"") -> str:
        """The code with which a command is refused."""
        result = CliRunner().invoke(root, [*words, "--json"], input=given)
        assert result.exit_code == 1, result.output
        return str(json.loads(result.stderr)["problem"]["code"])


@pytest.fixture
def balai(db: None, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """``balai.json("course", "list")``"""
    this_node()
    for name in ("BALAI_DATA", "BALAI_DEMO"):  # what a command sets is put back after the test
        monkeypatch.setenv(name, os.environ.get(name, ""))
    return Shell()
