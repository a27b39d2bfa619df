"""Guessing from many addresses: limited for each name, and the owner still gets in."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessFailureLog
from django.test import Client, RequestFactory
from django.utils import timezone

from balai.people.accounts import codes, devices, guarding
from balai.people.models import AccessCode, Account
from balai.people.privacy.stores import STORES

PASSWORD, WRONG = "padi menguning", "salah sekali"
PHONE = "081234567801"


@pytest.fixture(autouse=True)
def _few(monkeypatch):
    monkeypatch.setattr(guarding, "WIDE_LIMIT", 10)


def browser(address="10.0.0.1"):
    return Client(headers={"sec-fetch-site": "same-origin"}, REMOTE_ADDR=address)


def try_in(client, name=PHONE, password=PASSWORD):
    return client.post("/masuk", {"username": name, "password": password})


def guess(name=PHONE, times=10):
    """``times`` wrong passwords, each from an address of its own; how the last one was answered."""
    return [try_in(browser(f"10.1.{place}.1"), name, WRONG).status_code for place in range(times)][-1]


def test_a_name_guessed_from_everywhere_is_closed_for_strangers(secretary, colleague):
    assert guess() == 422
    assert try_in(browser("10.9.9.9")).status_code == 429
    assert try_in(browser("10.9.9.9"), "0812 3456 7801").status_code == 429
    assert try_in(browser("10.9.9.9"), "081234567802").status_code == 302


def test_a_name_that_does_not_exist_is_closed_alike(secretary):
    real, none = (guess(name, 11) for name in (PHONE, "081299999999"))
    assert (real, none) == (429, 429)
    pages = [try_in(browser(), name, WRONG).context["form"].non_field_errors() for name in (PHONE, "081299999999")]
    assert pages[0] == pages[1]


def test_the_owner_comes_in_on_a_device_that_knows_them(secretary):
    phone = browser("10.2.0.1")
    try_in(phone)
    phone.post("/keluar")
    guess()
    phone.defaults["REMOTE_ADDR"] = "10.7.7.7"
    assert try_in(phone).status_code == 302
    phone.post("/keluar")
    assert try_in(phone, secretary.account.username).status_code == 302


def test_a_known_device_may_not_guess_without_end(secretary):
    phone = browser()
    try_in(phone)
    phone.post("/keluar")
    statuses = []
    for place in range(11):
        phone.defaults["REMOTE_ADDR"] = f"10.3.{place}.1"
        statuses.append(try_in(phone, password=WRONG).status_code)
    assert statuses == [422] * 10 + [429]
    assert try_in(browser()).status_code == 302


def test_knowing_one_name_opens_no_way_to_another(secretary, colleague):
    phone = browser()
    try_in(phone, "081234567802")
    phone.post("/keluar")
    guess()
    assert try_in(phone).status_code == 429


@pytest.mark.parametrize("change", [lambda value: value[:-3], lambda value: "x" + value, lambda value: ""])
def test_a_made_up_device_is_no_device(secretary, change):
    phone = browser()
    try_in(phone)
    phone.post("/keluar")
    guess()
    phone.cookies[devices.COOKIE] = change(phone.cookies[devices.COOKIE].value)
    assert try_in(phone).status_code == 429


def test_a_code_lets_the_owner_in_whatever_others_guess(secretary):
    guess()
    code = codes.make([secretary.id], AccessCode.Purpose.RECOVERY, None)[secretary.id]
    phone = browser()
    assert phone.post("/masuk/kata-sandi", {"kode": code, "password": "jagung kuning muda"}).status_code == 302
    phone.post("/keluar")
    assert try_in(phone, password="jagung kuning muda").status_code == 302


def test_who_is_in_still_confirms_their_password(secretary, client_of):
    inside = client_of(secretary)
    guess(secretary.account.username)
    assert inside.post("/saya/keamanan/konfirmasi", {"password": PASSWORD}).status_code == 302


def test_it_is_over_when_the_guessing_is(secretary):
    guess()
    AccessFailureLog.objects.update(attempt_time=timezone.now() - guarding.WIDE_COOL_OFF)
    assert try_in(browser()).status_code == 302


def test_ones_own_slips_are_forgiven_here_and_not_elsewhere(secretary):
    guess(times=8)
    for _time in range(2):
        try_in(browser(), password=WRONG)
    assert try_in(browser()).status_code == 429
    AccessFailureLog.objects.filter(ip_address="10.1.0.1").delete()
    assert try_in(browser()).status_code == 302
    assert AccessFailureLog.objects.count() == 7


def test_the_cookie_says_nothing_and_goes_only_to_the_door(secretary):
    phone = browser()
    cookie = try_in(phone).cookies[devices.COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/masuk", True, "Lax")
    assert secretary.account.username not in cookie.value


def test_a_shared_phone_knows_the_latest_people(secretary, colleague, monkeypatch):
    monkeypatch.setattr(devices, "_NAMES", 2)
    phone = browser()
    for number in (PHONE, "081234567802"):
        try_in(phone, number)
        phone.post("/keluar")
    guess()
    assert try_in(phone).status_code == 429
    guess("081234567802")
    assert try_in(phone, "081234567802").status_code == 302


def test_what_was_noted_goes_after_a_day(secretary):
    guess(times=1)
    noted = timezone.now() + timedelta(hours=25)
    STORES["failures"].expire(noted)
    assert (AccessFailureLog.objects.count(), AccessAttempt.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("forwarded", "remote", "address"),
    [
        ("", "192.0.2.7", "192.0.2.7"),
        ("198.51.100.9, 203.0.113.5", "127.0.0.1", "203.0.113.5"),
        ("jahat", "127.0.0.1", None),
        ("", "", None),
        ("", "::ffff:192.0.2.7", "192.0.2.7"),
        ("", "fe80::1%eth0", "fe80::"),
        ("2001:db8:1:2:aaaa::1", "", "2001:db8:1:2::"),
        ("2001:db8:1:2:bbbb::9", "", "2001:db8:1:2::"),
        ("2001:db8:1:3::9", "", "2001:db8:1:3::"),
    ],
)
def test_the_address_of_a_client(settings, forwarded, remote, address):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    request = RequestFactory(REMOTE_ADDR=remote).get("/", headers={"x-forwarded-for": forwarded} if forwarded else {})
    assert guarding.client_address(request) == address


def test_without_a_proxy_nobody_chooses_their_own_address():
    request = RequestFactory(REMOTE_ADDR="192.0.2.7").get("/", headers={"x-forwarded-for": "203.0.113.5"})
    assert guarding.client_address(request) == "192.0.2.7"


def test_accounts_without_a_phone_are_known_by_their_name(secretary):
    Account.objects.filter(person=secretary).update(phone=None)
    phone = browser()
    try_in(phone, secretary.account.username)
    phone.post("/keluar")
    guess(secretary.account.username)
    assert try_in(phone, secretary.account.username.upper()).status_code == 302
