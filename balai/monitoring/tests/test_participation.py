"""Counts are right, each person counts once, and only for whoever may see them."""

from io import BytesIO

import pytest
from python_calamine import load_workbook

from balai.common import clock
from balai.monitoring.counts import Counts
from balai.monitoring.picture import picture as picture_of
from balai.people.accounts.models import AccessCode
from balai.people.models import Account, Person

pytestmark = pytest.mark.django_db
TENGAH = "/wilayah/18.02"


@pytest.fixture
def village(make_person, region):
    """Four people of one village: only registered, invited, signed in, and one more elsewhere in the kabupaten."""
    people = [make_person(name, "18.02.07.2009") for name in ("Sumarni", "Yusuf", "Ketut")]
    people.append(make_person("Dewi", "18.02.04.2001"))
    Account.objects.all().delete()
    for person in people[1:3]:
        AccessCode.objects.create(
            person=person, digest=str(person.id), purpose="first", made_at=clock.wall(), expires_at=clock.wall()
        )
    Account.objects.create(person=people[2], username="ketut", first_signed_in_at=clock.wall())
    return region("18.02.07.2009")


def test_a_kabupaten_is_counted_by_kecamatan(village, region):
    picture = picture_of(region("18.02"))
    assert {row.region.code: row.counts for row in picture.rows if row.counts.people} == {
        "18.02.07": Counts(people=3, invited=2, signed_in=1, villages=1),
        "18.02.04": Counts(people=1, villages=1),
    }
    assert (picture.total, picture.own) == (Counts(people=4, invited=2, signed_in=1, villages=2), Counts())
    assert [row.region.code for row in picture.silent] == ["18.02.04"]


def test_every_level_adds_up_to_the_same(village, region):
    levels = [None, region("18"), region("18.02"), region("18.02.07"), village]
    assert [picture_of(level).total.people for level in levels] == [4, 4, 4, 3, 3]


def test_people_of_the_kabupaten_itself_are_shown_apart(coordinator, region):
    picture = picture_of(region("18.02"))
    assert (picture.own.people, sum(row.counts.people for row in picture.rows)) == (1, 0)


def test_what_a_merged_identity_did_counts_for_the_one_that_stayed(village, region):
    stayed, merged = Person.objects.get(name="Sumarni"), Person.objects.get(name="Ketut")
    Person.objects.filter(pk=merged.pk).update(merged_into=stayed)
    assert picture_of(region("18.02")).total == Counts(people=3, invited=2, signed_in=1, villages=2)


def test_small_groups_are_hidden_from_whoever_only_sees_totals(village, partner, client_of):
    page = client_of(partner).get("/wilayah/18").content.decode()
    assert "tidak ditampilkan: kelompok kecil" in page
    assert "Bagikan kode masuk" not in page
    assert "Sumarni" not in client_of(partner).get(f"/wilayah/{village.code}").content.decode()


def test_only_who_may_invite_is_told_to(secretary, coordinator, auditor, facilitator, client_of):
    secretary.account.delete()
    pages = {who: client_of(who).get("/wilayah/18.02").content.decode() for who in (coordinator, auditor, facilitator)}
    assert [who for who, page in pages.items() if "Bagikan kode masuk" in page] == [coordinator]


@pytest.mark.parametrize(
    ("role", "code", "status"),
    [
        ("coordinator", "18.02", 200),
        ("coordinator", "18.02.07.2009", 200),
        ("coordinator", "18", 404),
        ("coordinator", "51.02", 404),
        ("other_coordinator", "18.02", 404),
        ("auditor", "18.02", 200),
        ("facilitator", "18.02", 200),
        ("admin", "51.02", 200),
        ("secretary", "18.02.07.2009", 404),
        ("author", "18.02", 404),
        ("stranger", "18.02", 404),
    ],
)
@pytest.mark.parametrize("suffix", ["", ".xlsx"])
def test_who_sees_which_region(role, code, status, suffix, request, client_of):
    person = request.getfixturevalue(role)
    assert client_of(person).get(f"/wilayah/{code}{suffix}").status_code == status


def test_a_visitor_sees_nothing(client_of, db):
    assert client_of(None).get(TENGAH).status_code == 404


def test_ones_own_place_leads_to_ones_region(coordinator, admin, secretary, client_of):
    assert client_of(coordinator).get("/wilayah").headers["Location"] == TENGAH
    assert "Lampung" in client_of(admin).get("/wilayah").content.decode()
    assert client_of(secretary).get("/wilayah").status_code == 404


def test_the_page_takes_as_many_queries_for_1_as_for_30(coordinator, make_person, client_of, queries):
    browser = client_of(coordinator)
    make_person("Orang 0", "18.02.07.2009")
    browser.get(TENGAH)
    villages = [TENGAH, "/wilayah/18.02.07.2009"]
    few = [queries(lambda url=url: browser.get(url)) for url in villages]
    for number in range(30):
        make_person(f"Orang {number + 1}", f"18.02.07.20{number % 5 + 5:02}")
    browser.get(TENGAH)
    assert [queries(lambda url=url: browser.get(url)) for url in villages] == few


def test_the_workbook_holds_the_same_and_runs_no_formula(village, coordinator, client_of, make_person):
    make_person("=1+1", "18.02.07.2009")
    book = load_workbook(BytesIO(client_of(coordinator).get(f"{TENGAH}.xlsx").content))
    assert book.sheet_names == ["Per desa", "Per orang"]
    rows = book.get_sheet_by_name("Per desa").to_python()
    assert [row[0] for row in rows[4:]] == ["18.02", "18.02.04.2001", "18.02.07.2009"]
    assert rows[6][3:] == [4.0, 3.0, 1.0, 0.0, 0.0]
    assert "=1+1" in [row[0] for row in book.get_sheet_by_name("Per orang").to_python()]


def test_a_partner_gets_no_sheet_of_persons(village, partner, client_of):
    book = load_workbook(BytesIO(client_of(partner).get(f"{TENGAH}.xlsx").content))
    assert book.sheet_names == ["Per wilayah"]
    assert book.get_sheet_by_name("Per wilayah").to_python()[4:] == []
