"""The real program in a process of its own, on a folder and a database of its own."""

import json
import os
import secrets
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

_OURS = ("BALAI_", "DATABASE_URL", "DJANGO_", "PYTEST_")


@dataclass
class Program:
    """``Program(folder).run("check")`` is `balai check` on that folder."""

    folder: Path
    env: dict[str, str] = field(default_factory=dict)
    cwd: Path | None = None

    def environment(self) -> dict[str, str]:
        """The environment without what the tests set for themselves."""
        plain = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
        return plain | {"BALAI_DATA": str(self.folder)} | self.env

    def run(self, *args: str, stdin: str = "", code: int = 0) -> subprocess.CompletedProcess[str]:
        """Run one command to its end; ``code`` is the exit code that it must have."""
        command = [sys.executable, "-m", "balai", *args]
        done = subprocess.run(
            command, env=self.environment(), cwd=self.cwd, input=stdin, capture_output=True, text=True, timeout=240,
            check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stdout + done.stderr
        return done

    def json(self, *args: str) -> Any:
        """What a command answers with ``--json``."""
        return json.loads(self.run(*args, "--json").stdout)

    def refused(self, *args: str) -> str:
        """The code with which a command is refused."""
        told = json.loads(self.run(*args, "--json", code=1).stderr)
        return str(told["problem"]["code"])


def fresh_database() -> dict[str, str]:
    """The environment of a new, empty database of the kind that this test run uses."""
    from django.db import connection

    if connection.vendor == "sqlite":
        return {}
    name = f"balai_{secrets.token_hex(6)}"
    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"'.encode())
    return {"DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=f"/{name}"))}
