"""Learners' stories: from the pre-test to both certificates; an outage in the middle of a test; a citizen who joins."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import LAPTOP, Hub
from .lessons import RIGHT, SLUG, WRONG
from .walking import choose, clean, enter, go_on, prepared, sit

pytestmark = [pytest.mark.browser, pytest.mark.slow]

VILLAGE = "18.02.07.2009"
#: Publishes the course; prints the id of its certificate test, then who is signed in.
PREPARE = f"""
from balai.assessments.models import Test
from balai.courses.publishing import publish
from balai.credentials import keys
from tests.journeys import lessons
keys.ensure()
version, _new = publish(lessons.folder(), None)
print(Test.objects.get(version=version, slug="sertifikat").identity)
arrive("Siti Rahayu, S.Pd.", "{VILLAGE}")
arrive("Bambang", "{VILLAGE}")
arrive("Yusuf", "18.02", role="facilitator", over=("18.02",))
"""
#: The test was begun half an hour ago: its twenty minutes are over.
HALF_AN_HOUR_LATER = """
from datetime import timedelta
from django.db.models import F
from balai.assessments.drafts import Draft
late = timedelta(minutes=30)
Draft.objects.update(started_at=F("started_at") - late, deadline=F("deadline") - late)
"""


@dataclass(frozen=True)
class Ground:
    """The certificate test's id, and the sessions of two learners and their facilitator."""

    test: str
    siti: str
    bambang: str
    yusuf: str


@pytest.fixture(scope="module")
def ground(hub: Hub) -> Ground:
    return Ground(*prepared(hub, PREPARE))


def finish(page: Page) -> None:
    """The lesson is read: on to what comes next."""
    before = page.url
    page.get_by_role("button", name="Selesai, lanjut").click()
    page.wait_for_url(lambda url: url != before)


def state(page: Page):
    return page.locator("[data-state]")


def send_now(page: Page) -> None:
    """Answers wait for others on the phone; a network that comes back sends them at once."""
    page.evaluate("dispatchEvent(new Event('online'))")


def test_from_the_pretest_to_both_certificates(hub: Hub, ground: Ground, device: Callable[..., Page]) -> None:
    """By nothing but the one filled button of every page."""
    page = enter(device(), ground.siti, hub)
    page.goto(f"/pelatihan/{SLUG}")
    clean(page)
    go_on(page)
    sit(page, WRONG)
    expect(page.get_by_text("Nilai 0 dari 100.")).to_be_visible()
    go_on(page)
    go_on(page)
    clean(page)
    finish(page)
    finish(page)
    sit(page, RIGHT)
    expect(page.get_by_role("heading", name="Naik 100 angka sejak tes awal")).to_be_visible()
    go_on(page)
    go_on(page)
    sit(page, RIGHT)
    expect(page.get_by_role("heading", name="Anda lulus")).to_be_visible()
    both_certificates(page)


def both_certificates(page: Page) -> None:
    """Each has its page and its paper; the transcript counts the hours once."""
    page.goto("/sertifikat")
    clean(page)
    addresses = [link.get_attribute("href") for link in page.locator("main .rows a[href^='/sertifikat/']").all()]
    told = []
    for address in addresses[:2]:
        page.goto(address)
        clean(page)
        told.append(page.locator("main").inner_text())
        with page.expect_download() as file:
            page.get_by_role("link", name=re.compile("PDF")).first.click()
        assert Path(file.value.path()).read_bytes()[:5] == b"%PDF-"
    assert sorted("kompetensi" in text.lower() for text in told) == [False, True]


def test_an_outage_in_the_middle_of_a_test_costs_nothing(hub: Hub, ground: Ground, device: Callable[..., Page]) -> None:
    """The cable is pulled, the time runs out, a facilitator gives more, and another device goes on."""
    phone, office = enter(device(), ground.bambang, hub), enter(device(LAPTOP), ground.yusuf, hub)
    phone.goto(f"/tes/{ground.test}")
    phone.get_by_role("button", name="Mulai tes").click()
    first = next_question(phone)
    send_now(phone)
    expect(state(phone)).to_contain_text("Jawaban tersimpan")
    phone.context.set_offline(True)
    second = next_question(phone)
    send_now(phone)
    expect(state(phone)).to_contain_text("Belum terkirim")
    hub.program.script(HALF_AN_HOUR_LATER)
    more_time(office)
    phone.context.set_offline(False)
    expect(state(phone)).to_contain_text("Jawaban tersimpan")
    expect(phone.locator("[data-left]")).to_have_text(re.compile(r"^1[89]\.\d\d$"))
    clean(phone)
    go_on_elsewhere(enter(device(LAPTOP), ground.bambang, hub), ground.test, (first, second))
    send_once_more(phone)


