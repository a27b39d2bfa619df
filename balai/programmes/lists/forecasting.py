"""Whether rows will probably get a seat: as far as seats and quotas stand now, in the order of the list."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from balai.people.models import Person
from balai.programmes.cohorts.models import Session
from balai.programmes.cohorts.quotas import Bucket, Quotas
from balai.programmes.seats.counting import held_for, held_in_sessions

from .models import ListRow


def forecast(rows: Iterable[ListRow], session: Session) -> None:
    """Set ``may_wait`` of those of ``rows`` that have a person. A fixed number of queries; decides nothing."""
    chosen = [row for row in rows if row.person and not row.problem]
    cohort = session.batch.cohort
    quotas = Quotas(cohort)
    homes = dict(Person.objects.filter(pk__in=[row.person for row in chosen]).values_list("pk", "region__code"))
    buckets = {row.number: quotas.buckets(row.course, _home(homes, row)) for row in chosen}
    held = held_for(cohort, {bucket for some in buckets.values() for bucket, _limit in some})
    free = session.capacity - held_in_sessions([session.pk])[session.pk]
    for row in chosen:
        limits: list[tuple[Bucket, int]] = buckets[row.number]
        row.may_wait = free <= 0 or any(held[bucket] >= limit for bucket, limit in limits)
        if not row.may_wait:
            free -= 1
            held.update(bucket for bucket, _limit in limits)


def _home(homes: Mapping[UUID, str | None], row: ListRow) -> str:
    return homes.get(row.person) or "" if row.person else ""
