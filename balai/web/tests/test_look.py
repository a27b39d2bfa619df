"""Language and theme: chosen on this device, by plain forms."""

import pytest
from django.test import Client


@pytest.fixture
def client(db: None) -> Client:
    return Client(headers={"sec-fetch-site": "same-origin", "referer": "http://testserver/bantuan?dari=sini"})


def test_a_theme_is_kept_and_the_page_comes_back(client: Client) -> None:
    response = client.post("/tampilan", {"tema": "gelap"})
    assert (response.status_code, response["Location"]) == (302, "/bantuan?dari=sini")
    assert client.cookies["tema"].value == "gelap"
    assert '<html lang="id" data-theme="dark">' in client.get("/bantuan").content.decode()


def test_following_the_phone_forgets_the_theme(client: Client) -> None:
    client.post("/tampilan", {"tema": "gelap"})
    client.post("/tampilan", {"tema": ""})
    assert client.cookies["tema"].value == ""
    assert '<html lang="id">' in client.get("/bantuan").content.decode()


def test_a_language_is_kept(client: Client) -> None:
    client.post("/tampilan", {"bahasa": "en"})
    response = client.get("/bantuan")
    assert response["Content-Language"] == "en"
    assert '<html lang="en">' in response.content.decode()


def test_the_browsers_own_language_is_not_asked(client: Client) -> None:
    response = client.get("/bantuan", headers={"accept-language": "en-US,en;q=0.9"})
    assert response["Content-Language"] == "id"
    assert "Accept-Language" not in response.get("Vary", "")


@pytest.mark.parametrize("form", [{"tema": "ungu"}, {"bahasa": "xx"}, {}])
def test_what_is_not_offered_is_not_kept(client: Client, form: dict[str, str]) -> None:
    client.post("/tampilan", form)
    assert client.cookies.output() == ""


@pytest.mark.parametrize("referer", ["", "http://testserver//jahat.example", "javascript:alert(1)"])
def test_the_way_back_stays_on_this_site(client: Client, referer: str) -> None:
    response = client.post("/tampilan", {"tema": "gelap"}, headers={"referer": referer})
    assert response["Location"] == "/"


def test_looking_is_not_changing(client: Client) -> None:
    assert client.get("/tampilan").status_code == 405
