"""Coordinators' stories: delegates from an office's list, a quota that fills, a seat let go; a kabupaten's team."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import pytest
import xlsxwriter
from playwright.sync_api import Page, expect

from .conftest import LAPTOP, Hub
from .walking import clean, enter, go_on, prepared

pytestmark = [pytest.mark.browser, pytest.mark.slow]

VILLAGE = "18.02.07.2009"
#: A cohort in which each village has two seats. Prints its id, then who is signed in, in the order of ``Ground``.
PREPARE = f"""
from balai.courses.publishing import publish
from balai.programmes.tests.making import intake
from tests.journeys import lessons
version, _new = publish(lessons.folder(), None)
made = intake(version.course_id)
print(made.cohort.pk)
arrive("Drs. Hendra Wijaya", "18.02", role="coordinator", over=("18.02",))
arrive("Nurhayati", "18", role="coordinator", over=("18",))
rina = arrive("Rina Marlina, S.Sos.", "18.08")
arrive("Siti Rahayu, S.Pd.", "{VILLAGE}")
arrive("Bambang", "{VILLAGE}")
arrive("Sumarni", "{VILLAGE}")
"""


@dataclass(frozen=True)
class Ground:
    """The cohort's id; the sessions of a kabupaten's coordinator, a province's, an official, three of one village."""

    cohort: str
    hendra: str
    nurhayati: str
    rina: str
    siti: str
    bambang: str
    sumarni: str


@pytest.fixture(scope="module")
def ground(hub: Hub) -> Ground:
    return Ground(*prepared(hub, PREPARE))


