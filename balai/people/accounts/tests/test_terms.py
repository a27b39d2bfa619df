"""Ended terms and moves, many at once: positions, roles and regions change, accounts stay."""

from datetime import date

import pytest

from balai.log.models import Entry
from balai.log.record import record
from balai.people.entries import PositionHeld
from balai.people.models import Account, Person, Position, PositionEnd, Role

POINT = {"on": "2026-12-31", "reason": "Masa jabatan berakhir"}


@pytest.fixture
def helper(client_of, coordinator):
    return client_of(coordinator)


@pytest.fixture
def seated(region):
    """``seated(person, "Kaur Keuangan")``"""

    def seat(person, title):
        home = person.region_id
        record("position.held", PositionHeld(title=title, region=home), subject=person.id, proof="hub")

    return seat


def test_positions_end_and_roles_are_revoked_and_accounts_stay(helper, secretary, facilitator, colleague, seated):
    seated(secretary, "Sekretaris Desa")
    seated(facilitator, "Fasilitator kecamatan")
    seated(colleague, "Kaur Umum")
    answer = helper.post("/orang/jabatan-berakhir", {"orang": [secretary.id, facilitator.id], **POINT}, follow=True)
    assert [str(line) for line in answer.context["messages"]] == ["2 orang: 2 jabatan berakhir, 1 hak akses dicabut."]
    ends = PositionEnd.objects.values_list("position__title", "ended_on", "reason").order_by("position__title")
    assert list(ends) == [
        ("Fasilitator kecamatan", date(2026, 12, 31), "Masa jabatan berakhir"),
        ("Sekretaris Desa", date(2026, 12, 31), "Masa jabatan berakhir"),
    ]
    assert not Role.objects.current().filter(person=facilitator).exists()
    assert Account.objects.filter(person__in=[secretary, facilitator], is_active=True).count() == 2


def test_a_role_from_above_stays_and_is_named(helper, make_person):
    author = make_person("Dr. Ratna", "18.02.07.2009", "author", (None,))
    answer = helper.post("/orang/jabatan-berakhir", {"orang": [author.id], **POINT}, follow=True)
    said = [str(line) for line in answer.context["messages"]]
    assert said[1] == "Hak Penulis pelatihan milik Dr. Ratna hanya dapat dicabut koordinator di atas Anda."
    assert Role.objects.current().filter(person=author).exists()


def test_who_is_out_of_reach_is_not_among_the_chosen(helper, secretary, stranger, seated):
    seated(secretary, "Sekretaris Desa")
    seated(stranger, "Kaur Keuangan")
    helper.post("/orang/jabatan-berakhir", {"orang": [secretary.id, stranger.id], **POINT})
    assert list(PositionEnd.objects.values_list("position__person", flat=True)) == [secretary.id]
    answer = helper.post("/orang/jabatan-berakhir", {"orang": [stranger.id], **POINT})
    assert (answer.status_code, PositionEnd.objects.count()) == (422, 1)


def move(client, people, to, **fields):
    ids = [person.id for person in people]
    return client.post(
        "/orang/pindah", {"orang": ids, "to": to.full_name, "to_kode": to.code, "on": "2026-12-01", **fields}
    )


def test_people_move_with_their_titles_or_a_new_one(helper, secretary, colleague, seated, region):
    seated(secretary, "Sekretaris Desa")
    to = region("18.02.07.2010")
    assert move(helper, [secretary, colleague], to).url == "/orang/pilih?wilayah=18.02.07.2010"
    assert set(Person.objects.filter(region=to).values_list("pk", flat=True)) == {secretary.id, colleague.id}
    held = Position.objects.filter(person=secretary, ends=None).values_list("title", "region__code", "started_on")
    assert list(held) == [("Sekretaris Desa", "18.02.07.2010", date(2026, 12, 1))]
    assert not Position.objects.filter(person=colleague).exists()
    move(helper, [colleague], region("18.02.07.2009"), title="Kaur Umum")
    held = Position.objects.filter(person=colleague, ends=None).values_list("title", "region__code")
    assert list(held) == [("Kaur Umum", "18.02.07.2009")]


def test_nobody_is_moved_out_of_ones_regions(helper, secretary, region):
    answer = move(helper, [secretary], region("51.02.10.2007"))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["to"])
    assert Person.objects.get(pk=secretary.id).region_id == secretary.region_id


def test_thirty_people_are_one_decision_and_few_queries(helper, make_person, seated, queries):
    people = [make_person(f"Warga {number}", "18.02.07.2009").id for number in range(31)]
    few = queries(lambda: helper.post("/orang/jabatan-berakhir", {"orang": people[:1], **POINT}))
    assert queries(lambda: helper.post("/orang/jabatan-berakhir", {"orang": people[1:], **POINT})) == few


def test_lists_take_the_same_queries_for_one_and_for_thirty(helper, make_person, seated, queries):
    def look():
        return helper.get("/orang/pilih?wilayah=18.02.07.2009")

    seated(make_person("Warga", "18.02.07.2009"), "Kaur Umum")
    look()
    few = queries(look)
    for number in range(30):
        seated(make_person(f"Warga {number}", "18.02.07.2009"), "BPD")
    assert queries(look) == few
    assert len(look().context["people"]) == 31


def test_people_are_found_by_any_spelling_of_their_name(helper, secretary, colleague):
    found = helper.get("/orang/pilih?wilayah=18.02&cari=siti+rahaju").context["people"]
    assert [one.person for one in found] == [secretary]


def test_too_many_at_once_are_refused(helper, secretary):
    ids = [secretary.id] + [Entry.objects.first().id] * 100
    assert helper.post("/orang/pindah", {"orang": ids}).status_code == 422
