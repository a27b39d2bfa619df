"""Every table as lines of JSON, through Django: how a PostgreSQL database travels without its own tools.

Rows go back in through the models of the moment of the backup (its migrations are in the manifest), and are
then migrated to this version like any other database.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

import msgspec
from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.sql import InsertQuery

Migrations = list[tuple[str, str]]
_BATCH = 1_000


@contextmanager
def snapshot() -> Iterator[None]:
    """Inside, every read sees the database of one moment."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def applied() -> Migrations:
    """The migrations that made the database what it is."""
    return sorted(MigrationRecorder(connection).applied_migrations())


def exported() -> list[type[models.Model]]:
    """Every model with a table of its own."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def lines(model: type[models.Model]) -> Iterator[bytes]:
    """The table of ``model``: a line with the names of its columns, then each row, all JSON lists."""
    names = [field.attname for field in _columns(model)]
    yield msgspec.json.encode(names) + b"\n"
    rows = model._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=_BATCH):
        yield msgspec.json.encode(row) + b"\n"


def recreate(migrations: Migrations, stored: Iterator[tuple[str, Iterator[bytes]]]) -> None:
    """Make the tables as they were and fill them with ``stored`` (label of a model, its lines), all or nothing."""
    state = _schema_of(migrations)
    with transaction.atomic():
        call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
        filled = [_fill(state.get_model(label), rows) for label, rows in stored]
        statements = connection.ops.sequence_reset_sql(no_style(), filled)
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def _schema_of(migrations: Migrations) -> Any:
    """Run exactly ``migrations``. Returns the models as they were after them."""
    executor = MigrationExecutor(connection)
    known = set(executor.loader.graph.nodes)
    wanted = [key for key in migrations if key in known]
    leaves = [key for key in wanted if not any(child in wanted for child in _children(executor, key))]
    return executor.migrate(leaves).apps


def _children(executor: MigrationExecutor, key: tuple[str, str]) -> list[tuple[str, str]]:
    return [child.key for child in executor.loader.graph.node_map[key].children if child.key[0] == key[0]]


def _fill(model: type[models.Model], rows: Iterator[bytes]) -> type[models.Model]:
    """Columns go by their names: the order of a model's fields is not the one of its migrations."""
    decode = msgspec.json.Decoder(list[Any]).decode
    by_name = {field.attname: field for field in _columns(model)}
    names = decode(next(rows))
    fields = [by_name[name] for name in names]
    read = [_reader(field) for field in fields]
    values = ((to_value(value) for to_value, value in zip(read, decode(row), strict=True)) for row in rows)
    made = (model(**dict(zip(names, row, strict=True))) for row in values)
    while batch := list(islice(made, _BATCH)):
        # Not bulk_create: it would set times of fields with auto_now anew.
        query = InsertQuery(model)
        query.insert_values(fields, batch, raw=True)
        query.get_compiler(connection.alias).execute_sql()
    return model


def _columns(model: type[models.Model]) -> list[Any]:
    """Those that are written; the database makes the generated ones itself."""
    return [field for field in model._meta.concrete_fields if not field.generated]


def _reader(field: Any) -> Callable[[Any], Any]:
    if field.is_relation:
        return _reader(field.target_field)
    return lambda value: None if value is None else field.to_python(value)
