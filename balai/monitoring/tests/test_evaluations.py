"""Periodic evaluations: right figures for the period, on paper and as a workbook, for whoever may see them."""

import re
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from python_calamine import load_workbook

from balai.common import clock
from balai.monitoring import catching_up, counting
from balai.monitoring.evaluations import figuring, forms, jobs, periods
from balai.monitoring.models import ALL, Evaluation
from balai.monitoring.tests.test_factors import support
from balai.monitoring.tests.test_tallies import _learn
from balai.people.models import Person
from balai.people.privacy.stores import STORES

pytestmark = pytest.mark.django_db
TENGAH = "/wilayah/18.02/evaluasi"
TODAY = date(2026, 11, 21)
OWN = {"period": forms.OWN, "first": "2026-01-01", "last": "2026-11-20"}


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=timezone.get_current_timezone())


@pytest.fixture
def village(make_person):
    """Seven people of one village and one of another: one began in June, one in November."""
    with clock.frozen(at(date(2026, 5, 1))):
        people = [make_person(f"Orang {n}", "18.02.07.2009") for n in range(7)]
        people.append(make_person("Dewi", "18.02.04.2001"))
    for person, month in ((people[0], 6), (people[1], 11)):
        with clock.frozen(at(date(2026, month, 2))):
            _learn(person, 3)
    return people


def made(client, url=TENGAH, form=OWN) -> Evaluation:
    answer = client.post(url, form)
    assert (answer.status_code, answer.headers["Location"]) == (302, url)
    return Evaluation.objects.latest("asked_at")


