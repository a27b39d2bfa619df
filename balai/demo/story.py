"""What happened so far in the demonstration, told once into an empty data folder."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from balai.assessments import sitting
from balai.assessments.contents import Content, content
from balai.assessments.models import Draft, Test
from balai.common import clock
from balai.common.ids import derived
from balai.courses import drafts, publishing
from balai.courses.entries import LessonCompleted
from balai.courses.models import CourseVersion
from balai.courses.source import Source
from balai.credentials import keys
from balai.log.models import Entry
from balai.log.record import Deed, record_many
from balai.people.accounts import codes
from balai.people.accounts.models import AccessCode
from balai.people.accounts.opening import open_accounts
from balai.people.entries import PersonRegistered, PositionHeld, RoleGranted
from balai.people.models import Account, Person
from balai.programmes.entries import EnrolmentAsked
from balai.regions.models import region_id

from .cast import PLAYABLE, Figure, crowd, played

Progress = Callable[[int, int], None]
COURSES = Path(__file__).parent / "courses"
#: The course that the people of the story study.
STUDIED = "kenal-hp-dan-internet"
_HUB = Entry.Proof.HUB


def tell(progress: Progress = lambda done, total: None) -> bool:
    """Publish the demonstration's courses as they are now and, the first time, tell the story.

    Returns whether the story was told now. ``progress`` counts people.
    """
    keys.ensure()
    versions = {folder.name: _publish(folder) for folder in sorted(COURSES.iterdir()) if folder.is_dir()}
    if Person.objects.filter(pk=PLAYABLE[0].id).exists():
        return False
    figures = [*PLAYABLE, *crowd()]
    with transaction.atomic():
        with clock.frozen(_ago(14)):
            _register(figures)
        _open_doors(figures)
        _study(figures, versions[STUDIED], progress)
    return True


def _ago(days: float) -> datetime:
    return clock.wall() - timedelta(days=days)


def _publish(folder: Path) -> CourseVersion:
    draft = drafts.import_draft(Source.from_folder(folder), played("demo-penulis").id)
    return publishing.publish(draft.source(), None, draft)[0]


def _register(figures: list[Figure]) -> None:
    deeds: list[Deed] = []
    for figure in figures:
        home = region_id(figure.region)
        person = PersonRegistered(name=figure.name, region=home, sex=figure.sex)  # type: ignore[arg-type]
        deeds.append(Deed("person.registered", person, id=figure.id, audience=home, proof=_HUB))
        position = PositionHeld(title=figure.position, region=home)
        deeds.append(Deed("position.held", position, subject=figure.id, audience=home, proof=_HUB))
        if figure.role:
            over = tuple(region_id(code) if code else None for code in figure.over)
            role = RoleGranted(role=figure.role, regions=over)
            deeds.append(Deed("role.granted", role, subject=figure.id, audience=home, proof=_HUB))
    record_many(deeds)


def _open_doors(figures: list[Figure]) -> None:
    """Accounts for the invited, with codes not used yet where nobody signed in so far."""
    people = Person.objects.select_related("region").in_bulk([figure.id for figure in figures])
    named = [_named_account(people[figure.id], figure) for figure in figures if figure.account]
    Account.objects.bulk_create(named)
    open_accounts([people[figure.id] for figure in figures if figure.invited and not figure.account])
    waiting = [figure.id for figure in figures if figure.invited and not figure.signed_in]
    codes.make(waiting, AccessCode.Purpose.FIRST, by=played("demo-koordinator").id)
    for figure in figures:
        if figure.signed_in:
            moment = _ago(figure.days)
            Account.objects.filter(person=figure.id).update(first_signed_in_at=moment, notice_read_at=moment)


def _named_account(person: Person, figure: Figure) -> Account:
    account = Account(person=person, username=figure.account)
    account.set_unusable_password()
    return account


def _study(figures: list[Figure], version: CourseVersion, progress: Progress) -> None:
    learners = [figure for figure in figures if figure.lessons]
    practice, final = _tests(version)
    record_many([deed for figure in learners for deed in _lessons(figure, version)])
    for done, figure in enumerate(learners, 1):
        person = Person.objects.get(pk=figure.id)
        _sit(person, practice, figure.practice, figure.days - figure.lessons - 0.2)
        _sit(person, final, figure.final, figure.days - figure.lessons - 0.6)
        progress(done, len(learners))


def _lessons(figure: Figure, version: CourseVersion) -> Iterable[Deed]:
    """One lesson a day, in their order."""
    home = region_id(figure.region)
    asked = EnrolmentAsked(course=version.course_id, version=version.pk)
    yield Deed("enrolment.asked", asked, figure.id, figure.id, home, made_at=_ago(figure.days))
    for day, lesson in enumerate(version.lessons[: figure.lessons], 1):
        payload = LessonCompleted(lesson=lesson.id, version=version.pk)
        moment = _ago(max(figure.days - day, 0.1 / day))
        id = derived(figure.id, "lesson", str(lesson.id))
        yield Deed("lesson.completed", payload, figure.id, figure.id, home, id=id, made_at=moment)


def _tests(version: CourseVersion) -> tuple[Content, Content]:
    """The practice test and the one that the certificate asks for."""
    found = {test.kind: test.pk for test in Test.objects.filter(version=version)}
    return content(found[Test.Kind.PRACTICE]), content(found[Test.Kind.CERTIFICATE])


def _sit(person: Person, test: Content, attempts: tuple[int, ...], days_ago: float) -> None:
    for number, right in enumerate(attempts):
        start = _ago(max(days_ago, 0.05) - number * 0.02)
        with clock.frozen(start):
            draft = sitting.start(person, test, start)
        end = start + timedelta(minutes=8)
        with clock.frozen(end):
            sitting.submit(person, draft.id, _answers(test, right), end)


def _answers(test: Content, right: int) -> Callable[[Draft], dict[str, list[str]]]:
    """The first ``right`` questions of the paper answered rightly, the others not."""

    def answers(draft: Draft) -> dict[str, list[str]]:
        keys = [(place.question, test.keys[place.question]) for place in test.paper(draft.id)]
        return {name: list(key.right if n < right else key.wrong[:1]) for n, (name, key) in enumerate(keys)}

    return answers
