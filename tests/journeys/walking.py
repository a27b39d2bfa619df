"""What several journeys do: arrive as somebody, look at a page as a critic does, answer a paper."""

import re
from collections.abc import Mapping, Sequence

from playwright.sync_api import Locator, Page, expect

from tests.axe import violations

from .conftest import LAPTOP, PHONE, Hub

#: People who came before the journey begins. Each ``arrive(…)`` prints the session that they are signed in with.
ARRIVE = """
from django.test import Client
from balai.common import clock
from balai.people.models import Account
from conftest import new_person

def arrive(name, code, role="", over=()):
    person = new_person(name, code, role, over)
    Account.objects.filter(person=person).update(notice_read_at=clock.wall(), first_signed_in_at=clock.wall())
    browser = Client()
    browser.force_login(person.account, backend="balai.people.backends.UsernameOrPhoneBackend")
    print(browser.cookies["sessionid"].value)
    return person
"""


def prepared(hub: Hub, code: str) -> list[str]:
    """What ``code`` prints, which may call ``arrive``."""
    return hub.program.script(ARRIVE + code).split()


def enter(page: Page, session: str, hub: Hub) -> Page:
    """``page`` as whoever is signed in with ``session``."""
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": hub.url}])
    return page


def clean(page: Page) -> None:
    """Nothing for axe to find, and nothing that scrolls sideways: on this screen, on a phone, on a laptop."""
    page.wait_for_load_state()
    assert violations(page) == [], page.url
    here = page.viewport_size
    for size in (PHONE, LAPTOP):
        page.set_viewport_size(size)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} at {size}"
    page.set_viewport_size(here)


def go_on(page: Page) -> None:
    """The one filled button of the page."""
    page.locator(":is(main, .dock) .button.main:visible").first.click()
    page.wait_for_load_state()


def choose(question: Locator, texts: Sequence[str]) -> None:
    """Tap the options with these words."""
    for text in texts:
        question.locator("label.choice").filter(has_text=re.compile(rf"^\s*{re.escape(text)}\s*$")).click()


def answer(page: Page, answers: Mapping[str, Sequence[str]]) -> None:
    """Answer the paper that is open, one question a screen, and send it."""
    for _question in range(page.locator("section.question").count()):
        shown = page.locator("section.question:visible")
        slug = shown.get_attribute("data-question") or ""
        choose(shown, answers[slug])
        page.locator("[data-next]").click()
        expect(page.locator(f"section.question[data-question='{slug}']")).to_be_hidden()
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_role("heading", name="Soal demi soal")).to_be_visible()


def sit(page: Page, answers: Mapping[str, Sequence[str]]) -> None:
    """From a test's page to its result."""
    clean(page)
    go_on(page)
    expect(page.locator("section.question:visible")).to_have_count(1)
    answer(page, answers)
    clean(page)
