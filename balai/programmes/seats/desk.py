"""The hub's desk for one cohort: takes requests in, one after the other, and says what becomes of each.

It decides in memory on what it read under the cohort's lock; ``seating.py`` holds the lock and records the answers.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from balai.common import clock
from balai.common.ids import derived
from balai.log.models import Entry
from balai.log.record import Deed
from balai.programmes.cohorts.models import Cohort, Session
from balai.programmes.cohorts.quotas import Bucket, Quotas

from .counting import held_for, held_in_sessions
from .entries import EnrolmentDeclined, SeatGiven, SeatReleased, SeatWaitlisted, released_id
from .models import Decline, Enrolment, Seat, Waiting

_HUB = Entry.Proof.HUB
Rule = Decline.Rule


@dataclass(frozen=True)
class Request:
    """Somebody at the desk. ``who``: the person, or whom they were merged into; ``turn``: once they were taken in."""

    enrolment: Enrolment
    who: UUID
    code: str
    approved: bool = True
    turn: int | None = None

    @classmethod
    def of(cls, enrolment: Enrolment, *, approved: bool = True, turn: int | None = None) -> "Request":
        """``enrolment`` with its person and region loaded."""
        person = enrolment.person
        code = person.region.code if person.region else ""
        return cls(enrolment, person.merged_into_id or person.pk, code, approved, turn)

    @property
    def region(self) -> UUID | None:
        return self.enrolment.person.region_id


class Desk:
    """Requests of one cohort on one day. Loads what it needs in a fixed number of queries."""

    def __init__(self, cohort: Cohort, requests: Sequence[Request], today: date) -> None:
        self.cohort = cohort
        self.today = today
        self.quotas = Quotas(cohort)
        self._last_turn = _last_turn(cohort)
        sessions = Session.objects.filter(batch__cohort=cohort).select_related("batch")
        self.sessions = {session.pk: session for session in sessions}
        self._in_session = held_in_sessions({one.enrolment.session_id for one in requests if one.enrolment.session_id})
        self._in_bucket = held_for(cohort, {bucket for one in requests for bucket, _limit in self._buckets(one)})
        self._taking_part = _taking_part(cohort, requests)

    def answer(self, request: Request) -> Deed | None:
        """What becomes of a request that was never answered; ``None`` while a coordinator must agree first."""
        rule = self._against(request)
        if rule:
            return declined(request.enrolment, rule)
        if not request.approved:
            return None
        self._last_turn += 1
        self._taking_part[request.who, request.enrolment.course_id] += 1
        cause = self._full(request)
        if cause:
            return self._waitlisted(request, cause, self._last_turn)
        return self._seat(request, self._last_turn)

    def promote(self, request: Request) -> Deed | None:
        """A seat for who waits, if there is one now."""
        if self._is_over(request) or self._full(request) or request.turn is None:
            return None
        return self._seat(request, request.turn)

    def free(self, session: UUID) -> int:
        """How many seats of ``session`` nobody holds, as far as it was counted."""
        return self.sessions[session].capacity - self._in_session[session]

    def _against(self, request: Request) -> Rule | None:
        enrolment, cohort = request.enrolment, self.cohort
        hindrances = (
            (Rule.GONE, enrolment.person.withdrawn_at is not None),
            (Rule.COURSE, not cohort.offers(enrolment.course_id)),
            (Rule.COORDINATOR, enrolment.by_oneself and cohort.asking == Cohort.Asking.COORDINATOR),
            (Rule.EARLY, cohort.is_early(enrolment.asked_at)),
            (Rule.LATE, cohort.is_late(enrolment.asked_at)),
            (Rule.OVER, self._is_over(request)),
            (Rule.DOUBLE, self._taking_part[request.who, enrolment.course_id] > 0),
            (Rule.NONE, any(limit == 0 for _bucket, limit in self._buckets(request))),
        )
        return next((rule for rule, holds in hindrances if holds), None)

    def _is_over(self, request: Request) -> bool:
        session = self.sessions.get(request.enrolment.session_id)  # type: ignore[arg-type]
        return session is None or session.batch.is_over(self.today)

    def _buckets(self, request: Request) -> list[tuple[Bucket, int]]:
        return self.quotas.buckets(request.enrolment.course_id, request.code)

    def _full(self, request: Request) -> str:
        """What keeps the request from a seat; "" when nothing does."""
        if self.free(_session_of(request)) <= 0:
            return Waiting.Cause.CAPACITY
        taken = any(self._in_bucket[bucket] >= limit for bucket, limit in self._buckets(request))
        return Waiting.Cause.QUOTA if taken else ""

    def _seat(self, request: Request, turn: int) -> Deed:
        self._in_session[_session_of(request)] += 1
        self._in_bucket.update(bucket for bucket, _limit in self._buckets(request))
        enrolment = request.enrolment
        payload = SeatGiven(
            enrolment.pk, enrolment.course_id, self.cohort.pk, enrolment.session_id, request.region, turn
        )
        return decision("seat.given", payload, enrolment, derived(enrolment.pk, "seat"))

    def _waitlisted(self, request: Request, cause: str, turn: int) -> Deed:
        enrolment, session = request.enrolment, _session_of(request)
        payload = SeatWaitlisted(
            enrolment.pk, enrolment.course_id, self.cohort.pk, session, turn, cause, request.region  # type: ignore[arg-type]
        )  # fmt: skip
        return decision("seat.waitlisted", payload, enrolment, derived(enrolment.pk, "waiting"))


def hub_day() -> date:
    """The day by which the hub decides."""
    return timezone.localtime(clock.wall()).date()


def declined(enrolment: Enrolment, rule: str) -> Deed:
    """The hub's no to ``enrolment``."""
    payload = EnrolmentDeclined(enrolment.pk, rule=str(rule))
    return decision("enrolment.declined", payload, enrolment, derived(enrolment.pk, "declined"))


