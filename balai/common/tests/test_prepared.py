"""A prepared statement does what the ORM does, without being built again."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.db.models.signals import post_init
from django.utils import timezone

from balai.common.prepared import Delete, Insert, Prepared, PreparedValues, Update
from balai.people.models import Account

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


def test_several_values_are_asked_for_at_once(django_assert_num_queries):
    Session.objects.bulk_create([session(f"k{n}") for n in range(600)])
    prepared = Prepared(Session, lambda ids: Session.objects.filter(session_key__in=ids))
    for count in (1, 3, 512):
        with django_assert_num_queries(1):
            assert {row.pk for row in prepared(ids=[f"k{n}" for n in range(count)])} == {f"k{n}" for n in range(count)}
    with django_assert_num_queries(2):
        assert len(prepared(ids=[f"k{n}" for n in range(600)])) == 600
    with django_assert_num_queries(0):
        assert prepared(ids=[]) == []


def test_values_are_tuples():
    Session.objects.bulk_create([session("a", "1"), session("b", "2")])
    prepared = PreparedValues(Session, lambda key: Session.objects.filter(pk=key).values_list("pk", "session_data"))
    assert [prepared(key=key) for key in ("a", "b", "c")] == [[("a", "1")], [("b", "2")], []]


def test_every_kind_of_column_comes_back_as_the_orm_brings_it(secretary):
    found = Prepared(Account, lambda person: Account.objects.select_related("person__region").filter(person=person))
    prepared = found(person=secretary.pk)[0]
    expected = Account.objects.select_related("person__region").get(person=secretary)
    pairs = [(prepared, expected), (prepared.person, expected.person), (prepared.person.region, expected.person.region)]
    assert [columns(ours) for ours, _theirs in pairs] == [columns(theirs) for _ours, theirs in pairs]
    assert prepared.person.account is prepared
    assert prepared.person.merged_into is None


def test_a_model_that_somebody_listens_to_is_made_by_django():
    heard = []

    def hear(sender, instance, **rest):
        heard.append(instance.pk)

    Session.objects.create(session_key="a", session_data="", expire_date=timezone.now())
    post_init.connect(hear, sender=Session)
    try:
        row = Prepared(Session, lambda key: Session.objects.filter(pk=key))(key="a")[0]
    finally:
        post_init.disconnect(hear, sender=Session)
    assert (heard, row.pk) == (["a"], "a")


def test_rows_are_changed_and_deleted_by_what_they_hold():
    Insert(Session)([session("a", "1"), session("b", "1"), session("c", "2")])
    rename = Update(Session, set=["session_data"], where=["session_key"])
    assert rename(session_key="a", session_data="3") == 1
    assert rename(session_key="nobody", session_data="3") == 0
    assert kept() == {"a": "3", "b": "1", "c": "2"}
    assert Delete(Session, where=["session_data"])(session_data="3") == 1
    assert kept() == {"b": "1", "c": "2"}


def test_a_change_may_ask_that_nothing_is_there_yet(secretary):
    once = Update(Account, set=["notice_read_at"], where=["person"], null=["notice_read_at"])
    first, second = timezone.now(), timezone.now()
    assert once(person=secretary.pk, notice_read_at=first) == 1
    assert once(person=secretary.pk, notice_read_at=second) == 0
    assert Account.objects.get(person=secretary).notice_read_at == first
