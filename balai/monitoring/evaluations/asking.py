"""Asking for an evaluation: each takes half a minute of work, so one at a time for each person."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from balai.assessments.judging import lock
from balai.common import clock
from balai.monitoring.models import Evaluation

from . import jobs

#: Whoever asks the same again within so long pressed twice.
_TWICE = timedelta(minutes=1)
#: After so long the work has been lost, and nobody waits for it any more.
_LOST = timedelta(hours=1)
#: What makes two evaluations the same one, but for the note.
_SAME = ("place", "first", "last", "language", "top")


def ask(wanted: Evaluation, identities: Collection[UUID]) -> bool:
    """Have ``wanted``, which is new, worked out for the person with ``identities``.

    If it is open already or was asked for a moment ago, that one stays, with the new note. ``False``: another is open.
    """
    now = clock.wall()
    with transaction.atomic():
        lock(wanted.asked_by)
        mine = Evaluation.objects.filter(asked_by__in=identities)
        is_open = Q(ended_at=None, asked_at__gt=now - _LOST)
        is_fresh = Q(figures__isnull=False, asked_at__gt=now - _TWICE)
        same = mine.filter(is_open | is_fresh, **{name: getattr(wanted, name) for name in _SAME}).first()
        if same:
            return _annotate(same, wanted.note)
        if mine.filter(is_open).exists():
            return False
        wanted.save()
    jobs.do.enqueue(str(wanted.pk))
    return True


def _annotate(evaluation: Evaluation, note: str) -> bool:
    """The note is no part of what was counted: the later one is printed."""
    if note:
        evaluation.note = note
        evaluation.save(update_fields=["note"])
    return True
