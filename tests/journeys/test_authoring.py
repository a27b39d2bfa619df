"""An author's story: a course brought in and published, a question that misleads, mended while somebody learns."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from . import lessons
from .conftest import LAPTOP, Hub
from .lessons import FILES, RIGHT, SLUG
from .walking import choose, clean, enter, go_on, prepared

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: The author takes the wrong option for the right one.
MISTAKEN = FILES["tes/akhir.md"].replace("(x) Tombol daya\n- ( )", "( ) Tombol daya\n- (x)")
PREPARE = """
arrive("Dr. Ratna Dewi, M.Si.", "18", role="author", over=(None,))
arrive("Siti Rahayu, S.Pd.", "18.02.07.2009")
"""
#: Thirty people take the post-test. Those who know it all are marked down for what they know.
THIRTY = """
from balai.assessments import sitting
from balai.assessments.contents import content
from balai.assessments.models import Test
from balai.assessments.publishing import option_id
from balai.common import clock
from balai.log.record import record
from balai.people.entries import PersonRegistered
from balai.people.models import Person
from balai.regions.models import Region
test = content(Test.objects.get(slug="akhir").pk)
home = Region.objects.get(code="18.02.07.2009")
def answers(knows):
    keys = {slug: test.keys[slug] for slug in test.by_slug}
    given = {slug: list(key.right if knows else key.wrong[:1]) for slug, key in keys.items()}
    given["kunci"] = [option_id("Tombol daya")] if knows else list(keys["kunci"].right)
    return lambda draft: given
for number in range(30):
    entry = record("person.registered", PersonRegistered(f"Peserta {number}", home.id), audience=home.id, proof="hub")
    person = Person.objects.get(pk=entry.id)
    draft = sitting.start(person, test, clock.wall())
    sitting.submit(person, draft.pk, answers(number % 2 == 0), clock.wall())
