"""A test on a phone whose network comes and goes: nothing says "tersimpan" too early, and no answer is lost."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.axe import violations

from .conftest import LAPTOP, PHONE, Hub

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: Publishes the demo course and signs learners in. Prints the ids of the two tests, then the sessions.
PREPARE = """
from pathlib import Path
from django.conf import settings
from django.test import Client
from balai.assessments.models import Test
from balai.courses.publishing import publish
from balai.courses.source import Source
from balai.log.record import record
from balai.people.entries import PersonRegistered
from balai.people.models import Account
from balai.regions.models import Region
folder = Path(settings.PACKAGE) / "demo" / "courses" / "kenal-hp-dan-internet"
version, _new = publish(Source.from_folder(folder), None)
home = Region.objects.get(code="18.02.07.2009")
for slug in ("sertifikat", "latihan"):
    print(Test.objects.get(version=version, slug=slug).identity)
for name in NAMES:
    person = record("person.registered", PersonRegistered(name, home.id), audience=home.id, proof="hub")
    account = Account.objects.create(person_id=person.id, username=name.lower(), notice_read_at=person.made_at)
    browser = Client()
    browser.force_login(account, backend="balai.people.backends.UsernameOrPhoneBackend")
    print(browser.cookies["sessionid"].value)
"""


#: One for each test: none stands on what another did.
NAMES = ["Siti", "Bambang", "Sumarni", "Ketut"]


@dataclass
class Prepared:
    """A hub with a sealed test and a practice test (their ids), and learners who are signed in (their sessions)."""

    hub: Hub
    sealed: str
    practice: str
    sessions: list[str]


@pytest.fixture(scope="module")
def prepared(hub: Hub) -> Prepared:
    sealed, practice, *sessions = hub.program.script(f"NAMES = {NAMES}\n{PREPARE}").split()
    return Prepared(hub, sealed, practice, sessions)


@pytest.fixture
def learner(prepared: Prepared) -> dict[str, str]:
    """Somebody who has done nothing yet: the cookie of their session."""
    return {"name": "sessionid", "value": prepared.sessions.pop(), "url": prepared.hub.url}


@pytest.fixture
def phone(learner: dict[str, str], device: Callable[..., Page]) -> Callable[..., Page]:
    """``phone()``: a device on which the learner is signed in."""

    def make(*screen: dict[str, int]) -> Page:
        page = device(*screen)
        page.context.add_cookies([learner])
        return page

    return make


def clean(page: Page) -> None:
    """Nothing for axe to find in either theme, nothing that scrolls sideways."""
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        assert violations(page) == [], f"{page.url} {theme}"
    page.emulate_media(color_scheme="light")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def choose(page: Page, option: int) -> None:
    page.locator("section.question:visible label.choice").nth(option).click()


def state(page: Page):
    return page.locator("[data-state]")


def send_now(page: Page) -> None:
    """Answers wait for others on the phone; a network that comes back sends them at once."""
    page.evaluate("dispatchEvent(new Event('online'))")


def test_a_sealed_test_through_a_gap_in_the_network(phone: Callable[..., Page], prepared: Prepared) -> None:
    page = phone()
    page.goto(f"/tes/{prepared.sealed}")
    clean(page)
    page.get_by_role("button", name="Mulai tes").click()
    expect(page.locator("section.question:visible")).to_have_count(1)
    clean(page)

    choose(page, 0)
    expect(state(page)).to_have_text("Tersimpan di HP ini")
    send_now(page)
    expect(state(page)).to_contain_text("Jawaban tersimpan")
    page.get_by_role("button", name="Soal 2").click()
    expect(page.locator("span[data-where]")).to_contain_text("soal 2 dari 10")
    expect(page.locator("section.question:visible h2")).to_be_focused()

    page.context.set_offline(True)
    choose(page, 1)
    send_now(page)
    expect(state(page)).to_contain_text("Belum terkirim")
    page.context.set_offline(False)
    expect(state(page)).to_contain_text("Jawaban tersimpan")

    page.context.set_offline(True)
    page.get_by_role("button", name="Soal 3").click()
    choose(page, 0)
    send_now(page)
    expect(state(page)).to_contain_text("Belum terkirim")
    page.route("**/jawaban", lambda route: route.abort())
    page.context.set_offline(False)
    page.reload()
    expect(page.locator("section.question:visible :checked")).to_have_count(1)
    page.unroute("**/jawaban")
    expect(state(page)).to_contain_text("Jawaban tersimpan")

    for _step in range(7):
        page.locator("[data-next]").click()
    page.get_by_role("button", name="Ringkasan").click()
    expect(page.locator("p[data-missing]")).to_have_text("Belum dijawab: soal 4, 5, 6, 7, 8, 9, 10.")
    clean(page)
    page.get_by_role("link", name="Soal 4", exact=True).click()
    expect(page.locator("span[data-where]")).to_contain_text("soal 4 dari 10")
    page.go_back()

    page.context.set_offline(True)
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(state(page)).to_contain_text("Belum terkirim")
    page.context.set_offline(False)
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_text("Soal demi soal")).to_be_visible()
    expect(page.get_by_text("Tidak dijawab")).to_have_count(7)
    clean(page)
    page.goto(f"/tes/{prepared.sealed}")
    page.get_by_role("button", name="Kerjakan lagi").click()
    expect(page.locator("section.question :checked")).to_have_count(0)


def test_the_same_paper_on_another_device(phone: Callable[..., Page], prepared: Prepared) -> None:
    first, second = phone(), phone(LAPTOP)
    first.goto(f"/tes/{prepared.sealed}")
    first.get_by_role("button", name="Mulai tes").click()
    choose(first, 0)
    send_now(first)
    expect(state(first)).to_contain_text("Jawaban tersimpan")
    second.goto(f"/tes/{prepared.sealed}")
    second.get_by_role("link", name="Lanjutkan mengerjakan").click()
    expect(second.locator("section.question:visible :checked")).to_have_count(1)
    clean(second)
    assert second.url.partition("#")[0] == first.url.partition("#")[0]


def test_practice_is_marked_at_once(phone: Callable[..., Page], prepared: Prepared) -> None:
    page = phone()
    page.goto(f"/tes/{prepared.practice}")
    clean(page)
    page.get_by_role("button", name="Mulai latihan").click()
    expect(page.locator("section.question:visible")).to_have_count(1)
    choose(page, 0)
    page.get_by_role("button", name="Periksa jawaban").click()
    verdict = page.locator("section.question:visible .notice")
    expect(verdict).to_contain_text("Baca lagi")
    expect(page.get_by_text("Jawaban benar", exact=True).first).to_be_visible()
    before = [box.get_attribute("value") for box in page.locator("section.question:visible :checked").all()]
    page.locator("section.question:visible label.choice").nth(1).click()
    assert [box.get_attribute("value") for box in page.locator("section.question:visible :checked").all()] == before
    clean(page)
    page.get_by_role("button", name="Soal 2").click()
    expect(page.locator("span[data-where]")).to_contain_text("soal 2 dari 8")


def test_without_javascript_the_paper_is_one_form(
    hub: Hub, chromium: Browser, prepared: Prepared, learner: dict[str, str]
) -> None:
    context = chromium.new_context(java_script_enabled=False, base_url=hub.url, viewport=PHONE)
    context.add_cookies([learner])
    page = context.new_page()
    page.goto(f"/tes/{prepared.practice}")
    page.get_by_role("button", name="Mulai latihan").click()
    expect(page.locator("section.question:visible")).to_have_count(8)
    for question in page.locator("section.question").all():
        question.locator("label.choice").first.click()
    page.get_by_role("button", name="Simpan dan lihat ringkasan").click()
    expect(page.get_by_text("Semua soal sudah dijawab.")).to_be_visible()
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_text("Soal demi soal")).to_be_visible()
    context.close()
