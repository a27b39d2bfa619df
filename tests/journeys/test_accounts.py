"""Accounts in a real browser: the first sign-in by code, a passkey, a slip, a helper who looks, on a small phone.

Every page on the way is clean: axe finds nothing, nothing scrolls sideways, the content policy is kept.
"""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.axe import violations

from .conftest import Hub

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PASSWORD = "tiga ekor kerbau di sawah"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Visitor:
    """Somebody with a phone; ``complaints`` is what the browser says against our pages."""

    def __init__(self, page: Page, site: str) -> None:
        self.page, self.site = page, site
        self.complaints: list[str] = []
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def go(self, path: str) -> None:
        self.page.goto(self.site + path)
        self.look()

    def look(self) -> None:
        self.page.wait_for_load_state()
        assert violations(self.page) == [], self.page.url
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), self.page.url
        assert self.complaints == [], self.page.url

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()
        self.look()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name).first.click()
        self.look()

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def first_sign_in(self, code: str, *, offered: bool = False) -> None:
        self.go(f"/k/{code}")
        self.page.fill("[name=password]", "pendek")
        self.page.get_by_role("button", name="Tampilkan").click()
        assert self.page.get_attribute("[name=password]", "type") == "text"
        self.page.get_by_role("button", name="Simpan dan masuk").click()
        self.page.wait_for_load_state()
        self.complaints.clear()  # the browser notes the refusal (422) as an error
        self.look()
        self.page.fill("[name=password]", PASSWORD)
        self.press("Simpan dan masuk")
        assert self.path == "/pemberitahuan"
        self.press("Saya mengerti, lanjut")
        if offered:
            assert self.path == "/saya/keamanan/ajakan"
            self.follow("Nanti saja")
        assert self.path == "/"


@pytest.fixture
def visitor(device: Callable[..., Page], hub: Hub) -> Callable[[], Visitor]:
    """A phone that knows the hub as localhost: a passkey needs a name, not a number."""
    return lambda: Visitor(device(), hub.url.replace("127.0.0.1", "localhost"))


@pytest.fixture
def admin(hub: Hub) -> dict[str, str]:
    """The first admin's user name and one-time code."""
    made = hub.balai("admin", "create", "--name", "Agus Santoso")
    return {"username": made["username"], "code": made["code"]}


def test_accounts(visitor: Callable[[], Visitor], admin: dict[str, str]) -> None:
    agus = visitor()
    agus.first_sign_in(admin["code"], offered=True)
    with_passkey(agus, admin["username"])
    person, code = newcomer(agus)
    recorded_twice(agus)
    siti = visitor()
    without_a_passkey(siti)
    siti.first_sign_in(code)
    own_pages(siti)
    helped(agus, siti, person)
    erased(agus, siti)


