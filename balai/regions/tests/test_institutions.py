"""Institutions: who may keep which, how their pages find them, what an UPT serves."""

import pytest

from balai.common.ids import uuid7
from balai.common.problems import Refusal
from balai.log.handlers import Change
from balai.log.record import record, record_many
from balai.regions import gazetteer
from balai.regions.changing import Act
from balai.regions.heads import disagreements, edits
from balai.regions.models import Institution, InstitutionScope
from balai.regions.payloads import InstitutionChanged, InstitutionRegistered
from balai.regions.tests.test_changing import SINCE

pytestmark = pytest.mark.django_db
VILLAGE = "18.02.07.2009"


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.BALAI_DATA = tmp_path
    gazetteer.forget()
    yield
    gazetteer.forget()


@pytest.fixture
def make(region):
    def institution(name, code, serves=(), actor=None, kind="kantor_desa"):
        payload = InstitutionRegistered(kind, name, region(code).id, tuple(region(item).id for item in serves))
        entry = record("institution.registered", payload, actor=actor, proof="person" if actor else "hub")
        return Institution.objects.get(pk=entry.id)

    return institution


@pytest.fixture
def office(make):
    return make("Kantor Kampung Terbanggi Besar", VILLAGE)


@pytest.fixture
def upt(make):
    return make("LPPKSPS", "51.02", serves=("18", "51"), kind="upt")


def served(institution):
    return sorted(region.code for region in institution.serves.all())


def changed(institution, actor=None, **values):
    payload = InstitutionChanged(edits({institution.id: values})[institution.id])
    proof = "person" if actor else "hub"
    return record("institution.changed", payload, actor=actor, subject=institution.id, proof=proof)


def test_a_coordinator_keeps_the_institutions_of_the_region(make, coordinator):
    office = make("Perpustakaan Kampung", VILLAGE, actor=coordinator.id)
    changed(office, coordinator.id, name="Perpustakaan Kampung Terbanggi Besar")
    office.refresh_from_db()
    assert office.name == "Perpustakaan Kampung Terbanggi Besar"


@pytest.mark.parametrize("who", ["other_coordinator", "secretary", "facilitator", "auditor", "partner", "author"])
def test_others_do_not(make, office, request, who):
    person = request.getfixturevalue(who)
    with pytest.raises(Refusal):
        make("Perpustakaan", VILLAGE, actor=person.id)
    with pytest.raises(Refusal):
        changed(office, person.id, name="Lain")
    assert Institution.objects.get().name == "Kantor Kampung Terbanggi Besar"


def test_a_coordinator_moves_or_widens_nothing_beyond_the_region(make, office, coordinator, region):
    with pytest.raises(Refusal):
        changed(office, coordinator.id, region=str(region("51.02").id))
    with pytest.raises(Refusal):
        changed(office, coordinator.id, serves=[str(region("51").id)])
    with pytest.raises(Refusal):
        make("UPT", "18.02", serves=("51",), actor=coordinator.id)
    changed(office, coordinator.id, region=str(region("18.02").id))
    office.refresh_from_db()
    assert (office.region, served(office)) == (region("18.02"), [])


def test_an_upt_serves_any_set_of_provinces(make, admin, region):
    upt = make("LPPKSPS", "51.02", serves=("18", "51"), actor=admin.id, kind="upt")
    assert served(upt) == ["18", "51"]
    changed(upt, admin.id, serves=[str(region("18").id)])
    assert served(upt) == ["18"]
    assert InstitutionScope.objects.count() == 1


def test_who_is_served_sees_the_institution_and_does_not_keep_it(upt, coordinator, other_coordinator):
    assert list(Institution.objects.within(["18.02"])) == []
    assert list(Institution.objects.within(["18"])) == [upt]
    assert list(Institution.objects.within([])) == []
    assert list(Institution.objects.within([""])) == [upt]
    with pytest.raises(Refusal):
        changed(upt, coordinator.id, name="Lain")


def test_two_edits_that_did_not_see_each_other_are_both_kept(office):
    for name in ("Satu", "Dua"):
        payload = InstitutionChanged({"name": Change(name, (office.id,))})
        record("institution.changed", payload, subject=office.id, proof="hub")
    office.refresh_from_db()
    assert (office.name, disagreements(office.id)) == ("Dua", ["name"])


def test_an_institution_waits_for_the_region_that_it_lies_in(admin, coordinator):
    with pytest.raises(Refusal) as refused:
        record("institution.registered", InstitutionRegistered("dinas", "Dinas", uuid7()), actor=coordinator.id)
    assert refused.value.problem.code == "B1003"


def test_it_moves_along_when_its_region_gets_a_new_code(office, admin, region):
    record_many(Act(admin.id, SINCE).renumber(region("18.02.07"), "18.02.90"))
    assert list(Institution.objects.within(["18.02.90"])) == [office]


def test_the_list_shows_what_lies_in_reach(client_of, make, office, upt, coordinator, other_coordinator, admin):
    make("Dinas PMD", "18.02", kind="dinas")
    names = {
        who.name: [item.name for item in client_of(who).get("/lembaga").context["page"]]
        for who in (coordinator, other_coordinator, admin)
    }
    assert names == {
        coordinator.name: ["Dinas PMD", "Kantor Kampung Terbanggi Besar"],
        other_coordinator.name: ["LPPKSPS"],
        admin.name: ["Dinas PMD", "Kantor Kampung Terbanggi Besar", "LPPKSPS"],
    }


