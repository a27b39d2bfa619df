"""Any order, any duplication, any split of the same entries ends in the same tables."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.common.ids import derived
from balai.log.entries import Ruled
from balai.log.models import Conflict, Entry, Standing
from balai.log.receive import receive
from balai.log.record import Deed, _entry
from balai.log.replay import synced_models
from balai.log.tests.test_receive import enveloped
from balai.people.entries import (
    PersonChanged,
    PersonRegistered,
    PositionEnded,
    PositionHeld,
    RoleGranted,
    RoleRevoked,
)
from balai.regions.models import Region

pytestmark = pytest.mark.django_db
START = datetime(2026, 1, 1, tzinfo=UTC)
NAMES = ["Siti", "Sumarni", "I Wayan Sudarma", "Muhammad Yusuf, S.Pd."]


def identity(number: int, what: str) -> UUID:
    return derived(UUID(int=number), what)


@st.composite
def histories(draw: st.DrawFn) -> list[Deed]:
    """A few people, their positions and roles, and edits of one field that saw one another or did not."""
    people = draw(st.integers(1, 3))
    deeds = []
    for person in range(people):
        me = identity(person, "person")
        deeds.append(_deed("person.registered", PersonRegistered(draw(st.sampled_from(NAMES)), None), me, None, 0))
        deeds += _edits(draw, person, me)
        deeds += _positions(draw, person, me)
        deeds += _roles(draw, person, me)
    if draw(st.booleans()):
        victim = draw(st.sampled_from(deeds))
        deeds.append(_deed("entry.erased", Ruled((victim.id,)), identity(99, "erased"), None, 90))
    return deeds


def _edits(draw: st.DrawFn, person: int, me: UUID) -> list[Deed]:
    versions, deeds = [me], []
    for number in range(draw(st.integers(0, 4))):
        id = identity(person, f"edit {number}")
        bases = draw(st.lists(st.sampled_from(versions), unique=True, max_size=2))
        change = {draw(st.sampled_from(["name", "sex"])): {"value": draw(st.sampled_from(["P", "L"])), "bases": bases}}
        deeds.append(_deed("person.changed", PersonChanged(changes=change), id, me, draw(st.integers(1, 3))))
        versions.append(id)
    return deeds


def _positions(draw: st.DrawFn, person: int, me: UUID) -> list[Deed]:
    deeds = []
    for number in range(draw(st.integers(0, 2))):
        id = identity(person, f"position {number}")
        deeds.append(_deed("position.held", PositionHeld("kaur keuangan"), id, me, 4))
        if draw(st.booleans()):
            ended = PositionEnded(id, START.date())
            deeds.append(_deed("position.ended", ended, identity(person, f"end {number}"), me, 5))
    return deeds


def _roles(draw: st.DrawFn, person: int, me: UUID) -> list[Deed]:
    deeds = []
    for number in range(draw(st.integers(0, 2))):
        id = identity(person, f"role {number}")
        deeds.append(_deed("role.granted", RoleGranted("facilitator", (None,)), id, me, 6))
        if draw(st.booleans()):
            deeds.append(_deed("role.revoked", RoleRevoked(id), identity(person, f"revoked {number}"), me, 7))
    return deeds


def _deed(kind: str, payload: object, id: UUID, subject: UUID | None, day: int) -> Deed:
    return Deed(kind, payload, subject=subject, id=id, proof="hub", made_at=START + timedelta(days=day))


def tables() -> dict[str, list[tuple[object, ...]]]:
    """Everything that the entries add up to, and how they stand."""
    found = {
        model._meta.label: list(model._default_manager.order_by("pk").values_list())
        for model in synced_models()
        if model is not Region
    }
    found["standings"] = list(Standing.objects.order_by("pk").values_list("entry_id", "state"))
    found["payloads"] = list(Entry.objects.order_by("pk").values_list("id", "payload"))
    return found


def after(batches: list[list[Deed]]) -> dict[str, list[tuple[object, ...]]]:
    """The tables after these batches arrived, one call of ``receive`` each; nothing of it stays."""
    with transaction.atomic():
        for batch in batches:
            receive([enveloped([_entry(deed) for deed in batch])])
        result = tables()
        transaction.set_rollback(True)
    return result


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_order_duplication_and_split_ends_in_the_same_tables(data):
    deeds = data.draw(histories())
    straight = after([deeds])
    shuffled = data.draw(st.permutations(deeds + data.draw(st.lists(st.sampled_from(deeds), max_size=4))))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(shuffled)), max_size=5)) | {0, len(shuffled)})
    batches = [_once(shuffled[a:b]) for a, b in pairwise(cuts)]
    assert after([batch for batch in batches if batch]) == straight
    assert Conflict.objects.count() == 0


def _once(batch: list[Deed]) -> list[Deed]:
    return list({deed.id: deed for deed in batch}.values())


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=histories())
def test_replaying_what_was_applied_gives_the_same_tables(deeds):
    straight = after([deeds])
    one_by_one = after([[deed] for deed in deeds])
    assert one_by_one == straight


@st.composite
def delegations(draw: st.DrawFn) -> list[Deed]:
    """A coordinator by the hub's word; whom they register, give positions and name coordinator; what those do."""
    (kabupaten,) = Region.objects.filter(code="18.02").values_list("pk", flat=True)
    village = Region.objects.filter(code="18.02.07.2009").values_list("pk", flat=True)[0]
    chief = identity(0, "person")
    deeds = [
        _deed("person.registered", PersonRegistered("Hendra", kabupaten), chief, None, 0),
        _deed("role.granted", RoleGranted("coordinator", (kabupaten,)), identity(0, "role"), chief, 1),
    ]
    actor = chief
    for number in range(1, draw(st.integers(2, 4))):
        me, day = identity(number, "person"), number * 3
        deeds += [
            _said("person.registered", PersonRegistered(NAMES[number], village), me, None, day, actor),
            _said("position.held", PositionHeld("kaur", village), identity(number, "position"), me, day + 1, actor),
            _said("role.granted", RoleGranted("coordinator", (village,)), identity(number, "role"), me, day + 2, chief),
        ]
        actor = draw(st.sampled_from([chief, me]))
    return deeds


def _said(kind: str, payload: object, id: UUID, subject: UUID | None, day: int, actor: UUID) -> Deed:
    return Deed(kind, payload, actor, subject, id=id, proof="person", made_at=START + timedelta(days=day))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_right_that_arrives_after_what_was_done_by_it_serves_it(data):
    deeds = data.draw(delegations())
    shuffled = data.draw(st.permutations(deeds))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(shuffled)), max_size=3)) | {0, len(shuffled)})
    done = after([shuffled[a:b] for a, b in pairwise(cuts) if a < b])
    assert [state for _entry, state in done["standings"]] == ["applied"] * len(deeds)
    assert done == after([deeds])
