"""Held entries are shown to who coordinates the region, and ruled on by nobody else."""

import pytest

from balai.log import conflicts
from balai.log.models import Conflict, Entry, Standing
from balai.log.receive import receive
from balai.log.record import Deed, _entry, record
from balai.log.tests.test_receive import enveloped
from balai.people.entries import PersonRegistered, RoleGranted, RoleRevoked
from balai.people.models import Person, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(coordinator, region):
    """A registration made by a coordinator whose role was revoked before it arrived."""
    village = region("18.02.07.2009").id
    deed = Deed("person.registered", PersonRegistered("Sumarni", village), actor=coordinator.id, audience=village)
    entry = _entry(deed)
    role = Role.objects.get(person=coordinator)
    record("role.revoked", RoleRevoked(role.id), proof="hub", subject=coordinator.id)
    receive([enveloped([entry])])
    return Standing.objects.get(pk=entry.id)


@pytest.fixture
def successor(make_person):
    return make_person("Endang", "18.02", role="coordinator", over=("18.02",))


def test_the_new_coordinator_sees_and_admits_it(held, successor, client_of):
    browser = client_of(successor)
    page = browser.get("/catatan").content.decode()
    assert ("Hak pelaku sudah dicabut" in page, "Pendaftaran orang" in page) == (True, True)
    assert "1 catatan menunggu keputusan Anda" in browser.get("/").content.decode()
    browser.post(f"/catatan/{held.pk}/keputusan", {"keputusan": "terima"})
    assert Person.objects.filter(pk=held.pk, name="Sumarni").exists()
    ruling = Entry.objects.get(kind="entry.admitted")
    assert (ruling.actor, ruling.proof) == (successor.id, "hub")


def test_refusing_is_final_and_keeps_the_entry(held, successor, client_of):
    browser = client_of(successor)
    browser.post(f"/catatan/{held.pk}/keputusan", {"keputusan": "tolak", "alasan": "sudah diganti"})
    held.refresh_from_db()
    assert (held.state, held.reason, held.entry.payload != "") == ("refused", "B1009", True)
    assert browser.post(f"/catatan/{held.pk}/keputusan", {"keputusan": "terima"}).status_code == 404


@pytest.mark.parametrize(
    "role", ["stranger", "secretary", "coordinator", "other_coordinator", "facilitator", "auditor"]
)
def test_nobody_else_may_rule(held, role, request, client_of):
    browser = client_of(request.getfixturevalue(role))
    assert browser.post(f"/catatan/{held.pk}/keputusan", {"keputusan": "terima"}).status_code == 404
    assert b"Hak pelaku" not in browser.get("/catatan?semua").content
    assert not Person.objects.filter(pk=held.pk).exists()


def test_nobody_rules_on_their_own_deeds(held, coordinator, region, client_of):
    from conftest import grant

    grant(coordinator.id, "coordinator", [region("18.02").id])
    assert client_of(coordinator).post(f"/catatan/{held.pk}/keputusan", {"keputusan": "terima"}).status_code == 404


def test_the_list_takes_as_many_queries_for_1_as_for_30(held, successor, client_of, queries, coordinator, region):
    browser = client_of(successor)
    few = queries(lambda: browser.get("/catatan"))
    village = region("18.02.07.2009").id
    made_at = held.entry.made_at
    entries = [
        _entry(Deed("person.registered", PersonRegistered(f"Orang {n}", village), actor=coordinator.id,
                    audience=village, made_at=made_at))
        for n in range(30)
    ]  # fmt: skip
    receive([enveloped(entries)])
    assert queries(lambda: browser.get("/catatan")) == few


@pytest.fixture
def conflicting(region, make_person):
    """``conflicting(30)``: so many entries of the village that came with another content too."""

    def make(count, kind="person.registered"):
        village = region("18.02.07.2009").id
        for number in range(count):
            stored = Entry.objects.get(pk=make_person(f"Orang {number}", "18.02.07.2009").id)
            Entry.objects.filter(pk=stored.pk).update(kind=kind)
            other = _entry(Deed("person.registered", PersonRegistered(f"Lain {number}", village), id=stored.pk))
            assert conflicts.keep(stored, other, stored.node, stored.made_at)

    return make


def test_conflicts_are_paged_and_compared(conflicting, coordinator, other_coordinator, client_of, queries):
    conflicting(1)
    browser = client_of(coordinator)
    browser.get("/catatan?bertentangan")
    one, asked = (queries(lambda path=path: browser.get(path)) for path in ("/catatan?bertentangan", "/catatan"))
    conflicting(30)
    assert queries(lambda: browser.get("/catatan?bertentangan")) == one
    assert queries(lambda: browser.get("/catatan")) == asked
    assert "Dua isi (31)" in browser.get("/catatan").content.decode()
    first, second = (browser.get(f"/catatan?bertentangan&halaman={page}") for page in (1, 2))
    assert (len(first.context["pairs"]), len(second.context["pairs"])) == (20, 11)
    assert ("Nama", "Orang 29", "Lain 29") in first.context["pairs"][0].fields
    assert client_of(other_coordinator).get("/catatan?bertentangan").context["pairs"] == []


def test_answers_in_conflict_are_shown_to_nobody_else(conflicting, coordinator, client_of):
    conflicting(1, kind="attempt.submitted")
    page = client_of(coordinator).get("/catatan?bertentangan").content.decode()
    assert ("hanya untuk pemiliknya" in page, "Lain 0" in page) == (True, False)


@pytest.mark.parametrize("other", ["[" * 100_000, '{"a":' + "9" * 5000 + "}", "[1]", "", "null"])
def test_a_payload_of_no_sense_breaks_no_page(conflicting, coordinator, client_of, other):
    conflicting(1)
    Conflict.objects.update(other=other)
    assert client_of(coordinator).get("/catatan?bertentangan").status_code == 200


def test_a_payload_as_long_as_a_course_is_cut(conflicting, coordinator, client_of):
    conflicting(1)
    Conflict.objects.update(other='{"name":"' + "x" * 100_000 + '"}')
    assert len(client_of(coordinator).get("/catatan?bertentangan").content) < 20_000


def test_a_ruling_without_a_reason_shows_no_gap(held, successor, client_of):
    browser = client_of(successor)
    browser.post(f"/catatan/{held.pk}/keputusan", {"keputusan": "tolak"})
    page = browser.get("/catatan?semua").content.decode()
    assert ("ditolak oleh pengelola: tanpa keterangan" in page, "{detail}" in page) == (True, False)


def test_nobody_admits_what_they_could_not_do_themselves(make_person, secretary, other_coordinator, admin, client_of):
    """To which region an entry is addressed is only what its maker says: it gives nobody there a say elsewhere."""
    former = make_person("Sudarsono", "18", role="coordinator", over=("18",))
    lampung, elsewhere = (Person.objects.get(pk=one.pk).region_id for one in (former, other_coordinator))
    grant = RoleGranted("coordinator", (lampung,))
    granted = _entry(Deed("role.granted", grant, actor=former.id, subject=secretary.id, audience=elsewhere))
    record("role.revoked", RoleRevoked(Role.objects.get(person=former).pk), proof="hub", subject=former.id)
    receive([enveloped([granted])])
    answer = client_of(other_coordinator).post(f"/catatan/{granted.pk}/keputusan", {"keputusan": "terima"})
    assert (answer.status_code, Role.objects.filter(person=secretary).exists()) == (403, False)
    client_of(admin).post(f"/catatan/{granted.pk}/keputusan", {"keputusan": "terima"})
    assert Role.objects.filter(person=secretary).exists()
