"""Coming in by password, by code, as an example; what a visitor can and cannot learn at the door."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import hashers
from django.test import Client

from balai.common import clock
from balai.people import backends
from balai.people.accounts import codes, signing_in
from balai.people.models import AccessCode, AccessEvent, Account, Person

PASSWORD = "padi menguning"
NEW = "tiga ekor kerbau"
FIRST, RECOVERY = AccessCode.Purpose.FIRST, AccessCode.Purpose.RECOVERY


@pytest.fixture
def door(client_of, db):
    """A visitor's browser; ``door.post("/masuk", …)``."""
    return client_of(None)


def try_in(client, name, password=PASSWORD, **rest):
    return client.post("/masuk", {"username": name, "password": password}, **rest)


def who(client):
    """The id of the person who is signed in in ``client``."""
    account = client.session.get("_auth_user_id")
    return Account.objects.get(pk=account).person_id if account else None


@pytest.mark.parametrize("name", ["081234567801", "0812-3456-7801", "+62 812 3456 7801"])
def test_a_phone_number_signs_in_however_it_is_written(door, secretary, name):
    answer = try_in(door, name)
    assert (answer.status_code, who(door)) == (302, secretary.id)


def test_a_user_name_signs_in_in_any_case_and_leads_back(door, secretary):
    Account.objects.filter(person=secretary).update(notice_read_at=clock.wall())
    answer = try_in(door, secretary.account.username.upper(), PASSWORD)
    assert (answer.url, who(door)) == ("/", secretary.id)
    door.post("/keluar")
    answer = door.post("/masuk", {"username": "081234567801", "password": PASSWORD, "lanjut": "/pelatihan?a=b"})
    assert answer.url == "/pelatihan?a=b"


FOREIGN = [
    "https://jahat.example/",
    "//jahat.example/",
    "///jahat.example/",
    "javascript:alert(1)",
    "\\\\jahat",
    "/\\jahat.example",
    "/\t/jahat.example",
    "/\n//jahat.example",
    "/\r\n//jahat.example",
    "/\x00//jahat.example",
]


@pytest.mark.parametrize("wish", FOREIGN)
def test_no_page_that_leads_on_leads_to_another_site(wish, client_of, author):
    """Where an address is not sent but written into a link, a browser takes line breaks out of it."""
    assert signing_in.safe_next(wish) == "/"
    assert "jahat" not in client_of(author).get("/saya/keamanan/ajakan", {"lanjut": wish}).content.decode()


@pytest.mark.parametrize("wish", FOREIGN[:5])
def test_nobody_is_led_to_another_site(door, secretary, wish):
    Account.objects.filter(person=secretary).update(notice_read_at=clock.wall())
    answer = door.post("/masuk", {"username": "081234567801", "password": PASSWORD, "lanjut": wish})
    assert answer.url == "/"


def test_the_first_sign_in_is_noted_once(door, secretary):
    try_in(door, "081234567801")
    first = Account.objects.get(person=secretary).first_signed_in_at
    door.post("/keluar")
    try_in(door, "081234567801")
    assert Account.objects.get(person=secretary).first_signed_in_at == first is not None
    assert AccessEvent.objects.filter(kind="signed_in", person=secretary.id).count() == 2


def message(answer):
    return [str(error) for error in answer.context["form"].non_field_errors()]


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(door, secretary):
    wrong, unknown = try_in(door, "081234567801", "salah sekali"), try_in(door, "081299999999", "salah sekali")
    assert (wrong.status_code, message(wrong)) == (unknown.status_code, message(unknown))
    assert wrong.status_code == 422
    assert message(wrong)[0] == "Nama pengguna, nomor HP atau kata sandinya tidak cocok."


def hashed(monkeypatch, act):
    """How often the hasher worked while ``act`` ran."""
    calls = []
    real = hashers.MD5PasswordHasher.encode
    monkeypatch.setattr(
        hashers.MD5PasswordHasher, "encode", lambda *args, **kwargs: calls.append(1) or real(*args, **kwargs)
    )
    act()
    return len(calls)


@pytest.mark.parametrize("state", ["right name", "no such name", "never signed in", "closed account"])
def test_the_hasher_works_once_whoever_asks(door, secretary, monkeypatch, state):
    account = secretary.account
    if state == "never signed in":
        account.set_unusable_password()
        account.save()
    if state == "closed account":
        Account.objects.filter(pk=account.pk).update(is_active=False)
    name = "tidak.ada" if state == "no such name" else account.username
    assert hashed(monkeypatch, lambda: try_in(door, name, "salah sekali")) == 1