def test_the_list_is_narrowed(client_of, make, office, coordinator):
    make("Dinas PMD", "18.02", kind="dinas")
    browser = client_of(coordinator)
    assert [i.name for i in browser.get("/lembaga?cari=kampung+KANTOR").context["page"]] == [office.name]
    assert [i.name for i in browser.get("/lembaga?jenis=dinas").context["page"]] == ["Dinas PMD"]
    assert len(browser.get("/lembaga?jenis=x").context["page"]) == 2
    assert "Tidak ada yang cocok" in browser.get("/lembaga?cari=zzz").content.decode()


def test_the_list_takes_the_same_queries_for_one_and_for_thirty(client_of, make, office, coordinator, queries):
    browser = client_of(coordinator)
    browser.get("/lembaga")
    one = queries(lambda: browser.get("/lembaga"))
    for number in range(29):
        make(f"Sekolah {number}", f"18.02.{number % 9 + 1:02}", kind="sekolah")
    assert queries(lambda: browser.get("/lembaga")) == one


@pytest.mark.parametrize("who", ["secretary", "stranger", "partner", "author"])
def test_without_a_role_for_it_there_is_no_list(client_of, office, request, who):
    browser = client_of(request.getfixturevalue(who))
    for address in ("/lembaga", "/lembaga/baru", f"/lembaga/{office.id}", f"/lembaga/{office.id}/ubah"):
        assert browser.get(address).status_code == 404


def test_a_visitor_is_asked_to_sign_in(client_of, office):
    for address in ("/lembaga", "/lembaga/baru", f"/lembaga/{office.id}", f"/lembaga/{office.id}/ubah"):
        assert client_of(None).get(address).status_code == 302


def test_what_lies_elsewhere_does_not_exist(client_of, office, other_coordinator):
    browser = client_of(other_coordinator)
    assert browser.get(f"/lembaga/{office.id}").status_code == 404
    assert browser.post(f"/lembaga/{office.id}/ubah", {"name": "Lain"}).status_code == 404


def test_readers_see_and_do_not_change(client_of, office, auditor):
    browser = client_of(auditor)
    page = browser.get(f"/lembaga/{office.id}")
    assert (page.status_code, page.context["may_change"]) == (200, False)
    assert browser.get(f"/lembaga/{office.id}/ubah").status_code == 404
    assert browser.get("/lembaga/baru").status_code == 404


def test_a_coordinator_adds_and_edits_in_the_browser(client_of, coordinator, region):
    browser, village = client_of(coordinator), region(VILLAGE)
    form = {"kind": "perpustakaan_desa", "name": "Perpustakaan Melati", "region": "terbanggi besar kampung"}
    several = browser.post("/lembaga/baru", {**form, "region": "terbanggi besar"})
    assert "Pilih satu" in several.content.decode()
    done = browser.post("/lembaga/baru", {**form, "region": village.full_name}, follow=True)
    assert "Perpustakaan Melati tersimpan." in done.content.decode()
    made = Institution.objects.get()
    assert (made.kind, made.region, made.closed_on) == ("perpustakaan_desa", village, None)
    edited = {"kind": made.kind, "name": "Perpustakaan Mawar", "region": "18.02", "closed_on": "2026-01-31"}
    page = browser.post(f"/lembaga/{made.id}/ubah", edited, follow=True).content.decode()
    assert "tutup sejak 31 Januari 2026" in page
    assert "Kabupaten Lampung Tengah, Provinsi Lampung" in page
    assert list(browser.get("/lembaga").context["page"]) == []


def test_an_edit_that_changes_nothing_makes_no_entry(client_of, coordinator, office):
    browser = client_of(coordinator)
    form = browser.get(f"/lembaga/{office.id}/ubah").context["form"]
    kept = {"kind": office.kind, "name": office.name, "region": form["region"].value().full_name}
    browser.post(f"/lembaga/{office.id}/ubah", kept)
    assert disagreements(office.id) == []
    from balai.log.models import Entry

    assert Entry.objects.filter(kind="institution.changed").count() == 0


def test_a_region_out_of_reach_is_said_in_the_form(client_of, coordinator):
    form = {"kind": "dinas", "name": "Dinas", "region": "51.02"}
    answer = client_of(coordinator).post("/lembaga/baru", form)
    assert answer.context["form"].errors == {"region": ["Wilayah ini di luar wilayah tugas Anda."]}


def test_only_kept_provinces_are_offered_to_serve(client_of, coordinator, admin, upt, region):
    assert "serves" not in client_of(coordinator).get("/lembaga/baru").context["form"].fields
    browser = client_of(admin)
    choices = browser.get("/lembaga/baru").context["form"].fields["serves"].choices
    assert [label for _id, label in choices] == ["Lampung", "Bali"]
    form = {"kind": "upt", "name": "LPPKSPS", "region": "51.02", "serves": [str(region("51").id)]}
    browser.post(f"/lembaga/{upt.id}/ubah", form)
    assert served(upt) == ["51"]
