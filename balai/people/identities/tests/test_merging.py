import itertools
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai.common.problems import Refusal
from balai.log.kinds import KINDS
from balai.log.models import Entry
from balai.log.record import record
from balai.people.identities import merging
from balai.people.identities.entries import PersonMerged, PersonParted, PersonToldApart, PersonWithdrawn
from balai.people.models import Account, Apart, Person, PersonMerge

pytestmark = pytest.mark.django_db


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def test_a_merge_keeps_both_histories_and_the_chosen_fields(coordinator, make_person) -> None:
    kept = make_person("Siti Aminah", "18.02.07.2009", phone="+6281200000001")
    gone = make_person("Hj. Siti Aminah, S.Pd.", "18.02.07.2010", phone="+6281200000002", email="siti@desa.id")
    merging.merge(kept, gone, ["name", "email"], coordinator)
    kept, gone = fresh(kept), fresh(gone)
    assert (kept.name, kept.phone, kept.email) == ("Hj. Siti Aminah, S.Pd.", "+6281200000001", "siti@desa.id")
    assert (gone.merged_into_id, gone.name, kept.identities) == (kept.id, "Hj. Siti Aminah, S.Pd.", [kept.id, gone.id])
    assert list(Person.objects.present().filter(pk__in=[kept.id, gone.id])) == [kept]


def test_a_merge_can_be_taken_back(coordinator, make_person) -> None:
    kept, gone = make_person("Siti", "18.02.07.2009"), make_person("Siti A", "18.02.07.2009")
    merging.merge(kept, gone, [], coordinator)
    assert Account.objects.get(person=gone).is_active is False
    merging.part(fresh(gone), coordinator)
    assert (fresh(gone).merged_into_id, Account.objects.get(person=gone).is_active) == (None, True)


def test_the_account_goes_along(coordinator, make_person) -> None:
    kept, gone = make_person("Siti", "18.02.07.2009"), make_person("Siti A", "18.02.07.2009")
    kept.account.delete()
    merging.merge(kept, gone, [], coordinator)
    assert fresh(kept).account == gone.account


@pytest.mark.parametrize("pair", [("same", "same"), ("gone", "other")])
def test_only_two_present_records_can_be_merged(coordinator, make_person, pair) -> None:
    people = {name: make_person(name, "18.02.07.2009") for name in ("same", "gone", "other")}
    record("person.withdrawn", PersonWithdrawn(), subject=people["gone"].id, proof="hub")
    with pytest.raises(Refusal) as caught:
        merging.merge(fresh(people[pair[0]]), fresh(people[pair[1]]), [], coordinator)
    assert caught.value.problem.code == ("B2150" if pair[0] == "same" else "B2151")


def test_nobody_takes_over_the_record_of_who_stands_above(coordinator, make_person, region) -> None:
    own = make_person("Hendra", "18.02.07.2009")
    above = make_person("Gubernur", "18.02.07.2009", role="coordinator", over=("18",))
    peer = make_person("Sejawat", "18.02.07.2009", role="coordinator", over=("18.02",))
    below = make_person("Camat", "18.02.07.2009", role="coordinator", over=("18.02.07",))
    for person in (above, peer):
        for pair in ((own, person), (person, own)):
            with pytest.raises(Refusal):
                merging.merge(*pair, [], coordinator)
    merging.merge(own, below, [], coordinator)
    assert fresh(below).merged_into_id == own.id


def test_people_out_of_reach_cannot_be_merged(other_coordinator, secretary, colleague) -> None:
    with pytest.raises(Refusal):
        merging.merge(secretary, colleague, [], other_coordinator)
    assert fresh(colleague).merged_into_id is None


@pytest.fixture
def crowd(make_person) -> list[Person]:
    return [make_person(f"Orang {place}", "18.02.07.2009") for place in range(4)]


PAIRS = st.lists(st.sampled_from(list(itertools.permutations(range(4), 2))), min_size=1, max_size=6)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PAIRS, st.randoms(use_true_random=False), st.data())
def test_merges_end_the_same_in_any_order(crowd, pairs, shuffler, data) -> None:
    deeds = []
    for place, (gone, kept) in enumerate(pairs):
        moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=place)
        deeds.append(
            ("person.merged", PersonMerged(into=crowd[kept].id), crowd[gone].id, UUID(int=1000 + place), moment)
        )
    apart = data.draw(st.lists(st.sampled_from(list(itertools.permutations(range(4), 2))), max_size=3))
    for place, (one, other) in enumerate(apart):
        payload = PersonToldApart(other=crowd[other].id)
        deeds.append(("person.told_apart", payload, crowd[one].id, UUID(int=3000 + place), moment))
    parted = data.draw(st.sets(st.integers(0, len(pairs) - 1), max_size=2))
    for place in parted:
        moment = datetime(2026, 2, 1, tzinfo=UTC) + timedelta(hours=place)
        payload = PersonParted(merge=UUID(int=1000 + place))
        deeds.append(("person.parted", payload, crowd[pairs[place][0]].id, UUID(int=2000 + place), moment))
    ends = []
    for _turn in range(2):
        with transaction.atomic():
            order = [deed for deed in deeds if deed[0] != "person.parted"]
            shuffler.shuffle(order)
            rest = [deed for deed in deeds if deed[0] == "person.parted"]
            shuffler.shuffle(rest)
            for kind, payload, subject, id, moment in order + rest:
                record(kind, payload, subject=subject, id=id, made_at=moment, proof="hub")
            roots = dict(Person.objects.filter(pk__in=[p.id for p in crowd]).values_list("pk", "merged_into"))
            ends.append((roots, list(Apart.objects.order_by("pk").values_list("pk", "first", "second", "decided_at"))))
            assert all(root is None or roots[root] is None for root in roots.values())
            transaction.set_rollback(True)
    assert ends[0] == ends[1]


def test_two_who_are_alike_are_told_apart_by_who_is_set_over_both(coordinator, secretary, colleague, stranger) -> None:
    merging.tell_apart(secretary, colleague, coordinator)
    merging.tell_apart(colleague, secretary, coordinator)
    pair = tuple(sorted((secretary.id, colleague.id)))
    assert list(Apart.objects.values_list("first", "second", "decided_by")) == [(*pair, coordinator.id)] * 2
    for other in (stranger, secretary):
        with pytest.raises(Refusal):
            merging.tell_apart(secretary, other, coordinator)
    assert Apart.objects.count() == 2


def test_an_erased_merge_leaves_no_trace_in_the_tables(make_person) -> None:
    kept, gone = make_person("Siti", "18.02.07.2009"), make_person("Siti A", "18.02.07.2009")
    entry = record("person.merged", PersonMerged(into=kept.id), subject=gone.id, proof="hub")
    KINDS["person.merged"].withdraw([Entry.objects.get(pk=entry.id)])
    assert (list(PersonMerge.objects.all()), fresh(gone).merged_into_id) == ([], None)


def test_an_erased_decision_is_forgotten(secretary, colleague) -> None:
    entry = record("person.told_apart", PersonToldApart(other=colleague.id), subject=secretary.id, proof="hub")
    for _again in range(2):
        KINDS["person.told_apart"].withdraw([Entry.objects.get(pk=entry.id)])
    assert list(Apart.objects.all()) == []


def test_the_first_withdrawal_counts(make_person) -> None:
    person = make_person("Siti", "18.02.07.2009")
    first = record("person.withdrawn", PersonWithdrawn(reason="keliru"), subject=person.id, proof="hub")
    record("person.withdrawn", PersonWithdrawn(), subject=person.id, proof="hub")
    assert fresh(person).withdrawn_at == first.made_at