def test_a_closed_account_does_not_open(door, secretary):
    Account.objects.filter(person=secretary).update(is_active=False)
    assert (try_in(door, "081234567801").status_code, who(door)) == (422, None)


def test_five_wrong_passwords_lock_the_name_at_this_address_only(door, secretary, colleague):
    statuses = [try_in(door, "081234567801", "salah sekali").status_code for _turn in range(5)]
    assert statuses == [422, 422, 422, 422, 429]
    assert try_in(door, "0812 3456 7801").status_code == 429
    assert who(door) is None
    assert try_in(door, "081234567802").status_code == 302
    elsewhere = Client(headers={"sec-fetch-site": "same-origin"}, REMOTE_ADDR="10.0.0.9")
    assert try_in(elsewhere, "081234567801").status_code == 302


def test_the_lock_does_not_tell_whether_there_is_an_account(door, secretary):
    real = [try_in(door, "081234567801", "salah sekali") for _turn in range(6)]
    none = [try_in(door, "081299999999", "salah sekali") for _turn in range(6)]
    assert [(a.status_code, message(a)) for a in real] == [(a.status_code, message(a)) for a in none]


def test_an_address_may_fail_more_often_before_it_is_locked(door, secretary, settings):
    for number in range(99):
        assert try_in(door, f"warga{number}", "salah sekali").status_code == 422
    assert try_in(door, "warga99", "salah sekali").status_code == 429
    assert try_in(door, "081234567801").status_code == 429


def test_the_lock_ends_by_itself(door, secretary):
    for _turn in range(5):
        try_in(door, "081234567801", "salah sekali")
    AccessAttempt.objects.update(attempt_time=clock.wall() - timedelta(minutes=15))
    assert try_in(door, "081234567801").status_code == 302


def test_a_right_password_forgives_only_its_own_name(door, secretary, colleague):
    for _turn in range(4):
        try_in(door, "081234567801", "salah sekali")
        try_in(door, "081234567802", "salah sekali")
    assert try_in(door, "081234567801").status_code == 302
    door.post("/keluar")
    assert [try_in(door, "081234567802", "salah sekali").status_code for _turn in range(2)] == [429, 429]


def test_what_was_typed_is_not_kept(door):
    try_in(door, "padi menguning 081234567801", "kata sandi saya")
    row = str(AccessAttempt.objects.values().get())
    assert not any(typed in row for typed in ("padi menguning", "081234567801", "kata sandi saya"))


def test_signing_out_takes_a_button(door, secretary):
    try_in(door, "081234567801")
    assert (door.get("/keluar").status_code, who(door)) == (200, secretary.id)
    assert (door.post("/keluar").url, who(door)) == ("/", None)


def test_who_is_in_is_not_asked_again(client_of, secretary):
    assert client_of(secretary).get("/masuk?lanjut=/saya").url == "/saya"


@pytest.fixture
def newcomer(secretary):
    """The secretary, before she ever signed in."""
    account = secretary.account
    account.set_unusable_password()
    account.save()
    return secretary


@pytest.mark.parametrize("form", ["/k/{}", "/K/{}"])
def test_a_link_shows_whose_it_is_and_uses_nothing_up(door, newcomer, form):
    code = codes.make([newcomer.id], FIRST, None)[newcomer.id]
    for _preview in range(3):
        answer = door.get(form.format(codes.grouped(code)))
        assert (answer.status_code, answer.context["name"]) == (200, "Si•• Ra••••")
    text = answer.content.decode()
    assert "Siti" not in text
    assert "Kampung Terbanggi Besar" in text
    assert AccessCode.objects.unsettled().count() == 1
    assert answer["Cache-Control"].startswith("max-age=0, no-cache, no-store")


def test_a_typed_code_leads_to_the_same_page(door, newcomer):
    code = codes.make([newcomer.id], FIRST, None)[newcomer.id]
    answer = door.post("/masuk/kode", {"kode": codes.grouped(code).lower()})
    assert (answer.status_code, answer.context["name"]) == (200, "Si•• Ra••••")
    assert AccessCode.objects.unsettled().count() == 1


def use(client, code, password=NEW, **rest):
    return client.post("/masuk/kata-sandi", {"kode": code, "password": password, **rest})


