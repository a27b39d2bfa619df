"""Rows that are inserted, changed and deleted by statements that are built once."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, TypeVar

from django.db import connections, models, router, transaction

from . import columns

Row = TypeVar("Row", bound=models.Model)


class Insert(Generic[Row]):
    """Inserts rows of ``model`` whose keys the caller knows (or the database counts), as ``bulk_create`` does.

    A row that is there already raises ``IntegrityError``; with ``ignore`` it is left alone; with ``unique`` and
    ``update`` its fields named in ``update`` are replaced.
    """

    def __init__(
        self, model: type[Row], *, ignore: bool = False, unique: Sequence[str] = (), update: Sequence[str] = ()
    ) -> None:
        self.model = model
        self.ignore, self.unique, self.update = ignore, unique, update
        self._plans: dict[str, tuple[str, list[tuple[Callable[..., Any], columns.Convert]]]] = {}

    def __call__(self, rows: Iterable[Row]) -> None:
        rows = list(rows)
        if not rows:
            return
        alias = router.db_for_write(self.model)
        connection = connections[alias]
        if alias not in self._plans:
            self._plans[alias] = self._text(connection), self._values(connection)
        text, values = self._plans[alias]
        prepared = [[convert(value(row, True)) for value, convert in values] for row in rows]
        with transaction.atomic(using=alias, savepoint=False), connection.cursor() as cursor:
            if len(prepared) == 1:
                cursor.execute(text, prepared[0])
            else:
                cursor.executemany(text, prepared)
        for row in rows:
            row._state.adding, row._state.db = False, alias

    def _fields(self) -> list[models.Field]:
        return [field for field in self.model._meta.concrete_fields if not isinstance(field, models.AutoField)]

    def _values(self, connection: Any) -> list[tuple[Callable[..., Any], columns.Convert]]:
        """How each field's value is read from a row, and how the database takes it."""
        return [(field.pre_save, columns.to_database(field, connection)) for field in self._fields()]

    def _text(self, connection: Any) -> str:
        quote = connection.ops.quote_name
        named = [quote(field.column) for field in self._fields()]
        text = f"INSERT INTO {quote(self.model._meta.db_table)} ({', '.join(named)})"
        text += f" VALUES ({', '.join(['%s'] * len(named))})"
        if self.ignore:
            text += " ON CONFLICT DO NOTHING"
        elif self.unique:
            key = ", ".join(quote(_column(self.model, name)) for name in self.unique)
            replaced = (quote(_column(self.model, name)) for name in self.update)
            text += f" ON CONFLICT ({key}) DO UPDATE SET {', '.join(f'{name} = EXCLUDED.{name}' for name in replaced)}"
        return text


class _Change:
    """A statement that names fields of ``model`` and is executed with their values."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self._texts: dict[str, str] = {}

    def _text(self, quote: Callable[[str], str]) -> str:
        raise NotImplementedError

    def _run(self, values: dict[str, Any], names: Sequence[str]) -> int:
        """How many rows it changed."""
        alias = router.db_for_write(self.model)
        connection = connections[alias]
        if alias not in self._texts:
            self._texts[alias] = self._text(connection.ops.quote_name)
        field = self.model._meta.get_field
        given = [columns.to_database(field(name), connection)(values[name]) for name in names]  # type: ignore[arg-type]
        with transaction.atomic(using=alias, savepoint=False), connection.cursor() as cursor:
            cursor.execute(self._texts[alias], given)
            return int(cursor.rowcount)


class Update(_Change):
    """Sets the fields ``set`` of the rows whose fields ``where`` have the given values, and ``null`` none::

    submitted = Update(Draft, set=["submitted_at"], where=["id"], null=["submitted_at"])
    """

    def __init__(
        self, model: type[models.Model], *, set: Sequence[str], where: Sequence[str], null: Sequence[str] = ()
    ) -> None:
        super().__init__(model)
        self.set, self.where, self.null = set, where, null

    def __call__(self, **values: Any) -> int:
        return self._run(values, [*self.set, *self.where])

    def _text(self, quote: Callable[[str], str]) -> str:
        changes = ", ".join(f"{quote(_column(self.model, name))} = %s" for name in self.set)
        where = _where(self.model, quote, self.where, self.null)
        return f"UPDATE {quote(self.model._meta.db_table)} SET {changes} WHERE {where}"  # noqa: S608  (names of fields)


class Delete(_Change):
    """Deletes the rows whose fields ``where`` have the given values, and nothing that hangs on them."""

    def __init__(self, model: type[models.Model], *, where: Sequence[str]) -> None:
        super().__init__(model)
        self.where = where

    def __call__(self, **values: Any) -> int:
        return self._run(values, self.where)

    def _text(self, quote: Callable[[str], str]) -> str:
        where = _where(self.model, quote, self.where)
        return f"DELETE FROM {quote(self.model._meta.db_table)} WHERE {where}"  # noqa: S608  (names of fields)


def _where(
    model: type[models.Model], quote: Callable[[str], str], names: Sequence[str], null: Sequence[str] = ()
) -> str:
    known = [f"{quote(_column(model, name))} = %s" for name in names]
    return " AND ".join(known + [f"{quote(_column(model, name))} IS NULL" for name in null])


def _column(model: type[models.Model], name: str) -> str:
    return next(str(field.column) for field in model._meta.concrete_fields if field.name == name)
