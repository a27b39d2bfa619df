"""Where somebody stands in the line, and why: in words for whoever waits."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from balai.programmes.cohorts.quotas import Bucket, Quotas
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


def queue_of(waiting: Waiting) -> Queue:
    """The line of those who want the same and came before. Needs the region, session, cohort and course loaded."""
    cohort, session = waiting.cohort, waiting.session
    code = waiting.region.code if waiting.region else ""
    earlier = Waiting.objects.still().filter(cohort=cohort, turn__lt=waiting.turn)
    held = held_in_sessions([session.pk])[session.pk]
    reasons, numbers = [], []
    if held >= session.capacity:
        numbers.append(earlier.filter(session=session).count() + 1)
        said = _("{session} penuh: {held} dari {all} tempat terisi.")
        reasons.append(said.format(session=session, held=held, all=session.capacity))
    limits = Quotas(cohort).buckets(waiting.course_id, code)
    filled = held_for(cohort, [bucket for bucket, _limit in limits])
    for bucket, limit in limits:
        if filled[bucket] >= limit:
            numbers.append(_of_bucket(earlier, bucket).count() + 1)
            reasons.append(_quota_words(waiting, bucket, filled[bucket], limit))
    return Queue(max(numbers, default=1), reasons)


def _of_bucket(earlier: WaitingQuerySet, bucket: Bucket) -> WaitingQuerySet:
    same = earlier.filter(course=bucket.course)
    return same.filter(codes.below(bucket.code, "region__code")) if bucket.level else same


def _quota_words(waiting: Waiting, bucket: Bucket, held: int, limit: int) -> str:
    said = _("Kuota {place} untuk tema ini terisi: {held} dari {all}.")
    return said.format(place=_place(waiting.region, bucket), held=held, all=limit)


def _place(region: Region | None, bucket: Bucket) -> str:
    """The title of the region that a quota is about."""
    if region is None or bucket.level == 0:
        return level_word(0)
    attach_parents([region])
    found = next((one for one in (region, *region.parents) if one.code == bucket.code), region)
    return found.title
