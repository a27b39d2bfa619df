"""The long work on lists: reading one, and sending who was recognised. No two pieces of it at a time on one list."""

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TypeVar
from uuid import UUID

from django_tasks import task

from balai.common import clock
from balai.courses.models import Course
from balai.people.imports import vault
from balai.people.imports.tables import rows
from balai.people.imports.working import KEPT
from balai.people.models import Person
from balai.programmes import enrolling
from balai.programmes.cohorts.models import Session
from balai.programmes.course_list import courses_of

from . import problems
from .forecasting import forecast
from .models import ListRow, NameList
from .recognising import COLUMNS, Rows

READ_TOGETHER, SENT_TOGETHER = 500, 200
Work = NameList.Work
Some = TypeVar("Some")


def start(owned: NameList, work: str) -> None:
    """Have ``work`` done on the list. Raises ``Refusal`` while other work on it goes on."""
    owned.insist_claim(work)
    do.enqueue(str(owned.pk))


@task()
def do(id: str) -> None:
    """Do the work that the list with this id was claimed for; how it ended is noted in it, errors too."""
    owned = NameList.objects.select_related("owner__region", "cohort").filter(pk=UUID(id)).exclude(work="").first()
    if owned is not None:
        owned.perform(_WORK, problems.BROKEN)


def _read(owned: NameList) -> None:
    """Stage every row with whom it means, in place of what was staged before; the file is not needed any more."""
    with vault.opened(owned.pk) as path:
        typed = rows(path, COLUMNS)
    courses = {course.pk: course for course in courses_of(owned.cohort.courses)}
    staged, session = Rows(owned, courses.values()), enrolling.session(owned.session)
    found: list[ListRow] = []
    for some in _chunks(typed, READ_TOGETHER):
        read = staged.of(some)
        _hinder(owned, read, courses, session)
        found += read
        owned.advance(len(found), len(typed))
    forecast(found, session)
    owned.rows.all().delete()
    ListRow.objects.bulk_create(found, batch_size=500)
    owned.read_at = clock.wall()
    vault.forget(owned.pk)


def _hinder(owned: NameList, read: list[ListRow], courses: dict[UUID, Course], session: Session) -> None:
    """Note who takes part already, or is out of reach."""
    chosen = [row for row in read if row.person]
    people = _people(chosen)
    for course, some in groupby(sorted(chosen, key=_theme), key=_theme):
        mine = list(some)
        persons = [people[row.person] for row in mine if row.person in people]
        against = enrolling.hindered(owned.owner, persons, courses[course], session.batch.cohort)
        for row in mine:
            problem = against.get(row.person) if row.person else None
            if problem:
                row.problem, row.facts = problem.code, {"name": row.name}


def _send(owned: NameList) -> None:
    """Ask for everybody who was recognised, in the order of the list."""
    ready = list(owned.rows.filter(person__isnull=False, problem="", enrolment=None).order_by("pk"))
    courses = {course.pk: course for course in courses_of(owned.cohort.courses)}
    for place, some in enumerate(_chunks(ready, SENT_TOGETHER)):
        for course, mine in groupby(some, key=_theme):
            _send_together(owned, list(mine), courses[course])
        owned.advance(place * SENT_TOGETHER + len(some), len(ready))
    owned.sent_at = clock.wall()


def _send_together(owned: NameList, sent: list[ListRow], course: Course) -> None:
    people = _people(sent)
    asked = enrolling.request(owned.owner, list(people.values()), course, enrolling.session(owned.session))
    for row in sent:
        row.enrolment = asked.sent.get(row.person) if row.person else None
        problem = asked.against.get(row.person) if row.person else None
        if problem:
            row.problem, row.facts = problem.code, {"name": row.name}
    ListRow.objects.bulk_update(sent, ["enrolment", "problem", "facts"], batch_size=200)


def _people(some: list[ListRow]) -> dict[UUID | None, Person]:
    """The people of rows, by id, in the order of the rows."""
    found = Person.objects.select_related("region").in_bulk([row.person for row in some if row.person])
    return {row.person: found[row.person] for row in some if row.person in found}


def _theme(row: ListRow) -> UUID:
    return row.course


def _chunks(whole: Sequence[Some], size: int) -> list[Sequence[Some]]:
    return [whole[start : start + size] for start in range(0, len(whole), size)]


_WORK: dict[str, Callable[[NameList], None]] = {Work.READ: _read, Work.SEND: _send}


def forget_old() -> int:
    """Delete lists whose time is over. Returns how many."""
    late = list(NameList.objects.filter(uploaded_at__lt=clock.wall() - KEPT).values_list("pk", flat=True))
    for id in late:
        vault.forget(id)
    NameList.objects.filter(pk__in=late).delete()
    return len(late)
