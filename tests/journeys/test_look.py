"""Every component in a real browser: both themes, a phone and a wide screen, by eye, by ear and by keyboard.

The pages here ask nothing of the database, so the server runs without one.
"""

from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.test.utils import override_settings
from playwright.sync_api import Browser, Page

from tests.axe import violations
from tests.journeys.conftest import LAPTOP, PHONE

pytestmark = pytest.mark.browser

PAGES = ["/sambutan", "/bantuan", "/bantuan/kode", "/gaya", "/gaya/beranda", "/gaya/fokus", "/tidak-ada"]
SIZES = [PHONE, LAPTOP]
#: What a thumb must hit; links inside sentences are not among it.
TARGETS = ".button, .places a, .top a, .foot a, .foot button, .crumbs a, .tabs a, .row, .choice, summary, input, select"


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Nothing: the test says what failed."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """Address of a server that shows the style page."""
    with override_settings(ROOT_URLCONF="tests.journeys.style_urls", ALLOWED_HOSTS=["127.0.0.1"]):
        server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
        server.set_app(StaticFilesHandler(get_wsgi_application()))
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()


@pytest.fixture(params=[(size, theme) for size in SIZES for theme in ("light", "dark")], ids=str)
def screen(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[tuple[Page, list[str]]]:
    """An empty page on each screen, and what its console complains about (a broken content policy too)."""
    size, theme = request.param
    context = chromium.new_context(viewport=size, color_scheme=theme)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page, complaints
    context.close()


def _too_wide(page: Page) -> list[str]:
    """What sticks out of the page to the right."""
    found: Any = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
        [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
        .map(e => e.outerHTML.slice(0, 90))"""
    )
    return list(found)


def test_axe_finds_nothing_and_nothing_sticks_out(site: str, screen: tuple[Page, list[str]]) -> None:
    page, complaints = screen
    found = {}
    for path in PAGES:
        page.goto(site + path)
        found[path] = [*violations(page), *_too_wide(page)]
    assert found == {path: [] for path in PAGES}
    assert [text for text in complaints if "404" not in text] == []


def test_text_of_twice_the_size_still_fits(site: str, chromium: Browser) -> None:
    page = chromium.new_page(viewport=PHONE)
    found = {}
    for path in PAGES:
        page.goto(site + path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        found[path] = _too_wide(page)
    page.close()
    assert found == {path: [] for path in PAGES}


def test_a_thumb_hits_everything(site: str, chromium: Browser) -> None:
    page = chromium.new_page(viewport=PHONE)
    found = {}
    for path in PAGES:
        page.goto(site + path)
        found[path] = page.evaluate(
            """(targets) => [...document.querySelectorAll(targets)]
            .filter(e => e.offsetParent && (e.matches("label") || !e.closest("label, .unseen")))
            .filter(e => e.getBoundingClientRect().height < 48).map(e => e.outerHTML.slice(0, 90))""",
            TARGETS,
        )
    page.close()
    assert found == {path: [] for path in PAGES}


def test_the_keyboard_alone_suffices_and_shows_where_it_is(site: str, chromium: Browser) -> None:
    page = chromium.new_page(viewport=PHONE)
    page.goto(site + "/gaya")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Langsung ke isi"
    unmarked = []
    for _step in range(60):
        page.keyboard.press("Tab")
        unmarked += page.evaluate(
            """() => { const e = document.activeElement, shown = e.closest(".choice, label") ?? e;
            const marked = [e, shown].some(x => getComputedStyle(x).outlineStyle !== "none");
            return marked || e === document.body ? [] : [e.outerHTML]; }"""
        )
    page.close()
    assert unmarked == []


def test_the_theme_is_chosen_without_a_script(site: str, chromium: Browser) -> None:
    context = chromium.new_context(color_scheme="light", java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "/bantuan")
    page.get_by_role("button", name="Gelap").click()
    assert page.url == site + "/bantuan"
    assert page.locator("html").get_attribute("data-theme") == "dark"
    context.close()