def with_passkey(agus: Visitor, username: str) -> None:
    """A passkey is made, kept beside spare codes, and asked for at the next sign-in."""
    session = agus.page.context.new_cdp_session(agus.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    agus.go("/saya/keamanan")
    agus.follow("Pasang kunci sandi")
    agus.page.fill("[name=name]", "HP Samsung")
    agus.page.get_by_role("button", name="Buat kunci").click()
    agus.page.wait_for_url(re.compile("cadangan"))
    agus.look()
    assert agus.page.locator(".code").count() == 10
    spare = agus.page.locator(".code").first.inner_text()
    agus.follow("Sudah saya simpan")
    expect(agus.page.get_by_text("HP Samsung")).to_be_visible()
    for way in ("passkey", "spare"):
        agus.go("/keluar")
        agus.press("Keluar")
        agus.go("/masuk")
        agus.page.fill("[name=username]", username)
        agus.page.fill("[name=password]", PASSWORD)
        agus.press("Masuk")
        assert agus.path == "/masuk/pengaman"
        if way == "passkey":
            agus.page.get_by_role("button", name="Pakai kunci sandi").click()
        else:
            agus.page.fill("[name=code]", spare)
            agus.page.get_by_role("button", name="Masuk", exact=True).click()
        agus.page.wait_for_url(f"{agus.site}/")
        agus.look()
    with_passkey_alone(agus)


def with_passkey_alone(agus: Visitor) -> None:
    """No name and no password: the phone knows whose passkey it is. Where no passkey works the button is not there."""
    agus.go("/keluar")
    agus.press("Keluar")
    agus.go("/masuk?lanjut=/orang")
    button = agus.page.get_by_role("button", name="Masuk dengan kunci sandi perangkat")
    button.click()
    agus.page.wait_for_url(f"{agus.site}/orang")
    agus.look()
    agus.go("/keluar")
    agus.press("Keluar")
    agus.page.goto(agus.site.replace("localhost", "127.0.0.1") + "/masuk")
    expect(agus.page.get_by_role("button", name="Masuk", exact=True)).to_be_visible()
    expect(button).to_be_hidden()
    agus.go("/masuk")
    button.click()
    agus.page.wait_for_url(f"{agus.site}/")


def without_a_passkey(siti: Visitor) -> None:
    """Whoever has none is told in words what to do instead."""
    session = siti.page.context.new_cdp_session(siti.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    siti.go("/masuk")
    siti.page.get_by_role("button", name="Masuk dengan kunci sandi perangkat").click()
    expect(siti.page.get_by_role("alert")).to_contain_text("Masuk dengan kata sandi")
    siti.complaints.clear()  # the browser notes the refusal (422) as an error
    siti.look()


def newcomer(agus: Visitor) -> tuple[str, str]:
    """Agus registers a secretary, looks at the pages about her, prints her slip. Her address and code."""
    agus.go("/orang/baru")
    agus.page.fill("[name=name]", "Siti Rahayu, S.Pd.")
    agus.page.fill("[name=region]", "18.02.07.2009")
    agus.page.fill("[name=title]", "Sekretaris Desa")
    agus.page.fill("[name=phone]", "0812-3456-7801")
    agus.page.locator("main .button.main").click()
    agus.page.wait_for_url(re.compile("/orang/[0-9a-f-]{36}$"))
    person = agus.path
    for path in ("akun", "hak", "nomor"):
        agus.go(f"{person}/{path}")
    for path in ("/hak", "/hak/tim?wilayah=18", "/hak/tunjuk?wilayah=18.02.07", "/orang/pilih?wilayah=18.02.07.2009"):
        agus.go(path)
    agus.page.get_by_label("Siti Rahayu").check()
    agus.press("Pindahkan")
    agus.page.go_back()
    agus.press("Akhiri jabatan")
    agus.go("/orang/kode?wilayah=18.02.07.2009")
    agus.press("Buat kode")
    sheet = agus.path
    slip = agus.page.request.get(f"{agus.site}{sheet}/slip-1.pdf")
    assert slip.body().startswith(b"%PDF-")
    agus.go(f"{sheet}/whatsapp")
    message = agus.page.locator("main a[href*='wa.me']").get_attribute("href")
    return person, re.search(r"%2Fk%2F(\w{12})|/k/(\w{12})", message).group(0)[-12:]


def recorded_twice(agus: Visitor) -> None:
    """The same secretary is typed once more: found by itself, compared side by side, merged."""
    agus.go("/orang/baru")
    for field, said in {"name": "Siti Rahayu", "region": "18.02.07.2009", "email": "siti@desa.id"}.items():
        agus.page.fill(f"[name={field}]", said)
    agus.page.locator("main .button.main").click()
    agus.look()
    agus.page.locator("main .button.main").click()
    agus.page.wait_for_url(re.compile("/orang/[0-9a-f-]{36}$"))
    compare = agus.page.get_by_role("link", name="Bandingkan satu per satu")
    for _second in range(30):
        agus.go("/orang/mungkin-sama")
        if compare.count():
            break
        agus.page.wait_for_timeout(1_000)
    compare.click()
    agus.look()
    agus.press("Sama, gabungkan")
    expect(agus.page.get_by_text("riwayat keduanya tetap ada")).to_be_visible()
    expect(agus.page.get_by_text("Tidak ada yang perlu dibandingkan")).to_be_visible()


def own_pages(siti: Visitor) -> None:
    """Everything under Saya; her own data on her own phone."""
    for path in ("/saya", "/saya/profil", "/saya/keamanan", "/saya/keamanan/kata-sandi", "/saya/keamanan/aplikasi",
                 "/saya/keamanan/konfirmasi", "/saya/data", "/privasi", "/keluar"):  # fmt: skip
        siti.go(path)
    values = siti.page.request.get(f"{siti.site}/saya/data/data-saya.json").json()
    assert values["record"]["name"] == "Siti Rahayu, S.Pd."


def helped(agus: Visitor, siti: Visitor, person: str) -> None:
    """Agus sees what she sees, and she learns of it; then he lets her in again."""
    agus.go(f"{person}/akun")
    agus.press("Lihat")
    expect(agus.page.get_by_text("Anda melihat sebagai Siti Rahayu, S.Pd.")).to_be_visible()
    agus.go("/saya")
    agus.press("Berhenti melihat")
    assert agus.path == f"{person}/akun"
    siti.go("/saya")
    expect(siti.page.get_by_text("Akun Anda dilihat oleh Agus Santoso")).to_be_visible()
    agus.go(f"{person}/pemulihan")
    agus.press("Buat kode 30 menit")
    code = agus.page.locator("p.code").inner_text()
    siti.go("/keluar")
    siti.press("Keluar")
    siti.go("/masuk")
    siti.follow("Pertama kali? Masuk dengan kode")
    siti.page.fill("[name=kode]", code.lower())
    siti.press("Lanjut")
    siti.page.fill("[name=password]", PASSWORD)
    siti.press("Simpan dan masuk")
    expect(siti.page.get_by_text("Kata sandi Anda dipulihkan dengan kode dari Agus Santoso")).to_be_visible()


def erased(agus: Visitor, siti: Visitor) -> None:
    """She asks to be erased; he decides; her phone shows the door."""
    siti.go("/saya/data/penghapusan")
    siti.page.get_by_label("Saya mengerti").check()
    siti.press("Kirim permintaan")
    agus.go("/permintaan-data")
    agus.follow("Siti Rahayu, S.Pd.")
    agus.page.get_by_label("Saya sudah memastikan").check()
    agus.press("Hapus datanya")
    siti.go("/saya")
    assert siti.path == "/masuk"
