"""Every kind of question on a phone, and more time that arrives while somebody writes."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from .conftest import Hub
from .test_sitting import clean, send_now

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: A course with every kind of question, and two learners. Prints the ids of the tests, then the sessions.
PREPARE = """
from uuid import UUID
from django.test import Client
from balai.assessments.models import Test
from balai.assessments.tests.conftest import KINDS, PRACTICE, QUESTIONS, SEALED, source
from balai.courses.publishing import publish
from balai.log.record import record
from balai.people.entries import PersonRegistered
from balai.people.models import Account
from balai.regions.models import Region
practice = PRACTICE.replace("acak: true\\n", "") + KINDS
version, _new = publish(source(UUID(int=9), latihan=practice, akhir=SEALED + QUESTIONS), None)
for slug in ("latihan", "akhir"):
    print(Test.objects.get(version=version, slug=slug).identity)
home = Region.objects.get(code="18.02.07.2009")
for name in ("Rohani", "Paimin"):
    person = record("person.registered", PersonRegistered(name, home.id), audience=home.id, proof="hub")
    account = Account.objects.create(person_id=person.id, username=name.lower(), notice_read_at=person.made_at)
    browser = Client()
    browser.force_login(account, backend="balai.people.backends.UsernameOrPhoneBackend")
    print(browser.cookies["sessionid"].value)
"""
#: After an outage, half an hour more.
MORE_TIME = """
from balai.assessments.drafts import Draft
from balai.assessments.entries import AttemptExtended
from balai.log.record import record
draft = Draft.objects.exclude(deadline=None).get()
record("attempt.extended", AttemptExtended(draft.identity, "listrik padam", 30), subject=draft.person_id, proof="hub")
"""


@dataclass
class Prepared:
    """The ids of the practice test and the sealed one, and who is signed in."""

    practice: str
    sealed: str
    sessions: list[str]


@pytest.fixture(scope="module")
def prepared(hub: Hub) -> Prepared:
    practice, sealed, *sessions = hub.program.script(PREPARE).split()
    return Prepared(practice, sealed, sessions)


@pytest.fixture
def phone(hub: Hub, prepared: Prepared, device: Callable[..., Page]) -> Page:
    """Of a learner who has done nothing yet."""
    page = device()
    page.context.add_cookies([{"name": "sessionid", "value": prepared.sessions.pop(), "url": hub.url}])
    return page


def shown(page: Page, selector: str):
    return page.locator(f"section.question:visible {selector}")


def check(page: Page) -> None:
    """Mark at once, look, go on."""
    clean(page)
    page.get_by_role("button", name="Periksa jawaban").click()
    expect(shown(page, ".notice.good")).to_contain_text("Benar.")
    clean(page)
    page.locator("[data-next]").click()


def test_every_kind_is_answered_marked_at_once_and_kept(phone: Page, prepared: Prepared) -> None:
    phone.goto(f"/tes/{prepared.practice}")
    phone.get_by_role("button", name="Mulai latihan").click()
    for label, partner in (("RPJM Desa", "8 tahun"), ("RKP Desa", "1 tahun"), ("APB Desa", "1 tahun")):
        phone.get_by_label(label).select_option(label=partner)
    check(phone)

    expect(phone.get_by_role("button", name="Urutannya sudah begini")).to_be_visible()
    steps = ["Tekan tombol daya", "Geser layar", "Masukkan PIN"]
    for step in reversed(steps):
        while shown(phone, ".pair label").first.inner_text() != step:
            phone.get_by_role("button", name=f"Naikkan: {step}").press("Enter")
    assert shown(phone, ".pair label").all_inner_texts() == steps
    expect(phone.get_by_role("button", name="Urutannya sudah begini")).to_be_hidden()
    check(phone)

    phone.get_by_label("Jawaban Anda").locator("visible=true").fill("Rp 1.730.400,-")
    check(phone)
    phone.get_by_label("Jawaban Anda").locator("visible=true").fill("apbdes")
    phone.keyboard.press("Enter")
    expect(shown(phone, ".notice.good")).to_contain_text("Benar.")
    phone.locator("[data-next]").click()
    shown(phone, "label.choice").filter(has_text="Karena rusak").click()
    phone.get_by_role("button", name="Periksa jawaban").click()
    expect(shown(phone, "label.choice.wrong")).to_contain_text("layar yang rusak tidak menyala lagi")

    send_now(phone)
    expect(phone.locator("[data-state]")).to_contain_text("Jawaban tersimpan")
    phone.reload()
    phone.goto(f"{phone.url.partition('#')[0]}#soal-2")
    assert shown(phone, ".pair label").all_inner_texts() == steps
    phone.goto(f"{phone.url.partition('#')[0]}#ringkasan")
    phone.get_by_role("button", name="Kirim jawaban").click()
    expect(phone.get_by_text("Nilai 80 dari 100.")).to_be_visible()
    clean(phone)


def test_more_time_arrives_while_somebody_writes(phone: Page, prepared: Prepared, hub: Hub) -> None:
    """When the time is up the page asks before it sends by itself."""
    phone.clock.install()
    phone.goto(f"/tes/{prepared.sealed}")
    phone.get_by_role("button", name="Mulai tes").click()
    expect(phone.locator("[data-left]")).to_have_text(re.compile(r"^(20|19)\.\d\d$"))
    hub.program.script(MORE_TIME)
    phone.clock.fast_forward("20:01")
    expect(phone.locator("[data-left]")).to_have_text(re.compile(r"^(50|49|48)\.\d\d$"))
    expect(shown(phone, "label.choice").first).to_be_visible()
