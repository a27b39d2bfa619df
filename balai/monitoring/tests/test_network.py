"""How phones reach the hub: told once a day, counted by village, about nobody."""

from datetime import timedelta

import pytest
from django.utils import timezone

from balai.common import clock
from balai.log.entries import Ruled
from balai.log.models import Entry
from balai.log.record import record
from balai.monitoring import catching_up, network, recounting
from balai.monitoring.counts import Counts, median
from balai.monitoring.entries import NetworkSeen
from balai.monitoring.models import ALL, NetworkSighting, Tally

pytestmark = pytest.mark.django_db
VILLAGE, NEXT = "18.02.07.2009", "18.02.07.2008"


def told(client, said: str) -> dict[str, object]:
    answer = client.get("/saya.json", headers={"network-seen": said})
    assert answer.status_code == 200
    return answer.json()


def seen() -> list[tuple[object, ...]]:
    columns = ("region__code", "network", "within", "asked", "failed")
    return list(NetworkSighting.objects.order_by("pk").values_list(*columns))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("4g 80 5 0", ("4g", 100, 5, 0)),
        ("4g 500 5 1", ("3g", 800, 5, 1)),
        ("3g 90 5 0", ("3g", 100, 5, 0)),
        ("slow-2g 90 5 0", ("2g", 100, 5, 0)),
        ("- 1500 1 0", ("2g", 1600, 1, 0)),
        ("- 60000 2 0", ("2g", 0, 2, 0)),
        ("4g 80 5 3", ("none", 100, 5, 3)),
        ("4g 80 1 9", ("none", 100, 1, 1)),
    ],
)
def test_what_a_browser_said_is_noted_with_the_village(secretary, client_of, said, expected):
    told(client_of(secretary), said)
    assert seen() == [(VILLAGE, *expected)]


@pytest.mark.parametrize("said", ["", "5g 80 5 0", "4g 80", "4g -1 5 0", "4g 80 5 0; x", "4g 9999999 1 1"])
def test_anything_else_is_not_noted(secretary, client_of, said):
    assert told(client_of(secretary), said)["person"]["name"] == secretary.name
    assert not NetworkSighting.objects.exists()


def test_once_a_day_and_person(secretary, colleague, client_of):
    for person in (secretary, secretary, colleague):
        told(client_of(person), "4g 80 5 0")
    assert NetworkSighting.objects.count() == 2
    with clock.frozen(clock.wall() + timedelta(days=1)):
        network.note(secretary, "4g 80 5 0")
    assert NetworkSighting.objects.count() == 3


def test_two_processes_at_once_note_one_sighting(secretary, monkeypatch):
    def meanwhile(person):
        monkeypatch.undo()
        network.note(secretary, "3g 90 4 0")

    monkeypatch.setattr(network, "lock", meanwhile)
    assert network.note(secretary, "4g 80 5 0") is None
    assert seen() == [(VILLAGE, "3g", 100, 4, 0)]


def test_a_visitor_tells_nothing(client_of, db):
    assert told(client_of(None), "4g 80 5 0") == {}
    assert not NetworkSighting.objects.exists()


def test_who_looks_at_an_account_to_help_tells_nothing_of_it(secretary, coordinator, client_of):
    browser = client_of(coordinator)
    session = browser.session
    session["confirmed_at"] = clock.wall().isoformat()
    session.save()
    assert browser.post(f"/orang/{secretary.pk}/melihat").status_code == 302
    told(browser, "4g 80 5 0")
    assert not NetworkSighting.objects.exists()


def test_the_row_names_nobody_and_the_entry_is_erased_with_its_person(secretary):
    entry = network.note(secretary, "4g 80 5 0")
    assert {field.name for field in NetworkSighting._meta.get_fields()} == {
        "id", "region", "day", "network", "within", "asked", "failed",
    }  # fmt: skip
    record("entry.erased", Ruled((entry.id,)), proof="hub")
    assert (NetworkSighting.objects.count(), Entry.objects.get(pk=entry.id).payload) == (0, "")


def test_villages_are_counted_from_below_to_the_nation(secretary, colleague, make_person):
    catching_up.catch_up()
    neighbour = make_person("Sumarni", NEXT)
    today = timezone.localdate(clock.wall()).isoformat()
    for person, said in ((secretary, "2g 80 4 1"), (colleague, "4g 80 2 0"), (neighbour, "4g 80 3 0")):
        network.note(person, said)
    catching_up.catch_up()
    assert Tally.objects.get(place=VILLAGE, course=ALL).counts == Counts(
        people=2, invited=2, villages=1, net_2g=1, asked=6, failed=1, seen_on=today
    )
    counts = Tally.objects.get(place="", course=ALL).counts
    assert counts == Counts(people=3, invited=3, villages=2, net_2g=1, net_4g=1, asked=9, failed=1, seen_on=today)
    assert (counts.seen_villages, counts.median_network) == (2, "net_2g")


def test_after_thirty_days_it_is_not_counted(secretary):
    network.note(secretary, "4g 80 4 1")
    with clock.frozen(clock.wall() + timedelta(days=network.LATELY)):
        recounting.everything()
        assert Tally.objects.get(place="", course=ALL).counts.seen_villages == 0


def test_what_is_taken_back_is_not_counted(secretary):
    entry = network.note(secretary, "4g 80 4 1")
    catching_up.catch_up()
    record("entry.refused", Ruled((entry.id,)), proof="hub")
    catching_up.catch_up()
    assert Tally.objects.get(place="", course=ALL).counts == Counts(people=1, invited=1, villages=1)


def test_staff_of_a_kabupaten_are_no_village(coordinator):
    network.note(coordinator, "4g 80 4 1")
    recounting.everything()
    assert Tally.objects.get(place="", course=ALL).counts == Counts(people=1, invited=1)


def test_nobody_tells_it_of_another_person(secretary, colleague):
    payload = NetworkSeen(day=timezone.localdate(), network="4g", within=100, asked=1, failed=0)
    with pytest.raises(Exception, match=r"B2"):
        record("network.seen", payload, actor=colleague.id, subject=secretary.id, audience=secretary.region_id)


@pytest.mark.parametrize(
    ("sizes", "middle"),
    [({}, ""), ({"a": 0}, ""), ({"a": 1}, "a"), ({"a": 1, "b": 1}, "a"), ({"a": 1, "b": 2}, "b"),
     ({"a": 2, "b": 1, "c": 2}, "b")],
)  # fmt: skip
def test_the_middle_is_the_worse_of_two(sizes, middle):
    assert median(sizes) == middle
