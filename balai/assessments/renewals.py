"""Tests that may be taken anew after they were passed: because what they proved is coming to its end.

A higher room knows when that is (a certificate that expires) and says so through ``ASKED``.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

#: ``ask(person, course, test)``: since when attempts count anew, if they do now; ``test`` is its lasting id.
Ask = Callable[[UUID, UUID, UUID], datetime | None]
ASKED: list[Ask] = []


def since(person: UUID, course: UUID, test: UUID) -> datetime | None:
    """The latest moment that any room names."""
    return max((moment for ask in ASKED if (moment := ask(person, course, test))), default=None)
