"""What the nation's admin records: deeds that do what they say, and refusals that leave the tree alone."""

from datetime import date

import pytest

from balai.common.problems import Refusal
from balai.log.record import record_many
from balai.people.models import Person
from balai.regions import problems
from balai.regions.changing import Act, NewRegion, affected
from balai.regions.heads import disagreements
from balai.regions.history import history
from balai.regions.models import FormerName, Region, Succession, region_id

pytestmark = pytest.mark.django_db
SINCE = date(2026, 3, 1)
BANDAR_JAYA = NewRegion("18.02.07.2099", "Bandar Jaya Selatan", "desa", "Kampung")


@pytest.fixture
def act(admin):
    return Act(admin.id, SINCE, "Permendagri 1/2026")


def codes_of(*names):
    return {r.name: r.code for r in Region.objects.filter(name__in=names, code__startswith="18.02")}


def test_a_region_is_renamed_and_keeps_its_former_name(act, region):
    before = region("18.02.07.2009")
    record_many(act.change(before, name="Terbanggi Agung Besar", kind="kelurahan", local_kind=""))
    after = region("18.02.07.2009")
    assert (after.id, after.title) == (before.id, "Kelurahan Terbanggi Agung Besar")
    former = FormerName.objects.get(region=before)
    assert (former.name, former.code, former.until) == ("Terbanggi Besar", "18.02.07.2009", SINCE)


def test_a_new_code_moves_the_whole_subtree(act, region):
    kecamatan = region("18.02.07")
    villages = {r.id: r.code for r in Region.objects.within(kecamatan)}
    record_many(act.renumber(kecamatan, "18.02.90"))
    assert {r.id: r.code for r in Region.objects.filter(pk__in=villages)} == {
        id: code.replace("18.02.07", "18.02.90") for id, code in villages.items()
    }
    assert not Region.objects.filter(code__startswith="18.02.07").exists()
    assert Region.objects.coded("18.02.07.2009").title == "Kampung Terbanggi Besar"


def test_people_move_along_with_their_region(act, region, secretary, coordinator):
    record_many(act.renumber(region("18.02.07"), "18.02.90"))
    assert secretary in coordinator.reach.people()
    assert Person.objects.get(pk=secretary.pk).region.code == "18.02.90.2009"


def test_a_split_region_goes_on_beside_its_successor(act, region):
    terbanggi = region("18.02.07.2009")
    record_many(act.split(terbanggi, [BANDAR_JAYA], ends=False))
    part = region("18.02.07.2099")
    assert (part.id, part.title, part.level) == (region_id(part.code), "Kampung Bandar Jaya Selatan", 4)
    terbanggi.refresh_from_db()
    assert (terbanggi.ended_on, list(terbanggi.successors.all())) == (None, [part])


def test_a_split_region_ends_and_a_part_takes_its_code(act, region):
    terbanggi = region("18.02.07.2009")
    parts = [NewRegion("18.02.07.2009", "Terbanggi Baru", "desa", "Kampung"), BANDAR_JAYA]
    record_many(act.split(terbanggi, parts, ends=True))
    terbanggi.refresh_from_db()
    heir = Region.objects.coded("18.02.07.2009")
    assert (terbanggi.ended_on, heir.name, heir.id) == (SINCE, "Terbanggi Baru", region_id("18.02.07.2009", 2))
    assert {r.name for r in terbanggi.successors.all()} == {"Terbanggi Baru", "Bandar Jaya Selatan"}


def test_a_merged_region_ends_with_its_successor(act, region):
    small, large = region("18.02.07.2009"), region("18.02.07.1002")
    record_many(act.merge(small, large))
    small.refresh_from_db()
    assert (small.ended_on, list(small.successors.all())) == (SINCE, [large])
    assert list(large.predecessors.all()) == [small]


def test_a_region_ends_without_a_successor(act, region):
    gone = region("18.02.07.2009")
    record_many(act.end(gone))
    gone.refresh_from_db()
    assert (gone.ended_on, Succession.objects.filter(region=gone).count()) == (SINCE, 0)


