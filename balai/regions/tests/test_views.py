"""Pages of the tree: for whoever is signed in; changes only for the nation's admin."""

import json
from datetime import date, timedelta

import pytest
from django.utils import timezone

from balai.regions import gazetteer
from balai.regions.models import Region

pytestmark = pytest.mark.django_db
VILLAGE = "18.02.07.2009"


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.BALAI_DATA = tmp_path
    gazetteer.forget()
    yield
    gazetteer.forget()


def change_form(**values):
    return {"since": timezone.localdate().isoformat(), "basis": "Permendagri 1/2026", **values}


def recorded(client, address, form):
    """Fill in, look, record: what the last answer says."""
    looked = client.post(address, form)
    seen = looked.context["seen"]
    assert seen
    return client.post(address, {**form, "dilihat": seen}, follow=True)


@pytest.mark.parametrize("address", ["/wilayah/cari", "/wilayah/cari.json?q=metro", f"/wilayah/{VILLAGE}/tentang"])
def test_a_visitor_is_asked_to_sign_in(client_of, address):
    answer = client_of(None).get(address)
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/masuk")


def test_as_one_types_an_answer_comes_as_json(client_of, secretary, region):
    answer = client_of(secretary).get("/wilayah/cari.json", {"q": "trbanggi besar", "di": "18.02", "tingkat": "4"})
    village = region(VILLAGE)
    assert json.loads(answer.content) == {
        "results": [
            {
                "id": str(village.id),
                "code": VILLAGE,
                "title": "Kampung Terbanggi Besar",
                "path": "Kecamatan Terbanggi Besar, Kabupaten Lampung Tengah, Provinsi Lampung",
                "full_name": village.full_name,
            }
        ]
    }


def test_what_makes_no_sense_in_the_address_is_left_aside(client_of, secretary):
    answer = client_of(secretary).get("/wilayah/cari.json", {"q": VILLAGE, "di": "x'", "tingkat": "99"})
    assert [item["code"] for item in answer.json()["results"]] == [VILLAGE]


def test_an_endless_text_is_refused_by_number(client_of, secretary):
    answer = client_of(secretary).get("/wilayah/cari.json", {"q": "a" * 201})
    assert (answer.status_code, answer.json()["code"]) == (422, "B2008")


def test_without_javascript_there_is_a_page(client_of, secretary):
    browser = client_of(secretary)
    assert [r.code for r in browser.get("/wilayah/cari").context["found"]] == ["18", "51"]
    found = browser.get("/wilayah/cari", {"cari": "terbanggi besar"})
    assert f'href="/wilayah/{VILLAGE}/tentang"' in found.content.decode()
    assert "Tidak ada yang cocok" in browser.get("/wilayah/cari", {"cari": "qqqq"}).content.decode()


def test_a_region_tells_what_it_is(client_of, secretary):
    page = client_of(secretary).get("/wilayah/1802/tentang").content.decode()
    assert "<h1>Kabupaten Lampung Tengah</h1>" in page
    assert "28 wilayah di dalamnya" in page
    assert "Catat perubahan" not in page


@pytest.mark.parametrize("key", ["99", "18.99", "0" * 32, "abc", "18.02.07.2009.1"])
def test_a_region_that_is_not_there(client_of, secretary, key):
    assert client_of(secretary).get(f"/wilayah/{key}/tentang").status_code == 404


@pytest.mark.parametrize("who", ["secretary", "coordinator", "auditor", "author", "facilitator", "partner", "stranger"])
def test_nobody_but_the_admin_reaches_the_forms(client_of, request, who):
    browser = client_of(request.getfixturevalue(who))
    for event in ("nama", "kode", "pemekaran", "penggabungan", "akhir"):
        address = f"/wilayah/{VILLAGE}/perubahan/{event}"
        assert browser.get(address).status_code == 404
        assert browser.post(address, change_form(name="Lain")).status_code == 404
    assert Region.objects.get(code=VILLAGE).name == "Terbanggi Besar"


def test_the_admin_is_offered_the_changes(client_of, admin):
    page = client_of(admin).get(f"/wilayah/{VILLAGE}/tentang")
    assert [name for name, _title in page.context["changes"]] == ["nama", "kode", "pemekaran", "penggabungan", "akhir"]
    assert len(client_of(admin).get("/wilayah/18.02/tentang").context["changes"]) == 6


def test_a_new_name_is_looked_at_before_it_is_recorded(client_of, admin):
    browser, address = client_of(admin), f"/wilayah/{VILLAGE}/perubahan/nama"
    form = change_form(name="Terbanggi Raya", kind="kelurahan", local_kind="", postal_code="34163")
    looked = browser.post(address, form)
    assert [(e.before, e.after) for e in looked.context["preview"]] == [
        (f"{VILLAGE} Kampung Terbanggi Besar", f"{VILLAGE} Kelurahan Terbanggi Raya")
    ]
    assert Region.objects.get(code=VILLAGE).name == "Terbanggi Besar"
    other = browser.post(address, {**form, "name": "Lain", "dilihat": looked.context["seen"]})
    assert other.context["preview"][0].after == f"{VILLAGE} Kelurahan Lain"
    done = browser.post(address, {**form, "dilihat": looked.context["seen"]}, follow=True)
    assert "Kelurahan Terbanggi Raya" in done.content.decode()
    assert "Sebelumnya Terbanggi Besar (18.02.07.2009)." in done.content.decode()