def office_list(*names: str) -> bytes:
    """A list as an office keeps it: a title above, no code anywhere."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Utusan")
        sheet.write_string(0, 0, "DAFTAR UTUSAN PELATIHAN")
        rows = [["No", "Nama", "Desa", "Kecamatan"]]
        rows += [[str(n), name.upper(), "Terbanggi Besar", "Terbanggi Besar"] for n, name in enumerate(names, 1)]
        for line, row in enumerate(rows, 2):
            for column, text in enumerate(row):
                sheet.write_string(line, column, text)
    return buffer.getvalue()


def test_a_list_fills_the_quota_and_who_waits_moves_up(hub: Hub, ground: Ground, device: Callable[..., Page]) -> None:
    office = enter(device(LAPTOP), ground.hendra, hub)
    bring_the_list(office)
    sumarni = enter(device(), ground.sumarni, hub)
    sumarni.goto(f"/angkatan/{ground.cohort}")
    sumarni.get_by_role("link", name="Lihat rinciannya").click()
    expect(sumarni.get_by_role("heading", name="Daftar tunggu, urutan ke-1")).to_be_visible()
    expect(sumarni.get_by_role("heading", name="Mengapa menunggu")).to_be_visible()
    clean(sumarni)
    let_go(enter(device(), ground.siti, hub), ground.cohort)
    sumarni.reload()
    expect(sumarni.get_by_role("heading", name="Mendapat tempat")).to_be_visible()
    clean(sumarni)
    go_on(sumarni)
    expect(sumarni.get_by_role("heading", name="Mengenal Layar")).to_be_visible()
    as_the_office_sees_it(office, ground.cohort)


def bring_the_list(office: Page) -> None:
    """From the list of programmes to the answer for each row."""
    office.goto("/program")
    clean(office)
    office.get_by_role("link", name="LMS Pamong Desa").click()
    office.get_by_role("link", name="Angkatan 2026").click()
    clean(office)
    office.get_by_role("link", name="Daftarkan dari Excel").click()
    clean(office)
    file = {"name": "utusan.xlsx", "mimeType": "application/octet-stream"}
    content = office_list("Siti Rahayu", "Bambang", "Sumarni", "Tidak Dikenal")
    office.set_input_files("input[type=file]", files=[{**file, "buffer": content}])
    go_on(office)
    expect(office.get_by_text("1 orang kemungkinan masuk daftar tunggu.")).to_be_visible()
    clean(office)
    office.get_by_role("button", name="Daftarkan 3 orang").click()
    expect(office.get_by_text("3 orang didaftarkan")).to_be_visible()
    clean(office)
    states = {"Siti Rahayu": "Mendapat tempat", "Bambang": "Mendapat tempat", "Sumarni": "Daftar tunggu"}
    for name, words in {**states, "Tidak Dikenal": "Ditolak"}.items():
        expect(office.locator("tr", has_text=name.upper())).to_contain_text(words)


def let_go(siti: Page, cohort: str) -> None:
    """She cannot come and says so; she keeps nothing."""
    siti.goto(f"/angkatan/{cohort}")
    clean(siti)
    siti.get_by_role("link", name="Lihat rinciannya").click()
    siti.get_by_text("Saya tidak jadi ikut").click()
    clean(siti)
    siti.get_by_label(re.compile("Alasan")).fill("sakit")
    siti.get_by_role("button", name="Mengundurkan diri").click()
    expect(siti.get_by_text("Pengunduran diri tercatat.")).to_be_visible()
    clean(siti)


def as_the_office_sees_it(office: Page, cohort: str) -> None:
    """Who comes, and the same as a workbook."""
    office.goto(f"/angkatan/{cohort}/peserta")
    clean(office)
    for name, words in {"Bambang": "Mendapat tempat", "Sumarni": "Mendapat tempat", "Siti": "Mundur"}.items():
        expect(office.locator("main li.row", has_text=name)).to_contain_text(words)
    with office.expect_download() as export:
        office.get_by_role("link", name=re.compile("Excel")).click()
    assert export.value.suggested_filename.endswith(".xlsx")


def test_a_province_names_the_team_of_a_kabupaten(hub: Hub, ground: Ground, device: Callable[..., Page]) -> None:
    province, rina = enter(device(LAPTOP), ground.nurhayati, hub), enter(device(), ground.rina, hub)
    rina.goto("/wilayah/18.08")
    expect(rina.get_by_role("heading", level=1)).not_to_contain_text("Way Kanan")
    province.goto("/hak/tim")
    clean(province)
    province.get_by_role("link", name="Tunjuk Kabupaten Way Kanan").click()
    clean(province)
    province.get_by_role("link", name="Rina Marlina, S.Sos.").click()
    clean(province)
    expect(province.get_by_label("Koordinator")).to_be_checked()
    expect(province.get_by_label("Kabupaten Way Kanan").first).to_be_checked()
    province.get_by_role("button", name="Beri hak akses").click()
    expect(province.get_by_text("Rina Marlina, S.Sos. sekarang Koordinator untuk Kabupaten Way Kanan.")).to_be_visible()
    clean(province)
    decree_reported(province)
    rina.goto("/")
    clean(rina)
    rina.get_by_role("link", name="Wilayah", exact=True).first.click()
    expect(rina.get_by_role("heading", level=1)).to_contain_text("Way Kanan")
    clean(rina)


def decree_reported(province: Page) -> None:
    """On the kabupaten's roll-out page: the team is there, the decree is written down, and the next step is told."""
    province.goto("/program")
    province.get_by_role("link", name="LMS Pamong Desa").click()
    province.get_by_role("link", name="Semua wilayah Anda").click()
    clean(province)
    province.get_by_role("link", name="Kabupaten Way Kanan").click()
    expect(province.get_by_text("Rina Marlina, S.Sos.")).to_be_visible()
    clean(province)
    province.get_by_role("link", name="Laporkan langkah").first.click()
    clean(province)
    province.get_by_label("Tim ditetapkan").check()
    province.get_by_label("Nomor surat keputusan").fill("800/112/DPMD/2026")
    province.locator("main .button.main").click()
    expect(province.get_by_text("Laporan tersimpan.")).to_be_visible()
    expect(province.get_by_text("SK: 800/112/DPMD/2026")).to_be_visible()
    expect(province.get_by_role("heading", name="Lengkapi lembar keberlanjutan")).to_be_visible()
    clean(province)
