"""Where somebody stands in the line, and why: in words for whoever waits."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from balai.programmes.cohorts.models import Cohort
from balai.programmes.cohorts.quotas import LENGTHS, Bucket, Quotas
from balai.programmes.wording import level_word
from balai.regions import codes
from balai.regions.models import Region, attach_parents

from .counting import held_for, held_in_sessions
from .models import Waiting, WaitingQuerySet


@dataclass(frozen=True)
class Queue:
    """``number``: 1 is next. ``reasons``: what is full, one sentence each; none when a seat is being given."""

    number: int
    reasons: list[str]


#: How many wait in front: for the session (by its id), or for what a quota counts.
Ahead = Callable[[UUID | Bucket], int]


def queue_of(waiting: Waiting) -> Queue:
    """The line of those who want the same and came before. Needs the region, session, cohort and course loaded."""
    earlier = Waiting.objects.still().filter(cohort=waiting.cohort, turn__lt=waiting.turn)

    def ahead(what: UUID | Bucket) -> int:
        return (_of_bucket(earlier, what) if isinstance(what, Bucket) else earlier.filter(session=what)).count()

    return _queues(waiting.cohort, [(waiting, ahead)])[waiting.pk]


def queues_of(cohort: Cohort, ids: Iterable[UUID]) -> dict[UUID, Queue]:
    """The lines of many who wait in ``cohort``, by the ids of their waiting: as many queries as for one."""
    rows = list(Waiting.objects.filter(pk__in=set(ids)).select_related("region", "session"))
    if not rows:
        return {}
    attach_parents(row.region for row in rows)
    turns = _turns(cohort, max(row.turn for row in rows))
    return _queues(cohort, [(row, _ahead(turns, row.turn)) for row in rows])


def _turns(cohort: Cohort, last: int) -> dict[UUID | Bucket, list[int]]:
    """The turns before ``last`` of everybody who waits for a session, or for what a quota counts, in their order."""
    found: dict[UUID | Bucket, list[int]] = defaultdict(list)
    earlier = Waiting.objects.still().filter(cohort=cohort, turn__lt=last).order_by("turn")
    for turn, session, course, code in earlier.values_list("turn", "session", "course", "region__code"):
        found[session].append(turn)
        for level, length in enumerate(LENGTHS):
            found[Bucket(course, level, (code or "")[:length])].append(turn)
    return found


def _ahead(turns: dict[UUID | Bucket, list[int]], turn: int) -> Ahead:
    return lambda what: bisect_left(turns.get(what, []), turn)


def _queues(cohort: Cohort, lines: list[tuple[Waiting, Ahead]]) -> dict[UUID, Queue]:
    quotas = Quotas(cohort)
    limits = {one.pk: quotas.buckets(one.course_id, one.region.code if one.region else "") for one, _before in lines}
    filled = held_for(cohort, [bucket for some in limits.values() for bucket, _limit in some])
    held = held_in_sessions(one.session_id for one, _before in lines)
    return {one.pk: _queue(one, held[one.session_id], limits[one.pk], filled, ahead) for one, ahead in lines}


def _queue(
    waiting: Waiting, held: int, limits: list[tuple[Bucket, int]], filled: Counter[Bucket], ahead: Ahead
) -> Queue:
    session, reasons, numbers = waiting.session, [], []
    if held >= session.capacity:
        numbers.append(ahead(session.pk) + 1)
        said = _("{session} penuh: {held} dari {all} tempat terisi.")
        reasons.append(said.format(session=session, held=held, all=session.capacity))
    for bucket, limit in limits:
        if filled[bucket] >= limit:
            numbers.append(ahead(bucket) + 1)
            reasons.append(_quota_words(waiting, bucket, filled[bucket], limit))
    return Queue(max(numbers, default=1), reasons)


def _of_bucket(earlier: WaitingQuerySet, bucket: Bucket) -> WaitingQuerySet:
    same = earlier.filter(course=bucket.course)
    if not bucket.level:
        return same
    if len(bucket.code) < LENGTHS[bucket.level]:  # the staff of a wider region: a line of their own (``Quotas``)
        return same.filter(region__code=bucket.code) if bucket.code else same.filter(region=None)
    return same.filter(codes.below(bucket.code, "region__code"))


def _quota_words(waiting: Waiting, bucket: Bucket, held: int, limit: int) -> str:
    said = _("Kuota {place} untuk tema ini terisi: {held} dari {all}.")
    return said.format(place=_place(waiting.region, bucket), held=held, all=limit)


def _place(region: Region | None, bucket: Bucket) -> str:
    """The title of the region that a quota is about."""
    if region is None or bucket.level == 0:
        return level_word(0)
    found = next((one for one in (region, *region.parents) if one.code == bucket.code), region)
    return found.title