def test_quarters_half_years_and_years_are_offered_the_current_one_first():
    found = [(one.key, one.first, one.last) for one in periods.offered(TODAY, "id")]
    assert found[:2] == [
        ("2026-4-4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026-4-3", date(2026, 7, 1), date(2026, 9, 30)),
    ]
    assert found[5:7] == [
        ("2026-2-2", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026-2-1", date(2026, 1, 1), date(2026, 6, 30)),
    ]
    assert found[-2:] == [
        ("2026-1-1", date(2026, 1, 1), date(2026, 12, 31)),
        ("2025-1-1", date(2025, 1, 1), date(2025, 12, 31)),
    ]
    assert periods.offered(TODAY, "id")[0].name == "Triwulan IV 2026 (1 Oktober s.d. 31 Desember 2026)"


def test_what_was_done_later_does_not_count(village):
    counted = counting.until("18.02", at(date(2026, 7, 1)))
    assert counted["18.02.07.2009", ALL].started == 1
    assert counting.until("18.02", at(date(2026, 12, 1)))["18.02.07.2009", ALL].started == 2
    assert not counting.until("18.02", at(date(2026, 4, 1)))
    assert not counting.until("51", at(date(2026, 12, 1)))


@pytest.mark.parametrize("code", ["18", "18.02", "18.02.07"])
def test_a_region_alone_counts_what_the_nation_counts_of_it(code, village, stranger):
    moment = at(date(2026, 12, 1))
    of_nation = {key: counts for key, counts in counting.until("", moment).items() if key[0].startswith(f"{code}.")}
    assert {key: counts for key, counts in counting.until(code, moment).items() if key[0] != code} == of_nation


def test_counted_until_now_is_what_the_tallies_say(village, coordinator):
    now = counting.until("", clock.wall() + timedelta(minutes=1))
    whole = counting.own()
    for counts in whole.values():
        counts.weeks.clear()
    assert {key: counts for key, counts in now.items() if counts} == {k: c for k, c in whole.items() if c}


def test_the_figures_are_of_the_beginning_and_of_the_end(village, region):
    found = figuring.figures(region("18.02"), date(2026, 7, 1), date(2026, 12, 31), None)
    assert (found["before"], found["after"]) == ([8, 1, 1, 0, 7], [8, 2, 2, 0, 6])
    lines = {row["code"]: row["numbers"] for row in found["rows"] if row["numbers"][0]}
    assert lines == {"18.02.04": [1, 0, 0, 0, 1], "18.02.07": [7, 2, 2, 0, 5]}
    assert [(row["code"], row["above"]) for row in found["villages"]] == [
        ("18.02.04.2001", "Kecamatan Gunung Sugih"),
        ("18.02.07.2009", "Kecamatan Terbanggi Besar"),
    ]


def test_a_partner_is_told_no_small_group_and_no_growth(village, region):
    found = figuring.figures(region("18.02"), date(2026, 7, 1), date(2026, 12, 31), "18.02")
    assert found["before"] is None
    assert {row["code"] for row in found["rows"] if row["hidden"]} == {"18.02.04", "18.02.07"}
    assert found["villages"] == []


def test_paper_and_workbook(village, coordinator, client_of, settings):
    settings.BALAI_DEMO = True
    browser = client_of(coordinator)
    evaluation = made(browser, form={**OWN, "note": "Jaringan di selatan masih sulit.\n=1+1"})
    page = browser.get(TENGAH).content.decode()
    assert f"/evaluasi/{evaluation.pk}.pdf" in page
    paper = browser.get(f"/evaluasi/{evaluation.pk}.pdf")
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assert b"StructTreeRoot" in paper.content
    book = load_workbook(BytesIO(browser.get(f"/evaluasi/{evaluation.pk}.xlsx").content))
    assert book.sheet_names == ["Ringkasan", "Per wilayah", "Per desa"]
    summary = book.get_sheet_by_name("Ringkasan").to_python()
    assert summary[4][:2] == ["Terdaftar", "8"]
    assert any("=1+1" in str(row[0]) for row in summary)
    rows = {row[0]: row[2:7] for row in book.get_sheet_by_name("Per wilayah").to_python()[4:]}
    assert rows["18.02.07"] == [7.0, 2.0, 2.0, 0.0, 5.0]


def test_a_village_and_the_nation_have_one_too(village, admin, client_of):
    browser = client_of(admin)
    for url in ("/wilayah/18.02.07.2009/evaluasi", "/wilayah/indonesia/evaluasi"):
        evaluation = made(browser, url)
        assert browser.get(f"/evaluasi/{evaluation.pk}.pdf").status_code == 200


@pytest.mark.parametrize(
    "form",
    [
        {"period": forms.OWN},
        {"period": forms.OWN, "first": "2026-02-01", "last": "2026-01-01"},
        {"period": forms.OWN, "first": "2000-01-01", "last": "2026-01-01"},
        {"period": "1999-4-1"},
        {},
        {"period": forms.OWN, "first": "0001-01-01", "last": "9999-12-31"},
        {"period": forms.OWN, "first": "bukan tanggal", "last": "2026-01-01"},
    ],
)
def test_a_period_must_be_one(form, coordinator, client_of):
    assert client_of(coordinator).post(TENGAH, form).status_code == 422
    assert not Evaluation.objects.exists()


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        ("1999-12-31", "2000-02-01", "Tanggal awal tidak boleh sebelum 1 Januari 2000."),
        ("0001-01-01", "0001-01-01", "Tanggal awal tidak boleh sebelum 1 Januari 2000."),
        ("2026-01-01", "9999-12-31", "Tanggal akhir paling lambat hari ini."),
        ("9998-01-01", "9999-12-31", "Tanggal akhir paling lambat hari ini."),
        ("2026-02-01", "2026-01-31", "Tanggal akhir harus sesudah tanggal awal"),
    ],
)
def test_days_on_which_nothing_can_have_been_done_are_refused_and_stay_typed(first, last, why, coordinator, client_of):
    form = {"period": forms.OWN, "first": first, "last": last, "note": "Catatan yang tetap ada"}
    answer = client_of(coordinator).post(TENGAH, form)
    page = answer.content.decode()
    assert (answer.status_code, Evaluation.objects.count()) == (422, 0)
    for words in (why, f'value="{first}"', f'value="{last}"', "Catatan yang tetap ada"):
        assert words in page


def test_a_day_of_ones_own_may_be_today(village, coordinator, client_of):
    today = timezone.localdate(clock.wall()).isoformat()
    assert made(client_of(coordinator), form={"period": forms.OWN, "first": today, "last": today}).figures


