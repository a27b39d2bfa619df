"""The English interface is complete."""

import re
from io import BytesIO
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tools import messages

PLACES = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


def stored() -> Catalog:
    with messages.ENGLISH.open("rb") as file:
        return read_po(file, locale="en")


def texts(message: Any, which: str) -> tuple[str, ...]:
    value = getattr(message, which)
    return value if isinstance(value, tuple) else (value,)


def test_the_catalogue_has_exactly_the_texts_of_the_code() -> None:
    found = {(message.id, message.context) for message in messages.collect() if message.id}
    assert {(message.id, message.context) for message in stored() if message.id} == found


def test_every_text_is_translated_and_none_is_a_guess() -> None:
    english = stored()
    assert messages.missing(english) == []
    assert [message.id for message in english if message.id and message.fuzzy] == []
    assert list(english.obsolete) == []


def test_a_translation_keeps_the_places_for_facts() -> None:
    wrong = []
    for message in stored():
        wanted = {place for text in texts(message, "id") for place in PLACES.findall(text)} if message.id else set()
        given = {place for text in texts(message, "string") for place in PLACES.findall(text)} if message.id else set()
        if wanted != given:
            wrong.append(message.id)
    assert wrong == []


def test_what_is_compiled_is_what_is_written() -> None:
    compiled = BytesIO()
    write_mo(compiled, stored())
    assert messages.ENGLISH.with_suffix(".mo").read_bytes() == compiled.getvalue()


def test_no_text_reads_as_a_format_to_those_who_compile_it() -> None:
    """A percent sign before a letter does: "5% desa" holds "% d"."""
    assert [(message.id, faults) for message, faults in stored().check()] == []
