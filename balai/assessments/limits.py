"""Until when answers count, and how often a test may be taken: its own rules, and what was given beyond them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from .models import Extension
from .published import Rules


def closing(rules: Rules, given: Sequence[Extension]) -> datetime | None:
    """When nobody may start any more; ``None`` without a window that ends."""
    return None if rules.closes is None else _longer(rules.closes, given)


def window(rules: Rules, given: Sequence[Extension], moment: datetime) -> Literal["before", "after", ""]:
    """Whether ``moment`` is before or after the time in which the test may be started."""
    if rules.opens and moment < rules.opens:
        return "before"
    end = closing(rules, given)
    return "after" if end and moment >= end else ""


def deadline(rules: Rules, started_at: datetime, given: Sequence[Extension]) -> datetime | None:
    """Until when answers count in an attempt that started at ``started_at``; ``None`` without a limit.

    What was given while it was written lengthens it; what was given before moved only the end of the window.
    """
    ends = [] if rules.minutes is None else [started_at + timedelta(minutes=rules.minutes)]
    end = closing(rules, [one for one in given if one.given_at < started_at])
    ends += [end] if end else []
    return _longer(min(ends), [one for one in given if one.given_at >= started_at]) if ends else None


def _longer(end: datetime, given: Sequence[Extension]) -> datetime:
    """``end`` with the minutes of each, one after the other: from the end before it, or from when it was given."""
    for one in sorted(given, key=lambda one: (one.given_at, one.pk)):
        if one.minutes:
            end = max(end, one.given_at) + timedelta(minutes=one.minutes)
    return end


def seconds(started_at: datetime, end: datetime | None) -> int | None:
    """The same as whole seconds after the start."""
    return None if end is None else max(0, int((end - started_at).total_seconds()))


def attempts(rules: Rules, given: Sequence[Extension]) -> int | None:
    """How many attempts count; ``None`` without a limit."""
    return None if rules.attempts is None else rules.attempts + sum(one.attempts for one in given)
