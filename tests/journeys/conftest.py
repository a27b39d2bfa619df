"""A real Balai for the journeys: `balai up` in a process of its own, and a real Chromium with a phone's screen."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser import PATIENCE
from tests.program import SMALL_DEMO, Program, fresh_database

PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1280, "height": 800}


@dataclass(frozen=True)
class Hub:
    """A running Balai: its address, and its command line."""

    url: str
    program: Program

    def balai(self, *words: str) -> dict:
        """Run `balai WORDS --json` in this hub's folder; its answer."""
        return self.program.json(*words)


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
    program = Program(folder / "data", fresh_database() | SMALL_DEMO)
    with program.up(*words) as told:
        program.env["BALAI_URL"] = told["url"]
        yield Hub(told["url"], program)


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