def released(seat: Seat, because: str) -> Deed:
    """The hub takes ``seat`` back (its person loaded)."""
    payload = SeatReleased(seat.pk, str(because))  # type: ignore[arg-type]
    audience = seat.person.region_id
    return Deed(
        "seat.released", payload, subject=seat.person_id, audience=audience, id=released_id(seat.pk), proof=_HUB
    )


def decision(kind: str, payload: object, enrolment: Enrolment, id: UUID) -> Deed:
    """A decision of the hub about ``enrolment`` (its person loaded)."""
    person = enrolment.person
    return Deed(kind, payload, subject=enrolment.person_id, audience=person.region_id, id=id, proof=_HUB)


def _session_of(request: Request) -> UUID:
    session = request.enrolment.session_id
    if session is None:
        raise ValueError("a request outside any cohort does not come to a desk")
    return session


def _last_turn(cohort: Cohort) -> int:
    given = Seat.objects.filter(cohort=cohort).aggregate(last=Max("turn"))["last"] or 0
    waiting = Waiting.objects.filter(cohort=cohort).aggregate(last=Max("turn"))["last"] or 0
    return max(given, waiting)


def _taking_part(cohort: Cohort, requests: Iterable[Request]) -> Counter[tuple[UUID, UUID]]:
    """How often each of the people holds or waits for a seat in a course of the cohort, under any of their ids."""
    people = {one.who for one in requests}
    found: Counter[tuple[UUID, UUID]] = Counter()
    for rows in (Seat.objects.held().filter(cohort=cohort), Waiting.objects.still().filter(cohort=cohort)):
        known = rows.filter(person__in=people).values_list("person", "course")
        merged = rows.filter(person__merged_into__in=people).values_list("person__merged_into", "course")
        found.update((who, course) for some in (known, merged) for who, course in some if who)
    return found
