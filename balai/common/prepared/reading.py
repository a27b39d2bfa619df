"""Queries that are built once."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, TypeVar
from uuid import UUID, uuid4

from django.db import connections, models, router

from . import columns
from .rows import Shape

Row = TypeVar("Row", bound=models.Model)
Value = UUID | str
Values = Value | Sequence[Value]
#: A list is asked for in pieces of at most so many values; no database takes any number of parameters.
_PIECE = 512


class _Query:
    """What is asked with other values every time.

    ``build`` gets one value for each of its parameters (for one whose name ends in ``ids``: a list) and returns the
    queryset; calling the result with values by the same names returns the rows. One of the values may be a list.
    """

    #: Whether the rows become models.
    whole = True

    def __init__(self, model: type[models.Model], build: Callable[..., models.QuerySet[Any]]) -> None:
        self.model = model
        self.build = build
        self.names = build.__code__.co_varnames[: build.__code__.co_argcount]
        self._listed = next((name for name in self.names if name.endswith("ids")), "")
        self._plans: dict[tuple[str, int], _Plan] = {}

    def _found(self, values: dict[str, Values]) -> list[Any]:
        alias = router.db_for_read(self.model)
        if not self._listed:
            return self._plan(alias, 0).rows(values)
        listed: Any = values[self._listed]
        found = []
        for piece in _pieces(list(listed)):
            found += self._plan(alias, len(piece)).rows(values | {self._listed: piece})
        return found

    def _plan(self, alias: str, size: int) -> "_Plan":
        plan = self._plans.get((alias, size))
        if plan is None:
            marks: dict[str, Any] = {name: uuid4() for name in self.names}
            if size:
                marks[self._listed] = [uuid4() for _one in range(size)]
            plan = self._plans[alias, size] = _Plan(self.build(**marks).using(alias), marks, self.whole)
        return plan


def _pieces(values: list[Value]) -> Iterator[list[Value]]:
    """``values`` in pieces whose lengths are powers of two, so that few statements serve all; the last is repeated."""
    for start in range(0, len(values), _PIECE):
        piece = values[start : start + _PIECE]
        yield piece + piece[-1:] * ((1 << (len(piece) - 1).bit_length()) - len(piece))


class Prepared(_Query, Generic[Row]):
    """A query of whole rows of ``model`` that compares with UUIDs or texts which are given at every call::

    draft_of = Prepared(Draft, lambda id, person: Draft.objects.filter(pk=id, person=person))
    draft_of(id=draft, person=person.pk)

    Several values at once go into a parameter whose name ends in ``ids``::

    entries_of = Prepared(Entry, lambda ids: Entry.objects.filter(pk__in=ids))
    """

    def __init__(self, model: type[Row], build: Callable[..., models.QuerySet[Row]]) -> None:
        super().__init__(model, build)

    def __call__(self, **values: Values) -> list[Row]:
        return self._found(values)


class PreparedValues(_Query):
    """The same for ``values_list()``: the rows are tuples."""

    whole = False

    def __call__(self, **values: Values) -> list[tuple[Any, ...]]:
        return self._found(values)


class _Plan:
    """One query for one database: its text, where each value goes, and what its rows become."""

    def __init__(self, query: models.QuerySet[Any], marks: dict[str, Any], whole: bool) -> None:
        self.alias = query.db
        self.native = connections[self.alias].features.has_native_uuid_field
        compiler = query.query.get_compiler(using=self.alias)
        self.sql, parameters = compiler.as_sql()
        places = self._places(marks)
        self.parameters = [(places.get(value) if isinstance(value, Value) else None, value) for value in parameters]
        select = [column[0] for column in compiler.select]
        self.converters = columns.from_database(compiler, select)
        self.shape = Shape(compiler.klass_info, compiler.select, self.alias) if whole else None

    def rows(self, values: dict[str, Values]) -> list[Any]:
        """The rows for ``values``, as models with what ``select_related`` named, or as tuples."""
        with connections[self.alias].cursor() as cursor:
            cursor.execute(self.sql, [self._parameter(place, values, value) for place, value in self.parameters])
            found = cursor.fetchall()
        converted = [columns.converted(row, self.converters) for row in found]
        return [self.shape.made(row) for row in converted] if self.shape else [tuple(row) for row in converted]

    def _places(self, marks: dict[str, Any]) -> dict[Any, tuple[str, int | None]]:
        """Where each mark's value comes from: a name and, in a list, a number."""
        places: dict[Any, tuple[str, int | None]] = {}
        for name, mark in marks.items():
            numbered: list[tuple[int | None, UUID]] = (
                list(enumerate(mark)) if isinstance(mark, list) else [(None, mark)]
            )
            for number, one in numbered:
                places |= {self._adapted(one): (name, number), str(one): (name, number)}
        return places

    def _parameter(self, place: tuple[str, int | None] | None, values: dict[str, Values], fixed: Any) -> Any:
        if place is None:
            return fixed
        name, number = place
        value: Any = values[name]
        return self._adapted(value if number is None else value[number])

    def _adapted(self, value: Value) -> Value:
        """As the database takes it."""
        return value.hex if isinstance(value, UUID) and not self.native else value
