"""What a database lacks is named."""

from typing import Any

import pytest
from django.db import connection

from balai.web.machine import tables


@pytest.mark.django_db
def test_a_database_of_this_program_lacks_nothing() -> None:
    assert tables.lacking() == set()


@pytest.mark.django_db
def test_a_missing_table_and_a_missing_column_are_named(monkeypatch: Any) -> None:
    known, described = connection.introspection.table_names, connection.introspection.get_table_description
    monkeypatch.setattr(
        connection.introspection, "table_names", lambda cursor: [n for n in known(cursor) if n != "programmes_seat"]
    )
    monkeypatch.setattr(
        connection.introspection,
        "get_table_description",
        lambda cursor, name: [c for c in described(cursor, name) if (name, c.name) != ("people_person", "nip")],
    )
    assert tables.lacking() == {"programmes_seat", "people_person.nip"}
