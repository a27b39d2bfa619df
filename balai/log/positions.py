"""Positions: the order in which this node hands out what it has.

A position is given only after the commit of its row, by whoever reads next, under a lock: so no reader ever
passes an entry that was inserted earlier and is committed later (a plain database sequence lets that happen).
"""

from django.db import connection, transaction
from django.db.models import Max

from .models import Route, Standing

_LOCK = 0x42414C41  # an advisory lock of PostgreSQL; SQLite has one writer at a time anyway


def hand_out() -> int:
    """Number every committed standing and route that has no position yet. Returns how many standings."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        count = _number_standings()
        _number_routes()
        return count


def _number_standings() -> int:
    last = Standing.objects.aggregate(last=Max("position"))["last"] or 0
    fresh = list(Standing.objects.filter(position=None).order_by("received_at", "entry_id").only("entry_id"))
    for position, standing in enumerate(fresh, last + 1):
        standing.position = position
    Standing.objects.bulk_update(fresh, ["position"], batch_size=500)
    return len(fresh)


def _number_routes() -> None:
    fresh = list(Route.objects.filter(position=None).order_by("entry__standing__position", "id"))
    streams = {route.stream for route in fresh}
    last = dict(
        Route.objects.filter(stream__in=streams, position__isnull=False)
        .values_list("stream")
        .annotate(last=Max("position"))
    )
    for route in fresh:
        last[route.stream] = route.position = last.get(route.stream, 0) + 1
    Route.objects.bulk_update(fresh, ["position"], batch_size=500)
