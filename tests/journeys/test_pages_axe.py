"""Every page that each kind of person can reach by tapping, on a phone: axe finds nothing, nothing sticks out, and
the console (a broken content policy too) stays silent.

Links are followed from home, one page of each kind a person; what a page is by its address, ids and numbers left out.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.axe import violations
from tests.journeys.conftest import PHONE, Hub
from tests.journeys.test_look import _too_wide

pytestmark = pytest.mark.browser

#: Whom the demonstration lists, by the beginning of the name; nobody is a visitor. The fewest kinds of pages of each.
PEOPLE = {
    "": 9,
    "Siti Rahayu": 14,
    "Bambang Irawan": 12,
    "Drs. Hendra": 25,
    "Dr. Ratna": 12,
    "Agus Santoso": 25,
}
#: Files, and what ends or changes what the other pages show.
_NOT_PAGES = re.compile(r"\.(pdf|zip|xlsx|json|svg|ics)$|^/(k|K)/|^/melihat/|/whatsapp$|/berkas/[0-9a-f-]{36}$")
_PARTICULAR = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)[0-9.]+(?=/|$)|(?<=/materi/)[^/]+/\d+/[^/]+")


@pytest.fixture
def phone(chromium: Browser, demo: Hub) -> Iterator[Page]:
    """An empty page on a phone of its own."""
    context = chromium.new_context(viewport=PHONE, locale="id-ID", base_url=demo.url)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", PEOPLE, ids=lambda name: name or "visitor")
def test_every_page_within_reach(name: str, phone: Page) -> None:
    complaints: list[str] = []
    phone.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    phone.on("pageerror", lambda error: complaints.append(str(error)))
    if name:
        _sign_in(phone, name)
    found = {path: [*violations(phone), *_too_wide(phone)] for path in _reachable(phone)}
    assert {path: faults for path, faults in found.items() if faults} == {}
    assert complaints == []
    assert len(found) >= PEOPLE[name], sorted(found)


def _sign_in(page: Page, name: str) -> None:
    page.goto("/masuk")
    page.locator("li", has_text=name).get_by_role("button").click()
    page.wait_for_load_state()


def _reachable(page: Page) -> Iterator[str]:
    """Open one page of each kind, nearest first, and yield its address while it is open."""
    waiting, known = ["/"], {"/"}
    while waiting:
        path = waiting.pop(0)
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        for link in _links(page):
            kind = _PARTICULAR.sub("*", link)
            if kind not in known:
                known.add(kind)
                waiting.append(link)
        yield path


def _links(page: Page) -> list[str]:
    """The addresses on this site that the page links to, without what comes after the path."""
    found = page.evaluate("[...document.querySelectorAll('a[href]')].filter(a => a.origin === location.origin && "
                          "!a.hasAttribute('download')).map(a => a.href)")  # fmt: skip
    paths = dict.fromkeys(urlsplit(address).path for address in found)
    return [path for path in paths if not _NOT_PAGES.search(path)]
