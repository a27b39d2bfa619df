"""Single values on their way to and from the database, as Django's fields turn them, in fewer steps.

Only the two types that every row here holds have ways of their own, and only for SQLite, which knows neither:
ids (32 hexadecimal digits) and moments (UTC). All others take Django's.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models.sql.compiler import SQLCompiler

Convert = Callable[[Any], Any]
#: Types that SQLite takes as they are, besides all integers.
_PLAIN = (models.CharField, models.TextField, models.BooleanField)


def from_database(compiler: SQLCompiler, select: list[Any]) -> list[tuple[int, Convert]]:
    """What to do with which column of a row."""
    found = compiler.get_converters(select)
    sqlite = compiler.connection.vendor == "sqlite"
    return [(place, (_own(select[place]) if sqlite else None) or _django(*found[place], compiler)) for place in found]


def converted(row: Sequence[Any], converters: list[tuple[int, Convert]]) -> list[Any]:
    """``row`` as Django would return it."""
    values = list(row)
    for place, convert in converters:
        values[place] = convert(values[place])
    return values


def to_database(field: models.Field, connection: Any) -> Convert:
    """What turns a value of ``field`` into what the database takes."""
    if connection.vendor == "sqlite":
        stored = field.target_field if isinstance(field, models.ForeignKey) else field
        if type(stored) is models.UUIDField:
            return _digits
        if type(stored) is models.DateTimeField:
            return lambda moment: None if moment is None else str(moment.astimezone(UTC).replace(tzinfo=None))
        if type(stored) in _PLAIN or isinstance(stored, models.IntegerField):
            return lambda value: value
    return lambda value: field.get_db_prep_save(value, connection)


def _own(column: Any) -> Convert | None:
    """The short way of a column that is a field of its own type; of other expressions none is known."""
    field = getattr(column, "target", None)
    if isinstance(field, models.ForeignKey):
        field = field.target_field
    return {models.UUIDField: _id, models.DateTimeField: _moment}.get(type(field))


def _id(digits: str | None) -> UUID | None:
    return None if digits is None else UUID(digits)


def _moment(moment: datetime | str | None) -> datetime | None:
    if moment is None:
        return None
    return (datetime.fromisoformat(moment) if isinstance(moment, str) else moment).replace(tzinfo=UTC)


def _digits(id: UUID | str | None) -> str | None:
    if id is None:
        return None
    return id.hex if isinstance(id, UUID) else UUID(id).hex


def _django(converters: Sequence[Any], expression: Any, compiler: SQLCompiler) -> Convert:
    def convert(value: Any) -> Any:
        for one in converters:
            value = one(value, expression, compiler.connection)
        return value

    return convert
