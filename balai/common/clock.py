"""Time as the log knows it: UTC, in microseconds, strictly increasing within a process.

A reading is a hybrid logical clock (wall clock, or one microsecond after the last reading when the wall
clock stands still or was set back), so one person's deeds keep their order under a wrong wall clock.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

#: A node never absorbs a remote clock further ahead of its own than this.
MAXIMUM_DRIFT = timedelta(minutes=5)

_lock = threading.Lock()
_last = datetime.min.replace(tzinfo=UTC)
_frozen: datetime | None = None
_TICK = timedelta(microseconds=1)


def wall() -> datetime:
    """The wall clock, aware, in UTC (or the time that a test froze)."""
    return _frozen or datetime.now(UTC)


def now() -> datetime:
    """The next reading: aware, UTC, later than every earlier reading of this process."""
    global _last  # noqa: PLW0603  (the one clock of a process)
    with _lock:
        _last = max(wall(), _last + _TICK)
        return _last


def absorb(remote: datetime) -> None:
    """Learn from an entry made elsewhere: later readings follow ``remote``, within the allowed drift."""
    global _last  # noqa: PLW0603
    with _lock:
        if remote <= wall() + MAXIMUM_DRIFT:
            _last = max(_last, remote)


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """For tests: the wall clock stands at ``moment`` (aware)."""
    global _frozen, _last
    before = _frozen, _last
    _frozen, _last = moment, moment - _TICK
    try:
        yield
    finally:
        _frozen, _last = before
