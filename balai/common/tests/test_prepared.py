"""A prepared statement does what the ORM does, without being built again."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils import timezone

from balai.common.prepared import Insert, Prepared

pytestmark = pytest.mark.django_db


def query(codename: str):
    found = Permission.objects.filter(codename=codename, content_type__app_label="sessions")
    return found.select_related("content_type").order_by("pk")


def columns(row) -> dict[str, object]:
    return {name: value for name, value in row.__dict__.items() if name != "_state"}


def test_rows_are_those_of_the_orm_with_their_relations(django_assert_num_queries):
    prepared = Prepared(Permission, query)
    with django_assert_num_queries(1):
        found = prepared(codename="add_session")
        types = [row.content_type for row in found]
    expected = list(query("add_session"))
    assert [columns(row) for row in found] == [columns(row) for row in expected]
    assert [columns(row) for row in types] == [columns(row.content_type) for row in expected]


def test_it_is_built_once_and_asked_with_other_values():
    built = []

    def build(key: str):
        built.append(key)
        return Session.objects.filter(session_key=key)

    for key in ("a", "b"):
        Session.objects.create(session_key=key, session_data="", expire_date=timezone.now())
    prepared = Prepared(Session, build)
    assert [[row.pk for row in prepared(key=key)] for key in ("a", "b", "c")] == [["a"], ["b"], []]
    assert len(built) == 1


def test_a_row_that_is_changed_can_be_saved():
    Session.objects.create(session_key="a", session_data="", expire_date=timezone.now())
    row = Prepared(Session, lambda key: Session.objects.filter(session_key=key))(key="a")[0]
    row.session_data = str(uuid4())
    row.save()
    assert Session.objects.get(pk="a").session_data == row.session_data


def session(key: str, data: str = "") -> Session:
    return Session(session_key=key, session_data=data, expire_date=timezone.now())


def kept() -> dict[str, str]:
    return dict(Session.objects.values_list("session_key", "session_data"))


def test_rows_are_inserted():
    Insert(Session)([session("a", "1"), session("b", "2")])
    Insert(Session)([])
    assert kept() == {"a": "1", "b": "2"}


def test_a_row_that_is_there_already_raises_is_left_alone_or_is_replaced():
    Insert(Session)([session("a", "1")])
    with pytest.raises(IntegrityError), transaction.atomic():
        Insert(Session)([session("a", "2")])
    Insert(Session, ignore=True)([session("a", "3"), session("b", "3")])
    assert kept() == {"a": "1", "b": "3"}
    Insert(Session, unique=["session_key"], update=["session_data"])([session("a", "4"), session("c", "4")])
    assert kept() == {"a": "4", "b": "3", "c": "4"}


def test_keys_that_the_database_counts_are_left_to_it():
    kind = ContentType.objects.get(app_label="sessions", model="session")
    Insert(Permission)([Permission(name="Membaca", codename="read_session", content_type=kind)])
    assert Permission.objects.get(codename="read_session").pk
