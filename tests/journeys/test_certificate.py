"""The main job, end to end: from an empty hub to a certificate that a stranger checks.

The admin names a coordinator; the coordinator brings people from Excel and hands out codes; one of them signs in
on a small phone, studies, passes the test and is certified; a stranger verifies; the coordinator sees it and exports.
"""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import xlsxwriter
from playwright.sync_api import Page
from python_calamine import load_workbook

from tests.axe import violations

from .conftest import LAPTOP, Hub

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.main]

COURSE = Path(__file__).resolve().parents[2] / "balai" / "demo" / "courses" / "kenal-hp-dan-internet"
PASSWORD = "padi menguning di sawah"
VILLAGE = "18.02.07.2009"
HERE = "Terbanggi Besar"
HEAD = ["No", "Nama Lengkap", "NIK", "No. HP", "Jabatan", "Desa/Kel", "Kecamatan"]
PEOPLE = [
    ["1", "Siti Rahayu, S.Pd.", "1802074507850001", "0812-3456-7801", "Sekretaris Desa", HERE, HERE],
    ["2", "Bambang", "", "0812 3456 7802", "Kaur Keuangan", HERE, HERE],
    ["3", "Ketut Suarta", "1.80207E+15", "081234567803", "Kadus", HERE, HERE],
]  # fmt: skip


def clean(page: Page) -> None:
    """Nothing for axe to find, nothing that scrolls sideways."""
    assert violations(page) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def go_on(page: Page) -> None:
    """The one filled button of the page."""
    page.locator(":is(main, .dock) .button.main:visible").first.click()
    page.wait_for_load_state()


def workbook(rows: list[list[str]]) -> bytes:
    """A sheet as an office sends it: a title above, then the head."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Daftar Pamong")
        sheet.write_string(0, 0, "DAFTAR PAMONG DESA KABUPATEN LAMPUNG TENGAH")
        for line, row in enumerate([HEAD, *rows], 2):
            for column, text in enumerate(row):
                sheet.write_string(line, column, text)
    return buffer.getvalue()


def first_sign_in(page: Page, code: str) -> None:
    """With a one-time code: a password of one's own, the notice in plain words, home."""
    page.goto(f"/k/{code}")
    clean(page)
    page.fill("[name=password]", PASSWORD)
    go_on(page)
    while urlsplit(page.url).path != "/":
        clean(page)
        skip = page.get_by_role("link", name="Nanti")
        skip.click() if skip.count() else go_on(page)
        page.wait_for_load_state()


def codes(page: Page, sheet: str) -> dict[str, str]:
    """The codes of a sheet, by name, as WhatsApp messages carry them."""
    page.goto(f"{sheet}/whatsapp")
    clean(page)
    found = {}
    for link in page.locator("main a[href*='wa.me']").all():
        words = parse_qs(urlsplit(link.get_attribute("href")).query)["text"][0]
        found[link.inner_text().splitlines()[0]] = re.search(r"/k/(\S+)", words)[1]
    return found


def right_options() -> dict[str, list[str]]:
    """The right answers, read from the course's own source."""
    keys = {}
    for path in (COURSE / "tes").glob("*.md"):
        for block in re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            right = re.findall(r"^- [(\[]x[)\]] (.+)$", block, flags=re.MULTILINE)
            keys[block.splitlines()[0].strip()] = [re.sub(r"[*_`]", "", text).strip() for text in right]
    return keys


def sit(page: Page) -> None:
    """Start a test, answer every question right, one a screen, and send it."""
    keys = right_options()
    go_on(page)
    clean(page)
    while page.locator("main input[name^='j.']:visible").count():
        slug = page.locator("main input[name^='j.']:visible").first.get_attribute("name")[2:]
        for text in keys[slug]:
            page.locator("label:visible").filter(has_text=re.compile(rf"^\s*{re.escape(text)}")).first.click()
        go_on(page)
    clean(page)
    go_on(page)
    page.wait_for_url(re.compile(r"/pengerjaan/[0-9a-f-]+$"))


def study(page: Page) -> None:
    """From home through every lesson and test of the course, by nothing but the one filled button."""
    page.goto("/pelatihan/kenal-hp-dan-internet")
    for _step in range(12):
        go_on(page)
        while "/materi/" in page.url:
            clean(page)
            go_on(page)
        if "/tes/" in page.url:
            sit(page)
            clean(page)
        page.goto("/pelatihan/kenal-hp-dan-internet")
        if not page.locator("main .button.main").count():
            return


@pytest.fixture(scope="module")
def admin(hub: Hub) -> str:
    """The first admin's one-time code; the course is published and the issuer has a key."""
    hub.balai("key", "create")
    hub.balai("course", "import", str(COURSE))
    hub.balai("course", "publish", "kenal-hp-dan-internet")
    return hub.balai("admin", "create", "--name", "Agus Santoso")["code"]


