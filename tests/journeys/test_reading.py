"""Reading an open course without an account: on a phone, and on one whose browser runs no script."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.axe import violations

from .conftest import PHONE, Hub

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
COURSE = ROOT / "balai" / "demo" / "courses" / "kenal-hp-dan-internet"
FIRST = "/materi/kenal-hp-dan-internet/1/tombol-dan-layar"
THIRD = "/materi/kenal-hp-dan-internet/1/keterangan-yang-benar"


@pytest.fixture(scope="module")
def library(hub: Hub) -> Hub:
    """A hub with the demo course."""
    hub.balai("course", "import", str(COURSE), "--publish")
    return hub


def next_lesson(page: Page) -> None:
    before = page.url
    page.get_by_role("button", name="Selesai, lanjut").click()
    page.wait_for_url(lambda url: url != before)


def test_what_a_visitor_finished_stays_on_the_phone(library: Hub, device: Callable[..., Page]) -> None:
    page = device()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.goto("/pelatihan/kenal-hp-dan-internet")
    assert violations(page) == []
    page.get_by_role("link", name="Mulai: Tombol, layar, dan mengunci HP").click()
    assert violations(page) == []
    expect(page.get_by_text("Masuk agar kemajuan Anda tersimpan")).to_be_visible()
    page.get_by_text("Lihat jawaban").click()
    expect(page.get_by_text("Hasilnya 3.000.")).to_be_visible()
    next_lesson(page)
    next_lesson(page)
    expect(page).to_have_url(library.url + THIRD)
    expect(page.locator("#maju")).to_have_js_property("value", 2)
    page.goto(FIRST)
    expect(page.locator("#keadaan")).to_have_text("Tersimpan di HP ini")
    page.goto("/pelatihan/kenal-hp-dan-internet")
    expect(page.get_by_text("Selesai di HP ini")).to_have_count(2)
    expect(page.get_by_role("link", name="Lanjutkan: Mencari keterangan yang benar")).to_have_attribute(
        "href", library.url + THIRD
    )
    assert complaints == []


def test_without_scripts_one_reads_on_all_the_same(library: Hub, chromium: Browser) -> None:
    context = chromium.new_context(viewport=PHONE, java_script_enabled=False, base_url=library.url)
    page = context.new_page()
    page.goto(FIRST)
    next_lesson(page)
    next_lesson(page)
    expect(page).to_have_url(library.url + THIRD)
    page.get_by_role("link", name="Kembali").click()
    expect(page).to_have_url(library.url + "/materi/kenal-hp-dan-internet/1/menyambung-ke-internet")
    context.close()


def test_a_theme_and_a_language_that_were_chosen_hold_on_lessons_too(library: Hub, chromium: Browser) -> None:
    context = chromium.new_context(viewport=PHONE, base_url=library.url)
    for name, value in (("tema", "gelap"), ("bahasa", "en")):
        context.add_cookies([{"name": name, "value": value, "url": library.url}])
    page = context.new_page()
    page.goto(FIRST)
    assert page.evaluate("[document.documentElement.dataset.theme, document.documentElement.lang]") == ["dark", "en"]
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(15, 21, 20)"
    assert violations(page) == []
    context.close()
