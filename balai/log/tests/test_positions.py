"""No reader ever passes an entry that is committed later."""

import threading

import pytest
from django.db import connection, transaction

from balai.log.models import Route, Standing
from balai.log.positions import hand_out
from balai.log.record import record
from balai.people.entries import PersonRegistered


def registered(name):
    return record("person.registered", PersonRegistered(name, None), proof="hub")


@pytest.mark.django_db
def test_positions_are_dense_and_follow_arrival(secretary, colleague):
    hand_out()
    rows = Standing.objects.order_by("position").values_list("entry_id", "position")
    assert list(rows) == [(secretary.id, 1), (colleague.id, 2)]
    streams = Route.objects.order_by("position").values_list("stream", "position")
    assert list(streams) == [(secretary.region_id, 1), (colleague.region_id, 2)]
    assert hand_out() == 0


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_slow_writer_is_never_passed():
    """A naive sequence numbers at insert: a reader that saw 2 would never see the 1 committed after it."""
    inserted, go_on = threading.Event(), threading.Event()
    slow = []

    def write_slowly():
        with transaction.atomic():
            slow.append(registered("Lambat").id)
            inserted.set()
            go_on.wait(10)
        connection.close()

    writer = threading.Thread(target=write_slowly)
    writer.start()
    inserted.wait(10)
    fast = registered("Cepat").id
    hand_out()
    seen = list(Standing.objects.exclude(position=None).values_list("entry_id", "position"))
    go_on.set()
    writer.join()
    hand_out()
    assert seen == [(fast, 1)]
    assert list(Standing.objects.filter(position__gt=1).values_list("entry_id", "position")) == [(slow[0], 2)]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_writers_and_readers_lose_nothing():
    cursor, seen, stop = [0], [], threading.Event()

    def write(worker):
        for n in range(20):
            registered(f"Orang {worker}-{n}")
        connection.close()

    def read():
        while not stop.is_set():
            look()
        connection.close()

    def look():
        hand_out()
        for id, position in (
            Standing.objects.filter(position__gt=cursor[0]).order_by("position").values_list("entry_id", "position")
        ):
            seen.append(id)
            cursor[0] = position

    reader = threading.Thread(target=read)
    writers = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    reader.start()
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    stop.set()
    reader.join()
    look()
    assert sorted(seen) == sorted(Standing.objects.values_list("entry_id", flat=True))
    assert len(seen) == 80
