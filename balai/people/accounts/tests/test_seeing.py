"""Seeing as another person: read only, a quarter of an hour, told, and only downward."""

from datetime import timedelta

import pytest

from balai.common import clock
from balai.people.accounts import inviting
from balai.people.models import AccessEvent, Person
from balai.people.roles import RoleRevocation


@pytest.fixture
def helper(client_of, coordinator):
    return client_of(coordinator)


def begin(client, person):
    return client.post(f"/orang/{person.id}/melihat")


def here(answer):
    return answer.context["request"].person


def test_pages_are_those_of_the_person_with_a_banner(helper, secretary):
    assert begin(helper, secretary).url == "/"
    answer = helper.get("/saya")
    assert here(answer) == secretary
    assert "Anda melihat sebagai <b>Siti Rahayu, S.Pd.</b>" in answer.content.decode()
    assert 'class="seeing"' in helper.get("/").content.decode()


@pytest.mark.parametrize("path", ["/saya/profil", "/saya/keamanan", "/saya/data", "/saya/data/data-saya.json"])
def test_what_is_the_owners_alone_stays_closed(helper, secretary, path):
    begin(helper, secretary)
    assert helper.get(path).status_code == 403


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["/saya/profil", "/saya/keamanan/perangkat", "/pemberitahuan", "/"])
def test_nothing_can_be_changed(helper, secretary, method, path):
    begin(helper, secretary)
    answer = getattr(helper, method)(path, {"name": "Orang lain"})
    assert answer.status_code == 403
    assert "B2219" in answer.content.decode()
    assert Person.objects.get(pk=secretary.id).name == "Siti Rahayu, S.Pd."


def test_codes_of_somebody_elses_sheet_are_not_for_helpers(client_of, admin, coordinator, secretary):
    sheet = inviting.invite(coordinator, [secretary], "Satu")
    helper = client_of(admin)
    begin(helper, coordinator)
    ends = ("", "/slip-1.pdf", "/whatsapp")
    assert [helper.get(f"/orang/kode/{sheet.pk}{end}").status_code for end in ends] == [403] * 3
    assert [client_of(coordinator).get(f"/orang/kode/{sheet.pk}{end}").status_code for end in ends] == [200] * 3


def test_programs_are_refused_in_json(helper, secretary):
    begin(helper, secretary)
    answer = helper.post("/saya/profil", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (403, "B2219")


def test_it_ends_with_a_button(helper, secretary, coordinator):
    begin(helper, secretary)
    assert helper.post("/melihat/berhenti").url == f"/orang/{secretary.id}/akun"
    assert here(helper.get("/saya")) == coordinator
    assert helper.post("/melihat/berhenti").url == "/"


def test_it_ends_by_itself(helper, secretary, coordinator):
    begin(helper, secretary)
    with clock.frozen(clock.wall() + timedelta(minutes=15)):
        assert helper.get("/saya").url == f"/orang/{secretary.id}/akun"
        assert here(helper.get("/saya")) == coordinator


def test_it_ends_with_the_helpers_role(helper, secretary, coordinator):
    begin(helper, secretary)
    RoleRevocation.objects.create(
        id=coordinator.id, role=coordinator.roles.get(), revoked_at=clock.wall() - timedelta(seconds=1)
    )
    assert helper.get("/saya").status_code == 302
    assert here(helper.get("/saya")) == coordinator


def test_the_person_can_see_who_looked_and_is_told_once(helper, client_of, secretary, coordinator):
    begin(helper, secretary)
    event = AccessEvent.objects.get(kind="seen")
    assert (event.person, event.actor, event.told_at) == (secretary.id, coordinator.id, None)
    own = client_of(secretary)
    said = [str(line) for line in own.get("/saya").context["messages"]]
    assert len(said) == 1
    assert said[0].startswith("Akun Anda dilihat oleh Drs. Hendra Wijaya pada ")
    assert list(own.get("/saya").context["messages"]) == []
    assert "oleh Drs. Hendra Wijaya" in own.get("/saya/keamanan").content.decode()


def test_looking_does_not_use_up_what_the_person_is_told(helper, client_of, secretary):
    begin(helper, secretary)
    helper.get("/saya")
    assert len(list(client_of(secretary).get("/saya").context["messages"])) == 1


def test_the_way_back_is_also_signing_out(helper, secretary):
    begin(helper, secretary)
    helper.post("/keluar")
    assert here(helper.get("/masuk")) is None


@pytest.mark.parametrize(
    ("who", "whom", "status"),
    [
        ("coordinator", "stranger", 404),
        ("coordinator", "coordinator", 403),
        ("coordinator", "facilitator", 302),
        ("coordinator", "admin", 404),
        ("admin", "coordinator", 302),
        ("admin", "admin", 403),
        ("facilitator", "secretary", 404),
        ("auditor", "secretary", 404),
        ("secretary", "colleague", 404),
        ("other_coordinator", "secretary", 404),
    ],
)
def test_only_downward_and_only_inside(client_of, request, who, whom, status):
    client = client_of(request.getfixturevalue(who))
    assert begin(client, request.getfixturevalue(whom)).status_code == status
    assert AccessEvent.objects.filter(kind="seen").exists() == (status == 302)


def test_an_author_who_lives_in_the_kabupaten_is_not_for_its_coordinator(helper, make_person):
    author = make_person("Dr. Ratna", "18.02.07.2009", "author", (None,))
    assert begin(helper, author).status_code == 403
