"""Who may read a restricted course: higher rooms (a seat, a meeting) say which courses a person was admitted to."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from balai.people.models import Person

Admitted = Callable[["Person"], "models.QuerySet[Any]"]
SOURCES: list[Admitted] = []


def register(admitted: Admitted) -> None:
    """``admitted(person)`` returns a query of ids of courses (used as a subquery, so nothing is loaded)."""
    SOURCES.append(admitted)
