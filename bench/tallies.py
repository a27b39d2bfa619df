"""The nation's picture at full size: 83,762 villages, 200,000 enrolments. Counting everything, and looking at it.

    python -m bench.tallies [--enrolments 200000]

``DATABASE_URL`` chooses PostgreSQL. Limits: a full recount 60 s; any drill-down, the three factors of the region and
of all below it included, 50 ms and 8 queries; a deed is visible five levels up within 5 s (the log is read every 2 s,
so what is printed here may be 3). An evaluation is worked out by a job; 60 s is what one waits for it.
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import islice
from typing import Any

RECOUNT, LOOK, QUERIES, VISIBLE, WAIT = 60, 50, 8, 3, 60
_AGO = 84


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--enrolments", type=int, default=200_000)
    enrolments = parser.parse_args().enrolments
    with tempfile.TemporaryDirectory(prefix="balai-bench-") as folder:
        os.environ.update(BALAI_DATA=folder, BALAI_JOBS="now", DJANGO_SETTINGS_MODULE="balai.settings")
        _run(enrolments)


def _run(enrolments: int) -> None:
    import django
    from django.core.management import call_command

    django.setup()
    from balai.regions import shipping

    call_command("migrate", verbosity=0)
    shipping.load()
    _fill(enrolments)
    from balai.monitoring import catching_up
    from balai.monitoring.models import Tally

    seconds, first = _both(catching_up.catch_up)
    again, second = _both(catching_up.recount)
    _deed()
    after = _seconds(catching_up.catch_up)
    print(f"{enrolments:,} enrolments, {Tally.objects.count():,} tallies\n")
    print("                                          measured      limit   of the processor")
    print(f"full recount, the first time            {seconds:8.1f} s   {RECOUNT:6} s   {first:8.1f} s")
    print(f"full recount, nothing has changed       {again:8.1f} s   {RECOUNT:6} s   {second:8.1f} s")
    print(f"a deed, seen from village to nation     {after:8.2f} s   {VISIBLE:6} s")
    _look()
    _list()
    _evaluate()


def _fill(enrolments: int) -> None:
    """Two people and more for every village, straight into the tables; a third has learned, some hold a certificate."""
    from balai.common import clock
    from balai.common.ids import derived, uuid7
    from balai.courses.models import Course, CourseVersion, Lesson, LessonCompletion
    from balai.people.models import Person
    from balai.programmes.models import Enrolment, Seat
    from balai.regions.models import Region

    dice, now = random.Random(1), clock.wall()
    common = {"language": "id", "jp": 3, "open": True, "units": [], "description": "", "manifest": "", "bytes": 1}
    studies = []
    for n in range(4):
        course = Course.objects.create(pk=uuid7(), slug=f"c{n}")
        version = CourseVersion.objects.create(
            pk=uuid7(), course=course, number=1, slug=course.slug, title=f"C{n}", lesson_count=10, minutes=90,
            published_at=now, **common,
        )  # fmt: skip
        Course.objects.filter(pk=course.pk).update(current=version)
        lessons = [Lesson(pk=uuid7(), course=course, slug=f"m{k}", title="M", minutes=9) for k in range(10)]
        studies.append((course.pk, version.pk, [lesson.pk for lesson in Lesson.objects.bulk_create(lessons)]))
    villages = list(Region.objects.filter(level=4).values_list("pk", flat=True))
    people = [
        Person(pk=uuid7(), name=f"P{n}", name_key=f"p{n}", region_id=villages[n % len(villages)], registered_at=now)
        for n in range(max(2 * len(villages), enrolments))
    ]
    _create(Person, people)
    asked, seats, done = [], [], []
    for person in people[:enrolments]:
        course_id, version_id, lesson_ids = dice.choice(studies)
        row = Enrolment(
            pk=uuid7(),
            person_id=person.pk,
            course_id=course_id,
            version_id=version_id,
            asked_by=person.pk,
            asked_at=now,
        )
        asked.append(row)
        seats.append(Seat(pk=uuid7(), person_id=person.pk, course_id=course_id, enrolment_id=row.pk, given_at=now))
        done.extend(
            LessonCompletion(
                pk=derived(person.pk, str(lesson)),
                person_id=person.pk,
                course_id=course_id,
                lesson_id=lesson,
                version_id=version_id,
                completed_at=now - timedelta(days=dice.randrange(_AGO)),
            )
            for lesson in lesson_ids[: dice.choice((0, 0, 3, 10))]
        )
    for model, rows in ((Enrolment, asked), (Seat, seats), (LessonCompletion, done)):
        _create(model, rows)
    _see(villages, dice)


def _see(villages: list[Any], dice: random.Random) -> None:
    """In two villages of three phones told of the network, each on a few days."""
    from django.utils import timezone

    from balai.common.ids import uuid7
    from balai.monitoring.models import NetworkSighting

    today = timezone.localdate()
    rows = [
        NetworkSighting(
            pk=uuid7(),
            region_id=village,
            day=today - timedelta(days=dice.randrange(60)),
            network=dice.choice(("none", "2g", "3g", "4g", "4g")),
            within=400,
            asked=5,
            failed=1,
        )
        for village in villages[: len(villages) * 2 // 3]
        for _day in range(3)
    ]
    _create(NetworkSighting, rows)


def _create(model: Any, rows: list[Any]) -> None:
    rest = iter(rows)
    while some := list(islice(rest, 20_000)):
        model.objects.bulk_create(some, batch_size=2_000)


def _deed() -> None:
    """One more person is registered in a village, by an entry."""
    from balai.log.record import record
    from balai.people.entries import PersonRegistered
    from balai.regions.models import region_id

    home = region_id("18.02.07.2009")
    record("person.registered", PersonRegistered(name="Siti Rahayu", region=home), audience=home, proof="hub")


def _seconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _both(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of the processor: on a busy machine the first says little."""
    began = time.process_time()
    return _seconds(act), time.process_time() - began


