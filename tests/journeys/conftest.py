"""A real Balai for the journeys: `balai up` in a process of its own, and a real Chromium with a phone's screen."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import PATIENCE

PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1280, "height": 800}


@dataclass(frozen=True)
class Hub:
    """A running Balai: its address, its data folder, and its command line."""

    url: str
    environment: dict[str, str]

    def balai(self, *words: str, given: str = "") -> dict:
        """Run `balai WORDS --json` in this hub's folder; its answer."""
        done = subprocess.run(
            [sys.executable, "-m", "balai", *words, "--json"],
            env=self.environment, input=given, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr + done.stdout
        return json.loads(done.stdout)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A journey's tests follow one another on one hub: they stay on one worker."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group(item.path.name))


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """A fresh hub on a free port of this machine, ended by its own process id."""
    with _running(tmp_path_factory.mktemp("hub")) as running:
        yield running


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """The same with the demonstration's people in it: one tap signs in."""
    with _running(tmp_path_factory.mktemp("demo"), "--demo") as running:
        yield running


@contextmanager
def _running(folder: Path, *words: str) -> Iterator[Hub]:
    port = _free_port()
    environment = {**os.environ, "BALAI_DATA": str(folder), "BALAI_JOBS": "thread"}
    environment["BALAI_URL"] = f"http://127.0.0.1:{port}"
    environment["PYTHONUNBUFFERED"] = "1"
    if "DATABASE_URL" in environment:
        environment["DATABASE_URL"] = _own_database(environment["DATABASE_URL"], f"hub_{port}")
    # Beside the data folder: a demonstration wants one that is empty.
    log = folder.with_suffix(".log")
    command = [sys.executable, "-m", "balai", "up", "--port", str(port), "--data", str(folder), *words]
    with log.open("w") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
        try:
            _wait_for(environment["BALAI_URL"], process, log)
            yield Hub(environment["BALAI_URL"], environment)
        finally:
            process.terminate()
            process.wait(20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _own_database(url: str, name: str) -> str:
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _wait_for(url: str, process: subprocess.Popen, log: Path) -> None:
    for _second in range(240):
        assert process.poll() is None, log.read_text()
        try:
            urlopen(url, timeout=5).close()
        except (URLError, OSError):
            time.sleep(0.5)
        else:
            return
    raise AssertionError(log.read_text())


@pytest.fixture
def device(chromium: Browser, hub: Hub) -> Iterator[Callable[..., Page]]:
    """``device()`` is somebody's phone, ``device(LAPTOP)`` a laptop: each with its own storage and cookies."""
    opened: list[BrowserContext] = []

    def make(screen: dict[str, int] = PHONE) -> Page:
        context = chromium.new_context(viewport=screen, locale="id-ID", base_url=hub.url, accept_downloads=True)
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context.new_page()

    yield make
    for context in opened:
        context.close()