def test_a_new_region_is_created(act, region):
    record_many(act.create(NewRegion("18.02.91", "Bumi Baru", "kecamatan"), 3))
    assert region("18.02.91").full_name == ("Kecamatan Bumi Baru, Kabupaten Lampung Tengah, Provinsi Lampung")


@pytest.mark.parametrize(
    ("deeds", "problem"),
    [
        (lambda act, one, two: act.change(one, name=one.name), problems.NO_CHANGE),
        (lambda act, one, two: act.renumber(one, one.code), problems.NO_CHANGE),
        (lambda act, one, two: act.renumber(one, two.code), problems.CODE_TAKEN),
        (lambda act, one, two: act.renumber(one, "18.02.90"), problems.CODE_MISFIT),
        (lambda act, one, two: act.renumber(one, "18.02.90.2001"), problems.CODE_MISFIT),
        (lambda act, one, two: act.renumber(one, "1802072090"), problems.CODE_MISFIT),
        (lambda act, one, two: act.split(one, [BANDAR_JAYA, BANDAR_JAYA], ends=True), problems.CODE_TAKEN),
        (lambda act, one, two: act.split(two.parent, [BANDAR_JAYA], ends=True), problems.HAS_PARTS),
        (lambda act, one, two: act.merge(one, one), problems.NOT_A_SUCCESSOR),
        (lambda act, one, two: act.merge(one, two.parent), problems.NOT_A_SUCCESSOR),
        (lambda act, one, two: act.end(two.parent), problems.HAS_PARTS),
        (lambda act, one, two: act.create(NewRegion(one.code, "x", "desa"), 4), problems.CODE_TAKEN),
    ],
)
def test_what_does_not_fit_the_tree_is_refused(act, region, deeds, problem):
    with pytest.raises(Refusal) as refused:
        deeds(act, region("18.02.07.2009"), region("18.02.07.1002"))
    assert refused.value.problem == problem


def test_an_ended_region_does_not_change_again(act, region):
    gone = region("18.02.07.2009")
    record_many(act.end(gone))
    gone.refresh_from_db()
    with pytest.raises(Refusal) as refused:
        act.change(gone, name="Lain")
    assert refused.value.problem == problems.ENDED


@pytest.mark.parametrize("who", ["secretary", "coordinator", "author", "auditor", "partner"])
def test_only_the_nations_admin_changes_the_tree(request, region, who):
    person = request.getfixturevalue(who)
    with pytest.raises(Refusal):
        record_many(Act(person.id, SINCE).change(region("18.02.07.2009"), name="Lain"))
    assert region("18.02.07.2009").name == "Terbanggi Besar"


def test_history_tells_what_happened_when(act, region):
    terbanggi = region("18.02.07.2009")
    record_many(Act(act.actor, date(2026, 2, 1), "Perda 2/2026").change(terbanggi, name="Terbanggi Lama"))
    terbanggi.refresh_from_db()
    record_many(act.renumber(region("18.02.07"), "18.02.90"))
    steps = [(step.event, step.since, step.basis, step.former, step.changes) for step in history(terbanggi)]
    assert steps == [
        ("changed", date(2026, 2, 1), "Perda 2/2026", ("Terbanggi Besar", "18.02.07.2009"), {"name": "Terbanggi Lama"}),
        ("renumbered", SINCE, act.basis, ("Terbanggi Lama", "18.02.07.2009"), {"code": "18.02.90.2009"}),
    ]


def test_two_names_that_did_not_see_each_other_are_both_kept_until_somebody_decides(admin, region):
    terbanggi = region("18.02.07.2009")
    blind = [Act(admin.id, SINCE).change(terbanggi, name=name)[0] for name in ("Satu", "Dua")]
    record_many(blind)
    assert disagreements(terbanggi.id) == ["name"]
    terbanggi.refresh_from_db()
    record_many(Act(admin.id, SINCE).change(terbanggi, name="Tiga"))
    assert (disagreements(terbanggi.id), region("18.02.07.2009").name) == ([], "Tiga")


def test_the_preview_counts_what_is_touched(region, secretary, stranger):
    found = {str(label): count for label, count in affected(region("18.02.07"))}
    assert found == {"wilayah": 11, "lembaga": 0, "orang": 1}
