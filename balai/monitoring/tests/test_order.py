"""Sightings of the network in any order, any number of times, in any pieces: the same table."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from balai.log.entries import Ruled
from balai.log.models import Conflict, Standing
from balai.log.receive import receive
from balai.log.record import Deed, _entry
from balai.log.tests.test_receive import enveloped
from balai.monitoring.entries import NetworkSeen
from balai.monitoring.models import NetworkSighting
from balai.people.entries import PersonRegistered
from balai.regions.models import region_id

pytestmark = pytest.mark.django_db
START = datetime(2026, 1, 1, tzinfo=UTC)
HOME = region_id("18.02.07.2009")


@st.composite
def histories(draw: st.DrawFn) -> list[Deed]:
    """Two people, a few days of each, the same day twice; one thing refused, erased or admitted."""
    people = [_deed("person.registered", PersonRegistered(f"Orang {n}", None), 100 + n, None) for n in range(2)]
    sightings = [
        _deed(
            "network.seen",
            NetworkSeen(date(2026, 1, draw(st.integers(1, 2))), draw(st.sampled_from(["none", "2g", "4g"])), 100, 3, 1),
            200 + n,
            UUID(int=100 + draw(st.integers(0, 1))),
        )
        for n in range(draw(st.integers(0, 5)))
    ]
    deeds = people + sightings
    if draw(st.booleans()):
        kind = draw(st.sampled_from(["entry.erased", "entry.refused"]))
        target = draw(st.sampled_from(deeds))
        deeds.append(Deed(kind, Ruled((target.id,)), id=UUID(int=999), proof="hub", made_at=START))
    return deeds


def _deed(kind: str, payload: object, number: int, person: UUID | None) -> Deed:
    moment = START + timedelta(minutes=number)
    id = UUID(int=number)
    return Deed(kind, payload, person, person or id, HOME, id=id, proof="hub", made_at=moment)


def after(batches: list[list[Deed]]) -> list[list[tuple[object, ...]]]:
    """The tables after these batches arrived; nothing of it stays."""
    with transaction.atomic():
        for batch in batches:
            receive([enveloped([_entry(one) for one in {one.id: one for one in batch}.values()])])
        rows = list(NetworkSighting.objects.order_by("pk").values_list())
        standings = list(Standing.objects.order_by("pk").values_list("entry_id", "state"))
        transaction.set_rollback(True)
    return [rows, standings]


@settings(max_examples=40)
@given(data=st.data())
def test_any_order_duplication_and_split_ends_in_the_same_table(data: st.DataObject) -> None:
    deeds = data.draw(histories())
    straight = after([deeds])
    shuffled = data.draw(st.permutations(deeds + data.draw(st.lists(st.sampled_from(deeds), max_size=4))))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(shuffled)), max_size=4)) | {0, len(shuffled)})
    assert after([shuffled[a:b] for a, b in pairwise(cuts) if a < b]) == straight
    assert not Conflict.objects.exists()
