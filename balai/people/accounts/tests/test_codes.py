"""One-time codes: enough chance, forgiving to read, kept as a keyed hash, one a person."""

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.common import clock
from balai.log.nodekeys import this_node
from balai.people.accounts import codes
from balai.people.models import AccessCode

FIRST, RECOVERY = AccessCode.Purpose.FIRST, AccessCode.Purpose.RECOVERY
any_code = st.text(codes.ALPHABET, min_size=codes.SIGNS, max_size=codes.SIGNS)


def test_a_code_has_sixty_random_bits():
    assert len(codes.ALPHABET) ** codes.SIGNS == 2**60
    many = [codes.fresh() for _turn in range(2_000)]
    assert len(set(many)) == 2_000
    assert {sign for code in many for sign in code} == set(codes.ALPHABET)


@given(any_code)
def test_a_code_is_read_as_it_is_written(code):
    assert re.fullmatch(r"(\w{4}-){2}\w{4}", codes.grouped(code))
    assert codes.read(codes.grouped(code)) == code


@given(any_code, st.sampled_from(["", " ", "-", " - ", "–", "."]), st.data())
def test_small_letters_other_separators_and_lookalikes_are_read_as_meant(code, between, data):
    slips = {"0": "0oO", "1": "1iIlL"}
    typed = [data.draw(st.sampled_from(slips.get(sign, sign.lower() + sign))) for sign in code]
    assert codes.read(between.join(typed)) == code


@given(st.text(max_size=20).filter(lambda text: len(re.sub(r"[\s\-–—._]", "", text)) != codes.SIGNS))
def test_what_cannot_be_a_code_is_none(text):
    assert codes.read(text) == ""


def test_only_a_keyed_hash_is_kept(secretary):
    code = codes.make([secretary.id], FIRST, None)[secretary.id]
    row = AccessCode.objects.get()
    assert row.digest == codes.digest(code)
    assert code not in str(AccessCode.objects.values().get())
    assert this_node().secret not in row.digest.encode()


def test_a_new_code_ends_the_old_one(secretary, coordinator):
    old = codes.make([secretary.id], FIRST, coordinator.id)[secretary.id]
    new = codes.make([secretary.id], RECOVERY, coordinator.id)[secretary.id]
    assert codes.find(old) is None
    found = codes.find(codes.grouped(new))
    assert (found.person, found.purpose, found.made_by) == (secretary, RECOVERY, coordinator.id)


@pytest.mark.parametrize(("purpose", "life"), [(FIRST, timedelta(days=90)), (RECOVERY, timedelta(minutes=30))])
def test_a_code_expires(secretary, purpose, life):
    now = clock.wall()
    with clock.frozen(now):
        code = codes.make([secretary.id], purpose, None)[secretary.id]
    with clock.frozen(now + life - timedelta(seconds=1)):
        assert codes.find(code).person == secretary
    with clock.frozen(now + life):
        assert codes.find(code) is None


@pytest.mark.django_db
def test_thousands_are_made_in_a_few_queries_each(make_person, queries):
    people = [make_person(f"Warga {number}", "18.02.07.2009").id for number in range(30)]
    few = queries(lambda: codes.make(people[:1], FIRST, None))
    assert queries(lambda: codes.make(people, FIRST, None)) == few
