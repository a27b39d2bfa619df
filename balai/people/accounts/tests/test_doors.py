"""Every address of accounts, roles and privacy, for every role, inside and outside their regions."""

import pytest
from django.test import Client
from django.urls import get_resolver

from balai.people.accounts import inviting
from balai.people.models import ErasureRequest

#: Whom the page is about lives in Terbanggi Besar; the coordinator is of that kabupaten, the other one is not.
ROLES = (
    "visitor", "secretary", "colleague", "stranger", "facilitator", "author", "auditor", "partner",
    "other_coordinator", "coordinator", "admin",
)  # fmt: skip
EVERYBODY = set(ROLES)
SIGNED_IN = EVERYBODY - {"visitor"}
TEAM = {"coordinator", "admin"}
ANY_TEAM = TEAM | {"other_coordinator"}

#: Address to who may see it. Others are refused (404), visitors are asked to sign in.
PAGES = {
    "/masuk": EVERYBODY,
    "/masuk/kunci": EVERYBODY,
    "/masuk/kode": EVERYBODY,
    "/masuk/pengaman": EVERYBODY,
    "/masuk/pengaman/kunci": set(),
    "/k/7K3M-P9QX-2RTV": EVERYBODY,
    "/K/7K3M-P9QX-2RTV": EVERYBODY,
    "/keluar": EVERYBODY,
    "/privasi": EVERYBODY,
    "/pemberitahuan": SIGNED_IN,
    "/saya": SIGNED_IN,
    "/saya/profil": SIGNED_IN,
    "/saya/keamanan": SIGNED_IN,
    "/saya/keamanan/ajakan": SIGNED_IN,
    "/saya/keamanan/konfirmasi": SIGNED_IN,
    "/saya/keamanan/kata-sandi": SIGNED_IN,
    "/saya/keamanan/kunci": SIGNED_IN,
    "/saya/keamanan/kunci.json": SIGNED_IN,
    "/saya/keamanan/aplikasi": SIGNED_IN,
    "/saya/keamanan/cadangan": set(),
    "/saya/data": SIGNED_IN,
    "/saya/data/data-saya.json": SIGNED_IN,
    "/saya/data/data-saya.zip": SIGNED_IN,
    "/saya/data/penghapusan": SIGNED_IN,
    "/orang/{secretary}/akun": TEAM,
    "/orang/{secretary}/pemulihan": TEAM,
    "/orang/{secretary}/nomor": TEAM,
    "/orang/{secretary}/hak": TEAM,
    "/permintaan-data": ANY_TEAM,
    "/permintaan-data/{request}": TEAM,
    "/hak": ANY_TEAM | {"auditor"},
    "/hak/tim": ANY_TEAM,
    "/hak/tunjuk": ANY_TEAM,
    "/orang/kode": ANY_TEAM,
    "/orang/kode?wilayah=18.02.07.2009": TEAM,
    "/orang/pilih": ANY_TEAM,
    "/orang/pilih?wilayah=18.02.07.2009": TEAM,
    "/orang/pindah": ANY_TEAM,
    "/orang/jabatan-berakhir": ANY_TEAM,
    "/orang/kode/{sheet}": {"coordinator"},
    "/orang/kode/{sheet}/whatsapp": {"coordinator"},
    "/orang/kode/{sheet}/slip-1.pdf": {"coordinator"},
}
#: Addresses that only take a POST.
ACTS = {
    "/masuk/contoh": set(),
    "/masuk/kata-sandi": EVERYBODY,
    "/melihat/berhenti": EVERYBODY,
    "/saya/keamanan/perangkat": SIGNED_IN,
    "/saya/keamanan/1/lepas": SIGNED_IN,
    "/saya/data/penghapusan/batal": SIGNED_IN,
    "/orang/{secretary}/melihat": TEAM,
    "/orang/{secretary}/nomor/lepas": TEAM,
    "/orang/{secretary}/hak/{secretary}/cabut": set(),
}


@pytest.fixture
def facts(secretary, coordinator):
    """What stands in the places of the addresses."""
    sheet = inviting.invite(coordinator, [secretary], "Percobaan")
    return {
        "secretary": secretary.id,
        "sheet": sheet.pk,
        "request": ErasureRequest.objects.create(person=secretary).pk,
    }


@pytest.fixture
def browser_of(request, client_of):
    """A browser in which somebody has signed in a moment ago."""

    def browser(role):
        if role == "visitor":
            return client_of(None)
        person = request.getfixturevalue(role)
        client = Client(headers={"sec-fetch-site": "same-origin"})
        client.post("/masuk", {"username": person.account.username, "password": "padi menguning"})
        return client

    return browser


@pytest.mark.parametrize("role", ROLES)
def test_pages(facts, browser_of, role):
    client = browser_of(role)
    found = {path: client.get(path.format(**facts)) for path in PAGES}
    seen = {path for path, answer in found.items() if answer.status_code in {200, 422} or _led_on(answer)}
    assert seen == {path for path, allowed in PAGES.items() if role in allowed}
    refused = {answer.status_code for path, answer in found.items() if path not in seen}
    assert refused <= {302, 401, 404, 410}
    for path, answer in found.items():
        if role == "visitor" and path not in seen and answer.status_code == 302:
            assert answer.url.startswith("/masuk?lanjut=")


def _led_on(answer):
    """Redirects inside, not to the door."""
    return answer.status_code == 302 and not answer.url.startswith("/masuk?lanjut=")


@pytest.mark.parametrize("role", ROLES)
def test_acts(facts, browser_of, role):
    found = {path: browser_of(role).post(path.format(**facts)) for path in ACTS}
    done = {path for path, answer in found.items() if answer.status_code in {200, 302, 422}}
    assert done == {path for path, allowed in ACTS.items() if role in allowed}
    assert {answer.status_code for path, answer in found.items() if path not in done} <= {401, 404}


@pytest.mark.parametrize("path", ACTS)
def test_acts_are_never_done_by_looking(facts, browser_of, path):
    assert browser_of("admin").get(path.format(**facts)).status_code == 405


def test_no_address_is_forgotten(facts):
    """Every address of these parts stands in one of the tables above."""
    walked = [*PAGES, *ACTS]
    for part in ("accounts", "delegation", "privacy"):
        patterns = next(item for item in get_resolver().url_patterns if getattr(item, "app_name", "") == part)
        for pattern in patterns.url_patterns:
            assert any(pattern.pattern.match(path.format(**facts).partition("?")[0][1:]) for path in walked), pattern
