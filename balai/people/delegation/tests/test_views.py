"""Giving and taking back on pages: within one's regions, downward, a set of provinces too."""

import pytest

from balai.people.models import Person, Role


@pytest.fixture
def province(make_person):
    """Coordinator of a whole province."""
    return make_person("Sri Wahyuni", "18", "coordinator", ("18",))


def give(client, person, role, *codes, other=""):
    return client.post(f"/orang/{person.id}/hak", {"role": role, "wilayah": codes, "other": other})


def held(person):
    """What a person holds now: role and codes, "" for the nation."""
    roles = Role.objects.current().filter(person=person).prefetch_related("scopes__region")
    return sorted(
        (role.name, *sorted(scope.region.code if scope.region else "" for scope in role.scopes.all())) for role in roles
    )


def test_a_province_names_the_team_of_its_kabupaten(client_of, province, secretary):
    client = client_of(province)
    teams = client.get("/hak/tim").context["teams"]
    assert [team.members for team in teams if team.region.code == "18.02"] == [[]]
    found = client.get("/hak/tunjuk?wilayah=18.02&cari=rahayu").context["page"].object_list
    assert list(found) == [secretary]
    page = client.get(f"/orang/{secretary.id}/hak?peran=coordinator&wilayah=18.02")
    assert 'value="coordinator" required' in page.content.decode().replace(" checked", "")
    assert [region.code for region in page.context["form"].ticked] == ["18.02"]
    assert give(client, secretary, "coordinator", "18.02").status_code == 302
    assert held(secretary) == [("coordinator", "18.02")]
    teams = client.get("/hak/tim").context["teams"]
    assert [team.members for team in teams if team.region.code == "18.02"] == [[secretary]]


def test_and_the_team_names_facilitators_below_itself(client_of, coordinator, secretary):
    client = client_of(coordinator)
    assert give(client, secretary, "facilitator", "18.02.07", "18.02.08").status_code == 302
    assert held(secretary) == [("facilitator", "18.02.07", "18.02.08")]


@pytest.mark.parametrize(
    ("role", "codes"),
    [
        ("coordinator", ["18.02"]),
        ("facilitator", ["18"]),
        ("facilitator", ["18.02.07", "18.05"]),
        ("facilitator", ["nasional"]),
        ("partner", ["51.02"]),
    ],
)
def test_never_beside_above_or_elsewhere(client_of, coordinator, secretary, role, codes):
    assert give(client_of(coordinator), secretary, role, *codes).status_code == 403
    assert held(secretary) == []


@pytest.mark.parametrize("role", ["author", "auditor", "admin", "raja", ""])
def test_a_coordinator_is_not_offered_what_is_not_theirs(client_of, coordinator, secretary, role):
    assert give(client_of(coordinator), secretary, role, "18.02").status_code == 422
    assert held(secretary) == []


def test_the_nation_names_anybody_over_any_set(client_of, admin, secretary, auditor):
    client = client_of(admin)
    give(client, secretary, "coordinator", "18", "51")
    give(client, secretary, "author", "nasional")
    assert held(secretary) == [("author", ""), ("coordinator", "18", "51")]
    assert {"nasional", "18", "51"} <= set(_offered(client.get(f"/orang/{secretary.id}/hak")))


def _offered(page):
    codes = [region.code for region in page.context["offered"]]
    return [*codes, "nasional"] if page.context["nation"] else codes


def test_a_region_can_be_typed(client_of, coordinator, secretary):
    client = client_of(coordinator)
    assert give(client, secretary, "facilitator", other="18.02.07.2010").status_code == 302
    assert held(secretary) == [("facilitator", "18.02.07.2010")]


@pytest.mark.parametrize(("codes", "other"), [([], ""), (["99.99"], ""), ([], "Tidak Ada Sama Sekali")])
def test_without_a_region_nothing_is_given(client_of, coordinator, secretary, codes, other):
    assert give(client_of(coordinator), secretary, "facilitator", *codes, other=other).status_code == 422
    assert held(secretary) == []


@pytest.mark.parametrize("who", ["facilitator", "auditor", "author", "partner", "other_coordinator", "colleague"])
def test_others_give_nothing(client_of, request, secretary, who):
    assert give(client_of(request.getfixturevalue(who)), secretary, "facilitator", "18.02").status_code == 404
    assert held(secretary) == []


def revoke(client, person, role):
    return client.post(f"/orang/{person.id}/hak/{role.id}/cabut")


def test_what_one_could_give_one_can_take_back(client_of, coordinator, facilitator):
    assert revoke(client_of(coordinator), facilitator, facilitator.roles.get()).status_code == 302
    assert held(facilitator) == []
    assert not Person.objects.get(pk=facilitator.id).reach.holds("facilitator")


def test_and_nothing_else(client_of, coordinator, make_person):
    author = make_person("Dr. Ratna", "18.02.07.2009", "author", (None,))
    assert revoke(client_of(coordinator), author, author.roles.get()).status_code == 403
    assert held(author) == [("author", "")]


def test_twice_is_once(client_of, coordinator, facilitator):
    role = facilitator.roles.get()
    client = client_of(coordinator)
    assert [revoke(client, facilitator, role).status_code for _turn in range(2)] == [302, 404]


def test_a_role_is_revoked_at_its_own_person(client_of, coordinator, facilitator, secretary):
    assert revoke(client_of(coordinator), secretary, facilitator.roles.get()).status_code == 404
    assert held(facilitator) == [("facilitator", "18.02")]


def test_who_holds_what_in_my_regions(client_of, province, coordinator, facilitator, author, other_coordinator):
    client = client_of(province)

    def shown(query=""):
        return [role.person.name for role in client.get(f"/hak{query}").context["page"].object_list]

    assert shown() == [coordinator.name, province.name, facilitator.name]
    assert shown("?peran=facilitator") == [facilitator.name]
    assert shown("?wilayah=18.02") == [coordinator.name, facilitator.name]
    assert client.get("/hak?wilayah=51").status_code == 404


def test_lists_take_the_same_queries_for_one_and_for_thirty(client_of, province, make_person, queries):
    client = client_of(province)
    make_person("Warga", "18.02", "coordinator", ("18.02",))

    def looks():
        return [queries(lambda page=page: client.get(page)) for page in ("/hak", "/hak/tim", "/hak/tunjuk")]

    looks()
    few = looks()
    for number in range(30):
        make_person(f"Warga {number}", "18.02", "coordinator", ("18.02", "18.05"))
    assert looks() == few


def test_an_auditor_sees_who_holds_what_in_their_regions_and_gives_nothing(client_of, make_person, coordinator):
    auditor = make_person("Maria Goreti", "18", "auditor", ("18",))
    make_person("Made Putra", "51", "coordinator", ("51",))
    client = client_of(auditor)
    assert "/hak" in client.get("/orang").content.decode()
    page = client.get("/hak").content.decode()
    assert coordinator.name in page
    assert "Made Putra" not in page
    assert not any(link in page for link in ("/hak/tim", "/hak/tunjuk", f"/orang/{coordinator.id}/hak"))
    assert client.get("/hak?wilayah=51").status_code == 404
    for door in ("/hak/tim", "/hak/tunjuk", f"/orang/{coordinator.id}/hak"):
        assert client.get(door).status_code == 404
    assert client.post(f"/orang/{coordinator.id}/hak", {"role": "facilitator", "wilayah": "18.02"}).status_code == 404
