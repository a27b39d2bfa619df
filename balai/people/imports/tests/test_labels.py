"""The headings that the empty table carries are those that an upload understands."""

import pytest
from django.utils import translation

from balai.people.imports import labels
from balai.people.spreadsheets import headers


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_empty_table_is_understood_in_every_language(language: str) -> None:
    with translation.override(language):
        titles = {field: labels.label(field) for field in labels.FIELDS}
    assert {field: headers.field_of(title) for field, title in titles.items()} == {field: field for field in titles}
