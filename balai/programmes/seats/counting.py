"""How many seats of a cohort are held: in each session, and for each quota."""

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Q
from django.db.models.functions import Left

from balai.programmes.cohorts.models import Cohort
from balai.programmes.cohorts.quotas import LENGTHS, Bucket, by_level
from balai.regions import codes

from .models import Seat

#: Up to so many subtrees are looked up one by one; more are counted in one sweep over the cohort's seats.
_SUBTREES = 40


def held_in_sessions(sessions: Iterable[UUID]) -> Counter[UUID]:
    """Seats held in each of ``sessions``. One query."""
    rows = Seat.objects.held().filter(session__in=set(sessions)).order_by().values_list("session")
    return Counter(dict(rows.annotate(count=Count("pk"))))


def held_for(cohort: Cohort, buckets: Iterable[Bucket]) -> Counter[Bucket]:
    """Seats held for each of ``buckets``. One query for each level among them."""
    found: Counter[Bucket] = Counter()
    for level, some in by_level(buckets).items():
        seats = Seat.objects.held().filter(cohort=cohort, course__in={bucket.course for bucket in some})
        place = Left("region__code", LENGTHS[level]) if level else None
        if place is None:
            rows = seats.order_by().values_list("course").annotate(count=Count("pk"))
            found.update({Bucket(course, 0, ""): count for course, count in rows})
            continue
        seats = seats.filter(_inside(level, {bucket.code for bucket in some}))
        counted = seats.order_by().values_list("course", place).annotate(count=Count("pk"))
        found.update({Bucket(course, level, code or ""): count for course, code, count in counted})
    return found


def _inside(level: int, places: set[str]) -> Q:
    """Seats that may count for regions with the codes ``places`` of one level."""
    if level == len(LENGTHS) - 1:
        here = Q(region__code__in=places)
    elif len(places) <= _SUBTREES:
        here = codes.below_any(sorted(places - {""}), "region__code")
    else:
        here = Q()
    return here | Q(region=None) if "" in places else here
