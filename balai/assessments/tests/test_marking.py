"""Marking holds to the vectors that the phone is held to, and to its limits whatever is answered."""

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.assessments.marking import Marks, mark, passes, result
from balai.assessments.published import Key, Keys

VECTORS = json.loads((Path(__file__).parent.parent / "vectors" / "marking.json").read_text())["marking"]
OPTIONS = ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_vectors(vector):
    keys = msgspec.convert(vector["keys"], Keys)
    assert mark(vector["answers"], keys) == Marks(vector["score"], vector["questions"])


@st.composite
def key(draw):
    kind = draw(st.sampled_from(["one", "several", "true_false"]))
    options = OPTIONS[:2] if kind == "true_false" else OPTIONS[: draw(st.integers(2, 5))]
    count = 1 if kind != "several" else draw(st.integers(1, len(options)))
    right = draw(st.permutations(options))[:count]
    return Key(kind, tuple(right), tuple(option for option in options if option not in right))


SLUGS = st.sampled_from(["satu", "dua", "tiga", "empat"])
KEYS = st.dictionaries(SLUGS, key(), max_size=4)
ANSWERS = st.dictionaries(SLUGS, st.lists(st.sampled_from([*OPTIONS, "zz"]), max_size=7))


@given(KEYS, ANSWERS)
def test_marks_stay_within_limits_and_cover_the_paper(keys, answers):
    marks = mark(answers, keys)
    assert 0 <= marks.score <= 1000
    assert marks.questions.keys() == keys.keys()
    assert all(0 <= one <= 1000 for one in marks.questions.values())


@given(KEYS)
def test_the_right_answers_earn_everything(keys):
    right = {slug: list(one.right) for slug, one in keys.items()}
    expected = Marks(1000 if keys else 0, dict.fromkeys(keys, 1000))
    assert mark(right, keys) == expected


@given(KEYS, ANSWERS, st.randoms())
def test_neither_order_nor_repetition_of_chosen_options_matters(keys, answers, random):
    again = {slug: chosen * 2 for slug, chosen in answers.items()}
    for chosen in again.values():
        random.shuffle(chosen)
    assert mark(again, keys) == mark(answers, keys)


@given(key())
def test_choosing_every_option_earns_nothing_unless_all_are_right(one):
    everything = {"satu": [*one.right, *one.wrong]}
    assert mark(everything, {"satu": one}).score == (0 if one.wrong else 1000)


def test_what_the_marks_of_a_question_mean():
    assert [result(marks) for marks in (1000, 999, 1, 0)] == ["right", "partial", "partial", "wrong"]


def test_no_rounding_makes_a_pass():
    assert [passes(700, 70), passes(699, 70), passes(0, 0)] == [True, False, True]
