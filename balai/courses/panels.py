"""What higher rooms add to a course: the state of its tests in the outline, and blocks such as the certificate's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from balai.people.models import Person

from .models import CourseVersion, Draft


@dataclass(frozen=True)
class TestRow:
    """A test in the outline: ``detail`` ("10 soal · 20 menit"), its address, its ``state`` in words, whether done.

    ``tone`` is the class of the state's pill: "", "wait" or "bad".
    """

    detail: str
    url: str
    state: str = ""
    done: bool = False
    tone: str = ""


@dataclass(frozen=True)
class Panel:
    """``rows`` by the lasting id of the test; ``blocks``: ready HTML shown under the outline, in their order."""

    rows: Mapping[UUID, TestRow] = field(default_factory=dict)
    blocks: tuple[str, ...] = ()


@dataclass(frozen=True)
class AuthorRow:
    """Something that authors look at beside a published version: what it is, how much there is, its address."""

    title: str
    detail: str
    url: str


Fill = Callable[[Person | None, CourseVersion], Panel]
_FILLS: list[Fill] = []
Trial = Callable[[HttpRequest, Draft, str], HttpResponse]
_TRIALS: list[Trial] = []
AuthorFill = Callable[[CourseVersion], list[AuthorRow]]
_AUTHOR_FILLS: list[AuthorFill] = []


def register(fill: Fill) -> None:
    """``fill(person, version)`` is asked for every course page; it uses a fixed number of queries."""
    _FILLS.append(fill)


def of(person: Person | None, version: CourseVersion) -> Panel:
    """All panels as one."""
    rows: dict[UUID, TestRow] = {}
    blocks: tuple[str, ...] = ()
    for fill in _FILLS:
        panel = fill(person, version)
        rows |= panel.rows
        blocks += panel.blocks
    return Panel(rows, blocks)


def register_for_authors(fill: AuthorFill) -> None:
    """``fill(version)`` is asked for the author's page of a published course; it uses a fixed number of queries."""
    _AUTHOR_FILLS.append(fill)


def for_authors(version: CourseVersion) -> list[AuthorRow]:
    """What authors look at beside ``version``."""
    return [row for fill in _AUTHOR_FILLS for row in fill(version)]


def register_trial(page: Trial) -> None:
    """``page(request, draft, path)`` shows the test in the file ``path`` to its author, as learners will get it."""
    _TRIALS.append(page)


def trial(request: HttpRequest, draft: Draft, path: str) -> HttpResponse:
    """The page on which an author tries a test."""
    return _TRIALS[0](request, draft, path)
