"""A governor's aide on a phone, and on a wall screen: three factors side by side, what is lacking, never a person."""

from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from python_calamine import load_workbook

from balai.demo.cast import PLAYABLE

from .conftest import LAPTOP, PHONE, Hub
from .test_pages_axe import _sign_in
from .walking import clean

pytestmark = [pytest.mark.browser, pytest.mark.slow]

FACTORS = ["Dukungan pimpinan", "Jaringan", "Partisipasi"]


@pytest.fixture(params=[PHONE, LAPTOP], ids=["phone", "laptop"])
def aide(request: pytest.FixtureRequest, chromium: Browser, demo: Hub):
    """The province's partner, signed in."""
    context = chromium.new_context(viewport=request.param, locale="id-ID", base_url=demo.url, accept_downloads=True)
    page = context.new_page()
    _sign_in(page, "Anita Siregar")
    yield page
    context.close()


def nobody_is_named(page: Page) -> None:
    """Of the demonstration's people who learn or help none stands on the page."""
    text = page.locator("main").inner_text()
    assert [one.name for one in PLAYABLE if one.name.partition(",")[0] in text] == []


def test_a_governors_aide_reads_the_three_factors_and_takes_the_evaluation_along(aide: Page) -> None:
    aide.goto("/wilayah/18")
    clean(aide)
    nobody_is_named(aide)
    aide.get_by_role("link", name="Lihat buktinya").click()
    the_factors(aide)
    aide.get_by_role("link", name="Kabupaten Lampung Tengah").click()
    the_factors(aide)
    aide.goto("/wilayah/18")
    aide.get_by_role("link", name="Evaluasi berkala").click()
    clean(aide)
    aide.get_by_role("button", name="Buat evaluasi").click()
    paper = aide.get_by_role("link", name="Unduh PDF").first
    expect(paper).to_be_visible()
    clean(aide)
    with aide.expect_download() as file:
        paper.click()
    assert Path(file.value.path()).read_bytes()[:5] == b"%PDF-"
    as_a_table(aide)


def the_factors(page: Page) -> None:
    """Three cards, each with a word; what is lacking is named; one number for all does not exist."""
    expect(page.get_by_role("heading", name="Tiga faktor", level=1)).to_be_visible()
    clean(page)
    nobody_is_named(page)
    cards = page.locator(".factors > li")
    assert cards.locator("h2").all_inner_texts() == FACTORS
    words = cards.locator("h2 + .pill").all_inner_texts()
    assert set(words) <= {"Terpenuhi", "Belum terpenuhi", "Belum ada data"}, words
    lacking = [name for name, word in zip(FACTORS, words, strict=True) if word != "Terpenuhi"]
    whole = page.locator(".heading .pill").inner_text()
    assert whole == ("Belum terpenuhi" if lacking else "Terpenuhi")


def as_a_table(page: Page) -> None:
    """The same as a workbook; it names no person either."""
    with page.expect_download() as file:
        page.get_by_role("link", name="Unduh Excel").first.click()
    book = load_workbook(BytesIO(Path(file.value.path()).read_bytes()))
    rows = [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
    cells = " ".join(str(cell) for row in rows for cell in row)
    assert ([one.name for one in PLAYABLE if one.name in cells], "Lampung" in cells) == ([], True)
