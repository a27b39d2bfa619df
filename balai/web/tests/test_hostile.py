"""Requests from somebody who means harm: no page breaks, and what is too much is turned away unread."""

from http import HTTPStatus
from io import BytesIO

import pytest
from django.test import Client

from balai.web.machine.gate import LARGEST

pytestmark = pytest.mark.django_db

PAGES = (
    "/pelatihan", "/verifikasi", "/orang", "/orang/pilih", "/orang/kode", "/hak", "/hak/tunjuk", "/hak/tim", "/lembaga",
    "/wilayah/cari", "/wilayah/cari.json", "/wilayah/18.02", "/wilayah/18.02/tentang", "/catatan", "/orang/impor",
    "/masuk", "/masuk/kode", "/orang/daftar.xlsx", "/orang/baru", "/orang/pindah", "/orang/jabatan-berakhir",
    "/permintaan-data", "/pelatihan/naskah", "/sertifikat", "/sertifikat/penerbit", "/lembaga/baru", "/saya/profil",
    "/pemberitahuan", "/saya/keamanan/ajakan",
)  # fmt: skip
PARAMETERS = (
    "cari", "wilayah", "kode", "keadaan", "halaman", "lanjut", "peran", "jenis", "q", "di", "tingkat", "hasil", "orang",
    "pelatihan", "impor", "dengan", "role", "name", "region", "on", "to", "birth_date", "pattern", "username",
    "password", "kode", "other",
)  # fmt: skip
NASTY = {
    "nul": "\0", "nul inside": "1\x002", "percent": "%", "underscores": "_" * 300, "letters": "a " * 3000,
    "words": " ".join(f"kata{n}" for n in range(2000)), "digits": "9" * 400, "negative": "-1",
    "path": "../../etc/passwd", "script": "<script>alert(1)</script>", "quotes": "'\"--", "format": "{0.__class__}",
    "arabic": "ا" * 2000, "turned": "\u202e", "line": "18.02\n", "huge": "1e999", "brackets": "[" * 3000,
    "emoji": "\U0001f600" * 500,
}  # fmt: skip


@pytest.fixture
def browser(client_of, admin) -> Client:
    found = client_of(admin)
    found.raise_request_exception = False
    return found


@pytest.mark.parametrize("path", PAGES)
def test_nothing_that_is_sent_breaks_a_page(browser, path):
    broken = {
        (method, name)
        for name, nasty in NASTY.items()
        for method in ("get", "post")
        if getattr(browser, method)(path, dict.fromkeys(PARAMETERS, nasty)).status_code
        >= HTTPStatus.INTERNAL_SERVER_ERROR
    }
    assert broken == set()


@pytest.mark.parametrize("path", ["/pelatihan?cari=%00", "/wilayah/18%00", "/%00", "/k/%00", "/pelatihan/a%00b"])
def test_a_nul_in_an_address_leads_nowhere(browser, path):
    assert browser.get(path).status_code == HTTPStatus.NOT_FOUND


def test_a_request_beyond_the_largest_file_is_refused_unread(browser):
    class Unread(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise AssertionError

    answer = browser.post("/verifikasi", CONTENT_LENGTH=LARGEST + 1, **{"wsgi.input": Unread()})
    assert (answer.status_code, "B1104" in answer.content.decode()) == (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, True)
