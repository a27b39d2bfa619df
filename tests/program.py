"""The real program in a process of its own, on a folder and a database of its own."""

import json
import os
import random
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

#: For an environment: a demonstration of one kecamatan, told in a few seconds.
SMALL_DEMO = {"BALAI_DEMO_REGION": "18.02.07"}
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

    def script(self, code: str) -> str:
        """What Python code prints that runs inside Balai on this folder."""
        command = [sys.executable, "-c", f"import django\ndjango.setup()\n{code}"]
        environment = self.environment() | {"DJANGO_SETTINGS_MODULE": "balai.settings"}
        done = subprocess.run(command, env=environment, cwd=self.cwd, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def json(self, *args: str) -> Any:
        """What a command answers with ``--json``."""
        return json.loads(self.run(*args, "--json").stdout)

    def refused(self, *args: str) -> str:
        """The code with which a command is refused."""
        told = json.loads(self.run(*args, "--json", code=1).stderr)
        return str(told["problem"]["code"])

    @contextmanager
    def up(self, *args: str) -> Iterator[dict[str, Any]]:
        """`balai up` while the block lasts; what it tells as soon as a page answers.

        Its other words are kept beside the folder, which a demonstration wants empty.
        """
        command = [sys.executable, "-m", "balai", "up", "--json", "--port", str(free_port()), *args]
        log = self.folder.with_suffix(".log")
        with log.open("w") as words:
            process = subprocess.Popen(
                command, env=self.environment(), cwd=self.cwd, stdout=subprocess.PIPE, stderr=words, text=True
            )
            try:
                yield _told(process, log)
            finally:
                process.terminate()
                process.wait(timeout=60)


def _told(process: "subprocess.Popen[str]", log: Path) -> dict[str, Any]:
    assert process.stdout is not None
    lines: list[str] = []
    while not lines or lines[-1] != "}\n":
        lines.append(process.stdout.readline())
        assert lines[-1], log.read_text()
    return dict(json.loads("".join(lines)))


def free_port() -> int:
    """A port on which nobody listens, below those that a system gives to connections as they leave."""
    while True:
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", random.randrange(10_000, 30_000)))
            except OSError:
                continue
            return int(probe.getsockname()[1])


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
