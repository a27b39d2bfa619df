import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai.common import names

NAMES = st.sampled_from(
    [
        "Siti Aminah",
        "Sutrisno",
        "Muhammad Yusuf",
        "I Wayan Sudarma",
        "Khoirul Anam",
        "Sri Wahyuni",
        "Yohanes Tarigan",
        "Nur Aini",
    ]
)
NEARBY = st.lists(st.text("aisn", min_size=1, max_size=7), max_size=3).map(" ".join)
TITLES_BEFORE = st.lists(st.sampled_from(["H.", "Hj.", "Dr.", "Drs.", "Ir.", "Prof.", "KH.", "H", "Dra."]), max_size=3)
TITLES_AFTER = st.lists(
    st.sampled_from(["S.Pd.", "M.Si.", "A.Md.", "S.Pd.I", "SE", "S. Sos.", "M.M.", "S.IP", "Ph.D.", "A.Md.Keb."]),
    max_size=3,
)


@given(
    NAMES,
    TITLES_BEFORE,
    TITLES_AFTER,
    st.sampled_from([", ", " ", ","]),
    st.sampled_from([str.upper, str.lower, str.title, str]),
)
def test_titles_and_capitals_do_not_change_who_it_is(name, before, after, comma, capitals) -> None:
    typed = capitals(" ".join([*before, name]) + (comma + " ".join(after) if after else ""))
    assert (names.bare(typed), names.similarity(typed, name)) == (name.lower(), 1.0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("H. Moch. Soetedjo, S.Pd., M.Si.", "Muhammad Sutejo"),
        ("M. Yusuf", "MOHAMAD JUSUF"),
        ("Achmad Fauzi", "Ahmad Pauzi"),
        ("Choirul Anam", "Khoirul Anam"),
        ("Tjahjo Koemolo", "Cahyo Kumolo"),
        ("Soekarno", "Sukarno"),
        ("Djoko Soesilo", "Joko Susilo"),
        ("Nur'aini", "Nuraini"),
        ("Abd. Azis", "Abdul Aziz"),
        ("St. Fatimah", "Sitti Fatima"),
        ("Rizky Ramadhan", "Riski Ramadan"),
        ("Fauzi Ahmad", "Ahmad Fauzi"),
        ("José", "Jose"),
        ("drg.Anita", "Anita"),
        ("Syarif", "Sjarief"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert names.similarity(one, other) == 1.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Siti Aminah", "Siti Aisyah"),
        ("Agus Salim", "Agus Setiawan"),
        ("Bambang", "Budi"),
        ("Sri Wahyuni", "Sri Wahyuningsih"),
    ],
)
def test_other_names_stay_apart(one: str, other: str) -> None:
    assert names.similarity(one, other) < 0.75


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Suparman", "Suparmn"),
        ("Budi Santoso", "Budi Santosa"),
        ("Sutrisno", "Sutrisno A."),
        ("Wayan Sudarma", "I Wayan Sudarma"),
    ],
)
def test_a_slip_of_the_hand_is_near(one: str, other: str) -> None:
    assert 0.8 < names.similarity(one, other) < 1.0


@given(st.text(max_size=40), st.text(max_size=40))
def test_similarity_is_the_same_from_both_sides_and_within_bounds(one: str, other: str) -> None:
    there, back = names.similarity(one, other), names.similarity(other, one)
    assert there == back
    assert 0.0 <= there <= 1.0


@given(NEARBY, NEARBY, st.sampled_from([0.5, 0.8, 0.9]))
def test_a_floor_only_hides_what_is_below_it(one: str, other: str, floor: float) -> None:
    whole = names.likeness(one, other)
    assert names.likeness(one, other, floor) == (whole if whole >= floor else 0.0)


WORDS = st.text(alphabet="abcdst", min_size=2, max_size=9)


@given(WORDS, WORDS)
def test_words_that_share_too_few_letters_are_settled_without_counting_edits(one: str, other: str) -> None:
    counted = max(0.0, 1 - 1.5 * names.edits(one, other) / max(len(one), len(other)))
    assert names._closeness(one, other) == counted


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll"], max_codepoint=0x7E), min_size=1, max_size=30))
def test_a_name_is_most_like_itself(name: str) -> None:
    assert names.similarity(name, name) == 1.0


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Siti   Aminah,\tS.Pd. ", "Siti Aminah, S.Pd."),
        ("Su\u200btrisno", "Su trisno"),
        ("Budi\u00a0Hartono", "Budi Hartono"),
    ],
)
def test_the_name_is_kept_as_typed(typed: str, kept: str) -> None:
    assert names.tidy(typed) == kept


def test_a_title_alone_is_a_name() -> None:
    assert [names.bare(name) for name in ("Haji", "Mas", "Ama", "Siti Mas")] == ["haji", "mas", "ama", "siti mas"]