def name_coordinator(page: Page) -> str:
    """The admin adds a person, makes them coordinator of a kabupaten, and gets them a code."""
    page.goto("/orang/baru")
    page.fill("[name=name]", "Drs. Hendra Wijaya")
    page.fill("[name=region]", "18.02")
    page.fill("[name=title]", "Kepala Dinas PMD")
    page.fill("[name=phone]", "0812-1111-2222")
    go_on(page)
    person = page.url
    page.goto(f"{person}/hak")
    clean(page)
    page.get_by_label("Koordinator").check()
    page.fill("[name=other]", "18.02")
    page.locator("[role=option][data-code='18.02']").click()
    page.get_by_role("button", name="Beri hak akses").click()
    page.goto(f"{person}/pemulihan")
    go_on(page)
    return codes(page, urlsplit(page.url).path)["Drs. Hendra Wijaya"]


def bring_people(page: Page) -> None:
    """The coordinator's file: a lost NIK is named and mended in the preview, then everybody is saved."""
    page.goto("/orang/impor")
    clean(page)
    sheet = {"name": "pamong.xlsx", "mimeType": "application/octet-stream", "buffer": workbook(PEOPLE)}
    page.set_input_files("input[type=file]", files=[sheet])
    go_on(page)
    page.get_by_role("button", name="Simpan 2 baris").wait_for()
    clean(page)
    assert "Angka NIK ini hilang sebagian" in page.inner_text("main")
    page.get_by_role("link", name="Baris 6").click()
    clean(page)
    page.fill("[name=nik]", "1802071212800003")
    go_on(page)
    page.get_by_role("button", name="Simpan 3 baris").click()
    page.get_by_text("3 baris tersimpan").wait_for()
    clean(page)


def hand_out_codes(page: Page) -> dict[str, str]:
    """Slips to cut, and the same codes as WhatsApp messages."""
    page.goto(f"/orang/kode?wilayah={VILLAGE}")
    clean(page)
    page.get_by_role("button", name="Buat kode").click()
    page.get_by_text("3 kode siap dibagikan").wait_for()
    sheet = urlsplit(page.url).path
    with page.expect_download() as slips:
        page.get_by_role("link", name=re.compile("Kampung Terbanggi Besar")).click()
    assert Path(slips.value.path()).read_bytes()[:5] == b"%PDF-"
    return codes(page, sheet)


def paper(page: Page) -> tuple[str, bytes]:
    """The learner's certificate: the text of its QR, and the PDF."""
    page.goto("/sertifikat")
    clean(page)
    page.locator("main .rows a").first.click()
    clean(page)
    with page.expect_download() as file:
        page.get_by_role("link", name=re.compile("PDF")).first.click()
    return page.url, Path(file.value.path()).read_bytes()


def test_from_a_spreadsheet_to_a_certificate_that_anyone_can_check(
    hub: Hub, admin: str, device: Callable[..., Page]
) -> None:
    office = device(LAPTOP)
    first_sign_in(office, admin)
    coordinator = device(LAPTOP)
    first_sign_in(coordinator, name_coordinator(office))
    bring_people(coordinator)
    siti = device()
    first_sign_in(siti, hand_out_codes(coordinator)["Siti Rahayu, S.Pd."])
    study(siti)
    _address, pdf = paper(siti)

    stranger = device()
    stranger.goto("/verifikasi")
    clean(stranger)
    stranger.set_input_files(
        "input[type=file]", files=[{"name": "s.pdf", "mimeType": "application/pdf", "buffer": pdf}]
    )
    stranger.get_by_role("button", name="Periksa berkas").click()
    stranger.get_by_text("Siti Rahayu, S.Pd.").first.wait_for()
    clean(stranger)
    assert "Asli" in stranger.inner_text("main")
    stranger.goto("/orang")
    assert "/masuk" in stranger.url

    coordinator.goto(f"/wilayah/{VILLAGE}")
    clean(coordinator)
    assert coordinator.locator("tr", has_text="Siti Rahayu").inner_text().endswith("Bersertifikat")
    with coordinator.expect_download() as export:
        coordinator.get_by_role("link", name="Unduh Excel").click()
    book = load_workbook(BytesIO(Path(export.value.path()).read_bytes()))
    rows = {row[0]: row[4:] for row in book.get_sheet_by_name("Per orang").to_python()[4:]}
    assert rows == {
        "Siti Rahayu, S.Pd.": ["ya", "ya", "ya", "ya"],
        "Bambang": ["ya", "", "", ""],
        "Ketut Suarta": ["ya", "", "", ""],
    }
    verdict = hub.balai("log", "verify")
    assert verdict["sound"], verdict
