"""Issuing for all who qualify: exactly once each, numbered without gaps, also when it is killed on the way."""

import subprocess
import sys

import pytest

from balai.common.problems import Refusal
from balai.credentials import keys, problems, sweeps
from balai.credentials.models import Certificate, Sweep
from balai.log.models import Entry
from tests.program import Program, fresh_database

from .test_issuing import complete_quietly

pytestmark = pytest.mark.django_db


@pytest.fixture
def owed(publish_course, secretary, colleague, stranger):
    """Three people did all that it takes before there was a key."""
    version = publish_course()
    for person in (secretary, colleague, stranger):
        complete_quietly(person, version)
    keys.ensure()
    return version


def test_all_who_qualify_get_theirs_once(owed, secretary, colleague, stranger):
    for again in range(2):
        sweep = sweeps.start(owed.course, [""], None)
        sweep.refresh_from_db()
        assert (sweep.total, sweep.done, sweep.issued, sweep.problem) == (3, 3, 0 if again else 3, "")
    assert {row.person for row in Certificate.objects.all()} == {secretary, colleague, stranger}
    assert sorted(row.number.split("/")[0] for row in Certificate.objects.all()) == ["0001", "0002", "0003"]
    assert Entry.objects.filter(kind="certificate.issued").count() == 3


def test_a_coordinator_issues_in_regions_of_their_own(owed, client_of, coordinator, secretary, colleague, stranger):
    assert client_of(secretary).get("/sertifikat/penerbitan").status_code == 404
    page = client_of(coordinator).post("/sertifikat/penerbitan", {"pelatihan": owed.slug})
    assert page.status_code == 302
    assert {row.person for row in Certificate.objects.all()} == {secretary, colleague}
    told = client_of(coordinator).get(page["Location"]).content.decode()
    assert "2 dari 2 orang diperiksa, 2 sertifikat terbit" in told


def test_one_at_a_time_for_a_course(owed):
    Sweep.objects.create(course=owed.course_id, prefixes=[""])
    with pytest.raises(Refusal) as caught:
        sweeps.start(owed.course, [""], None)
    assert caught.value.problem == problems.SWEEP_GOES_ON


def test_without_a_key_it_ends_with_the_reason(publish_course, secretary):
    version = publish_course()
    complete_quietly(secretary, version)
    sweep = sweeps.start(version.course, [""], None)
    sweep.refresh_from_db()
    assert (sweep.problem, sweep.issued, sweep.ended_at is None) == (problems.NO_KEY.code, 0, False)


_GROUND = """
from django.conf import settings
from balai.common.ids import uuid7
from balai.assessments.tests.conftest import source
from balai.courses.publishing import publish
from balai.credentials import issuing, keys, sweeps
from balai.credentials.models import Sweep
from balai.credentials.tests.test_issuing import registered, complete_quietly
from balai.regions.models import Region
version = publish(source(uuid7()), None)[0]
home = Region.objects.get(code="18.02")
for number in range(9):
    complete_quietly(registered(f"Orang {number}", home), version)
keys.ensure()
print(Sweep.objects.create(course=version.course_id, prefixes=[""], total=9).pk)
"""
_WORK = """
import os
from balai.credentials import issuing, sweeps
from balai.credentials.models import Sweep
sweeps.CHUNK = 2
real, count = issuing.record, iter(range(100))
def record(*given, **named):
    if next(count) == {last}:
        os.kill(os.getpid(), 9)
    return real(*given, **named)
issuing.record = record
sweeps.carry_on(Sweep.objects.get())
"""
_RESULT = """
import json
from balai.credentials.models import Certificate, Numbering, Sweep
from balai.log.models import Entry
sweep = Sweep.objects.get()
print(json.dumps([sweep.done, sweep.issued, sweep.problem, Entry.objects.filter(kind="certificate.issued").count(),
    sorted(int(number.split("/")[0]) for number in Certificate.objects.values_list("number", flat=True)),
    sorted(Certificate.objects.values_list("status", flat=True)),
    Certificate.objects.values("person").distinct().count()]))
"""


@pytest.mark.slow
def test_killed_twice_it_issues_exactly_once(tmp_path):
    """The process is killed in the middle of a transaction, twice; the third goes on to the end."""
    program = Program(tmp_path / "data", fresh_database())
    program.run("prepare")
    program.script(_GROUND)
    for last in (3, 2):
        assert killed(program, _WORK.format(last=last))
    program.script(_WORK.format(last=99))
    everyone = list(range(1, 10))
    assert program.script(_RESULT).strip().splitlines()[-1] == str(f'[9, 9, "", 9, {everyone}, {everyone}, 9]')


def killed(program: Program, code: str) -> bool:
    environment = program.environment() | {"DJANGO_SETTINGS_MODULE": "balai.settings"}
    done = subprocess.run(
        [sys.executable, "-c", f"import django\ndjango.setup()\n{code}"],
        env=environment,
        capture_output=True,
        check=False,
    )
    return done.returncode == -9
