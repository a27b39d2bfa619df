"""/saya/keamanan: passwords, the second factor, devices, and the profile that its owner puts right."""

import io
import time
import zipfile
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from balai.common import clock
from balai.people.accounts.second import SecondFactor
from balai.people.models import AccessEvent, Account, Person

PASSWORD, NEW = "padi menguning", "tiga ekor kerbau"
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture
def signed_in(settled):
    """``signed_in(person)``: a browser in which they gave their password a moment ago."""

    def sign_in(person):
        settled(person)
        client = Client(headers={"sec-fetch-site": "same-origin"})
        client.post("/masuk", {"username": person.account.username, "password": PASSWORD})
        return client

    return sign_in


def code_now(secret=SECRET, step=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def who(client):
    account = client.session.get("_auth_user_id")
    return Account.objects.get(pk=account).person_id if account else None


@pytest.mark.parametrize(("role", "asked"), [("admin", True), ("author", True), ("coordinator", True),
                                             ("facilitator", False), ("secretary", False)])  # fmt: skip
def test_whoever_answers_for_others_is_asked_after_signing_in(request, settled, client_of, role, asked):
    person = request.getfixturevalue(role)
    settled(person)
    answer = client_of(None).post("/masuk", {"username": person.account.username, "password": PASSWORD})
    assert answer.url == ("/saya/keamanan/ajakan?lanjut=%2F" if asked else "/")


def test_the_notice_comes_before_the_offer(coordinator, client_of):
    client = client_of(None)
    answer = client.post("/masuk", {"username": coordinator.account.username, "password": PASSWORD, "lanjut": "/orang"})
    assert answer.url == "/pemberitahuan?lanjut=%2Forang"
    assert client.post("/pemberitahuan", {"lanjut": "/orang"}).url == "/saya/keamanan/ajakan?lanjut=%2Forang"
    assert Account.objects.get(person=coordinator).notice_read_at is not None


def test_a_code_app_is_set_up_with_its_first_code_and_then_demanded(signed_in, coordinator):
    client = signed_in(coordinator)
    page = client.get("/saya/keamanan/aplikasi")
    secret = page.context["secret"].replace(" ", "")
    assert "<svg" in page.content.decode()
    assert client.post("/saya/keamanan/aplikasi", {"code": "000000"}).status_code == 422
    assert not SecondFactor(coordinator.account).demanded
    assert client.post("/saya/keamanan/aplikasi", {"code": code_now(secret)}).url == "/saya/keamanan/cadangan"
    assert len(client.get("/saya/keamanan/cadangan").context["codes"]) == 10
    assert secret not in str(Authenticator.objects.values_list("data", flat=True))
    again = Client(headers={"sec-fetch-site": "same-origin"})
    answer = again.post("/masuk", {"username": coordinator.account.username, "password": PASSWORD, "lanjut": "/orang"})
    assert (answer.url, who(again)) == ("/masuk/pengaman", None)
    assert again.post("/masuk/pengaman", {"code": code_now(secret)}).url == "/orang"
    assert who(again) == coordinator.id


@pytest.fixture
def guarded(coordinator, settled):
    """The coordinator with a code app."""
    settled(coordinator)
    SecondFactor(coordinator.account).set_up_app(SECRET)
    return coordinator


@pytest.fixture
def halfway(guarded):
    """A browser in which the password was right and the second factor is still to come."""
    client = Client(headers={"sec-fetch-site": "same-origin"})
    client.post("/masuk", {"username": guarded.account.username, "password": PASSWORD})
    return client


def second(client, code):
    return client.post("/masuk/pengaman", {"code": code})


def test_without_the_second_factor_nothing_opens(halfway):
    assert (second(halfway, "123456").status_code, who(halfway)) == (422, None)
    assert halfway.get("/saya").url.startswith("/masuk")


def test_a_code_counts_once(halfway, guarded):
    code = code_now()
    assert second(halfway, code).status_code == 302
    other = Client(headers={"sec-fetch-site": "same-origin"})
    other.post("/masuk", {"username": guarded.account.username, "password": PASSWORD})
    assert (second(other, f"{code[:3]} {code[3:]}").status_code, who(other)) == (422, None)


def test_a_clock_that_is_a_little_wrong_is_forgiven(halfway):
    assert second(halfway, code_now(step=-1)).status_code == 302


def test_a_spare_code_counts_once(halfway, guarded):
    factor = SecondFactor(guarded.account)
    code = factor.spare.wrap().get_unused_codes()[0]
    assert second(halfway, f"{code[:4]} {code[4:]}").status_code == 302
    assert SecondFactor(guarded.account).spare_left == 9
    assert code not in SecondFactor(guarded.account).spare.wrap().get_unused_codes()


def test_five_wrong_codes_close_the_second_door_for_a_while(halfway, guarded):
    assert [second(halfway, "123456").status_code for _turn in range(6)] == [422, 422, 422, 422, 422, 429]
    assert second(halfway, code_now()).status_code == 429
    assert AccessEvent.objects.filter(kind="second_refused", person=guarded.id).count() == 5
    AccessEvent.objects.update(at=clock.wall() - timedelta(minutes=15))
    assert second(halfway, code_now()).status_code == 302


def test_the_half_open_door_closes_after_ten_minutes(halfway):
    with clock.frozen(clock.wall() + timedelta(minutes=11)):
        assert halfway.get("/masuk/pengaman").url == "/masuk"
        assert second(halfway, code_now()).url == "/masuk"


def test_and_when_the_password_changes_meanwhile(halfway, guarded):
    Account.objects.filter(person=guarded).update(epoch=7)
    assert second(halfway, code_now()).url == "/masuk"


#: Two that only a program sends.
ENDLESS = ["9" * 5000, "[" * 19_000]


@pytest.mark.parametrize("answer", ["", "{}", "null", "[]", '{"id": "x"}', "not json", *ENDLESS])
def test_a_forged_passkey_is_refused(halfway, answer):
    assert halfway.get("/masuk/pengaman/kunci").json()["publicKey"]["challenge"]
    assert halfway.post("/masuk/pengaman/kunci", {"credential": answer}).status_code == 422
    assert who(halfway) is None


def test_a_passkey_that_was_not_made_is_not_kept(signed_in, coordinator):
    client = signed_in(coordinator)
    client.get("/saya/keamanan/kunci.json")
    for credential in ("", "{}", '{"id": "x", "rawId": "eA", "type": "public-key", "response": {}}', *ENDLESS):
        answer = client.post("/saya/keamanan/kunci", {"name": "HP", "credential": credential})
        assert answer.status_code == 422
    assert not Authenticator.objects.exists()


def test_with_the_last_factor_the_spare_codes_go_too(signed_in, coordinator, guarded, halfway):
    second(halfway, code_now())
    app = SecondFactor(guarded.account).app
    assert halfway.post(f"/saya/keamanan/{app.pk}/lepas").status_code == 302
    assert not Authenticator.objects.exists()


def test_nobody_removes_anothers_factor(signed_in, guarded, secretary):
    app = SecondFactor(guarded.account).app
    signed_in(secretary).post(f"/saya/keamanan/{app.pk}/lepas")
    assert SecondFactor(guarded.account).app == app


def test_new_spare_codes_end_the_old_ones(guarded, halfway):
    second(halfway, code_now())
    old = halfway.get("/saya/keamanan/cadangan").context["codes"]
    halfway.post("/saya/keamanan/cadangan")
    assert set(halfway.get("/saya/keamanan/cadangan").context["codes"]).isdisjoint(old)


@pytest.mark.parametrize("path", ["kata-sandi", "kunci", "kunci.json", "aplikasi", "cadangan"])
def test_what_matters_asks_for_the_password_after_a_while(signed_in, secretary, path):
    client = signed_in(secretary)
    with clock.frozen(clock.wall() + timedelta(minutes=16)):
        answer = client.get(f"/saya/keamanan/{path}")
        assert answer.url == f"/saya/keamanan/konfirmasi?lanjut=%2Fsaya%2Fkeamanan%2F{path}"
        confirm = "/saya/keamanan/konfirmasi"
        wrong = client.post(confirm, {"password": "salah sekali", "lanjut": "/saya/keamanan/kata-sandi"})
        assert wrong.status_code == 422
        assert client.get("/saya/keamanan/kata-sandi").status_code == 302
        right = client.post(confirm, {"password": PASSWORD, "lanjut": "/saya/keamanan/kata-sandi"})
        assert right.url == "/saya/keamanan/kata-sandi"
        assert client.get("/saya/keamanan/kata-sandi").status_code == 200


def test_confirming_is_limited_like_signing_in(signed_in, secretary):
    client = signed_in(secretary)
    answers = [client.post("/saya/keamanan/konfirmasi", {"password": "salah sekali"}) for _turn in range(5)]
    assert [answer.status_code for answer in answers] == [422, 422, 422, 422, 429]


def test_a_new_password_signs_other_devices_out(signed_in, secretary):
    here, there = signed_in(secretary), signed_in(secretary)
    assert here.post("/saya/keamanan/kata-sandi", {"password": "pendek"}).status_code == 422
    assert here.post("/saya/keamanan/kata-sandi", {"password": NEW}).url == "/saya/keamanan"
    assert here.get("/saya").status_code == 200
    assert there.get("/saya").status_code == 302
    assert Account.objects.get(person=secretary).check_password(NEW)


def test_every_other_device_can_be_signed_out(signed_in, secretary):
    here, there = signed_in(secretary), signed_in(secretary)
    assert here.post("/saya/keamanan/perangkat").url == "/saya/keamanan"
    assert (here.get("/saya").status_code, there.get("/saya").status_code) == (200, 302)


def test_people_put_their_own_record_right(signed_in, secretary):
    client = signed_in(secretary)
    fields = {"name": "Siti  Rahayu, M.Pd.", "phone": "0812 9999 0000", "email": "siti@desa.example"}
    assert client.post("/saya/profil", fields).url == "/saya"
    person = Person.objects.get(pk=secretary.id)
    assert (person.name, person.phone, person.email) == ("Siti Rahayu, M.Pd.", "+6281299990000", "siti@desa.example")
    assert Account.objects.get(person=secretary).phone == "+6281299990000"


@pytest.mark.parametrize("fields", [{"name": "123", "phone": ""}, {"name": "Siti", "phone": "12"}, {"name": ""},
                                    {"name": "Siti", "email": "bukan email"}])  # fmt: skip
def test_what_cannot_be_is_refused_at_its_field(signed_in, secretary, fields):
    answer = signed_in(secretary).post("/saya/profil", fields)
    assert (answer.status_code, len(answer.context["form"].errors)) == (422, 1)
    assert Person.objects.get(pk=secretary.id).name == "Siti Rahayu, S.Pd."


def test_the_zip_opens_without_a_network(signed_in, secretary):
    answer = signed_in(secretary).get("/saya/data/data-saya.zip")
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.namelist() == ["data.json", "data.html", "data.css"]
    page = archive.read("data.html").decode()
    assert "Siti Rahayu, S.Pd." in page
    assert not any(mark in page for mark in ("<script", "src=", "http:", "https:"))
