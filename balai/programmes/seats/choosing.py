"""Choosing delegates: the people of a place by village, each with how they stand, and how much of the quota is left."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from balai.people.models import Person
from balai.programmes.cohorts.models import Cohort
from balai.programmes.cohorts.quotas import Bucket, Quotas
from balai.regions.models import Region

from .counting import held_for
from .models import Enrolment
from .standing import Standing, standings


@dataclass(frozen=True)
class Left:
    """``left`` of ``limit`` places for a theme: of the village, or of a wider region where that is tighter."""

    left: int
    limit: int
    level: int


@dataclass(frozen=True)
class Village:
    """The people of a region on this page, each with how they stand in the cohort, if they do."""

    region: Region | None
    quota: Left | None
    people: list[tuple[Person, Standing | None]]


def villages(cohort: Cohort, course: UUID, people: Iterable[Person]) -> list[Village]:
    """``people`` (in the order of their regions, which are loaded) by their villages. A fixed number of queries."""
    chosen = list(people)
    going = Enrolment.objects.going().of_cohort(cohort).filter(course=course, person__in=chosen)
    found = {one.enrolment.person_id: one for one in standings(going.select_related("session__batch__cohort"))}
    quotas = left_of(cohort, course, {person.region.code for person in chosen if person.region})
    return [
        Village(region, quotas.get(region.code) if region else None, [(one, found.get(one.pk)) for one in some])
        for region, some in groupby(chosen, key=lambda person: person.region)
    ]


def left_of(cohort: Cohort, course: UUID, codes: set[str]) -> dict[str, Left]:
    """How much is left for ``course`` in each of the regions ``codes``; nothing where no quota is set."""
    quotas = Quotas(cohort)
    limits = {code: quotas.buckets(course, code) for code in codes}
    held = held_for(cohort, {bucket for some in limits.values() for bucket, _limit in some})

    def tightest(some: list[tuple[Bucket, int]]) -> Left:
        bucket, limit = min(some, key=lambda pair: (pair[1] - held[pair[0]], -pair[0].level))
        return Left(max(0, limit - held[bucket]), limit, bucket.level)

    return {code: tightest(some) for code, some in limits.items() if some}
