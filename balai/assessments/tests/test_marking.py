"""Marking holds to the vectors that the phone is held to, and to its limits whatever is answered."""

import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balai.assessments.marking import Marks, mark, passes, result
from balai.assessments.published import Key, Keys
from balai.assessments.question_kinds import QUESTION_KINDS
from balai.common import formats

VECTORS = json.loads((Path(__file__).parent.parent / "vectors" / "marking.json").read_text())["marking"]
OPTIONS = ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_vectors(vector):
    keys = msgspec.convert(vector["keys"], Keys)
    assert mark(vector["answers"], keys) == Marks(vector["score"], vector["questions"])


NUMBERS = st.builds("{}{},{}".format, st.sampled_from(["", "-"]), st.integers(0, 10**9), st.integers(0, 9999))
WORDS = st.text("abcXYZéÄ019", min_size=1, max_size=12)


@st.composite
def choice(draw, kinds=("one", "several", "true_false")):
    kind = draw(st.sampled_from(kinds))
    options = OPTIONS[:2] if kind == "true_false" else OPTIONS[: draw(st.integers(2, 5))]
    count = 1 if kind != "several" else draw(st.integers(1, len(options)))
    right = draw(st.permutations(options))[:count]
    return Key(kind, tuple(right), tuple(option for option in options if option not in right))


@st.composite
def matching(draw):
    items = OPTIONS[: draw(st.integers(2, 5))]
    return Key("matching", tuple(f"{item}:{draw(st.sampled_from(OPTIONS))}" for item in items))


@st.composite
def ordering(draw):
    steps = draw(st.permutations(OPTIONS))[: draw(st.integers(3, 5))]
    return Key("ordering", tuple(f"{step}:{place}" for place, step in enumerate(steps, 1)))


def _number(right, tolerance):
    return Key("number", (right,), tolerance=tolerance)


def _words(variants):
    return Key("words", (variants[0],), also=tuple(variants[1:]))


#: A key of each kind of question.
KEY = {
    "one": choice(["one"]),
    "several": choice(["several"]),
    "true_false": choice(["true_false"]),
    "matching": matching(),
    "ordering": ordering(),
    "number": st.builds(_number, NUMBERS, NUMBERS | st.just("")),
    "words": st.builds(_words, st.lists(WORDS, min_size=1, max_size=3)),
}


SLUGS = st.sampled_from(["satu", "dua", "tiga", "empat"])
KEYS = st.dictionaries(SLUGS, st.one_of(*KEY.values()), max_size=4)
ENDS = st.sampled_from([*OPTIONS, "1", "2", "3", "4", "5", "6", ""])
PAIRS = st.builds("{}:{}".format, st.sampled_from(OPTIONS), ENDS)
ONE = st.one_of(st.sampled_from([*OPTIONS, "zz"]), PAIRS, NUMBERS, WORDS, st.text(max_size=50))
ANSWERS = st.dictionaries(SLUGS, st.lists(ONE, max_size=7))


def test_no_kind_of_question_is_left_out():
    assert KEY.keys() == QUESTION_KINDS.keys()


@pytest.mark.parametrize("kind", KEY)
@settings(max_examples=40)
@given(data=st.data())
def test_every_kind_takes_whatever_is_answered(kind, data):
    marks = mark({"satu": data.draw(st.lists(ONE, max_size=7))}, {"satu": data.draw(KEY[kind])})
    assert 0 <= marks.questions["satu"] == marks.score <= 1000


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


@given(KEYS, ANSWERS)
def test_the_same_answers_earn_the_same(keys, answers):
    assert mark(answers, keys) == mark(dict(answers), dict(keys))


@given(choice())
def test_choosing_every_option_earns_nothing_unless_all_are_right(one):
    everything = {"satu": [*one.right, *one.wrong]}
    assert mark(everything, {"satu": one}).score == (0 if one.wrong else 1000)


@given(st.one_of(matching(), ordering()))
def test_half_an_answer_earns_less_than_all_and_no_pair_takes_from_it(one):
    earned = [mark({"satu": one.right[:count]}, {"satu": one}).score for count in range(len(one.right) + 1)]
    assert earned == sorted(earned)
    assert (earned[0], earned[-2] < 1000, earned[-1]) == (0, True, 1000)


@given(ordering())
def test_the_steps_backwards_earn_nothing(one):
    steps = [pair.partition(":")[0] for pair in one.right]
    backwards = [f"{step}:{place}" for place, step in enumerate(reversed(steps), 1)]
    assert mark({"satu": backwards}, {"satu": one}).score == 0


@given(st.integers(-(10**12), 10**12), st.integers(0, 10**6), st.integers(-(10**6), 10**6))
def test_a_number_is_right_exactly_within_its_tolerance(right, tolerance, off):
    def written(hundredths):
        return formats.number(hundredths / 100, places=2).replace("−", "-")

    one = Key("number", (written(right),), tolerance=written(tolerance))
    assert mark({"satu": [written(right + off)]}, {"satu": one}).score == (1000 if abs(off) <= tolerance else 0)


@given(WORDS, st.sampled_from([str.upper, str.lower, " . ".join, "  {}!".format]))
def test_words_are_right_in_any_dress(words, dress):
    assert mark({"satu": [dress(words)]}, {"satu": Key("words", (words.lower(),))}).score == 1000


def test_what_the_marks_of_a_question_mean():
    assert [result(marks) for marks in (1000, 999, 1, 0)] == ["right", "partial", "partial", "wrong"]


def test_no_rounding_makes_a_pass():
    assert [passes(700, 70), passes(699, 70), passes(0, 0)] == [True, False, True]
