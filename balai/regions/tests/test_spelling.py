"""Near words: checked against counting every slip the slow way."""

from hypothesis import given
from hypothesis import strategies as st

from balai.regions.spelling import allowed, alternatives

LETTERS = "abcde"
a_word = st.text(LETTERS, min_size=1, max_size=12)


def slips(word, other):
    """Optimal string alignment, by the book."""
    table = [[max(i, j) if not i or not j else 0 for j in range(len(other) + 1)] for i in range(len(word) + 1)]
    for i in range(1, len(word) + 1):
        for j in range(1, len(other) + 1):
            costs = [table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + (word[i - 1] != other[j - 1])]
            if i > 1 and j > 1 and word[i - 1] == other[j - 2] and word[i - 2] == other[j - 1]:
                costs.append(table[i - 2][j - 2] + 1)
            table[i][j] = min(costs)
    return table[-1][-1]


def text_of(vocabulary):
    return b"\n" + "\n".join(sorted(vocabulary)).encode() + b"\n"


@given(word=st.text(LETTERS, min_size=4, max_size=8), vocabulary=st.sets(a_word, max_size=8))
def test_with_one_slip_all_near_words_are_found(word, vocabulary):
    near = {other for other in vocabulary if 0 < slips(word, other) <= 1}
    found = alternatives(word, text_of(vocabulary), unfinished=False)
    assert {other for _slips, other in found} == near
    assert all(count == slips(word, other) for count, other in found)


@given(word=st.text(LETTERS, min_size=9, max_size=12), vocabulary=st.sets(a_word, max_size=8))
def test_with_two_slips_nothing_far_is_found_and_the_nearest_come_first(word, vocabulary):
    found = alternatives(word, text_of(vocabulary), unfinished=False)
    assert [count for count, _other in found] == sorted(slips(word, other) for _count, other in found)
    assert all(0 < count <= 2 for count, _other in found)


@given(word=st.text(LETTERS, min_size=4, max_size=12), vocabulary=st.sets(a_word, max_size=8))
def test_an_unfinished_word_gives_beginnings_of_words(word, vocabulary):
    for count, meant in alternatives(word, text_of(vocabulary), unfinished=True):
        assert 0 < count <= allowed(word)
        assert any(other.startswith(meant) for other in vocabulary)
        assert slips(word, meant) == count


def test_short_words_are_taken_as_typed():
    assert alternatives("abc", text_of({"abd"}), unfinished=False) == []
