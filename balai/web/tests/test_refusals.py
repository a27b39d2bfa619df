"""A refusal is a page for people and JSON for programs, with the same code and sentences."""

import logging
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from balai.common import problems
from balai.common.problems import Refusal
from balai.urls import handler400, handler403, handler404, handler500
from balai.urls import urlpatterns as real
from balai.web.refusals import wants_json

NOT_FOUND = {
    "code": "B1101",
    "title": "Halaman ini tidak ada, atau bukan untuk akun Anda.",
    "safe": "Tidak ada yang berubah.",
    "cure": "Periksa alamatnya, atau kembali ke beranda.",
}
RAISED: dict[str, Exception] = {
    "refusal": Refusal(problems.NOT_ALLOWED),
    "denied": PermissionDenied(),
    "missing": Http404(),
    "odd": SuspiciousOperation(),
    "big": RequestDataTooBig(),
    "broken": RuntimeError("a bug"),
}


def fail(request: HttpRequest, how: str) -> HttpResponse:
    raise RAISED[how]


urlpatterns = [*real, path("gagal/<how>", fail)]
handlers = (handler400, handler403, handler404, handler500)


@pytest.fixture
def client(db: None) -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("how", "status", "code"),
    [
        ("refusal", 403, "B1102"),
        ("denied", 403, "B1102"),
        ("missing", 404, "B1101"),
        ("odd", 404, "B1101"),
        ("big", 413, "B1104"),
        ("broken", 500, "B1105"),
    ],
)
@override_settings(ROOT_URLCONF="balai.web.tests.test_refusals")
def test_every_failure_is_a_catalogued_page(client: Client, how: str, status: int, code: str) -> None:
    response = client.get(f"/gagal/{how}")
    assert (response.status_code, response["Cache-Control"]) == (status, "no-store")
    page = response.content.decode()
    assert f"Kode <b>{code}</b>" in page
    assert "Yang aman" in page
    assert "Yang perlu dilakukan" in page
    assert page.count('class="button main"') == 1


@override_settings(ROOT_URLCONF="balai.web.tests.test_refusals")
def test_programs_get_the_same_as_json(client: Client) -> None:
    response = client.get("/gagal/missing", headers={"accept": "application/json"})
    assert (response.status_code, response.json()) == (404, NOT_FOUND)


@override_settings(ROOT_URLCONF="balai.web.tests.test_refusals")
def test_a_crash_has_the_same_reference_on_the_page_and_in_the_log(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, logger="balai.web"):
        answer = client.get("/gagal/broken", headers={"accept": "application/json"}).json()
    line = next(record for record in caplog.records if record.name == "balai.web")
    reference = line.getMessage().split()[1]
    assert line.getMessage() == f"B1105 {reference} GET /gagal/broken"
    assert line.exc_info is not None
    assert answer["cure"] == (f"Coba lagi sebentar lagi. Bila berulang, sampaikan kode {reference} kepada pengelola.")


@override_settings(ROOT_URLCONF="balai.web.tests.test_refusals")
def test_the_page_of_a_crash_asks_nothing_of_the_database(client: Client, queries: Callable[..., int]) -> None:
    assert queries(lambda: client.get("/gagal/broken")) == 0


def test_an_unknown_address_is_the_page_of_what_is_out_of_reach(client: Client) -> None:
    assert client.get("/tidak-ada.json").json() == NOT_FOUND


def test_a_refusal_speaks_the_language_of_its_reader(client: Client) -> None:
    client.cookies["bahasa"] = "en"
    response = client.get("/tidak-ada")
    assert response["Content-Language"] == "en"
    assert '<html lang="en">' in response.content.decode()


@pytest.mark.parametrize(
    ("path", "accept", "wish"),
    [
        ("/saya", "text/html,application/xhtml+xml,*/*;q=0.8", False),
        ("/saya", "*/*", False),
        ("/saya", "", False),
        ("/saya", "text/html, application/json", False),
        ("/saya", "application/json", True),
        ("/saya.json", "*/*", True),
    ],
)
def test_who_wants_json(path: str, accept: str, wish: bool) -> None:
    assert wants_json(RequestFactory().get(path, headers={"accept": accept})) is wish


def test_json_answers_are_json(client: Client) -> None:
    assert client.get("/tidak-ada.json")["Content-Type"] == JsonResponse({})["Content-Type"]
