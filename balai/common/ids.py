"""Identifiers: made where the deed was done, sortable by time, never handed out by a server."""

import os
import threading
import time
from uuid import UUID, uuid5

_lock = threading.Lock()
_last = 0


def uuid7() -> UUID:
    """A version 7 UUID (RFC 9562 §5.7), strictly increasing within this process.

    48 bits of Unix milliseconds, then 12 bits that count within the millisecond, then 62 random bits.
    """
    global _last  # noqa: PLW0603  (the one counter that makes ids of a process increase)
    with _lock:
        _last = max((time.time_ns() // 1_000_000) << 12, _last + 1)
        stamp = _last
    random = int.from_bytes(os.urandom(8), "big") & ((1 << 62) - 1)
    return UUID(int=(stamp >> 12) << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64 | 0b10 << 62 | random)


def derived(cause: UUID, *parts: str) -> UUID:
    """The id of what follows from ``cause`` and can therefore exist only once.

    A decision of the hub (a mark, a certificate) gets such an id: taken twice, it is the same entry.
    """
    return uuid5(cause, "/".join(parts))
