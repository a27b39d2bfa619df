"""Nobody gains by recovering, looking or granting what they could not give."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.common import clock
from balai.log import kinds
from balai.log.models import Entry
from balai.log.record import record
from balai.people.delegation import rank
from balai.people.entries import RoleGranted
from balai.people.models import Person
from balai.people.reach import HeldRole, covers
from balai.people.roles import Role

Name = Role.Name
CODES = ("", "18", "18.02", "18.02.07", "18.05", "51")
held_role = st.builds(HeldRole, st.sampled_from(Name.values), st.sampled_from(CODES), st.none())


@given(st.lists(held_role, max_size=3), st.sampled_from(Name.values), st.sampled_from(CODES))
def test_what_is_given_lies_within_the_givers_own_regions(held, name, prefix):
    givers = [role for role in held if covers(role.prefix, prefix) and role.name in {Name.ADMIN, Name.COORDINATOR}]
    if rank.gives(held, name, prefix):
        assert givers
        assert name in rank.grantable(held)
    if not givers:
        assert not rank.gives(held, name, prefix)


@pytest.fixture
def people(make_person):
    """By a short name: people with one role each, all living in Lampung Tengah."""
    roles = {
        "learner": ("", ()),
        "facilitator": ("facilitator", ("18.02",)),
        "kabupaten": ("coordinator", ("18.02",)),
        "kecamatan": ("coordinator", ("18.02.07",)),
        "next kabupaten": ("coordinator", ("18.05",)),
        "province": ("coordinator", ("18",)),
        "two provinces": ("coordinator", ("18", "51")),
        "author": ("author", (None,)),
        "auditor": ("auditor", ("18.02",)),
        "admin": ("admin", (None,)),
        "other admin": ("admin", (None,)),
        "admin of a province": ("admin", ("18",)),
    }
    return {short: make_person(short, "18.02.07.2009", role, over) for short, (role, over) in roles.items()}


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("learner", set()),
        ("facilitator", set()),
        ("author", set()),
        ("auditor", set()),
        ("kecamatan", {"learner"}),
        ("kabupaten", {"learner", "facilitator", "kecamatan"}),
        ("next kabupaten", set()),
        ("province", {"learner", "facilitator", "kecamatan", "kabupaten", "next kabupaten"}),
        ("two provinces", {"learner", "facilitator", "kecamatan", "kabupaten", "next kabupaten"}),
        (
            "admin of a province",
            {"learner", "facilitator", "kecamatan", "kabupaten", "next kabupaten", "province", "auditor"},
        ),
        (
            "admin",
            {
                "learner",
                "facilitator",
                "kecamatan",
                "kabupaten",
                "next kabupaten",
                "province",
                "two provinces",
                "author",
                "auditor",
                "admin of a province",
            },
        ),
    ],
)
def test_ranks(people, above, below):
    found = rank.outranked(people[above], list(people.values()))
    assert {short for short, person in people.items() if person.id in found} == below


def test_a_role_of_a_merged_person_counts(people):
    Person.objects.filter(pk=people["author"].id).update(merged_into=people["learner"].id)
    assert not rank.outranks(people["kabupaten"], people["learner"])


def test_thirty_are_ranked_with_the_queries_of_one(people, queries):
    above, others = people["province"], list(people.values())
    above.reach.roles  # noqa: B018  (once a request)
    assert queries(lambda: rank.outranked(above, others)) == queries(lambda: rank.outranked(above, others[:1])) == 1


def test_pages_offer_what_the_log_accepts(people, region):
    """``gives`` and ``rules.may_grant`` agree for every role over every region."""
    for above in people.values():
        for name in Name.values:
            for code in CODES:
                over = region(code).id if code else None
                offered = rank.gives(above.reach.roles, name, code)
                assert offered == accepted(above, name, over), (above.name, name, code)


def accepted(above, name, over):
    deed = RoleGranted(role=name, regions=(over,))
    ask = kinds.Ask(kinds.Taken(entry(above), deed), received_at=entry(above).made_at)
    return kinds.KINDS["role.granted"].may(ask) is None


def entry(above):
    """An unsaved entry by ``above``, now."""
    return Entry(kind="role.granted", actor=above.id, proof="person", made_at=clock.now())


def test_the_admin_of_the_nation_names_an_admin(people):
    deed = RoleGranted(role="admin", regions=(None,))
    admin, learner = people["admin"], people["learner"]
    record("role.granted", deed, actor=admin.id, subject=learner.id)
    assert Person.objects.get(pk=learner.id).reach.holds("admin")
