"""Three factors side by side: each with a verdict of its own, and a region that lacks one lacks the whole."""

import re
from datetime import date, timedelta
from io import BytesIO
from urllib.parse import quote

import pytest
from python_calamine import load_workbook

from balai.common import clock
from balai.log.record import record
from balai.monitoring import catching_up, factors
from balai.monitoring.counts import Counts
from balai.monitoring.factors import Network, Participation, Support, Verdict
from balai.monitoring.models import ALL, Reading, Tally
from balai.monitoring.picture import picture
from balai.monitoring.villages import villages
from balai.programmes.entries import ProgrammeRegistered
from balai.programmes.rollout.entries import CommitmentSigned, File, RolloutChanged, RolloutRegistered, StatusReported
from balai.programmes.rollout.standing import Standing
from balai.regions.models import Region, region_id

pytestmark = pytest.mark.django_db
MET, UNMET, UNKNOWN = Verdict.MET, Verdict.UNMET, Verdict.UNKNOWN
FULL = Standing("running", date(2026, 1, 5), "SK 1/2026", date(2026, 1, 2), dict.fromkeys(
    ("team", "budget", "operator", "schedule"), True), 1, date(2026, 2, 1), date(2026, 2, 1))  # fmt: skip
PAPER = File("0" * 64, "komitmen.pdf", "application/pdf", 900)


def support(code: str, decree: str = "SK 12/2026") -> None:
    """Everything that proves the support of a region's leaders."""
    programme = record("programme.registered", ProgrammeRegistered(name="LMS Pamong"), proof="hub").id
    payload = RolloutRegistered(programme, region_id(code))
    rollout = record("rollout.registered", payload, audience=region_id(code), proof="hub").id
    sheet = {field: {"value": "ada", "bases": [str(rollout)]} for field in ("budget", "operator", "schedule")}
    record("rollout.changed", RolloutChanged(changes=sheet), subject=rollout, proof="hub")
    report = StatusReported("team_named", date(2026, 3, 1), decree, date(2026, 2, 27))
    record("rollout.status_reported", report, subject=rollout, proof="hub")
    signed = CommitmentSigned("Musa", "Bupati", date(2026, 3, 5), PAPER)
    record("rollout.commitment_signed", signed, subject=rollout, proof="hub")


def tally(code: str, **numbers: int) -> None:
    counts = Counts(seen_on="2026-11-20", **numbers)
    Tally.of(code, ALL, counts).save()


@pytest.fixture
def thriving(region):
    """Lampung Tengah has everything; of Way Kanan nobody has told anything."""
    catching_up.catch_up()
    support("18.02")
    catching_up.catch_up()
    Tally.objects.all().delete()
    Reading.objects.update(claimed_until=clock.wall() + timedelta(days=1))  # these tallies stay
    count = villages()["18.02"]
    for code in ("18", "18.02"):
        tally(code, people=1_000, started=700, finished=400, villages=count, net_3g=count - 1, net_2g=1, asked=9)
    return region("18.02")


@pytest.mark.parametrize(
    ("numbers", "all", "verdict"),
    [
        ({}, 10, UNKNOWN),
        ({"net_4g": 5}, 10, MET),
        ({"net_4g": 4}, 10, UNMET),
        ({"net_3g": 8, "net_2g": 2}, 10, MET),
        ({"net_3g": 7, "net_2g": 2, "net_none": 1}, 10, UNMET),
    ],
)
def test_the_network_needs_villages_that_were_seen_and_are_connected(numbers, all, verdict):
    assert Network(Counts(**numbers), all).verdict == verdict


@pytest.mark.parametrize(
    ("people", "started", "finished", "covered", "verdict"),
    [(0, 0, 0, 0, UNKNOWN), (100, 60, 30, 5, MET), (100, 59, 30, 5, UNMET), (100, 60, 29, 5, UNMET),
     (100, 60, 30, 4, UNMET)],
)  # fmt: skip
def test_participation_needs_villages_that_began_and_finished(people, started, finished, covered, verdict):
    counts = Counts(people=people, started=started, finished=finished, villages=covered)
    assert Participation(counts, 10, None).verdict == verdict


@pytest.mark.parametrize(
    ("one", "verdict"),
    [(Standing(), UNKNOWN), (FULL, MET), (Standing("running"), UNMET),
     (Standing(sheet={**FULL.sheet, "budget": False}, decree="SK", commitments=1), UNMET)],
)  # fmt: skip
def test_support_needs_everything_on_the_list(one, verdict, region):
    assert Support(region("18.02"), one).verdict == verdict


@pytest.mark.parametrize(("whole", "known", "verdict"), [(0, 0, UNKNOWN), (7, 10, UNMET), (8, 8, MET)])
def test_the_nation_needs_most_provinces(whole, known, verdict):
    assert Support(None, Standing(), whole, known, 10).verdict == verdict


def test_villages_are_counted_for_every_region_above():
    count = Region.objects.current().filter(level=4, code__startswith="18.02.07").count()
    assert (villages()["18.02.07"], villages()[""]) == (count, Region.objects.current().filter(level=4).count())


