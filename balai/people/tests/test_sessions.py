"""Sessions: read every time, so that one that ended is ended at once; what the text says is remembered."""

import pytest
from django.contrib.sessions.models import Session

from balai.people.sessions import SessionStore

pytestmark = pytest.mark.django_db


def kept(**values: object) -> str:
    store = SessionStore()
    store.update(values)
    store.create()
    return str(store.session_key)


def test_what_is_kept_is_read_and_changed():
    key = kept(name="Siti", steps=["satu"])
    store = SessionStore(key)
    assert dict(store.items()) == {"name": "Siti", "steps": ["satu"]}
    store["name"] = "Budi"
    store.save()
    assert SessionStore(key)["name"] == "Budi"


def test_what_one_page_changes_without_saving_no_other_page_sees():
    key = kept(steps=["satu"])
    SessionStore(key)["steps"].append("dua")
    assert SessionStore(key)["steps"] == ["satu"]


def test_a_session_that_ended_is_ended_at_once():
    key = kept(name="Siti")
    assert SessionStore(key)["name"] == "Siti"
    Session.objects.filter(pk=key).delete()
    assert list(SessionStore(key).keys()) == []


def test_a_text_that_was_changed_says_nothing():
    key = kept(name="Siti")
    row = Session.objects.get(pk=key)
    row.session_data = "x" + row.session_data
    row.save()
    assert list(SessionStore(key).keys()) == []
