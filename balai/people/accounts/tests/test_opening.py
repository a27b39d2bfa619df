"""Accounts are opened for many at once: names that can be remembered, numbers that are one person's alone."""

import pytest

from balai.people.accounts import opening, usernames
from balai.people.models import Account, Person

VILLAGE = "18.02.07.2009"


@pytest.fixture
def registered(make_person):
    """People without accounts: ``registered(("Bambang", "+62…"), …)``."""

    def register(*rows):
        people = []
        for name, phone in rows:
            person = make_person(name, VILLAGE, phone=phone)
            Account.objects.filter(person=person).delete()
            people.append(Person.objects.get(pk=person.id))
        return people

    return register


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Hj. Siti Aminah Rahayu, S.Pd.", "siti.aminah"),
        ("Bambang", "bambang"),
        ("M. Yusuf", "yusuf"),
        ("A. B.", "a.b"),
        ("李", "warga"),
        ("I Gusti Ngurah Agung Wibawa", "gusti.ngurah"),
    ],
)
def test_a_user_name_comes_from_the_name(name, expected):
    assert usernames.stem(name) == expected


def test_everybody_gets_an_account_and_nobody_two(registered, queries):
    people = registered(("Bambang", ""), ("Siti Aminah", ""), ("Bambang", ""), ("Bambang, S.E.", ""))
    opening.open_accounts(people)
    names = sorted(Account.objects.values_list("username", flat=True))
    assert [name.rstrip("0123456789") for name in names] == ["bambang", "bambang", "bambang", "siti.aminah"]
    before = list(Account.objects.order_by("pk").values_list("pk", flat=True))
    opening.open_accounts(people)
    assert list(Account.objects.order_by("pk").values_list("pk", flat=True)) == before
    assert not any(account.has_usable_password() for account in Account.objects.all())


def test_a_shared_number_signs_nobody_in(registered):
    people = registered(("Bambang", "+6281234567811"), ("Siti Aminah", "+6281234567811"), ("Yusuf", "+6281234567812"))
    opening.open_accounts(people)
    phones = dict(Account.objects.values_list("person__name", "phone"))
    assert phones == {"Bambang": None, "Siti Aminah": None, "Yusuf": "+6281234567812"}


def test_a_number_that_an_account_has_stays_with_it(registered, secretary):
    people = registered(("Bambang", "+6281234567811"))
    Account.objects.filter(person=secretary).update(phone="+6281234567811")
    opening.open_accounts(people)
    assert Account.objects.get(person=people[0]).phone is None


def test_opening_thirty_costs_no_more_queries_than_one(registered, queries):
    people = registered(*((f"Warga{chr(97 + n % 26)}{chr(97 + n // 26)} Desa", "") for n in range(31)))
    few = queries(lambda: opening.open_accounts(people[:1]))
    assert queries(lambda: opening.open_accounts(people[1:])) == few
