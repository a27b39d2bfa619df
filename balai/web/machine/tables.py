"""Whether the tables of a database are those that this program writes.

Between releases a demonstration may have been made by a version whose tables had other columns.
"""

from django.apps import apps
from django.db import connection


def lacking() -> set[str]:
    """The tables and columns of the program that the database lacks, as ``table`` or ``table.column``."""
    found: set[str] = set()
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        for model in apps.get_models(include_auto_created=True):
            table = model._meta.db_table
            if not model._meta.managed:
                continue
            if table not in there:
                found.add(table)
                continue
            columns = {column.name for column in connection.introspection.get_table_description(cursor, table)}
            found |= {f"{table}.{field.column}" for field in model._meta.local_concrete_fields} - {
                f"{table}.{column}" for column in columns
            }
    return found