def test_a_code_lets_in_once_with_a_password_of_ones_own(door, newcomer):
    code = codes.make([newcomer.id], FIRST, None)[newcomer.id]
    answer = use(door, code)
    assert (answer.url, who(door)) == ("/pemberitahuan?lanjut=%2F", newcomer.id)
    account = Account.objects.get(person=newcomer)
    assert account.check_password(NEW)
    assert account.first_signed_in_at is not None
    again = use(Client(headers={"sec-fetch-site": "same-origin"}), code, "lain sama sekali")
    assert (again.status_code, Account.objects.get(person=newcomer).password) == (422, account.password)


@pytest.mark.parametrize("password", ["pendek", "password", "12345678", "Siti Rahayu", "081234567801", "sitirahayu1"])
def test_a_password_that_everybody_would_guess_uses_nothing_up(door, newcomer, password):
    code = codes.make([newcomer.id], FIRST, None)[newcomer.id]
    answer = use(door, code, password)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["password"])
    assert AccessCode.objects.unsettled().count() == 1


@pytest.mark.parametrize("text", ["", "zzzz", "7K3M-P9QX-2RTV", "7K3M P9QX"])
def test_an_unknown_code_is_refused_in_words(door, db, text):
    for answer in (door.post("/masuk/kode", {"kode": text}), use(door, text), door.get(f"/k/{text or '-'}")):
        assert answer.status_code in {200, 422}
        assert answer.templates[0].name == "accounts/code.html"


def test_an_expired_code_is_refused(door, newcomer):
    now = clock.wall()
    with clock.frozen(now - timedelta(days=91)):
        code = codes.make([newcomer.id], FIRST, None)[newcomer.id]
    assert (use(door, code).status_code, who(door)) == (422, None)


def test_a_recovery_ends_other_sessions_and_says_who_helped(door, client_of, secretary, coordinator):
    before = client_of(secretary)
    assert before.get("/keluar").context["request"].person == secretary
    code = codes.make([secretary.id], RECOVERY, coordinator.id)[secretary.id]
    Account.objects.filter(person=secretary).update(notice_read_at=clock.wall())
    answer = door.post("/masuk/kata-sandi", {"kode": code, "password": NEW}, follow=True)
    said = [str(line) for line in answer.context["messages"]]
    assert len(said) == 1
    assert said[0].startswith("Kata sandi Anda dipulihkan dengan kode dari Drs. Hendra Wijaya pada ")
    assert before.get("/keluar").context["request"].person is None


def test_a_code_takes_the_place_of_whoever_was_signed_in(client_of, newcomer, colleague):
    browser = client_of(colleague)
    use(browser, codes.make([newcomer.id], FIRST, None)[newcomer.id])
    assert who(browser) == newcomer.id


@pytest.fixture
def example(secretary, settings):
    settings.BALAI_DEMO = True
    Account.objects.filter(person=secretary).update(username="demo-sekdes")
    return secretary.account


def test_a_demo_is_entered_with_one_tap(door, example, coordinator):
    page = door.get("/masuk")
    assert [shown.account for shown in page.context["demo"]] == [example]
    answer = door.post("/masuk/contoh", {"orang": example.pk})
    assert (answer.url, who(door)) == ("/", example.person_id)


def test_only_the_people_of_a_demo_are_entered_so(door, example, coordinator):
    for id in (coordinator.account.pk, "bukan-id", ""):
        assert door.post("/masuk/contoh", {"orang": id}).status_code == 404
    assert who(door) is None


def test_outside_a_demo_nobody_is(door, example, settings):
    settings.BALAI_DEMO = False
    assert door.post("/masuk/contoh", {"orang": example.pk}).status_code == 404
    assert (who(door), door.get("/masuk").context["demo"]) == (None, [])


def test_somebody_who_was_withdrawn_does_not_get_in(door, secretary):
    Person.objects.filter(pk=secretary.id).update(withdrawn_at=clock.wall())
    assert (try_in(door, "081234567801").status_code, who(door)) == (422, None)


def test_a_session_ends_when_its_person_is_withdrawn(client_of, secretary):
    browser = client_of(secretary)
    Person.objects.filter(pk=secretary.id).update(withdrawn_at=clock.wall())
    assert browser.get("/keluar").context["request"].person is None


def test_a_merged_person_comes_in_as_the_one_who_stayed(door, secretary, colleague):
    Person.objects.filter(pk=secretary.id).update(merged_into=colleague.id)
    try_in(door, "081234567801")
    assert door.get("/keluar").context["request"].person == colleague


def test_the_backend_finds_nobody_without_words(db):
    backend = backends.UsernameOrPhoneBackend()
    assert backend.authenticate(None, "", "x") is backend.authenticate(None, "x", "") is None