"""


@dataclass(frozen=True)
class Ground:
    """The sessions of an author and a learner."""

    ratna: str
    siti: str


@pytest.fixture(scope="module")
def ground(hub: Hub) -> Ground:
    return Ground(*prepared(hub, PREPARE))


def test_a_question_that_misleads_is_found_mended_and_published_anew(
    hub: Hub, ground: Ground, device: Callable[..., Page]
) -> None:
    desk, siti = enter(device(LAPTOP), ground.ratna, hub), enter(device(), ground.siti, hub)
    bring_in(desk)
    siti.goto(f"/pelatihan/{SLUG}")
    siti.get_by_role("link", name="Layar HP").click()
    siti.get_by_role("button", name="Selesai, lanjut").click()
    expect(siti.get_by_role("heading", level=1)).to_have_text("Mengunci layar")
    hub.program.script(THIRTY)
    find_it(desk)
    mend_it(desk)
    publish_anew(desk)
    learner_goes_on(siti)


def bring_in(desk: Page) -> None:
    """The folder as a ZIP, looked at, published."""
    desk.goto("/pelatihan/naskah")
    clean(desk)
    content = lessons.folder(akhir=MISTAKEN).to_zip()
    desk.set_input_files("[name=berkas]", [{"name": "layar.zip", "mimeType": "application/zip", "buffer": content}])
    desk.get_by_role("button", name=re.compile("Unggah")).click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Mengenal Layar")
    clean(desk)
    desk.get_by_role("button", name="Terbitkan versi 1").click()
    expect(desk.get_by_text("Versi 1 terbit.")).to_be_visible()


def find_it(desk: Page) -> None:
    """What looks wrong stands out in the analysis."""
    desk.goto("/pelatihan/naskah")
    desk.get_by_role("link", name="Mengenal Layar").first.click()
    desk.get_by_role("link", name="Periksa dan terbitkan").click()
    desk.locator("a[href$='/analisis']", has_text="Tes akhir layar").click()
    clean(desk)
    row = desk.locator("tr.refused")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("Terbalik")
    expect(row).to_contain_text(re.compile("[-−]1,00"))
    row.get_by_role("link").click()
    desk.locator("section.card:target").get_by_role("link", name="Ubah soal ini").click()


def mend_it(desk: Page) -> None:
    """In the browser, at the line to which the analysis led; tried before anybody else sees it."""
    text = desk.get_by_label("Tulisan", exact=True)
    expect(text).to_be_focused()
    assert text.evaluate("box => box.value.slice(box.selectionStart, box.selectionEnd)") == "## kunci"
    clean(desk)
    on_a_phone(desk)
    text.fill(FILES["tes/akhir.md"])
    expect(desk.locator("#keadaan-simpan")).to_contain_text("Tersimpan di pusat")
    desk.get_by_role("link", name="Coba tes ini di layar penuh").click()
    clean(desk)
    for question in desk.locator("section.question").all():
        choose(question, RIGHT[question.get_attribute("data-question") or ""])
    go_on(desk)
    expect(desk.get_by_text("Nilai 100 dari 100.")).to_be_visible()
    clean(desk)
    desk.get_by_role("link", name="Kembali ke tulisan").click()
    expect(desk.frame_locator("iframe").get_by_role("button", name="Periksa jawaban")).to_be_visible()


#: Lines that a phone wraps into many more.
LONG = "".join(f"\n\n{'Baris yang panjang sekali untuk HP kecil. ' * 8}" for _line in range(30))


def on_a_phone(desk: Page) -> None:
    """A line below much that is wrapped is on the screen: the browser need not scroll when somebody types there."""
    text, sizes = desk.get_by_label("Tulisan", exact=True), desk.viewport_size
    written = FILES["tes/akhir.md"] + LONG + "\n\nDi sini.\n"
    text.fill(written)
    expect(desk.locator("#keadaan-simpan")).to_contain_text("Tersimpan di pusat")
    here = desk.url.partition("#")[0]
    desk.set_viewport_size({"width": 360, "height": 740})
    desk.goto("about:blank")
    desk.goto(f"{here}#baris-{written[: written.index('Di sini.')].count(chr(10)) + 1}")
    expect(text).to_be_focused()
    place = "box => [scrollY, box.scrollTop]"
    before = text.evaluate(place)
    desk.keyboard.press("ArrowRight")
    assert text.evaluate(place) == before
    assert text.evaluate("box => box.getBoundingClientRect().top") < 300
    desk.set_viewport_size(sizes or LAPTOP)
    desk.reload()


def publish_anew(desk: Page) -> None:
    """Who is in the middle is counted before the button is pressed."""
    desk.get_by_role("link", name="Mengenal Layar").click()
    clean(desk)
    desk.get_by_role("link", name="Periksa dan terbitkan").click()
    expect(desk.get_by_text("1 orang sudah mulai dan belum selesai.")).to_be_visible()
    clean(desk)
    desk.get_by_role("button", name="Terbitkan versi 2").click()
    expect(desk.get_by_text("Versi 2 terbit.")).to_be_visible()


def learner_goes_on(siti: Page) -> None:
    """She keeps her version until she chooses the new one; what she did counts there."""
    siti.goto(f"/pelatihan/{SLUG}")
    clean(siti)
    expect(siti.get_by_text("1 dari 2 materi selesai")).to_be_visible()
    expect(siti.get_by_text("Anda memakai versi 1.")).to_be_visible()
    assert siti.get_by_role("link", name="Layar HP").get_attribute("href") == f"/materi/{SLUG}/1/layar"
    siti.get_by_role("link", name="Lanjutkan di versi baru").click()
    expect(siti).to_have_url(re.compile(f"/materi/{SLUG}/2/kunci$"))
    siti.get_by_role("button", name="Selesai, lanjut").click()
    siti.goto(f"/pelatihan/{SLUG}")
    expect(siti.get_by_text("2 dari 2 materi selesai")).to_be_visible()
    expect(siti.get_by_text("Anda memakai versi 1.")).to_have_count(0)