def _look() -> None:
    """The picture and the three factors of the nation, a province, a kabupaten, a kecamatan, a village, and of all
    right below; as an official sees it, and as a partner from whom small groups are hidden.
    """
    from django.conf import settings
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from balai.monitoring import factors
    from balai.monitoring.picture import picture
    from balai.regions.models import Region

    settings.BALAI_JOBS = "worker"  # where a worker counts, no page does
    print("\ndrill-down with factors    p50 ms   p95 ms    limit   queries   limit")
    for code in ("", "33", "33.02", "18.02.07", "18.02.07.2009"):
        for top, who in ((None, ""), ("", ", partner")):
            region = Region.objects.coded(code) if code else None

            def look(region: Region | None = region, top: str | None = top) -> Any:
                ground = factors.ground(picture(region, top=top))
                return ground.whole, ground.below

            look()
            with CaptureQueriesContext(connection) as queries:
                look()
            times = [1_000 * _seconds(look) for _turn in range(40)]
            name = f"{region.title if region else 'Indonesia'}{who}"
            p95 = statistics.quantiles(times, n=20)[18]
            print(f"{name:<34} {statistics.median(times):6.1f}  {p95:7.1f}  {LOOK:7}  {len(queries):8}  {QUERIES:6}")


def _list() -> None:
    """The first page of those who have not started."""
    from balai.monitoring import participation
    from balai.regions.models import Region

    print("\nwho has not started, 50 people    p50 ms   p95 ms    limit")
    for code in ("", "33", "33.02", "18.02.07.2009"):
        region = Region.objects.coded(code) if code else None

        def look(region: Region | None = region) -> Any:
            return participation.shown(list(participation.not_started(region).values_list("pk", flat=True)[:50]))

        times = [1_000 * _seconds(look) for _turn in range(20)]
        p95 = statistics.quantiles(times, n=20)[18]
        print(f"{region.title if region else 'Indonesia':<34} {statistics.median(times):6.1f}  {p95:7.1f}  {LOOK:7}")


def _evaluate() -> None:
    """The figures of a year, and the paper that they give."""
    from django.utils import timezone, translation

    from balai.monitoring.evaluations import figuring, papers
    from balai.monitoring.models import Evaluation
    from balai.regions.models import Region

    last = timezone.localdate()
    first = last - timedelta(days=365)
    print("\nevaluation of a year        figures s   paper s   limit")
    with translation.override("id"):
        for code in ("", "33", "33.02", "18.02.07.2009"):
            region = Region.objects.coded(code) if code else None
            made = Evaluation(place=code, first=first, last=last, language="id")

            def figure(made: Evaluation = made, region: Region | None = region) -> None:
                made.figures = figuring.figures(region, first, last, None)

            found, paper = _seconds(figure), _seconds(lambda made=made, region=region: papers.pdf(made, region, "A"))
            print(f"{region.title if region else 'Indonesia':<28} {found:8.1f}  {paper:8.1f}  {WAIT:6}")


if __name__ == "__main__":
    main()