def next_question(page: Page) -> str:
    """Answer the question on the screen rightly and go on. Its slug."""
    shown = page.locator("section.question:visible")
    slug = shown.get_attribute("data-question") or ""
    choose(shown, RIGHT[slug])
    page.locator("[data-next]").click()
    expect(page.locator(f"section.question[data-question='{slug}']")).to_be_hidden()
    return slug


def more_time(office: Page) -> None:
    """From the list of people to half an hour more, and the reason with it."""
    office.goto("/orang?cari=Bambang")
    office.get_by_role("link", name="Bambang").first.click()
    office.get_by_role("link", name=re.compile("^Tes|tes$")).first.click()
    clean(office)
    expect(office.get_by_text("Sedang dikerjakan")).to_be_visible()
    office.get_by_role("link", name="Tes sertifikat layar").click()
    clean(office)
    office.get_by_label("Tambahan waktu").select_option(label="30 menit")
    office.get_by_label("Sebabnya").fill("listrik padam di balai desa")
    office.get_by_role("button", name="Berikan").click()
    expect(office.get_by_text("Diberikan kepada Bambang")).to_be_visible()
    clean(office)


def go_on_elsewhere(laptop: Page, test: str, answered: tuple[str, str]) -> None:
    """The laptop shows what the phone answered, answers the rest, and sends it."""
    laptop.goto(f"/tes/{test}")
    expect(laptop.get_by_text("listrik padam di balai desa")).to_be_visible()
    laptop.get_by_role("link", name="Lanjutkan mengerjakan").click()
    for slug in answered:
        expect(laptop.locator(f"[data-question='{slug}'] :checked").first).to_be_attached()
    for _done in answered:
        laptop.locator("[data-next]").click()
    next_question(laptop)
    laptop.get_by_role("button", name="Kirim jawaban").click()
    expect(laptop.get_by_text("Nilai 100 dari 100.")).to_be_visible()


def send_once_more(phone: Page) -> None:
    """The phone, left open, sends too: one attempt, the same result."""
    phone.evaluate("location.hash = '#ringkasan'")
    phone.get_by_role("button", name="Kirim jawaban").click()
    expect(phone.get_by_text("Nilai 100 dari 100.")).to_be_visible()
    expect(phone.get_by_text(re.compile("Pengerjaan 1, dikirim"))).to_be_visible()


@pytest.mark.parametrize("screen", ["phone", "laptop"])
def test_a_citizen_studies_first_and_makes_an_account_afterwards(
    hub: Hub, ground: Ground, device: Callable[..., Page], screen: str
) -> None:
    """Whoever only knows the name of their village finds it as they type; what was read stays theirs."""
    page = device(LAPTOP) if screen == "laptop" else device()
    page.goto("/pelatihan")
    page.get_by_role("link", name="Mengenal Layar").first.click()
    go_on(page)
    finish(page)
    finish(page)
    page.goto(f"/pelatihan/{SLUG}")
    expect(page.get_by_text("Selesai di HP ini")).to_have_count(2)
    page.get_by_role("link", name="Buat akun").click()
    clean(page)
    join(page, f"suryani.{screen}")
    expect(page).to_have_url(f"{hub.url}/pelatihan/{SLUG}")
    clean(page)
    page.get_by_role("button", name="Ya, simpan ke akun saya").click()
    expect(page.get_by_text("2 materi tersimpan ke akun Anda.")).to_be_visible()
    expect(page.get_by_text("2 dari 2 materi selesai")).to_be_visible()
    page.goto("/sertifikat")
    expect(page.get_by_role("link", name=re.compile("Mengenal Layar"))).to_be_visible()


def join(page: Page, username: str) -> None:
    """The form, with a place that is typed with a slip and chosen from the list."""
    page.get_by_label("Nama lengkap").fill("Suryani")
    box = page.get_by_role("combobox", name="Desa atau kelurahan")
    box.press_sequentially("trbanggi")
    option = page.get_by_role("option", name="Kampung Terbanggi Besar")
    expect(option).to_be_visible()
    clean(page)
    option.click()
    expect(box).to_have_value(re.compile("Kabupaten Lampung Tengah"))
    page.get_by_label("Nama pengguna").fill(username)
    page.get_by_label("Kata sandi").fill("jagung kuning muda")
    page.get_by_role("button", name="Buat akun").click()
    page.wait_for_url(re.compile("/pemberitahuan"))
    go_on(page)
