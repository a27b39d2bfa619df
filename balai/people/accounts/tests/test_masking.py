"""A masked name tells its owner enough and a stranger little."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.people.accounts.masking import masked


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Siti Rahayu, S.Pd.", "Si•• Ra••••"),
        ("Bambang", "Ba•••••"),
        ("Drs. H. Abd. Rahman", "A•• Ra••••"),
        ("李", "•••"),
    ],
)
def test_masked(name, expected):
    assert masked(name) == expected


@given(st.text(max_size=60))
def test_at_most_two_letters_of_a_word_are_shown(name):
    assert all(len(word.rstrip("•")) <= 2 for word in masked(name).split())
