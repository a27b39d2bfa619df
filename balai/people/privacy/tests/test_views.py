"""The notice, one's own data, requests and their decisions, on pages."""

import pytest
from django.test import Client

from balai.people.models import AccessEvent, Account, ErasureRequest, Person
from balai.people.privacy import erasing

PASSWORD = "padi menguning"


@pytest.fixture
def fresh():
    """``fresh(person)``: a browser in which they gave their password a moment ago."""

    def sign_in(person):
        client = Client(headers={"sec-fetch-site": "same-origin"})
        client.post("/masuk", {"username": person.account.username, "password": PASSWORD})
        return client

    return sign_in


def test_the_notice_is_read_once(client_of, secretary):
    client = client_of(secretary)
    assert Account.objects.get(person=secretary).notice_read_at is None
    client.get("/pemberitahuan")
    assert Account.objects.get(person=secretary).notice_read_at is None
    assert client.post("/pemberitahuan", {"lanjut": "/pelatihan"}).url == "/pelatihan"
    read_at = Account.objects.get(person=secretary).notice_read_at
    client.post("/pemberitahuan")
    assert Account.objects.get(person=secretary).notice_read_at == read_at is not None


def test_the_notice_leads_nowhere_else(client_of, secretary):
    assert client_of(secretary).post("/pemberitahuan", {"lanjut": "//jahat.example"}).url == "/"


def test_a_download_is_noted(fresh, secretary):
    client = fresh(secretary)
    answer = client.get("/saya/data/data-saya.json")
    assert answer.json()["record"]["name"] == "Siti Rahayu, S.Pd."
    assert answer["Content-Disposition"] == 'attachment; filename="data-saya.json"'
    assert "no-store" in answer["Cache-Control"]
    event = AccessEvent.objects.get(kind="exported")
    assert (event.person, event.actor, event.detail) == (secretary.id, secretary.id, "json")


def test_without_the_password_nothing_is_downloaded(client_of, secretary):
    answer = client_of(secretary).get("/saya/data/data-saya.zip")
    assert answer.url.startswith("/saya/keamanan/konfirmasi")


def test_asking_takes_a_tick_and_can_be_taken_back(fresh, secretary):
    client = fresh(secretary)
    assert client.post("/saya/data/penghapusan", {"reason": "Pensiun"}).status_code == 422
    assert client.post("/saya/data/penghapusan", {"reason": "Pensiun", "sure": "on"}).url == "/saya/data"
    assert ErasureRequest.objects.values_list("person", "reason").get() == (secretary.id, "Pensiun")
    assert client.post("/saya/data/penghapusan/batal").url == "/saya/data"
    assert not ErasureRequest.objects.exists()


@pytest.fixture
def asked(secretary):
    return erasing.ask(secretary, "Pensiun")


def test_requests_are_shown_to_whom_they_concern(client_of, asked, coordinator, other_coordinator, admin):
    def shown(person):
        return list(client_of(person).get("/permintaan-data").context["requests"])

    assert [shown(person) for person in (coordinator, admin, other_coordinator)] == [[asked], [asked], []]


def test_a_refusal_needs_words_and_reaches_the_person(client_of, asked, coordinator, secretary):
    client = client_of(coordinator)
    assert client.post(f"/permintaan-data/{asked.pk}", {"answer": ""}).status_code == 422
    assert client.post(f"/permintaan-data/{asked.pk}", {"answer": "Masih menjabat."}).url == "/permintaan-data"
    own = client_of(secretary)
    said = [str(line) for line in own.get("/saya").context["messages"]]
    assert said[0].startswith("Drs. Hendra Wijaya menjawab permintaan hapus data Anda pada ")
    assert "Masih menjabat." in own.get("/saya/data").content.decode()


def test_erasing_needs_a_tick_and_ends_every_session(client_of, asked, coordinator, secretary):
    client, own = client_of(coordinator), client_of(secretary)
    assert client.post(f"/permintaan-data/{asked.pk}", {"hapus": "1"}).status_code == 422
    assert client.post(f"/permintaan-data/{asked.pk}", {"hapus": "1", "sure": "on"}).url == "/permintaan-data"
    assert Person.objects.get(pk=secretary.id).name == ""
    assert own.get("/saya").url.startswith("/masuk")
    assert client.post(f"/permintaan-data/{asked.pk}", {"hapus": "1", "sure": "on"}).status_code == 404


@pytest.mark.parametrize("who", ["facilitator", "auditor", "author", "partner", "other_coordinator", "colleague"])
def test_others_decide_nothing(client_of, request, asked, secretary, who):
    client = client_of(request.getfixturevalue(who))
    assert client.post(f"/permintaan-data/{asked.pk}", {"hapus": "1", "sure": "on"}).status_code == 404
    assert Person.objects.get(pk=secretary.id).name == "Siti Rahayu, S.Pd."


def test_nobody_decides_about_somebody_beside_them(client_of, coordinator, make_person):
    beside = make_person("Sri Wahyuni", "18.02", "coordinator", ("18.02",))
    found = erasing.ask(beside, "")
    client = client_of(coordinator)
    assert client.post(f"/permintaan-data/{found.pk}", {"hapus": "1", "sure": "on"}).status_code == 403
    assert Person.objects.get(pk=beside.id).name == "Sri Wahyuni"


def test_the_public_page_names_every_store_and_every_personal_kind(client):
    page = client.get("/privasi")
    assert page.status_code == 200
    text = page.content.decode()
    for item in [*page.context["policies"], *page.context["stores"], *page.context["fields"]]:
        assert str(item.name) in text
