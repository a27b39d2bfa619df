"""A programme in all regions below one's own, what a coordinator's home says of it, and its Excel."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from python_calamine import load_workbook

from balai.people.models import Person
from balai.programmes.models import Programme
from balai.programmes.rollout.attention import calls
from balai.programmes.seats.desk import hub_day
from balai.regions.models import Region

from .making import rolled_out, signed, step
from .test_programmes import registered
from .test_rollout_pages import said

pytestmark = pytest.mark.django_db
FULL = {"team": "Camat", "budget": "APBD", "operator": "Yusuf", "schedule": "Senin"}


@pytest.fixture
def programme() -> Programme:
    return registered()


@pytest.fixture
def province(make_person: Any) -> Person:
    found: Person = make_person("Nurhayati", "18", role="coordinator", over=("18",))
    return found


def lines(answer: Any) -> dict[str, str]:
    """Status by code, of what a page lists."""
    return {line.region.code: line.standing.status for line in answer.context["page"].object_list}


def counts(answer: Any) -> dict[str, int]:
    return {value: count for value, _name, count in answer.context["tabs"]}


def test_a_province_sees_its_kabupaten_and_how_many_stand_where(
    client_of: Any, province: Person, programme: Programme, region: Any
) -> None:
    running, named = (rolled_out(programme.pk, region(code).pk, **FULL) for code in ("18.02", "18.07"))
    step(running, "running", hub_day())
    step(named, "team_named", hub_day() - timedelta(days=100), decree="SK 1")
    elsewhere = rolled_out(programme.pk, region("51.02").pk)
    step(elsewhere, "sustained", date(2024, 1, 1))
    browser, page = client_of(province), f"/program/{programme.pk}/wilayah"
    answer = browser.get(page)
    kabupaten = Region.objects.current().within(region("18")).filter(level=2).count()
    shown = lines(answer)
    assert (len(shown), shown["18.02"], shown["18.07"]) == (kabupaten, "running", "team_named")
    assert counts(answer) == {
        "": kabupaten, "not_started": kabupaten - 2, "team_named": 1, "trained": 0, "running": 1, "sustained": 0,
        "perhatian": 0,
    }  # fmt: skip
    assert lines(browser.get(f"{page}?keadaan=running")) == {"18.02": "running"}
    assert lines(browser.get(f"{page}?keadaan=apa")) == shown
    below = lines(browser.get(f"{page}?wilayah=18.02"))
    assert set(map(len, below)) == {len("18.02.07")}
    villages = lines(browser.get(f"{page}?wilayah=18.02.07&tingkat=desa"))
    assert "18.02.07.2009" in villages
    assert f"/program/{programme.pk}/wilayah/18.02" in said(answer)


def test_a_village_goes_straight_to_its_own_page(client_of: Any, make_person: Any, programme: Programme) -> None:
    village = make_person("Paimin", "18.02.07.2009", role="coordinator", over=("18.02.07.2009",))
    answer = client_of(village).get(f"/program/{programme.pk}/wilayah")
    assert answer.url == f"/program/{programme.pk}/wilayah/18.02.07.2009"


def test_several_provinces_see_their_own_and_no_other(
    client_of: Any, make_person: Any, programme: Programme, region: Any
) -> None:
    """An UPT that serves several provinces: not the nation."""
    upt = make_person("Balai Besar", "18", role="coordinator", over=("18", "51"))
    browser, page = client_of(upt), f"/program/{programme.pk}/wilayah"
    assert lines(browser.get(page)) == {"18": "not_started", "51": "not_started"}
    assert set(lines(browser.get(f"{page}?wilayah=51"))) == set(
        Region.objects.current().children_of(region("51")).values_list("code", flat=True)
    )
    several = make_person("Dua kabupaten", "18.02", role="coordinator", over=("18.02", "51.02"))
    browser = client_of(several)
    assert set(lines(browser.get(page))) == {"18.02", "51.02"}
    assert [browser.get(f"{page}?wilayah={code}").status_code for code in ("18", "18.07", "51.02")] == [404, 404, 200]
    two = make_person("Dua kecamatan", "18.02", role="coordinator", over=("18.02.07", "18.02.08"))
    local = registered(region=region("18.02").pk)
    assert set(lines(client_of(two).get(f"/program/{local.pk}/wilayah"))) == {"18.02.07", "18.02.08"}


def test_a_programme_of_a_kabupaten_is_seen_from_there_down(
    client_of: Any, province: Person, coordinator: Person, other_coordinator: Person, region: Any
) -> None:
    local = registered(region=region("18.02").pk)
    page = f"/program/{local.pk}/wilayah"
    for one in (province, coordinator):
        answer = client_of(one).get(page)
        assert answer.context["above"].region == region("18.02")
        assert "18.02.07" in lines(answer)
    assert client_of(other_coordinator).get(page).status_code == 404
    assert client_of(province).get(f"{page}?wilayah=18.07").status_code == 404
    assert client_of(other_coordinator).get(f"{page}.xlsx").status_code == 404


def test_who_has_no_region_is_turned_away(
    client_of: Any, secretary: Person, stranger: Person, author: Person, partner: Person, programme: Programme
) -> None:
    page = f"/program/{programme.pk}/wilayah"
    found = [client_of(one).get(page).status_code for one in (secretary, stranger, author, partner)]
    assert found == [404, 404, 404, 200]
    assert client_of(None).get(page).status_code == 302


def sheet_of(answer: Any) -> list[list[Any]]:
    return load_workbook(BytesIO(answer.content)).get_sheet_by_index(0).to_python()


def test_excel_has_the_same_lines_and_decrees_only_for_who_sees_persons(
    client_of: Any, province: Person, partner: Person, programme: Programme, region: Any
) -> None:
    made = rolled_out(programme.pk, region("18.02").pk, team="Pak Sulaiman")
    step(made, "team_named", date(2024, 2, 1), decree="=SK(7)", decree_on=date(2024, 2, 1))
    step(made, "running", date(2024, 3, 1))
    signed(made, date(2024, 3, 2))
    page = f"/program/{programme.pk}/wilayah.xlsx?keadaan=running"
    head, row = sheet_of(client_of(province).get(page))
    assert dict(zip(head, row, strict=True)) == {
        "Kode wilayah": "18.02",
        "Wilayah": "Kabupaten Lampung Tengah, Provinsi Lampung",
        "Langkah": "Berjalan",
        "Sejak": "1 Maret 2024",
        "Nomor SK": "=SK(7)",
        "Tanggal SK": "1 Februari 2024",
        "Tim pengelola": "terisi",
        "Anggaran": "belum",
        "Operator": "belum",
        "Jadwal": "belum",
        "Komitmen": "1",
        "Komitmen terbaru": "2 Maret 2024",
        "Bukti terbaru": "2 Maret 2024",
        "Perhatian": "belum ada di lembar: anggaran, operator, jadwal",
    }
    head, row = sheet_of(client_of(partner).get(page))
    assert "Nomor SK" not in head
    assert "=SK(7)" not in row
    assert "SK(7)" not in said(client_of(partner).get(f"/program/{programme.pk}/wilayah"))


def test_an_overview_takes_the_same_queries_for_one_region_and_for_thirty(
    client_of: Any, admin: Person, programme: Programme, queries: Any
) -> None:
    regions = list(Region.objects.current().filter(level=4).order_by("code")[:30])
    parent = regions[0].code.rpartition(".")[0]
    browser, found = client_of(admin), []
    addresses = (
        f"/program/{programme.pk}/wilayah?wilayah={parent}",
        f"/program/{programme.pk}/wilayah.xlsx?wilayah={parent}",
    )
    for some in (regions[:1], regions[1:]):
        for one in some:
            step(rolled_out(programme.pk, one.pk, team="Camat"), "running", date(2024, 1, 1))
        found.append([queries(lambda address=address: browser.get(address)) for address in addresses])
    assert found[0] == found[1]


def test_fifty_a_page(client_of: Any, admin: Person, programme: Programme, region: Any) -> None:
    villages = Region.objects.current().within(region("18.02")).filter(level=4).count()
    page = f"/program/{programme.pk}/wilayah?wilayah=18.02&tingkat=desa"
    first, last = (client_of(admin).get(f"{page}&halaman={number}") for number in (1, 999))
    assert (len(lines(first)), counts(first)[""], villages > 50) == (50, villages, True)
    assert len(lines(last)) == villages % 50 or 50


def test_the_programme_leads_to_one_s_own_region(
    client_of: Any, coordinator: Person, secretary: Person, partner: Person, programme: Programme, queries: Any
) -> None:
    step(rolled_out(programme.pk, coordinator.region_id), "running", date(2024, 3, 1))
    page = f"/program/{programme.pk}"
    shown = said(client_of(coordinator).get(page))
    assert f"{page}/wilayah/18.02" in shown
    assert "Berjalan" in shown
    assert f"{page}/wilayah" not in said(client_of(secretary).get(page))
    assert f"{page}/wilayah" not in said(client_of(None).get(page))
    assert f"{page}/wilayah" in said(client_of(partner).get(page))


def test_home_names_what_stands_still_or_lacks_something(
    client_of: Any, coordinator: Person, province: Person, secretary: Person, programme: Programme, region: Any
) -> None:
    today = hub_day()
    assert [list(calls(one, today)) for one in (coordinator, province, secretary)] == [[], [], []]
    still = rolled_out(programme.pk, region("18.02").pk, **FULL)
    step(still, "running", date(2024, 3, 1))
    lacking = rolled_out(programme.pk, region("18.02.07").pk, team="Camat", budget="APB Desa")
    step(lacking, "running", today)
    late = today + timedelta(days=100)
    (own, below) = calls(coordinator, late)
    assert (own.title, own.url) == (
        "LMS Pamong Desa di Kabupaten Lampung Tengah", f"/program/{programme.pk}/wilayah/18.02",
    )  # fmt: skip
    assert own.detail.startswith("Belum bergerak sejak ")
    assert (below.title, below.url) == (
        "LMS Pamong Desa: 1 wilayah di bawah Anda",
        f"/program/{programme.pk}/wilayah?wilayah=18.02&keadaan=perhatian",
    )
    assert [one.title for one in calls(province, late)] == ["LMS Pamong Desa: 1 wilayah di bawah Anda"]
    listed = lines(client_of(coordinator).get(below.url))
    assert listed == {"18.02.07": "running"}
    shown = said(client_of(coordinator).get("/"))
    assert "LMS Pamong Desa: 1 wilayah di bawah Anda" in shown
    assert "wilayah di bawah Anda" not in said(client_of(secretary).get("/"))


def test_home_takes_the_same_queries_for_one_and_for_thirty_roll_outs(
    coordinator: Person, programme: Programme, region: Any, queries: Any
) -> None:
    regions = [one.pk for one in Region.objects.current().within(region("18.02")).filter(level=3)[:30]]
    found: list[int] = []
    for some in (regions[:1], regions[1:]):
        for one in some:
            rolled_out(programme.pk, one)
        viewer = Person.objects.get(pk=coordinator.pk)
        found.append(queries(lambda viewer=viewer: list(calls(viewer, hub_day()))))
    assert found[0] == found[1]
