"""Positions: the order in which this node hands out what it has.

A position is given only after the commit of its row, by whoever reads next, under a lock: so no reader ever
passes an entry that was inserted earlier and is committed later (a plain database sequence lets that happen).

One statement for each table: whoever asks for a seat in a storm of requests waits for this.
"""

from django.db import connection, transaction

_LOCK = 0x42414C41  # an advisory lock of PostgreSQL; SQLite has one writer at a time anyway

_STANDINGS = """
UPDATE log_standing SET position = fresh.position FROM (
    SELECT entry_id, COALESCE((SELECT MAX(position) FROM log_standing), 0)
        + ROW_NUMBER() OVER (ORDER BY received_at, entry_id) AS position
    FROM log_standing WHERE position IS NULL
) AS fresh WHERE log_standing.entry_id = fresh.entry_id
"""
#: Each stream counts for itself, in the order of the standings.
_ROUTES = """
UPDATE log_route SET position = fresh.position FROM (
    SELECT route.id, COALESCE(
        (SELECT MAX(position) FROM log_route AS earlier WHERE earlier.stream = route.stream), 0
    ) + ROW_NUMBER() OVER (PARTITION BY route.stream ORDER BY standing.position, route.id) AS position
    FROM log_route AS route JOIN log_standing AS standing ON standing.entry_id = route.entry_id
    WHERE route.position IS NULL AND standing.position IS NOT NULL
) AS fresh WHERE log_route.id = fresh.id
"""


def hand_out() -> int:
    """Number every committed standing and route that has no position yet. Returns how many standings."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute(_STANDINGS)
        count: int = cursor.rowcount
        cursor.execute(_ROUTES)
        return count
