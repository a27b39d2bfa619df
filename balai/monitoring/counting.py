"""Counting the people of regions and how far they came, from the synced tables: what ``recounting.py`` adds up.

Everybody counts where they belong, once, also when they did things under an identity that was merged into theirs.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, Count, Exists, F, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from balai.assessments.models import Attempt, Mark, Test
from balai.common import clock
from balai.courses.models import CourseVersion, LessonCompletion
from balai.credentials.certificate_kinds import Kind
from balai.credentials.models import Certificate
from balai.people.accounts.models import AccessCode
from balai.people.models import Account, Person
from balai.programmes.models import Enrolment, Seat
from balai.regions import codes

from . import network
from .counts import WEEKS, Counts
from .models import ALL

#: What people did of their own: by the code of the region to which they belong, and the course.
Own = defaultdict[tuple[str, UUID], Counts]
#: How many codes are asked about in one query.
_AT_ONCE = 200
_COUNTED = (Mark.Outcome.PASSED, Mark.Outcome.FAILED)


class Scope(NamedTuple):
    """Whose deeds are counted, and until when: of everybody, or of those with one of the identities ``ids``; and of
    those alone who belong to the region with the code ``inside`` or below it.
    """

    ids: frozenset[UUID] | None = None
    until: datetime | None = None
    inside: str = ""

    def limit(self, rows: "QuerySet[Any]", field: str = "person") -> "QuerySet[Any]":
        return rows if self.ids is None else rows.filter(**{f"{field}__in": self.ids})

    def before(self, field: str) -> Q:
        """That ``field`` of a row lies before the end."""
        return Q(**{f"{field}__lt": self.until}) if self.until else Q()


def own(places: Collection[str] | None = None) -> Own:
    """The counts of the people who belong to one of ``places`` itself (codes), or everywhere for ``None``."""
    found: Own = defaultdict(Counts)
    if places is None:
        _count(found, Scope())
        network.count(found, None)
        return found
    for some in _chunks(places):
        ids = _identities(some)
        if ids:
            _count(found, Scope(ids))
        network.count(found, some)
    return found


def until(inside: str, moment: datetime) -> Own:
    """The counts as they were at ``moment`` of the people who are in the region ``inside`` now ("" is the nation).

    By day of the deed, not of its arrival; without the network and without weeks.
    """
    found: Own = defaultdict(Counts)
    for scope in _scopes(inside, moment):
        for count in _STEPS:
            count(found, scope)
    return found


def _scopes(inside: str, moment: datetime) -> Iterator[Scope]:
    """The nation or a province in one go through everything; a smaller region some villages at a time."""
    if not codes.parent_of(inside):
        yield Scope(None, moment, inside)
        return
    here = Person.objects.present().filter(codes.below(inside, "region__code"))
    for some in _chunks(here.order_by().values_list("region__code", flat=True).distinct()):
        yield Scope(_identities(some), moment)


def _chunks(places: Iterable[str]) -> Iterator[list[str]]:
    wanted = sorted(set(places))
    for start in range(0, len(wanted), _AT_ONCE):
        yield wanted[start : start + _AT_ONCE]


def _identities(places: list[str]) -> frozenset[UUID]:
    people = set(Person.objects.present().filter(region__code__in=places).values_list("pk", flat=True))
    return frozenset(people | set(Person.objects.filter(merged_into__in=people).values_list("pk", flat=True)))


def _count(found: Own, scope: Scope) -> None:
    for count in (*_STEPS, _weeks):
        count(found, scope)


def _people(found: Own, scope: Scope) -> None:
    known = Account.objects.filter(scope.before("created_at"))
    codes_made = AccessCode.objects.filter(scope.before("made_at"))
    signed_in = known.filter(scope.before("first_signed_in_at"), first_signed_in_at__isnull=False)
    here = Person.objects.present().filter(scope.before("registered_at"), codes.below(scope.inside, "region__code"))
    here = here.exclude(region=None)
    people = scope.limit(here, "pk")
    rows = people.annotate(was_invited=_has(codes_made) | _has(known), has_signed_in=_has(signed_in)).values_list(
        "region__code"
    )
    counted = rows.annotate(
        n=Count("pk"), invited=Count("pk", filter=Q(was_invited=True)), signed=Count("pk", filter=Q(has_signed_in=True))
    )
    for code, n, invited, signed in counted.order_by():
        counts = found[code, ALL]
        counts.people, counts.invited, counts.signed_in = n, invited, signed
        counts.villages = int(codes.level_of(code) == 4)


def _has(rows: "QuerySet[Any]") -> Q:
    """Whether one of ``rows`` is this person's: asked twice, because an "or" of the two would use no index."""
    return Q(Exists(rows.filter(person=OuterRef("pk")))) | Q(Exists(rows.filter(person__merged_into=OuterRef("pk"))))


