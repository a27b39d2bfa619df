"""Signing in with a passkey alone: no name, no password; only the account that it was made for, only once."""

import json

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from balai.common import clock
from balai.log.record import record
from balai.people.accounts.second import SecondFactor
from balai.people.accounts.tests.authenticator import PRESENT, Phone
from balai.people.identities.entries import PersonWithdrawn
from balai.people.models import AccessEvent, Account, Person

pytestmark = pytest.mark.django_db
PASSWORD = "padi menguning"


def browser() -> Client:
    return Client(headers={"sec-fetch-site": "same-origin", "host": "localhost"})


def who(client: Client) -> object:
    account = client.session.get("_auth_user_id")
    return Account.objects.get(pk=account).person_id if account else None


@pytest.fixture
def phone_of(settled):
    """``phone_of(person)``: a phone on which they added a passkey."""

    def add(person: Person) -> Phone:
        settled(person)
        client, phone = browser(), Phone()
        client.post("/masuk", {"username": person.account.username, "password": PASSWORD})
        made = phone.make(client.get("/saya/keamanan/kunci.json").json())
        answer = client.post("/saya/keamanan/kunci", {"name": "HP Samsung", "credential": made})
        assert answer.headers["Location"] == "/saya/keamanan/cadangan"
        return phone

    return add


def shown(client: Client, phone: Phone, then: str = "/"):
    """``phone`` is shown at the door."""
    credential = phone.use(client.get("/masuk/kunci").json())
    return client.post("/masuk/kunci", {"credential": credential, "lanjut": then})


def test_a_passkey_alone_opens_the_door(phone_of, coordinator):
    phone, client = phone_of(coordinator), browser()
    assert (shown(client, phone, "/orang").headers["Location"], who(client)) == ("/orang", coordinator.id)
    assert client.session.get_expire_at_browser_close() is False
    assert client.session.get_expiry_age() > 86_400
    last = AccessEvent.objects.about([coordinator.id]).order_by("at").last()
    assert (last.kind, last.detail) == ("signed_in", "kunci sandi")
    assert SecondFactor(coordinator.account).passkeys[0].last_used_at is not None


def test_the_phone_is_asked_to_keep_it_and_to_know_its_owner(phone_of, secretary, signed_options):
    assert signed_options(secretary)["authenticatorSelection"]["residentKey"] == "preferred"
    asked = browser().get("/masuk/kunci").json()["publicKey"]
    assert (asked["userVerification"], asked.get("allowCredentials", [])) == ("required", [])


@pytest.fixture
def signed_options(settled):
    def options(person: Person) -> dict:
        settled(person)
        client = browser()
        client.post("/masuk", {"username": person.account.username, "password": PASSWORD})
        return client.get("/saya/keamanan/kunci.json").json()["publicKey"]

    return options


def test_an_answer_counts_once(phone_of, secretary):
    phone, client = phone_of(secretary), browser()
    credential = phone.use(client.get("/masuk/kunci").json())
    assert client.post("/masuk/kunci", {"credential": credential}).status_code == 302
    for again in (client, browser()):
        assert again.post("/masuk/kunci", {"credential": credential}).status_code == 422
    fresh = browser()
    fresh.get("/masuk/kunci")
    assert (fresh.post("/masuk/kunci", {"credential": credential}).status_code, who(fresh)) == (422, None)


def test_a_phone_that_did_not_ask_for_finger_or_pin_is_only_a_second_factor(phone_of, secretary):
    phone, client = phone_of(secretary), browser()
    phone.flags = PRESENT
    assert (shown(client, phone).status_code, who(client)) == (422, None)
    client.post("/masuk", {"username": secretary.account.username, "password": PASSWORD})
    credential = phone.use(client.get("/masuk/pengaman/kunci").json())
    assert client.post("/masuk/pengaman/kunci", {"credential": credential}).status_code == 302
    assert who(client) == secretary.id


def test_nobody_comes_in_as_somebody_else(phone_of, secretary, stranger):
    phone, theirs, client = phone_of(stranger), phone_of(secretary), browser()
    phone.owner = theirs.owner
    assert (shown(client, phone).status_code, who(client)) == (422, None)
    phone.id = theirs.id
    assert (shown(client, phone).status_code, who(client)) == (422, None)


def test_a_passkey_of_another_site_is_none_of_ours(phone_of, secretary):
    phone, client = phone_of(secretary), browser()
    phone.site = "balai.example"
    assert (shown(client, phone).status_code, who(client)) == (422, None)


def test_a_removed_passkey_and_a_withdrawn_record_open_nothing(phone_of, secretary, colleague):
    phone, client = phone_of(secretary), browser()
    SecondFactor(secretary.account).remove(SecondFactor(secretary.account).passkeys[0].pk)
    assert (shown(client, phone).status_code, who(client)) == (422, None)
    other = phone_of(colleague)
    record("person.withdrawn", PersonWithdrawn(), subject=colleague.id, proof="hub")
    assert (shown(client, other).status_code, who(client)) == (422, None)


@pytest.mark.parametrize("answer", ["", "{}", "null", "[]", "not json", "[" * 19_000, json.dumps({"response": {}}),
                                    json.dumps({"response": {"userHandle": "AAAA"}}),
                                    json.dumps({"response": {"userHandle": 7}})])  # fmt: skip
def test_a_forged_answer_is_refused_in_words(answer):
    client = browser()
    client.get("/masuk/kunci")
    refused = client.post("/masuk/kunci", {"credential": answer})
    assert (refused.status_code, who(client)) == (422, None)
    assert "Masuk dengan kata sandi" in refused.content.decode()


def test_wrong_answers_close_nobodys_second_door(phone_of, secretary):
    phone, client = phone_of(secretary), browser()
    phone.site = "balai.example"
    assert [shown(client, phone).status_code for _turn in range(6)] == [422] * 6
    assert not AccessEvent.objects.filter(kind="second_refused").exists()


def test_a_visitors_session_that_only_asked_ends_soon():
    browser().get("/masuk/kunci")
    left = Session.objects.get().expire_date - clock.wall()
    assert left.total_seconds() <= 600


def test_without_javascript_the_button_is_not_there():
    page = browser().get("/masuk").content.decode()
    form = page[page.index('data-passkey="get"') :]
    assert form[: form.index(">")].endswith("hidden")