def test_a_new_code_names_a_few_regions_and_counts_the_rest(client_of, admin):
    browser, address = client_of(admin), "/wilayah/18.02/perubahan/kode"
    moved = Region.objects.filter(code__startswith="18.02").count()
    looked = browser.post(address, change_form(code="18.90"))
    assert (len(looked.context["preview"]), looked.context["more"]) == (8, moved - 8)
    recorded(browser, address, change_form(code="18.90"))
    assert Region.objects.coded("18.90").name == "Lampung Tengah"


def test_a_village_is_split(client_of, admin):
    form = change_form(parts="18.02.07.2098 Bandar Satu\n1802072099, Bandar Dua\n")
    done = recorded(client_of(admin), f"/wilayah/{VILLAGE}/perubahan/pemekaran", form)
    assert "Kampung Bandar Satu" in done.content.decode()
    assert {r.code: r.title for r in Region.objects.get(code=VILLAGE).successors.all()} == {
        "18.02.07.2098": "Kampung Bandar Satu",
        "18.02.07.2099": "Kampung Bandar Dua",
    }


def test_a_village_is_merged_and_its_page_stays(client_of, admin, region):
    gone, heir = region(VILLAGE), region("18.02.07.1002")
    form = change_form(successor=heir.full_name, successor_kode=heir.code)
    done = recorded(client_of(admin), f"/wilayah/{VILLAGE}/perubahan/penggabungan", form)
    page = done.content.decode()
    assert "Wilayah ini berakhir pada" in page
    assert f"/wilayah/{heir.id}/tentang" in page
    assert client_of(admin).get(f"/wilayah/{gone.id}/perubahan/nama").status_code == 404
    assert "Berasal dari" in client_of(admin).get(f"/wilayah/{heir.code}/tentang").content.decode()


def test_a_new_kecamatan_and_an_end(client_of, admin):
    browser = client_of(admin)
    recorded(browser, "/wilayah/18.02/perubahan/wilayah-baru", change_form(code="18.02.98", name="Bumi Baru"))
    assert Region.objects.coded("18.02.98").title == "Kecamatan Bumi Baru"
    recorded(browser, "/wilayah/18.02.98/perubahan/akhir", change_form())
    assert Region.objects.coded("18.02.98") is None


@pytest.mark.parametrize(
    ("event", "values", "said"),
    [
        ("kode", {"code": "18.02.07.1002"}, "B2002"),
        ("kode", {"code": "x"}, "B2003"),
        ("nama", {"name": "Terbanggi Besar", "kind": "desa", "local_kind": "Kampung", "postal_code": ""}, ""),
        ("nama", {"name": "", "kind": "desa"}, "tidak boleh kosong"),
        ("pemekaran", {"parts": "Bandar Satu"}, "belum berisi kode dan nama"),
        ("pemekaran", {"parts": "x"}, "belum berisi kode dan nama"),
        ("penggabungan", {"successor": "Terbanggi Besar"}, "B2007"),
        ("penggabungan", {"successor": "zzzz"}, "tidak ditemukan"),
        ("akhir", {"since": (date.today() + timedelta(days=2)).isoformat()}, "belum tiba"),  # noqa: DTZ011
    ],
)
def test_what_does_not_fit_is_said_in_the_form(client_of, admin, event, values, said):
    answer = client_of(admin).post(f"/wilayah/{VILLAGE}/perubahan/{event}", {**change_form(), **values})
    assert answer.status_code == 200
    assert said in str(answer.context["form"].errors)
    if said:
        assert answer.context["seen"] == ""
    assert Region.objects.get(code=VILLAGE).name == "Terbanggi Besar"


def test_several_regions_of_one_name_are_offered(client_of, admin, region):
    browser, address = client_of(admin), f"/wilayah/{VILLAGE}/perubahan/penggabungan"
    several = browser.post(address, change_form(successor="Sri"))
    offered = [r.code for r in several.context["form"].fields["successor"].widget.offered]
    assert len(offered) > 1
    assert f'value="{offered[0]}"' in several.content.decode()
    chosen = browser.post(address, change_form(successor="Sri", successor_pilihan=offered[0]))
    assert chosen.context["form"].cleaned_data["successor"] == region(offered[0])


def test_a_kept_code_counts_only_with_the_text_it_came_with(client_of, admin, region):
    address = f"/wilayah/{VILLAGE}/perubahan/penggabungan"
    stale = change_form(successor="Yukum Jaya", successor_kode="18.02.07.1002")
    assert client_of(admin).post(address, stale).context["form"].cleaned_data["successor"].name == "Yukum Jaya"


def test_pages_with_few_and_many_parts_take_the_same_queries(client_of, secretary, queries):
    browser = client_of(secretary)
    parts = {key: len(browser.get(f"/wilayah/{key}/tentang").context["parts"]) for key in ("18.72.01", "18.01.07")}
    assert parts["18.01.07"] > 2 * parts["18.72.01"]
    few, many = (queries(lambda key=key: browser.get(f"/wilayah/{key}/tentang")) for key in parts)
    assert few == many
