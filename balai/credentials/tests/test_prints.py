"""Files to print: the right certificates in the right order, once; going on after a kill; gone after some days."""

from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from balai.common.problems import Refusal
from balai.credentials import problems, register
from balai.credentials.models import Certificate, PrintPart, PrintRun
from balai.credentials.prints import jobs, packing
from balai.credentials.prints.choosing import Choice
from balai.credentials.revoking import revoke
from balai.people.privacy.stores import STORES
from balai.programmes.models import Seat
from balai.programmes.tests.making import intake
from balai.regions.models import Region
from tests.program import Program, fresh_database

from .test_sweeps import killed

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(certify, secretary, colleague, stranger):
    """A certificate each: two in the coordinator's kabupaten, one in another."""
    return [certify(person) for person in (secretary, colleague, stranger)]


@pytest.fixture
def later(monkeypatch):
    """Jobs are only noted."""
    noted = []
    monkeypatch.setattr(jobs.do.__class__, "enqueue", lambda self, *given: noted.append(given))
    return noted


def unpacked(run, number=1):
    with ZipFile(packing.file(run.pk, number)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_each_alone_all_bound_and_a_list(three, coordinator, secretary, colleague):
    run = jobs.start(Choice(coordinator))
    run.refresh_from_db()
    assert (run.total, run.done, run.problem, run.ended_at is not None) == (2, 2, "", True)
    files = unpacked(run)
    singles = ["Satuan/001 Terbanggi Besar - Bambang - Sertifikat Pelatihan.pdf"]
    singles.append("Satuan/002 Terbanggi Besar - Siti Rahayu, S.Pd. - Sertifikat Pelatihan.pdf")
    assert sorted(files) == ["Cetak 001 s.d. 002.pdf", "Daftar.xlsx", *singles]
    said = [register.verifier().content(files[name]).statement.name for name in singles]
    assert said == [colleague.name, secretary.name]
    rows = CalamineWorkbook.from_filelike(BytesIO(files["Daftar.xlsx"])).get_sheet_by_index(0).to_python()
    assert [row[:3] for row in rows[1:]] == [
        ["1", "Bambang", "Terbanggi Besar"],
        ["2", "Siti Rahayu, S.Pd.", "Terbanggi Besar"],
    ]
    part = PrintPart.objects.get()
    assert (part.size, part.count) == (packing.file(run.pk, 1).stat().st_size, 2)


def test_papers_of_a_village_lie_in_the_order_of_names_as_they_are_read(certify, coordinator, make_person):
    for name in ("Zainal", "Rina", "Hj. Fitri", "Joko"):
        certify(make_person(name, "18.02.07.2009"))
    assert [one.name for one in Choice(coordinator).certificates()] == ["Hj. Fitri", "Joko", "Rina", "Zainal"]


def test_in_parts_that_follow_each_other(three, admin, monkeypatch):
    monkeypatch.setattr(jobs, "PART", 2)
    run = jobs.start(Choice(admin))
    run.refresh_from_db()
    assert (run.done, [part.count for part in run.parts.order_by("number")]) == (3, [2, 1])
    names = [name for number in (1, 2) for name in unpacked(run, number) if name.startswith("Satuan")]
    assert [name.split(" - ")[1] for name in names] == ["Bambang", "Siti Rahayu, S.Pd.", "I Wayan Sudarma"]


def test_what_does_not_count_any_more_is_not_printed(three, coordinator, secretary):
    revoke(Certificate.objects.get(person=secretary), "Kecurangan", None)
    assert [one.name for one in Choice(coordinator).certificates()] == ["Bambang"]


def test_what_is_revoked_while_it_waits_is_left_out(three, coordinator, secretary, later):
    run = jobs.start(Choice(coordinator))
    revoke(Certificate.objects.get(person=secretary), "Kecurangan", None)
    jobs.do.func(*later[-1])
    assert [name for name in unpacked(run) if "Siti" in name] == []


def test_a_choice_of_course_region_and_batch(three, admin, secretary, course, publish_course):
    other = publish_course()
    assert Choice(admin, course=course.course).certificates().count() == 3
    assert Choice(admin, course=other.course).certificates().count() == 0
    assert Choice(admin, region=Region.objects.get(code="51")).certificates().count() == 1
    made = intake(course.course_id)
    made.ask(secretary)
    assert Seat.objects.held().count() == 1
    assert [one.person for one in Choice(admin, batch=made.batch).certificates()] == [secretary]


def test_nothing_and_too_much_are_refused(three, coordinator, other_coordinator, publish_course, monkeypatch):
    with pytest.raises(Refusal) as caught:
        jobs.start(Choice(coordinator, course=publish_course().course))
    assert caught.value.problem == problems.NOTHING_TO_PRINT
    monkeypatch.setattr(jobs, "LIMIT", 1)
    with pytest.raises(Refusal) as caught:
        jobs.start(Choice(coordinator))
    assert caught.value.problem == problems.TOO_MUCH_TO_PRINT
    assert not PrintRun.objects.exists()


def test_one_at_a_time(three, coordinator, later):
    jobs.start(Choice(coordinator))
    with pytest.raises(Refusal) as caught:
        jobs.start(Choice(coordinator))
    assert caught.value.problem == problems.PRINTING_GOES_ON


def test_without_a_disk_it_is_said_before(three, coordinator, monkeypatch):
    monkeypatch.setattr(jobs, "EACH", 10**15)
    with pytest.raises(Refusal) as caught:
        jobs.start(Choice(coordinator))
    assert caught.value.problem == problems.NO_ROOM_TO_PRINT


def test_the_room_that_others_still_need_is_not_given_twice(three, admin, coordinator, later, monkeypatch):
    free = 2 * 3 * jobs.EACH
    monkeypatch.setattr(jobs.shutil, "disk_usage", lambda path: SimpleNamespace(free=free))
    jobs.start(Choice(coordinator))
    with pytest.raises(Refusal) as caught:
        jobs.start(Choice(admin))
    assert caught.value.problem == problems.NO_ROOM_TO_PRINT
    jobs.do.func(*later[-1])
    assert jobs.start(Choice(admin)).total == 3


def test_two_runs_of_a_person_are_kept(three, client_of, coordinator, admin):
    others = jobs.start(Choice(admin))
    runs = [jobs.start(Choice(coordinator)) for _time in range(3)]
    assert [packing.file(run.pk, 1).exists() for run in (others, *runs)] == [True, False, True, True]
    assert set(PrintRun.objects.filter(owner=coordinator)) == set(runs[1:])
    assert "Dua yang terakhir disimpan" in client_of(coordinator).get("/sertifikat/cetak").content.decode()


def test_who_moved_out_of_reach_while_it_waits_is_left_out(three, coordinator, secretary, later, region):
    run = jobs.start(Choice(coordinator))
    type(secretary).objects.filter(pk=secretary.pk).update(region=region("51.02"))
    jobs.do.func(*later[-1])
    drawn = unpacked(run)
    assert [name for name in drawn if "Siti" in name] == []
    assert [name for name in drawn if "Bambang" in name] != []


def test_it_goes_after_some_days_or_when_somebody_in_it_is_erased(three, coordinator, admin, stranger):
    old, run = jobs.start(Choice(coordinator)), jobs.start(Choice(admin))
    later = old.started_at + timedelta(days=3, minutes=1)
    PrintRun.objects.filter(pk=run.pk).update(started_at=later)
    assert STORES["print_runs"].expire(later) == 1
    assert (packing.file(old.pk, 1).exists(), packing.file(run.pk, 1).exists()) == (False, True)
    assert [row["title"] for row in STORES["print_runs"].export([stranger.pk])] == [run.title]
    STORES["print_runs"].forget([stranger.pk])
    assert (list(PrintRun.objects.all()), packing.file(run.pk, 1).exists()) == ([], False)


def test_who_gets_in(three, client_of, coordinator, other_coordinator, secretary, admin):
    page = client_of(coordinator).post("/sertifikat/cetak", {"pelatihan": "", "tahap": "", "wilayah": ""})
    addresses = [page["Location"], f"{page['Location']}/1.zip"]
    seen = {
        person.name: [client_of(person).get(address).status_code for address in addresses]
        for person in (coordinator, other_coordinator, secretary, admin)
    }
    others = (other_coordinator.name, secretary.name, admin.name)
    assert seen == {coordinator.name: [200, 200]} | {name: [404, 404] for name in others}
    assert client_of(secretary).get("/sertifikat/cetak").status_code == 404
    file = client_of(coordinator).get(addresses[1])
    assert (file["Content-Type"], file["Cache-Control"]) == ("application/zip", "private, no-store")
    assert ZipFile(BytesIO(file.getvalue())).testzip() is None


def test_the_page_counts_before_it_draws(three, client_of, coordinator, course):
    told = client_of(coordinator).get("/sertifikat/cetak", {"pelatihan": course.slug}).content.decode()
    assert "2 sertifikat dalam 1 berkas" in told
    assert "berkas cetak" not in client_of(coordinator).get("/sertifikat/cetak", {"wilayah": "51"}).content.decode()


def test_batches_of_other_regions_are_not_offered(client_of, coordinator, other_coordinator, admin, course, region):
    made = intake(course.course_id, region=region("18").pk)
    offered = {
        person.name: str(made.batch.pk) in client_of(person).get("/sertifikat/cetak").content.decode()
        for person in (coordinator, other_coordinator, admin)
    }
    assert offered == {coordinator.name: True, other_coordinator.name: False, admin.name: True}


def test_thrown_away_while_it_is_drawn(three, client_of, coordinator, later):
    run = jobs.start(Choice(coordinator))
    part = run.parts.get()
    assert client_of(coordinator).get(f"/sertifikat/cetak/{run.pk}/1.zip").status_code == 409
    client_of(coordinator).post(f"/sertifikat/cetak/{run.pk}/penghapusan")
    assert not jobs._draw(run, part)
    assert not packing.file(run.pk, 1).exists()


def test_as_many_queries_for_thirty_parts_as_for_one(three, client_of, coordinator, queries):
    run = jobs.start(Choice(coordinator))
    client = client_of(coordinator)
    address = f"/sertifikat/cetak/{run.pk}"
    client.get(address)
    one = queries(lambda: client.get(address))
    for number in range(2, 31):
        PrintPart.objects.create(run=run, number=number, certificates=[], first="A", last="B")
    assert queries(lambda: client.get(address)) == one


def test_a_press_that_breaks_ends_the_run_with_a_code(three, coordinator, monkeypatch):
    def broken(press, words):
        press._child.kill()
        return real(press, words)

    real = packing.Press.single
    monkeypatch.setattr(packing.Press, "single", broken)
    run = jobs.start(Choice(coordinator))
    run.refresh_from_db()
    assert (run.problem, len(run.reference), run.done) == (problems.PRINTING_BROKE.code, 6, 0)
    assert list(packing.file(run.pk, 1).parent.iterdir()) == [], "nothing half done is left"


_GROUND = """
from balai.assessments.tests.conftest import source
from balai.common.ids import uuid7
from balai.courses.publishing import publish
from balai.credentials import issuing, keys, sweeps
from balai.credentials.models import PrintRun, Sweep
from balai.credentials.prints import jobs
from balai.credentials.prints.choosing import Choice
from balai.credentials.tests.test_issuing import registered, complete_quietly
from balai.people.models import Person
from balai.regions.models import Region
from conftest import new_person
version = publish(source(uuid7()), None)[0]
home = Region.objects.get(code="18.02")
for number in range(5):
    complete_quietly(registered(f"Orang {number}", home), version)
keys.ensure()
sweeps.carry_on(Sweep.objects.create(course=version.course_id, prefixes=[""], total=5))
jobs.PART = 2
jobs.do.__class__.enqueue = lambda *given: None
jobs.start(Choice(new_person("Agus", "18", "admin", (None,))))
"""
_WORK = """
import os
from balai.credentials.prints import jobs, packing
from balai.credentials.models import PrintRun
jobs.PART = 2
real, count = packing.Press.single, iter(range(100))
def single(*given):
    if next(count) == {last}:
        os.kill(os.getpid(), 9)
    return real(*given)
packing.Press.single = single
jobs.carry_on(PrintRun.objects.get())
"""
_RESULT = """
import json
from zipfile import ZipFile
from balai.credentials.models import PrintRun
from balai.credentials.prints import packing
run = PrintRun.objects.get()
files = [packing.file(run.pk, part.number) for part in run.parts.order_by("number")]
names = [name for file in files for name in ZipFile(file).namelist() if name.startswith("Satuan")]
print(json.dumps([run.done, run.problem, sorted(set(names)) == sorted(names), len(names)]))
"""


@pytest.mark.slow
def test_killed_twice_it_goes_on_with_the_part_at_hand(tmp_path):
    program = Program(tmp_path / "data", fresh_database())
    program.run("prepare")
    program.script(_GROUND)
    for last in (3, 1):
        assert killed(program, _WORK.format(last=last))
    program.script(_WORK.format(last=99))
    assert program.script(_RESULT).strip().splitlines()[-1] == '[5, "", true, 5]'
