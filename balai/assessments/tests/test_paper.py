"""Papers: the same everywhere for one attempt, fair over many, and within the rules of the test."""

import json
from collections import Counter
from itertools import islice
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.assessments.paper import Place, draw
from balai.assessments.published import Option, Pool, Question, Rules
from balai.assessments.shuffling import below, numbers, shuffled

VECTORS = json.loads((Path(__file__).parent.parent / "vectors" / "paper.json").read_text())


@pytest.mark.parametrize("vector", VECTORS["numbers"], ids=lambda vector: vector["seed"])
def test_number_vectors(vector):
    assert list(islice(numbers(UUID(vector["seed"])), len(vector["numbers"]))) == vector["numbers"]


@pytest.mark.parametrize("part", [VECTORS, VECTORS["kinds and pools"]], ids=["choices", "kinds and pools"])
def test_paper_vectors(part):
    questions = msgspec.convert(part["questions"], tuple[Question, ...])
    for vector in part["papers"]:
        _holds(vector, questions)


def _holds(vector, questions):
    rules = msgspec.convert(vector["rules"], Rules)
    paper = tuple(Place(place["question"], tuple(place["options"])) for place in vector["paper"])
    assert draw(rules, questions, UUID(vector["attempt"])) == paper


QUESTIONS = tuple(
    Question(
        slug=f"soal-{number}",
        kind=["one", "several", "true_false"][number % 3],
        stem="",
        options=tuple(Option(f"{number}{letter}", "") for letter in ("ab" if number % 3 == 2 else "abcd")),
    )
    for number in range(12)
)
IN_ORDER = {question.slug: tuple(option.id for option in question.options) for question in QUESTIONS}


@given(st.uuids(), st.one_of(st.none(), st.integers(1, 12)), st.booleans())
def test_a_paper_keeps_to_the_rules(attempt, count, shuffle):
    paper = draw(Rules(70, draw=count, shuffle=shuffle), QUESTIONS, attempt)
    shown = [place.question for place in paper]
    assert len(set(shown)) == len(shown) == (count or 12)
    for place in paper:
        assert sorted(place.options) == sorted(IN_ORDER[place.question])
        if not shuffle or len(place.options) == 2:
            assert place.options == IN_ORDER[place.question]
    if not shuffle:
        assert shown == [slug for slug in IN_ORDER if slug in shown]


@given(st.uuids(), st.integers(1, 5), st.integers(1, 7), st.booleans())
def test_a_paper_holds_as_many_of_each_pool_as_it_says(attempt, few, many, shuffle):
    slugs = list(IN_ORDER)
    pools = (Pool(few, tuple(slugs[:5])), Pool(many, tuple(slugs[5:])))
    shown = [place.question for place in draw(Rules(70, shuffle=shuffle, pools=pools), QUESTIONS, attempt)]
    assert (len(set(shown) & set(slugs[:5])), len(set(shown) & set(slugs[5:]))) == (few, many)
    assert len(shown) == few + many
    if not shuffle:
        assert shown == [slug for slug in slugs if slug in shown]


@given(st.uuids(), st.integers(1, 2**32))
def test_a_number_below_a_limit(seed, limit):
    assert 0 <= below(numbers(seed), limit) < limit


@given(st.uuids(), st.lists(st.integers()))
def test_shuffling_keeps_every_item(seed, items):
    assert sorted(shuffled(numbers(seed), items)) == sorted(items)


def test_attempts_of_the_same_second_get_evenly_spread_papers():
    """Every question comes first about as often: within five standard deviations of 1,200 draws."""
    start = UUID("0192a7c0-5a00-7000-8000-000000000000").int
    first = Counter(
        draw(Rules(70, draw=1, shuffle=True), QUESTIONS, UUID(int=start + (step << 64)))[0].question
        for step in range(1200)
    )
    assert set(first) == set(IN_ORDER)
    assert all(abs(count - 100) < 50 for count in first.values())
