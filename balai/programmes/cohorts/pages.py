"""What the pages of a cohort show: its sessions and how full they are, its rules in words."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count
from django.utils.translation import gettext as _

from balai.common.problems import NOT_FOUND, Refusal
from balai.people.models import Person
from balai.programmes import rules
from balai.programmes.course_list import titles_of
from balai.programmes.seats.counting import held_in_sessions
from balai.programmes.seats.models import Waiting
from balai.programmes.wording import rule_words, session_time, session_words

from .models import Batch, Cohort, Session
from .quotas import rules_of


@dataclass(frozen=True)
class SessionLine:
    """A session with the seats that are held and how many wait for one."""

    session: Session
    held: int
    waiting: int

    @property
    def free(self) -> int:
        return max(0, self.session.capacity - self.held)

    @property
    def time(self) -> str:
        return session_time(self.session)


@dataclass(frozen=True)
class BatchLine:
    """A batch with its sessions."""

    batch: Batch
    sessions: list[SessionLine]


def one(id: UUID) -> Cohort:
    """The cohort with this id, its programme and region loaded. Raises ``Refusal`` (404)."""
    found = Cohort.objects.select_related("programme__region").filter(pk=id).first()
    if found is None:
        raise Refusal(NOT_FOUND)
    return found


def steered(person: Person, id: UUID) -> Cohort:
    """The cohort with this id, if ``person`` sets it up. Raises ``Refusal`` (404)."""
    found = one(id)
    if not rules.steers(person, found.programme.code):
        raise Refusal(NOT_FOUND)
    return found


def batches_of(cohort: Cohort) -> list[BatchLine]:
    """The batches by their days, each with its sessions by their hours. Four queries."""
    batches = list(Batch.objects.filter(cohort=cohort).order_by("starts_on", "registered_at", "pk"))
    sessions = list(Session.objects.filter(batch__in=batches).order_by("starts", "registered_at", "pk"))
    held, waiting = held_in_sessions(session.pk for session in sessions), _waiting(cohort)
    lines = [SessionLine(session, held[session.pk], waiting[session.pk]) for session in sessions]
    return [BatchLine(batch, [line for line in lines if line.session.batch_id == batch.pk]) for batch in batches]


def _waiting(cohort: Cohort) -> Counter[UUID]:
    rows = Waiting.objects.still().filter(cohort=cohort).order_by().values_list("session")
    return Counter(dict(rows.annotate(count=Count("pk"))))


def session_of(id: UUID) -> str:
    """``Tahap 1, Sesi pagi, Senin s.d. Kamis 08.00–10.00 WIB``; nothing for one that is not here."""
    found = Session.objects.select_related("batch").filter(pk=id).first()
    return f"{found.batch.name}, {session_words(found)}" if found else ""


def rules_in_words(cohort: Cohort) -> list[str]:
    """One sentence for each quota. One query where a rule names a course."""
    found = rules_of(cohort)
    titles = titles_of([rule.course for rule in found if rule.course])
    return [rule_words(rule, titles) for rule in found]


def crumbs_of(cohort: Cohort, here: bool = False) -> list[tuple[str, str]]:
    """The way from the list of programmes; ``here``: to the cohort itself, for the pages below it."""
    programme = cohort.programme
    above = [(_("Program"), "/program"), (programme.name, f"/program/{programme.pk}")]
    return [*above, (cohort.name, f"/angkatan/{cohort.pk}")] if here else above