@pytest.fixture
def open_jobs(settings):
    """Work is put down and not begun."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def test_the_same_asked_again_is_the_same_one(open_jobs, coordinator, client_of):
    browser = client_of(coordinator)
    first = made(browser)
    assert made(browser, form={**OWN, "note": "Baru"}) == first
    first.refresh_from_db()
    assert (first.note, Evaluation.objects.count()) == ("Baru", 1)


def test_another_waits_until_the_open_one_is_done_or_lost(open_jobs, coordinator, facilitator, client_of):
    browser, other = client_of(coordinator), {**OWN, "first": "2026-02-01", "note": "Jangan hilang"}
    open_one = made(browser)
    answer = browser.post(TENGAH, other)
    assert (answer.status_code, Evaluation.objects.count()) == (422, 1)
    for words in ("Evaluasi Anda yang lain masih dihitung", "Jangan hilang"):
        assert words in answer.content.decode()
    made(client_of(facilitator), form=other)
    Evaluation.objects.filter(pk=open_one.pk).update(asked_at=clock.wall() - timedelta(hours=2))
    assert made(browser, form=other).first == date(2026, 2, 1)


def test_what_is_done_is_the_same_one_for_a_minute(village, coordinator, client_of):
    browser = client_of(coordinator)
    assert made(browser) == made(browser)
    with clock.frozen(clock.wall() + timedelta(minutes=2)):
        made(browser)
    assert Evaluation.objects.count() == 2


def test_what_broke_is_made_anew_at_once(village, coordinator, client_of, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(jobs, "figures", lambda *some: 1 / 0)
        made(client_of(coordinator))
    assert made(client_of(coordinator)).figures


@pytest.mark.parametrize(
    ("role", "status"),
    [("coordinator", 200), ("auditor", 200), ("other_coordinator", 404), ("stranger", 404), ("secretary", 404)],
)
def test_who_makes_one(role, status, village, request, client_of):
    assert client_of(request.getfixturevalue(role)).get(TENGAH).status_code == status


def test_nobody_opens_another_persons(village, coordinator, facilitator, stranger, client_of):
    evaluation = made(client_of(coordinator))
    for person in (facilitator, stranger):
        for suffix in ("pdf", "xlsx"):
            assert client_of(person).get(f"/evaluasi/{evaluation.pk}.{suffix}").status_code == 404


def test_a_partner_chooses_among_calendar_periods_and_is_told_totals(village, partner, client_of):
    browser = client_of(partner)
    assert "Tanggal sendiri" not in browser.get("/wilayah/18/evaluasi").content.decode()
    assert browser.post("/wilayah/18/evaluasi", OWN).status_code == 422
    period = periods.offered(timezone.localdate(clock.wall()), "id")[0]
    evaluation = made(browser, "/wilayah/18/evaluasi", {"period": period.key})
    assert (evaluation.top, evaluation.figures["totals"]) == ("18", True)
    book = load_workbook(BytesIO(browser.get(f"/evaluasi/{evaluation.pk}.xlsx").content))
    names = set(Person.objects.values_list("name", flat=True))
    cells = {str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row}
    assert not names & cells
    assert browser.get(f"/evaluasi/{evaluation.pk}.pdf").status_code == 200


THIRD = (date(2026, 7, 1), date(2026, 9, 30))


@pytest.fixture
def grown(make_person):
    """``grown({"18.02.07.2009": (1, 8)})``: so many were there before the third quarter, so many came after it."""

    def grow(places):
        for moment, place_in in ((date(2026, 5, 1), 0), (date(2026, 11, 1), 1)):
            with clock.frozen(at(moment)):
                for code, sizes in places.items():
                    for n in range(sizes[place_in]):
                        make_person(f"Orang {code} {place_in} {n}", code)

    return grow


def closed_then(region, code, top="18"):
    return figuring.figures(region(code), *THIRD, top)["closed_then"]


def test_a_partner_is_told_nothing_of_a_region_that_was_a_group_of_one_then(grown, region):
    grown({"18.01": (1, 9), "18.02.07.2009": (9, 0), "18.08": (9, 0)})
    found = figuring.figures(region("18.01"), *THIRD, "18")
    assert (found["closed_then"], set(found)) == (True, {"state", "ended", "totals", "closed_then"})
    assert [closed_then(region, code) for code in ("18", "18.02", "18.08")] == [False, True, False]
    now = clock.wall().date()
    assert not figuring.figures(region("18.01"), now, now, "18")["closed_then"]
    assert not figuring.figures(region("18.01"), *THIRD, None)["closed_then"]


def test_nor_of_one_that_was_small_when_it_is_all_that_they_see(grown, region):
    grown({"18.01": (4, 9)})
    assert closed_then(region, "18.01", "18.01")


def test_nor_of_one_whose_whole_and_parts_tell_the_rest(grown, region):
    """Seven in the kabupaten, five of them in one kecamatan: two are in the other."""
    grown({"18.02.07.2009": (5, 9), "18.02.04.2001": (2, 9), "18.08": (9, 0)})
    codes = ("18.02", "18.02.07", "18.02.07.2009", "18.02.04", "18.02.04.2001")
    assert [closed_then(region, code, "18.02") for code in codes] == [False, True, True, True, True]


def test_the_gain_of_a_few_of_that_time_is_not_told(grown, region, monkeypatch):
    """Twelve took both tests, ten of them in one kabupaten: of the two in the other the difference would tell."""
    grown({"18.01": (9, 0), "18.02.07.2009": (12, 0)})
    real = counting.until

    def until(inside, moment):
        found = real(inside, moment)
        for code, paired in (("18.01", 2), ("18.02.07.2009", 10)):
            if (code, ALL) in found:
                counts = found[code, ALL]
                counts.paired, counts.before, counts.after = paired, 300 * paired, 400 * paired
        return found

    monkeypatch.setattr(counting, "until", until)
    assert figuring.figures(region("18.02"), *THIRD, None)["gain"][1] == 10
    assert figuring.figures(region("18.02"), *THIRD, "18")["gain"] is None
    assert figuring.figures(region("18"), *THIRD, "18")["gain"][1] == 12


@pytest.fixture
def closed(grown, partner, client_of):
    """A partner's browser, and their evaluation of a region that is open today and was a group of one."""
    grown({"18.01": (1, 9), "18.02.07.2009": (9, 0), "18.08": (9, 0)})
    catching_up.catch_up()
    browser, url = client_of(partner), "/wilayah/18.01/evaluasi"
    keys = {
        (period.first, period.last): period.key for period in periods.offered(timezone.localdate(clock.wall()), "id")
    }
    return browser, made(browser, url, {"period": keys[THIRD]})


