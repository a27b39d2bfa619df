"""What a course's outline says of its tests: how long, how far, the best score."""

from collections import defaultdict
from uuid import UUID

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from balai.common import formats
from balai.courses import panels
from balai.courses.models import CourseVersion
from balai.courses.panels import AuthorRow, Panel, TestRow
from balai.people.models import Person

from .contents import Content, content
from .drafts import Draft
from .history import History
from .models import Attempt, Test


def fill(person: Person | None, version: CourseVersion) -> Panel:
    """The rows of the tests of ``version`` for ``person``. At most three queries."""
    tests = [content(id) for id in Test.objects.filter(version=version).values_list("pk", flat=True)]
    identities = [test.identity for test in tests]
    attempts: dict[UUID, list[Attempt]] = defaultdict(list)
    drafts: set[UUID] = set()
    if person is not None:
        found = Attempt.objects.of(person).filter(test__identity__in=identities)
        for attempt in found.select_related("mark", "test").order_by("submitted_at", "pk"):
            attempts[attempt.test.identity].append(attempt)
        open_drafts = Draft.objects.open().filter(person=person, identity__in=identities)
        drafts = set(open_drafts.values_list("identity", flat=True))
    rows = {}
    for test in tests:
        history = History(test, attempts[test.identity], person.pk if person else None)
        rows[test.identity] = _row(test, history, test.identity in drafts)
    return Panel(rows)


def _row(test: Content, history: History, open_draft: bool) -> TestRow:
    state, tone = _state(history, open_draft)
    url = reverse("assessments:test", args=[test.identity])
    return TestRow(measure(test), url, state, history.passed, tone)


def measure(test: Content) -> str:
    """``10 soal · 20 menit``."""
    words = [ngettext("{count} soal", "{count} soal", test.length).format(count=test.length)]
    if test.rules.minutes:
        words.append(_("{count} menit").format(count=test.rules.minutes))
    return " · ".join(words)


def _state(history: History, open_draft: bool) -> tuple[str, str]:
    """In words, and the tone of the pill."""
    if history.passed and history.content.measures:
        return _("Selesai, nilai {score}").format(score=history.best), ""
    if history.passed:
        return _("Lulus, nilai {score}").format(score=history.best), ""
    if open_draft:
        return _("Belum selesai"), "wait"
    if history.waiting:
        return _("Menunggu penilaian"), "wait"
    if history.best is not None:
        return _("Belum lulus, nilai {score}").format(score=history.best), "bad"
    return "", ""


def author_rows(version: CourseVersion) -> list[AuthorRow]:
    """The tests of ``version`` with how many attempts there are, in the order of the outline. One query."""
    tests = Test.objects.filter(version=version).annotate(taken=Count("attempts"))
    rows = {
        test.identity: AuthorRow(
            test.title,
            _taken(test.taken),
            reverse("assessments:analysis", args=[test.pk]),
        )
        for test in tests.only("pk", "identity", "title")
    }
    return [rows[item.id] for item in version.items if item.id in rows]


def _taken(count: int) -> str:
    words = ngettext("{count} pengerjaan", "{count} pengerjaan", count)
    return words.format(count=formats.number(count, get_language() or "id"))


panels.register(fill)
panels.register_for_authors(author_rows)
