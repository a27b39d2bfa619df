"""What home says of seats: how one's own requests stand, and which requests wait for a coordinator's answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from balai.people.models import Person
from balai.programmes.cohorts.models import Cohort, Session
from balai.programmes.rules import ENROLLERS
from balai.programmes.wording import session_time

from .models import Enrolment
from .standing import Standing, standings

#: So many requests are named; all of them stand on the page of their cohort.
_LINES = 3
#: An answer is news for so long.
_NEWS = timedelta(days=14)
_OPEN = ("waiting", "asked", "sent")


@dataclass(frozen=True)
class Call:
    """A line for somebody's home: ``word`` says how it stands, in the tone ``tone``."""

    title: str
    detail: str
    url: str
    word: str
    tone: str


def own(person: Person, today: date) -> Iterator[Call]:
    """What ``person`` asked for in batches that are not over: unanswered, answered lately, or soon to begin."""
    going_on = Q(session__batch__ends_on=None) | Q(session__batch__ends_on__gte=today)
    asked = Enrolment.objects.of(person).filter(going_on, session__isnull=False)
    found = standings(asked.select_related("course__current", "session__batch__cohort")[: _LINES * 3])
    yield from [_own(one) for one in found if _is_news(one, today)][:_LINES]


def _is_news(one: Standing, today: date) -> bool:
    if one.state in _OPEN:
        return True
    if one.decline:
        return one.state == "declined" and today - one.decline.declined_at.date() <= _NEWS
    if one.seat is None or one.state != "seated":
        return False
    begins = one.enrolment.session.batch.starts_on  # type: ignore[union-attr]  # only such are asked for
    return today - one.seat.given_at.date() <= _NEWS or bool(begins and begins > today)


def _own(one: Standing) -> Call:
    detail = one.decline.words if one.decline else _where(one.enrolment.session)  # type: ignore[arg-type]
    url = reverse("programmes:place", args=[one.enrolment.pk])
    return Call(one.enrolment.course.newest.title, detail, url, one.words, one.tone)


def _where(session: Session) -> str:
    return f"{session.batch.cohort}, {session}, {session_time(session)}"


def to_answer(coordinator: Person) -> Iterator[Call]:
    """Cohorts in which people of the coordinator's regions asked for themselves and nobody answered."""
    if not coordinator.reach.holds(*ENROLLERS):
        return
    needing = Cohort.Asking.APPROVAL
    asked = Enrolment.objects.unapproved().filter(
        person__in=coordinator.reach.people(*ENROLLERS), session__batch__cohort__asking=needing
    )
    counts: dict[UUID, int] = dict(
        asked.order_by().values_list("session__batch__cohort").annotate(count=Count("pk")).order_by("-count")[:_LINES]
    )
    cohorts = Cohort.objects.in_bulk(counts)
    for id, count in counts.items():
        title = ngettext("{count} orang meminta tempat", "{count} orang meminta tempat", count).format(count=count)
        detail = _("{cohort}: mereka menunggu persetujuan Anda").format(cohort=cohorts[id])
        yield Call(title, detail, reverse("programmes:answers", args=[id]), _("Jawab"), "wait")
