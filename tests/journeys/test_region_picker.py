"""Choosing a region as one types, by keyboard and screen reader; and the same form without JavaScript."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.axe import violations
from tests.journeys.conftest import PHONE, Hub
from tests.journeys.test_pages_axe import _sign_in

pytestmark = pytest.mark.browser
FULL_NAME = "Kampung Terbanggi Besar, Kecamatan Terbanggi Besar, Kabupaten Lampung Tengah, Provinsi Lampung"


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def scripted(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def phone(chromium: Browser, demo: Hub, scripted: bool) -> Iterator[Page]:
    context = chromium.new_context(viewport=PHONE, locale="id-ID", base_url=demo.url, java_script_enabled=scripted)
    yield context.new_page()
    context.close()


def test_an_institution_is_placed_by_typing(phone: Page, scripted: bool) -> None:
    _sign_in(phone, "Agus Santoso")
    phone.goto("/lembaga/baru")
    phone.get_by_label("Nama lembaga").fill("Perpustakaan Kampung")
    (_by_keyboard if scripted else _by_asking_again)(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Perpustakaan Kampung")
    expect(phone.locator(".facts")).to_contain_text(FULL_NAME)


def _by_keyboard(phone: Page) -> None:
    box = phone.get_by_role("combobox", name="Wilayah")
    box.press_sequentially("trbanggi besar")
    village = phone.get_by_role("option", name="Kampung Terbanggi Besar")
    expect(village).to_be_visible()
    expect(phone.get_by_role("status").filter(has_text="wilayah ditemukan")).to_have_count(1)
    while village.get_attribute("aria-selected") != "true":
        box.press("ArrowDown")
    assert violations(phone) == []
    box.press("Enter")
    expect(box).to_have_value(FULL_NAME)
    expect(phone.get_by_role("listbox")).to_be_hidden()
    box.press("Enter")


def _by_asking_again(phone: Page) -> None:
    phone.get_by_label("Wilayah", exact=True).fill("trbanggi besar")
    phone.get_by_role("button", name="Simpan").click()
    phone.get_by_text("Kampung Terbanggi Besar", exact=False).first.click()
    phone.get_by_role("button", name="Simpan").click()