def _owned(rows: "QuerySet[Any]", scope: Scope) -> "QuerySet[Any]":
    """``rows`` that hang on a person, with ``code`` and ``owner``: the person who is here now, and where.

    The owner is text: a million ids are compared and never looked at, and as ids they would take seconds to make.
    """
    here = Q(person__merged_into=None, person__withdrawn_at=None)
    merged = Q(person__merged_into__isnull=False, person__merged_into__withdrawn_at=None)
    owned: QuerySet[Any] = (
        scope.limit(rows)
        .filter(here | merged)
        .annotate(
            owner=Cast(Coalesce("person__merged_into", "person"), CharField()),
            code=Coalesce("person__merged_into__region__code", "person__region__code"),
        )
        .exclude(code=None)
        .filter(codes.below(scope.inside, "code"))
        .order_by()
    )
    return owned


def _once(found: Own, name: str, rows: Iterable[tuple[str, str, UUID]]) -> None:
    """Count each owner of ``rows`` (code, owner, course) once a course, and once in all."""
    people: dict[str, set[str]] = defaultdict(set)
    courses: Counter[tuple[str, UUID]] = Counter()
    for code, owner, course in rows:
        courses[code, course] += 1
        people[code].add(owner)
    for key, n in courses.items():
        setattr(found[key], name, n)
    for code, owners in people.items():
        setattr(found[code, ALL], name, len(owners))


def _distinct(model: type[Model], scope: Scope, when: str) -> Iterator[tuple[str, str, UUID]]:
    manager: Any = model._default_manager
    rows = _owned(manager.filter(scope.before(when)), scope).values_list("code", "owner", "course").distinct()
    return iter(rows.iterator(chunk_size=5_000))


def _asked(found: Own, scope: Scope) -> None:
    _once(found, "enrolled", _distinct(Enrolment, scope, "asked_at"))
    _once(found, "seated", _distinct(Seat, scope, "given_at"))


def _learning(found: Own, scope: Scope) -> None:
    """Who started and who completed as many lessons as the newest version asks for."""
    versions = CourseVersion.objects.filter(pk__in=CourseVersion.objects.filter(course__current=F("pk")).values("pk"))
    needed = {version.course_id: version.needed_lessons() for version in versions}
    rows = _owned(LessonCompletion.objects.filter(scope.before("completed_at")), scope).values_list(
        "code", "owner", "course"
    )
    done = list(rows.annotate(n=Count("lesson", distinct=True)).iterator(chunk_size=5_000))
    _once(found, "started", ((code, owner, course) for code, owner, course, _n in done))
    finished = [(code, owner, course) for code, owner, course, n in done if n >= max(needed.get(course, 1), 1)]
    _once(found, "finished", finished)


def _certificates(found: Own, scope: Scope) -> None:
    valid = Certificate.objects.filter(scope.before("issued_at"), revocations=None)
    rows = _owned(valid, scope).values_list("code", "owner", "course", "kind").distinct()
    held = list(rows.iterator(chunk_size=5_000))
    _once(found, "certified", {(code, owner, course) for code, owner, course, _kind in held})
    for name, kind in (("trained", Kind.TRAINING), ("competent", Kind.COMPETENCY)):
        _once(found, name, ((code, owner, course) for code, owner, course, held_kind in held if held_kind == kind))


def _gains(found: Own, scope: Scope) -> None:
    """What people gained from the first pre-test that counts to the last post-test that does, by course."""
    marks = Mark.objects.filter(attempt__test__kind__in=(Test.Kind.PRETEST, Test.Kind.POSTTEST), outcome__in=_COUNTED)
    rows = (
        _owned(Attempt.objects.filter(scope.before("submitted_at"), mark__in=marks), scope)
        .values_list("code", "owner", "test__version__course", "test__kind", "mark__score")
        .order_by("submitted_at", "pk")
    )
    before: dict[tuple[str, str, UUID], int] = {}
    after: dict[tuple[str, str, UUID], int] = {}
    for code, owner, course, kind, score in rows.iterator(chunk_size=5_000):
        if kind == Test.Kind.PRETEST:
            before.setdefault((code, owner, course), score)
        else:
            after[code, owner, course] = score
    for code, owner, course in before.keys() & after.keys():
        first, last = before[code, owner, course], after[code, owner, course]
        for counts in (found[code, course], found[code, ALL]):
            counts.paired += 1
            counts.before += first
            counts.after += last
            counts.gain_squares += (last - first) ** 2


def _weeks(found: Own, scope: Scope) -> None:
    """Lessons completed in each of the last weeks: one column a week, because SQLite cuts no date into weeks itself
    and would ask Python for every single one.
    """
    midnight = timezone.localtime(clock.wall()).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = midnight - timedelta(days=midnight.weekday())
    starts = [monday - timedelta(weeks=ago) for ago in range(WEEKS)]
    recent = _owned(LessonCompletion.objects.filter(completed_at__gte=starts[-1]), scope)
    weeks = [
        Count("pk", filter=Q(completed_at__gte=start, completed_at__lt=start + timedelta(weeks=1))) for start in starts
    ]
    columns = {f"week{ago}": week for ago, week in enumerate(weeks)}
    for code, course, *counted in recent.values_list("code", "course").annotate(**columns).iterator(chunk_size=5_000):
        for start, n in zip(starts, counted, strict=True):
            if n:
                found[code, course].weeks[start.date().isoformat()] += n
                found[code, ALL].weeks[start.date().isoformat()] += n


#: What is counted step by step, of now or of a moment.
_STEPS = (_people, _asked, _learning, _certificates, _gains)