def test_a_region_with_all_three_is_fulfilled_and_without_one_it_is_not(thriving):
    whole = factors.ground(picture(thriving)).whole
    assert (whole.verdicts, whole.met) == ([("support", MET), ("network", MET), ("participation", MET)], True)
    Tally.objects.filter(place="18.02").delete()
    tally("18.02", people=1_000, started=100, finished=0, villages=300, net_3g=300)
    assert factors.ground(picture(thriving)).whole.lacking == ["participation"]


def test_a_kecamatan_stands_on_the_proof_of_its_kabupaten_and_a_province_on_its_own(thriving, region):
    (way_kanan, tengah, kecamatan, province) = (region(code) for code in ("18.08", "18.02", "18.02.07", "18"))
    found = [factors.ground(picture(one)).whole.support for one in (kecamatan, province, way_kanan)]
    assert [(one.region, one.verdict) for one in found] == [
        (tengah, MET), (province, UNKNOWN), (way_kanan, UNKNOWN),
    ]  # fmt: skip
    assert (found[1].whole, found[1].known, found[1].newest) == (1, 1, None)
    below = {row.code: one for row, one in _below(province)}
    assert (below["18.02"].support.verdict, below["18.08"].support.verdict) == (MET, UNKNOWN)


def _below(region: Region) -> list[tuple[Region, factors.Factors]]:
    ground = factors.ground(picture(region))
    return list(zip((row.region for row in ground.picture.rows), ground.below, strict=True))


def test_the_page_shows_each_with_its_proof_coverage_and_age(thriving, coordinator, client_of):
    page = client_of(coordinator).get("/wilayah/18.02/faktor").content.decode()
    for words in ("Ketiganya ada", "SK 12/2026, 27 Februari 2026", "1 surat, 5 Maret 2026", "terbaru 20 November 2026",
                  "70% mulai belajar, 40% selesai, dari 1.000 orang terdaftar"):  # fmt: skip
        assert words in page
    page = client_of(coordinator).get("/wilayah/18.02").content.decode()
    assert '<a class="button" href="/wilayah/18.02/faktor">Lihat buktinya</a>' in page
    assert quote("Tiga faktor: terpenuhi. Ketiganya ada.") in page


def test_without_data_nothing_reads_as_zero(coordinator, client_of):
    page = client_of(coordinator).get("/wilayah/18.02/faktor").content.decode()
    assert "Belum ada HP yang melapor" in page
    assert "Belum ada laporan dari Kabupaten Lampung Tengah" in page
    assert "0 dari 5" not in page
    assert page.count("Belum ada data") >= 2
    assert "Belum terpenuhi" in page


@pytest.mark.parametrize(
    ("role", "status"),
    [("coordinator", 200), ("partner", 200), ("auditor", 200), ("other_coordinator", 404), ("stranger", 404),
     ("secretary", 404)],
)  # fmt: skip
@pytest.mark.parametrize("suffix", ["/faktor", "/faktor.xlsx"])
def test_who_sees_the_factors(role, status, suffix, request, client_of):
    browser = client_of(request.getfixturevalue(role))
    assert browser.get(f"/wilayah/18.02{suffix}").status_code == (status if role != "partner" else browser_sees(suffix))


def browser_sees(suffix: str) -> int:
    """A partner is not told of the one person here: a page says so, a workbook is not there."""
    return 404 if suffix.endswith("xlsx") else 200


def test_a_partner_reads_no_small_group(thriving, partner, client_of):
    Tally.objects.filter(place="18.08").delete()
    tally("18.08", people=3, villages=1, net_2g=1)
    tally("18.01", people=9, villages=1)
    page = client_of(partner).get("/wilayah/18/faktor").content.decode()
    assert "tidak ditampilkan: kelompok kecil" in page
    assert "dari 3 orang terdaftar" not in page


def test_a_partner_reads_of_a_decree_its_day_and_not_what_was_written(thriving, partner, client_of):
    browser = client_of(partner)
    page = browser.get("/wilayah/18.02/faktor").content.decode()
    assert "SK 12/2026" not in page
    assert re.search(r"Tim ditetapkan dengan SK: <b>ada</b><br><small[^>]*>27 Februari 2026<", page)
    for code in ("18", "18.02"):
        book = load_workbook(BytesIO(browser.get(f"/wilayah/{code}/faktor.xlsx").content))
        assert "SK 12/2026" not in str(book.get_sheet_by_index(0).to_python())


def test_the_nation_has_a_page_and_a_workbook(thriving, admin, client_of):
    browser = client_of(admin)
    assert "provinsi punya kelima bukti" in browser.get("/wilayah/indonesia/faktor").content.decode()
    book = load_workbook(BytesIO(browser.get("/wilayah/indonesia/faktor.xlsx").content))
    rows = book.get_sheet_by_index(0).to_python()
    lampung = next(row for row in rows if row[0] == "18")
    assert lampung[2:6] == ["Belum terpenuhi", "Belum ada data", "Belum terpenuhi", "Belum terpenuhi"]


@pytest.mark.parametrize("code", ["", "18", "18.02", "18.02.07", "18.02.07.2009"])
def test_a_drill_down_with_its_factors_takes_eight_queries(thriving, region, code, queries, settings):
    settings.BALAI_JOBS = "worker"
    villages()
    place = region(code) if code else None
    assert queries(lambda: factors.ground(picture(place, top="")).below) <= 8
