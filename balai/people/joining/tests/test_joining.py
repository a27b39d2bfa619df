"""Making an account by oneself: in at once, with no role; known to the coordinator; not without end."""

from typing import Any

import pytest
from django.test import Client

from balai.log.models import Entry
from balai.people.joining import joining
from balai.people.models import Account, Person, Role

pytestmark = pytest.mark.django_db
FORM = {
    "name": "Suryani", "region": "18.02.07.2009", "phone": "0812 3456 7899", "username": "suryani.baru",
    "password": "jagung kuning muda",
}  # fmt: skip


def test_somebody_joins_and_is_in_without_a_role(client: Client, secretary: Person) -> None:
    answer = client.post("/daftar", FORM | {"lanjut": "/pelatihan/kursus"})
    assert answer["Location"] == "/pemberitahuan?lanjut=%2Fpelatihan%2Fkursus"
    account = Account.objects.get(username="suryani.baru")
    assert client.session["_auth_user_id"] == str(account.pk)
    person = account.owner
    assert (person.region, person.phone, account.phone) == (secretary.region, "+6281234567899", None)
    assert not Role.objects.filter(person=person).exists()
    assert Entry.objects.get(pk=person.pk).actor == person.pk
    assert joining.by_themselves([person.pk, secretary.pk]) == {person.pk}


def test_the_coordinator_sees_who_joined_by_themselves(client: Client, client_of: Any, coordinator: Person) -> None:
    client.post("/daftar", FORM)
    person = Person.objects.get(name="Suryani")
    assert "Mendaftar sendiri" in client_of(coordinator).get(f"/orang/{person.pk}").content.decode()
    assert "Mendaftar sendiri" in client_of(coordinator).get("/orang").content.decode()
    assert "Mendaftar sendiri" not in client_of(coordinator).get(f"/orang/{coordinator.pk}").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "123"}, {"region": "tidak ada di mana pun"}, {"phone": "12"}, {"username": "0812345678"},
        {"username": "Ibu Suryani"}, {"password": "suryani"}, {"password": "suryani.baru"}, {"password": "pendek"},
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_made(client: Client, secretary: Person, wrong: dict[str, str]) -> None:
    before = Person.objects.count()
    answer = client.post("/daftar", FORM | wrong)
    assert (answer.status_code, Person.objects.count()) == (422, before)
    assert "/pemberitahuan" not in answer.headers.get("Location", "")


def test_a_name_in_use_is_refused(client: Client, secretary: Person) -> None:
    taken = Account.objects.get(person=secretary).username
    answer = client.post("/daftar", FORM | {"username": taken.upper()})
    assert (answer.status_code, "sudah dipakai" in answer.content.decode()) == (422, True)


def test_accounts_are_not_made_without_end(client: Client, secretary: Person, monkeypatch: Any) -> None:
    monkeypatch.setattr(joining, "LIMIT", 2)
    found = [Client().post("/daftar", FORM | {"username": f"orang.{n}"}, REMOTE_ADDR="10.9.8.7") for n in range(3)]
    assert [answer.status_code for answer in found] == [302, 302, 429]
    assert Account.objects.filter(username__startswith="orang.").count() == 2
    assert Client().post("/daftar", FORM, REMOTE_ADDR="10.9.8.8").status_code == 302


def test_which_names_are_taken_is_not_asked_without_end(client: Client, secretary: Person, monkeypatch: Any) -> None:
    monkeypatch.setattr(joining, "TRIES", 2)
    taken = FORM | {"username": Account.objects.get(person=secretary).username}
    found = [Client().post("/daftar", taken, REMOTE_ADDR="10.9.8.6").status_code for _time in range(3)]
    assert found == [422, 422, 429]
    assert Client().post("/daftar", taken, REMOTE_ADDR="10.9.8.5").status_code == 422


def test_where_one_lives_is_found_as_one_types_without_an_account(client: Client, db: None) -> None:
    page = client.get("/daftar").content.decode()
    assert 'data-region-picker="/daftar/wilayah.json" data-within="" data-level="4"' in page
    found = client.get("/daftar/wilayah.json", {"q": "trbanggi besar", "tingkat": "4"}).json()["results"]
    assert (found[0]["code"], found[0]["path"]) == (
        "18.02.07.2009",
        "Kecamatan Terbanggi Besar, Kabupaten Lampung Tengah, Provinsi Lampung",
    )


def test_who_only_types_the_name_is_asked_which_village_is_meant(client: Client, db: None) -> None:
    answer = client.post("/daftar", FORM | {"region": "terbanggi"})
    assert (answer.status_code, 'value="18.02.07.2009"' in answer.content.decode()) == (422, True)
    chosen = {"region": "terbanggi", "region_pilihan": "18.02.07.2009"}
    assert client.post("/daftar", FORM | chosen).status_code == 302
    assert Person.objects.get(name="Suryani").region.code == "18.02.07.2009"


def test_a_kecamatan_is_nobodys_village(client: Client, db: None) -> None:
    assert client.post("/daftar", FORM | {"region": "18.02.07"}).status_code == 422


def test_villages_are_not_asked_for_without_end(client: Client, db: None, monkeypatch: Any) -> None:
    monkeypatch.setattr(joining, "SEARCHES", 2)
    found = [client.get("/daftar/wilayah.json?q=metro", REMOTE_ADDR="10.9.8.4") for _time in range(3)]
    assert [answer.status_code for answer in found] == [200, 200, 429]
    told = found[-1].content.decode()
    assert "Terlalu banyak pencarian desa" in told
    assert "akun" not in told, "nobody made an account"
