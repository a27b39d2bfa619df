"""Recovery by whoever stands above: short, logged, told, and nothing that the helper could keep."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator

from balai.common import clock
from balai.people.accounts import codes
from balai.people.accounts.second import SecondFactor
from balai.people.models import AccessCode, AccessEvent, Account

NEW = "tiga ekor kerbau"


def recover(client, person, **fields):
    return client.post(f"/orang/{person.id}/pemulihan", fields)


@pytest.fixture
def helper(client_of, coordinator):
    return client_of(coordinator)


def use(client, made, password=NEW):
    return client.post("/masuk/kata-sandi", {"kode": made.written, "password": password})


def test_a_code_to_read_out_or_send(helper, secretary, coordinator, settled):
    settled(secretary)
    answer = recover(helper, secretary)
    made = answer.context["made"]
    text = answer.content.decode()
    assert made.written in text
    assert "https://wa.me/6281234567801?text=" in text
    assert f"/k/{made.code}" in made.message.replace("%2F", "/")
    assert "no-store" in answer["Cache-Control"]
    row = AccessCode.objects.get()
    assert (row.purpose, row.made_by, row.expires_at - row.made_at) == (
        "recovery", coordinator.id, timedelta(minutes=30),
    )  # fmt: skip
    event = AccessEvent.objects.get(kind="recovery_made")
    assert (event.person, event.actor) == (secretary.id, coordinator.id)


def test_until_it_is_used_nothing_changes(helper, secretary, settled):
    settled(secretary)
    before = Account.objects.values("password", "epoch").get(person=secretary)
    recover(helper, secretary)
    assert Account.objects.values("password", "epoch").get(person=secretary) == before


def test_whoever_did_not_ask_for_it_is_told_at_the_next_sign_in(helper, client_of, secretary, settled):
    settled(secretary)
    recover(helper, secretary)
    client = client_of(None)
    answer = client.post("/masuk", {"username": "081234567801", "password": "padi menguning"}, follow=True)
    said = [str(line) for line in answer.context["messages"]]
    assert len(said) == 1
    assert said[0].startswith("Kode pemulihan untuk akun Anda dibuat oleh Drs. Hendra Wijaya pada ")


@pytest.mark.parametrize(
    ("who", "whom", "status"),
    [
        ("coordinator", "stranger", 404),
        ("coordinator", "coordinator", 403),
        ("coordinator", "auditor", 404),
        ("other_coordinator", "secretary", 404),
        ("facilitator", "secretary", 404),
        ("secretary", "colleague", 404),
        ("admin", "coordinator", 200),
        ("admin", "admin", 403),
    ],
)
def test_only_downward_and_only_inside(client_of, request, settled, who, whom, status):
    person = request.getfixturevalue(whom)
    settled(person)
    assert recover(client_of(request.getfixturevalue(who)), person).status_code == status
    assert AccessCode.objects.exists() == (status == 200)


@pytest.mark.parametrize("over", ["18.02", "18"])
def test_never_a_coordinator_of_the_same_or_a_wider_region(helper, make_person, settled, over):
    beside = make_person("Sri Wahyuni", "18.02", "coordinator", (over,))
    settled(beside)
    assert recover(helper, beside).status_code == 403
    assert not AccessCode.objects.exists()


def test_for_a_newcomer_it_is_the_first_code_on_a_slip(helper, secretary, coordinator):
    answer = recover(helper, secretary)
    assert answer.url.startswith("/orang/kode/")
    row = AccessCode.objects.get()
    assert (row.purpose, row.made_by) == ("first", coordinator.id)


def test_a_second_factor_is_still_asked_for(helper, client_of, secretary, settled):
    settled(secretary)
    SecondFactor(secretary.account).set_up_app("JBSWY3DPEHPK3PXP")
    made = recover(helper, secretary).context["made"]
    client = client_of(None)
    assert use(client, made).url == "/masuk/pengaman"
    assert "_auth_user_id" not in client.session
    assert Account.objects.get(person=secretary).check_password(NEW)


def test_unless_the_phone_is_lost_too(helper, client_of, secretary, settled):
    settled(secretary)
    SecondFactor(secretary.account).set_up_app("JBSWY3DPEHPK3PXP")
    made = recover(helper, secretary, bebas="on").context["made"]
    assert Authenticator.objects.filter(user=secretary.account).count() == 2
    assert use(client_of(None), made).url == "/"
    assert not Authenticator.objects.filter(user=secretary.account).exists()


def test_after_half_an_hour_it_is_worth_nothing(helper, client_of, secretary, settled):
    settled(secretary)
    made = recover(helper, secretary).context["made"]
    with clock.frozen(clock.wall() + timedelta(minutes=30)):
        assert use(client_of(None), made).status_code == 422
        assert codes.find(made.code) is None
