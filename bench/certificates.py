"""How many certificates a second one process issues, draws, signs and checks.

    python -m bench.certificates [--people 300] [--processes 2]

issued: numbered, signed and recorded as an entry. paper: the PDF with its QR and the credential inside, as a
download makes it; also with several processes. The peers are what drew the same page on the same kind of machine
when the libraries were chosen: typst without credential and border 115 a second, weasyprint 21 to 29.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--draw", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.draw:
        _draw_all()
        return
    with tempfile.TemporaryDirectory(prefix="balai-bench-") as folder:
        os.environ.update(BALAI_DATA=folder, BALAI_JOBS="now", DJANGO_SETTINGS_MODULE="balai.settings")
        os.environ.pop("DATABASE_URL", None)
        _run(given.people, given.processes)


def _run(people: int, processes: int) -> None:
    issued = _issue(people)
    from balai.credentials import documents, register
    from balai.credentials.models import Certificate

    certificates = list(Certificate.objects.all())
    verifier = register.verifier()
    papers = [documents.pdf(certificate) for certificate in certificates[:20]]
    rows = [
        ("issued", issued, None),
        ("credential signed", _rate(documents.credential, certificates), None),
        ("paper", _rate(documents.pdf, certificates), 29),
        (f"paper, {processes} processes", _many(processes, people), None),
        ("QR checked", _rate(lambda one: verifier.text(one.signed), certificates), None),
        ("PDF checked", _rate(verifier.content, papers), None),
    ]
    print(f"{'a second':28}{'reached':>12}{'weasyprint':>12}{'ratio':>8}")
    for name, rate, peer in rows:
        print(f"{name:28}{rate:12,.0f}" + (f"{peer:12}{rate / peer:8.1f}" if peer else ""))
    print(f"size of a paper, KB {max(map(len, papers)) / 1000:20.0f}")
    print(f"peak memory, MB {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:24.0f}")


def _issue(people: int) -> float:
    """People who have earned a certificate of a course, by the rooms' own doors. Returns certificates a second."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    from balai.common import clock
    from balai.courses.publishing import publish
    from balai.courses.source import Source
    from balai.credentials import issuing, keys
    from balai.log.record import Deed, record_many
    from balai.people.entries import PersonRegistered
    from balai.people.models import Person
    from balai.regions import shipping
    from balai.regions.models import Region

    shipping.load(prefixes=("18",))
    keys.ensure()
    version = publish(Source.of(_course()), None)[0]
    home = Region.objects.get(code="18.02.07.2009")
    deeds = [
        Deed("person.registered", PersonRegistered(f"Siti Aminah {n}, S.Sos.", home.id), proof="hub", audience=home.id)
        for n in range(people)
    ]
    ids = [entry.id for entry in record_many(deeds)]
    now = clock.wall()
    found = issuing.Earned(version, "pelatihan", now - timedelta(days=9), now, 860)
    return _rate(lambda person: issuing.award(person, found), list(Person.objects.filter(pk__in=ids)))


def _course() -> Iterable[tuple[str, bytes]]:
    from pathlib import Path

    import balai

    folder = Path(balai.__file__).parent / "demo" / "courses" / "kenal-hp-dan-internet"
    files = (file for file in folder.rglob("*") if file.is_file())
    return [(str(file.relative_to(folder)), file.read_bytes()) for file in files]


def _rate(act: Callable[[Any], Any], things: list[Any]) -> float:
    act(things[0])  # what is loaded once is not counted
    started = time.perf_counter()
    for thing in things:
        act(thing)
    return len(things) / (time.perf_counter() - started)


def _many(processes: int, people: int) -> float:
    """Papers a second of several processes at once, each drawing all of them; their start is not counted."""
    command = [sys.executable, "-m", "bench.certificates", "--draw"]
    workers = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _n in range(processes)
    ]
    for worker in workers:
        assert worker.stdout
        worker.stdout.readline()
    started = time.perf_counter()
    for worker in workers:
        worker.communicate("go\n")
    return processes * people / (time.perf_counter() - started)


def _draw_all() -> None:
    import django

    django.setup()
    from balai.credentials import documents
    from balai.credentials.models import Certificate

    certificates = list(Certificate.objects.all())
    documents.pdf(certificates[0])
    print("ready", flush=True)
    sys.stdin.readline()
    for certificate in certificates:
        documents.pdf(certificate)


if __name__ == "__main__":
    main()
