"""Who must hold a seat: the requests of a cohort gone through once more, one by one, in the order of the hub's log.

It knows nothing of desks, locks and jobs, and so finds what they get wrong. For cohorts in which nobody withdrew and
nothing was changed.
"""

from collections import Counter
from uuid import UUID

from django.db.models import OuterRef, Subquery

from balai.log.models import Standing
from balai.programmes.cohorts.models import Cohort, Session
from balai.programmes.cohorts.quotas import Bucket, Quotas
from balai.programmes.models import Enrolment, Seat, Waiting

Answers = list[tuple[UUID, bool]]


def due(cohort: Cohort) -> Answers:
    """Each request in the order of the log, and whether it must have a seat."""
    capacities = dict(Session.objects.filter(batch__cohort=cohort).values_list("pk", "capacity"))
    position = Standing.objects.filter(entry=OuterRef("pk")).values("position")
    asked = Enrolment.objects.of_cohort(cohort).annotate(position=Subquery(position)).order_by("position")
    quotas = Quotas(cohort)
    in_session: Counter[UUID] = Counter()
    in_bucket: Counter[Bucket] = Counter()
    found = []
    for id, session, course, code in asked.values_list("pk", "session", "course", "person__region__code"):
        limits = quotas.buckets(course, code or "")
        fits = in_session[session] < capacities[session] and all(in_bucket[one] < limit for one, limit in limits)
        if fits:
            in_session[session] += 1
            in_bucket.update(one for one, _limit in limits)
        found.append((id, fits))
    return found


def given(cohort: Cohort) -> Answers:
    """Each request in the order in which the hub took it in, and whether it has a seat. Whoever got no answer is not
    among them.
    """
    seated = Seat.objects.held().filter(cohort=cohort).values_list("turn", "enrolment")
    waiting = Waiting.objects.still().filter(cohort=cohort).values_list("turn", "enrolment")
    turns = [(turn, id, True) for turn, id in seated] + [(turn, id, False) for turn, id in waiting]
    return [(id, has_seat) for _turn, id, has_seat in sorted(turns)]
