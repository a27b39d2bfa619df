"""One Chromium a test process, for whoever drives a page: Playwright's loop runs only once in a thread."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser_ready import find

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
#: How long anything on a page may take on a busy machine, in milliseconds; nothing waits longer than it must.
PATIENCE = 30_000


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    """The Chromium that ``tests/browser_ready.py`` finds."""
    from playwright.sync_api import expect, sync_playwright  # most runs and workers need no browser

    path = find()
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()
