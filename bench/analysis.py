"""The item analysis of a test that 20,000 people took: looking the first time, again, and after one more attempt.

    python -m bench.analysis [--attempts 20000]

The attempts stand in the tables as if submitted and marked; a test of forty questions, ten on each paper. "counted":
every attempt is read. ``DATABASE_URL`` chooses PostgreSQL.
"""

import argparse
import os
import random
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

QUESTIONS, ON_A_PAPER = 40, 10
#: A question: its slug, the text, four options, the first of them right.
_TEXT = (
    "\n## soal-{n}\nTanya {n}?\n\n- (x) Benar {n}\n- ( ) Salah {n}\n- ( ) Lain {n}\n- ( ) Bukan {n}\n\n> Begitulah.\n"
)
_HEAD = "---\nid: akhir\njudul: Tes akhir\njenis: sertifikat\nlulus: 70\nacak: true\njumlah: {draw}\n---\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--attempts", type=int, default=20_000)
    attempts = parser.parse_args().attempts
    with tempfile.TemporaryDirectory(prefix="balai-bench-") as folder:
        os.environ.update(BALAI_DATA=folder, BALAI_JOBS="now", DJANGO_SETTINGS_MODULE="balai.settings")
        _run(attempts)


def _run(attempts: int) -> None:
    import django
    from django.core.management import call_command

    django.setup()
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    browser, address, more = _prepare(attempts)
    browser.get("/bantuan")  # templates and addresses are loaded once
    rows = [("the first time (counted)", *_look(browser, address))]
    rows.append(("again", *_look(browser, address)))
    more()
    rows.append(("after one more (counted)", *_look(browser, address)))
    rows.append(("as a workbook", *_look(browser, f"{address}.xlsx")))
    print(f"{attempts:,} attempts, {QUESTIONS} questions, {ON_A_PAPER} on a paper\n")
    print(f"{'':28}{'ms':>8}{'queries':>9}{'KB':>7}{'more MB':>9}")
    for name, seconds, queries, size, memory in rows:
        print(f"{name:28}{seconds * 1000:8.0f}{queries:9}{size / 1000:7.0f}{memory:9.1f}")


def _look(browser: Any, address: str) -> tuple[float, int, int, float]:
    """Seconds, queries, bytes, and by how many MB the process grew at its peak."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    before = _peak()
    with CaptureQueriesContext(connection) as asked:
        started = time.perf_counter()
        answer = browser.get(address)
        seconds = time.perf_counter() - started
    assert answer.status_code == 200, answer.status_code
    return seconds, len(asked), len(answer.content), _peak() - before


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def _prepare(attempts: int) -> tuple[Any, str, Callable[[], None]]:
    """An author's browser, the address of the analysis, and what adds one attempt."""
    from django.test import Client

    from balai.assessments.contents import content
    from balai.assessments.models import Test
    from balai.assessments.tests.conftest import source
    from balai.common.ids import uuid7
    from balai.courses.publishing import publish
    from balai.regions import shipping
    from conftest import new_person

    shipping.load(prefixes=("18",))
    body = "".join(_TEXT.format(n=n) for n in range(QUESTIONS))
    author = new_person("Dr. Ratna Dewi, M.Si.", "18", "author", (None,))
    version, _new = publish(source(uuid7(), akhir=_HEAD.format(draw=ON_A_PAPER) + body), author.pk)
    test = content(Test.objects.get(version=version, slug="akhir").pk)
    browser = Client(headers={"sec-fetch-site": "same-origin"})
    browser.force_login(author.account, backend="balai.people.backends.UsernameOrPhoneBackend")
    for start in range(0, attempts, 2_000):
        _take(test, start, min(2_000, attempts - start))
    return browser, f"/tes/{test.id}/analisis", lambda: _take(test, attempts, 1)


def _take(test: Any, start: int, count: int) -> None:
    """So many people, each with one attempt: the able ones answer more questions rightly."""
    from balai.assessments.marking import mark
    from balai.assessments.models import Attempt, Mark
    from balai.common import clock
    from balai.common.ids import uuid7
    from balai.people.models import Person
    from balai.regions.models import Region

    dice, now = random.Random(start), clock.wall() + timedelta(seconds=start)
    home = Region.objects.get(code="18.02.07.2009").pk
    people, taken, marks = [], [], []
    for n in range(start, start + count):
        person, id, able = uuid7(), uuid7(), dice.random()
        people.append(Person(pk=person, name=f"P{n}", name_key=f"p{n}", region_id=home, registered_at=now))
        keys = {place.question: test.keys[place.question] for place in test.paper(id)}
        given = {slug: [(key.right if dice.random() < able else key.wrong)[0]] for slug, key in keys.items()}
        answers = [{"question": slug, "chosen": ids, "at": 30} for slug, ids in given.items()]
        times = {"started_at": now, "submitted_at": now}
        taken.append(Attempt(pk=id, person_id=person, test_id=test.id, answers=answers, **times))
        found = mark(given, keys)
        told = {"score": found.score, "questions": found.questions}
        told["outcome"] = "passed" if found.score >= 700 else "failed"
        marks.append(Mark(pk=uuid7(), attempt_id=id, marked_at=now, **told))
    for model, rows in ((Person, people), (Attempt, taken), (Mark, marks)):
        model.objects.bulk_create(rows, batch_size=500)


if __name__ == "__main__":
    main()
