"""Regions and institutions: any order, duplication and split of their entries ends in the same tables."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.common.ids import derived
from balai.log.entries import Ruled
from balai.log.handlers import Change
from balai.log.models import Revision, Standing
from balai.log.receive import receive
from balai.log.record import Deed, _entry
from balai.log.replay import verify
from balai.log.tests.test_receive import enveloped
from balai.regions import shipping
from balai.regions.models import FormerName, Institution, InstitutionScope, Region, Succession, region_id
from balai.regions.payloads import InstitutionChanged, InstitutionRegistered, RegionChanged

pytestmark = pytest.mark.django_db
START = datetime(2026, 1, 1, tzinfo=UTC)
ACT = UUID(int=1)
SHIPPED = [region_id(code) for code in ("18.02.07.2009", "18.02.07.1002", "18.02.07")]
CREATED = [region_id(code) for code in ("18.02.98", "18.02.99")]
VALUES = {
    "code": ["18.02.07.2009", "18.02.97", "18.02.97.2001"],
    "name": ["Satu", "Dua", "Tiga"],
    "local_kind": ["", "Kampung", "Nagari"],
    "ended_on": [None, "2026-02-01"],
    "successors": [[], [str(CREATED[0])], [str(SHIPPED[1]), str(CREATED[1])]],
}


def deed(kind, payload, id, subject, day):
    return Deed(kind, payload, subject=subject, id=id, proof="hub", made_at=START + timedelta(days=day))


def region_changed(event, changes, id, subject, day, former=None):
    payload = RegionChanged(act=ACT, event=event, since=date(2026, 1, 1), changes=changes, former=former)
    return deed("region.changed", payload, id, subject, day)


@st.composite
def histories(draw):
    """Two created regions and three shipped ones, edited by people who saw one another's edits or did not."""
    deeds = [
        region_changed("created", {k: Change(v, ()) for k, v in values.items()}, id, id, 0)
        for id, values in zip(
            CREATED,
            ({"code": f"18.02.{n}", "name": f"Baru {n}", "kind": "kecamatan"} for n in (98, 99)),
            strict=True,
        )
    ]
    for region in [*SHIPPED, *CREATED]:
        versions = [region]
        for number in range(draw(st.integers(0, 3))):
            id = derived(region, f"edit {number}")
            field = draw(st.sampled_from(sorted(VALUES)))
            bases = tuple(draw(st.lists(st.sampled_from(versions), unique=True, max_size=2)))
            change = {field: Change(draw(st.sampled_from(VALUES[field])), bases)}
            former = ("Lama", "18.02.07.2009") if field == "name" else None
            deeds.append(region_changed("changed", change, id, region, draw(st.integers(1, 3)), former))
            versions.append(id)
    deeds += institutions(draw)
    if draw(st.booleans()):
        victim = draw(st.sampled_from(deeds))
        deeds.append(deed("entry.refused", Ruled((victim.id,)), derived(ACT, "refused"), None, 90))
    return deeds


def institutions(draw):
    id = derived(ACT, "institution")
    places = st.sampled_from([*SHIPPED, *CREATED])
    registered = InstitutionRegistered("upt", "LPPKSPS", draw(places), tuple(draw(st.lists(places, max_size=3))))
    deeds = [deed("institution.registered", registered, id, None, 4)]
    versions = [id]
    for number in range(draw(st.integers(0, 3))):
        edit = derived(id, f"edit {number}")
        served = [str(region) for region in draw(st.lists(places, max_size=2))]
        field, value = draw(st.sampled_from([("serves", served), ("name", "UPT"), ("region", str(draw(places)))]))
        bases = tuple(draw(st.lists(st.sampled_from(versions), unique=True, max_size=2)))
        changed = InstitutionChanged({field: Change(value, bases)})
        deeds.append(deed("institution.changed", changed, edit, id, draw(st.integers(5, 7))))
        versions.append(edit)
    return deeds


@pytest.fixture
def _short_edition(monkeypatch):
    """The shipped edition, as far as these tests look: reading all of it for each example takes too long."""
    rows = list(Region.objects.filter(pk__in=SHIPPED))
    monkeypatch.setattr(shipping, "shipped", lambda: shipping.Edition("short", len(rows), lambda: iter(rows)))


def tables():
    models = (Region, FormerName, Succession, Institution, InstitutionScope, Revision)
    found = {model.__name__: list(model.objects.order_by("pk").values_list()) for model in models}
    found["standings"] = list(Standing.objects.order_by("pk").values_list("entry_id", "state"))
    return found


def after(batches):
    """The tables after these batches arrived, one call of ``receive`` each; nothing of it stays."""
    with transaction.atomic():
        for batch in batches:
            receive([enveloped([_entry(item) for item in batch])])
        result = tables()
        transaction.set_rollback(True)
    return result


@pytest.mark.usefixtures("_short_edition")
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_order_duplication_and_split_ends_in_the_same_tables(data):
    deeds = data.draw(histories())
    straight = after([deeds])
    shuffled = data.draw(st.permutations(deeds + data.draw(st.lists(st.sampled_from(deeds), max_size=4))))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(shuffled)), max_size=4)) | {0, len(shuffled)})
    batches = [list({item.id: item for item in shuffled[a:b]}.values()) for a, b in pairwise(cuts)]
    assert after([batch for batch in batches if batch]) == straight


@pytest.mark.slow
def test_the_log_gives_the_same_tree_again(django_db_blocker):
    created = region_changed(
        "created",
        {"code": Change("18.02.98", ()), "name": Change("Baru", ()), "kind": Change("kecamatan", ())},
        CREATED[0],
        CREATED[0],
        2,
    )
    early = InstitutionRegistered("dinas", "Dinas PMD", SHIPPED[2])
    late = InstitutionRegistered("kantor_kecamatan", "Kantor Kecamatan Baru", CREATED[0], (SHIPPED[2],))
    renamed = region_changed("changed", {"name": Change("Terbanggi", (SHIPPED[0],))}, derived(ACT, "a"), SHIPPED[0], 3)
    deeds = [
        deed("institution.registered", early, derived(ACT, "early"), None, 1),
        created,
        deed("institution.registered", late, derived(ACT, "late"), None, 3),
        renamed,
    ]
    receive([enveloped([_entry(item) for item in deeds])])
    with django_db_blocker.unblock():  # the scratch database, too
        report = verify()
    assert (report.differences, report.entries) == ([], 4)