def test_page_paper_and_workbook_say_that_nothing_is_told(closed):
    browser, evaluation = closed
    assert evaluation.closed_then
    page = browser.get("/wilayah/18.01/evaluasi").content.decode()
    assert "Jumlah dalam masa itu tidak ditampilkan" in page
    assert "Unduh PDF" not in page
    assert browser.get(f"/evaluasi/{evaluation.pk}.pdf").content.startswith(b"%PDF-")
    book = load_workbook(BytesIO(browser.get(f"/evaluasi/{evaluation.pk}.xlsx").content))
    assert book.sheet_names == ["Ringkasan"]
    told = str(book.get_sheet_by_name("Ringkasan").to_python())
    assert "dalam masa itu tidak ditampilkan" in told
    assert "Terdaftar" not in told


def test_one_of_totals_that_nobody_judged_is_not_handed_out(closed):
    browser, evaluation = closed
    Evaluation.objects.update(figures={"rows": [], "after": [1, 0, 0, 0, 1]})
    for suffix in ("pdf", "xlsx"):
        assert browser.get(f"/evaluasi/{evaluation.pk}.{suffix}").status_code == 404
    assert "Evaluasi lama ini tidak dapat diunduh lagi" in browser.get("/wilayah/18.01/evaluasi").content.decode()


def test_one_made_from_a_lower_standpoint_is_not_handed_out(closed):
    """Small groups are judged along the way up to what somebody sees: seen from higher up there are more."""
    browser, evaluation = closed
    Evaluation.objects.update(top="18.01")
    assert browser.get(f"/evaluasi/{evaluation.pk}.xlsx").status_code == 404


def test_a_partner_reads_of_a_decree_its_day_alone(village, region):
    support("18.02")
    texts = [str(figuring.figures(region("18.02"), *THIRD, top)["factors"]) for top in (None, "18.02")]
    assert ["SK 12/2026" in text for text in texts] == [True, False]
    assert all("27 Februari 2026" in text for text in texts)


def test_no_sign_in_a_note_a_name_or_a_decree_breaks_the_paper(village, make_person, client_of):
    odd = "😀 \U000f0000 \x01"
    support("18.02", f"SK 12/2026 {odd}")
    assessor = make_person(f"Musa {odd}", "18.02", role="coordinator", over=("18.02",))
    browser = client_of(assessor)
    evaluation = made(browser, form={**OWN, "note": "Jaringan 😀 \U000f0000 sulit"})
    Evaluation.objects.update(note=f"Jaringan {odd} sulit")
    assert "😀" in str(Evaluation.objects.get().figures["factors"])
    assert browser.get(f"/evaluasi/{evaluation.pk}.pdf").content.startswith(b"%PDF-")


def test_an_error_is_said_with_its_reference(village, coordinator, client_of, monkeypatch):
    monkeypatch.setattr(jobs, "figures", lambda *some: 1 / 0)
    browser = client_of(coordinator)
    evaluation = made(browser)
    assert re.fullmatch(r"[0-9A-F]{6}", evaluation.reference)
    assert evaluation.reference in browser.get(TENGAH).content.decode()


def test_doing_it_again_changes_nothing(village, coordinator, client_of):
    evaluation = made(client_of(coordinator))
    before = Evaluation.objects.values().get(pk=evaluation.pk)
    jobs.do.func(str(evaluation.pk))
    assert Evaluation.objects.values().get(pk=evaluation.pk) == before


def test_it_is_exported_forgotten_and_expires(village, coordinator, client_of):
    made(client_of(coordinator), form={**OWN, "note": "Catatan"})
    store = STORES["evaluations"]
    assert [row["note"] for row in store.export([coordinator.pk])] == ["Catatan"]
    assert store.expire(clock.wall()) == 0
    assert store.expire(clock.wall() + timedelta(days=6 * 365)) == 1
    made(client_of(coordinator))
    store.forget([coordinator.pk])
    assert not Evaluation.objects.exists()
