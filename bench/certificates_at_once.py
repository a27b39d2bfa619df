"""10,000 certificates at once: issued for all who earned one, then drawn into files to print.

    python -m bench.certificates_at_once [--people 10000] [--drawn 10000]

Each step is a process of its own, as the server's worker is. What is printed beside the time: by how much its memory
grew from the first hundred to the last, and at its peak. Afterwards the numbers are looked at (each once, no gap) and
every part's ZIP (each certificate once). Limit for memory: what one process of a small machine may take.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

#: Megabytes.
MEMORY = 200
STEPS = ("ground", "issued", "drawn")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--drawn", type=int, default=10_000)
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.step:
        print(json.dumps({"ground": _ground, "issued": _issue, "drawn": _draw}[given.step](given)))
        return
    with tempfile.TemporaryDirectory(prefix="balai-bench-") as folder:
        os.environ.update(BALAI_DATA=folder, DJANGO_SETTINGS_MODULE="balai.settings")
        os.environ.pop("DATABASE_URL", None)
        words = ["--people", str(given.people), "--drawn", str(given.drawn)]
        print(f"{'':10}{'seconds':>9}{'a second':>10}{'peak MB':>9}{'limit':>7}{'grown MB':>10}")
        for step in STEPS:
            command = [sys.executable, "-m", "bench.certificates_at_once", "--step", step, *words]
            told = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout)
            if step != "ground":
                print(
                    f"{step:10}{told['seconds']:9.0f}{told['count'] / told['seconds']:10.0f}{told['peak']:9.0f}"
                    f"{MEMORY:7}{told['grown']:10.0f}   {told['said']}",
                    flush=True,
                )


def _ground(given: argparse.Namespace) -> dict[str, Any]:
    """People who finished all lessons of a course before there was a key to sign with."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from balai.common.ids import uuid7
    from balai.courses.entries import LessonCompleted
    from balai.courses.publishing import publish
    from balai.courses.source import Source
    from balai.courses.tests.folders import folder
    from balai.credentials import keys
    from balai.log import kinds
    from balai.log.record import Deed, record_many
    from balai.people.entries import PersonRegistered
    from balai.regions import shipping
    from balai.regions.models import Region

    shipping.load(prefixes=("18",))
    kinds.FOLLOWERS["lesson.completed"].pop("balai.credentials.issuing.after_lessons")
    rule = "\nsertifikat:\n  jenis: pelatihan\n  materi: 100"
    version = publish(Source.of(folder(uuid7(), certificate=rule).items()), None)[0]
    villages = list(Region.objects.filter(level=4).values_list("id", flat=True))
    homes = [villages[number % len(villages)] for number in range(given.people)]
    for start in range(0, given.people, 500):
        people = [
            Deed("person.registered", PersonRegistered(f"Siti Aminah {start + n}", home), proof="hub", audience=home)
            for n, home in enumerate(homes[start : start + 500])
        ]
        ids = [entry.id for entry in record_many(people)]
        record_many(
            [
                Deed("lesson.completed", LessonCompleted(lesson.id, version.pk), actor=id, subject=id)
                for id in ids
                for lesson in version.lessons
            ]
        )
    keys.ensure()
    return {}


def _issue(given: argparse.Namespace) -> dict[str, Any]:
    import django

    django.setup()
    from balai.courses.models import Course
    from balai.credentials import sweeps
    from balai.credentials.models import Certificate, Sweep

    sweep = Sweep.objects.create(course=Course.objects.get().pk, prefixes=[""], total=given.people)
    told = _measured(lambda: sweeps.carry_on(sweep), lambda: _grows(sweeps, "_some"))
    numbers = sorted(int(number.split("/")[0]) for number in Certificate.objects.values_list("number", flat=True))
    exact = numbers == list(range(1, given.people + 1)) and not sweep.problem
    people = Certificate.objects.values("person").distinct().count()
    return told | {"count": len(numbers), "said": f"{people:,} people, numbers without gap or double: {exact}"}


def _draw(given: argparse.Namespace) -> dict[str, Any]:
    import zipfile

    import django

    django.setup()
    from balai.credentials.models import PrintRun
    from balai.credentials.prints import jobs, packing
    from balai.credentials.prints.choosing import Choice
    from balai.log.record import record
    from balai.people.entries import PersonRegistered, RoleGranted
    from balai.people.models import Person

    admin = record("person.registered", PersonRegistered("Agus", None), proof="hub").id
    record("role.granted", RoleGranted("admin", (None,)), subject=admin, proof="hub")
    jobs.LIMIT = max(jobs.LIMIT, given.people)
    run = jobs.start(Choice(Person.objects.get(pk=admin)))
    late = run.parts.filter(number__gt=-(-given.drawn // jobs.PART))
    late.delete()
    told = _measured(lambda: jobs.carry_on(run), lambda: _grows(packing, "_draw"))
    files = [packing.file(run.pk, part.number) for part in run.parts.order_by("number")]
    names = [name for file in files for name in zipfile.ZipFile(file).namelist() if name.startswith("Satuan")]
    people = {name.split(" - ")[1] for name in names}
    size = sum(file.stat().st_size for file in files) / 1e6
    exact = len(people) == len(names) == min(given.drawn, given.people)
    problem = PrintRun.objects.get(pk=run.pk).problem
    said = f"{len(files)} files, {size:,.0f} MB, each certificate once: {exact and not problem}"
    return told | {"count": len(names), "said": said}


def _measured(act: Callable[[], object], watch: Callable[[], list[float]]) -> dict[str, Any]:
    """Seconds, and megabytes of this process (and, at its peak, of the greatest child)."""
    grown = watch()
    started = time.perf_counter()
    act()
    seconds = time.perf_counter() - started
    peaks = (resource.getrusage(who).ru_maxrss / 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    settled = grown[len(grown) // 10] if grown else 0
    return {"seconds": seconds, "peak": max(peaks), "grown": (grown[-1] - settled) if grown else 0}


def _grows(module: Any, name: str) -> list[float]:
    """The memory of this process after each call of the function ``name``, filled as they are made."""
    import psutil

    real, found = getattr(module, name), []
    process = psutil.Process()

    def watched(*given: Any) -> Any:
        answer = real(*given)
        found.append(process.memory_info().rss / 1e6)
        return answer

    setattr(module, name, watched)
    return found


if __name__ == "__main__":
    main()
