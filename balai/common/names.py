"""Indonesian names: finding the name among its titles, and telling when two spellings may be one person.

The name is always kept as typed. What is made here is for comparing only: a name without titles, a key in
which common spellings of one name are equal, and a similarity between two names. Single names are normal.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

KEY_LENGTH = 120
_BEFORE = frozenset(
    """
    aipda aiptu akp apt bapak bpk brigadir bripka bu dr dra drg drh drs gus h hajah haji hajjah hj ibu
    ipda iptu ir kapten kh kolonel kombes kompol letda lettu mayor nn ns ny nyai pak pdp pdt prof r
    raden rd rm rr saudara saudari sdr sdri serda serka sertu tb tgh tgk tn tubagus ust ustad ustadz
    ustadzah ustz
    """.split()
)
_AFTER = frozenset(
    """
    ama amapd amapust amd amdkeb amdkep amdkom amdpust amk amkeb amkl amp ap apmpd ba bba bc be bsc ca
    cpa drph hons lc llm ma mag mak map mars mba mbiomed mcom mdiv med meng mes mesi mfarm mh mhi mhkes
    mhum mhut mikom mip mkeb mkep mkes mkm mkn mkom mm mmpd mmsi mp mpa mpd mpdi mph mphil mpi mps mpsi
    mpt msc mse msi msn msos mt mtrap mtrip mum ners phd psi sab sadm sag sak sap sds se sei sesy sfarm
    sfil sgz sh shi shum shut siikom siip sikom sip skeb sked skep skg skh ski skm skom skpm sm smat smn
    sp spd spdb spdi spdk spdsd spi spog spsi spt ss ssi ssn ssos ssosi sst sstp st sth sthi stp str
    strak strap strip strkeb strkep strkes strsos sud sus
    """.split()
)
#: Titles only when written with a dot: without it they are names.
_ALSO_NAMES = frozenset("ama amp ba be ca ma mag map mars mas med mes mos mum sei sel ss sud sus".split())
_MUHAMMAD = """
    m md mhd moch mochamad mochammad moh mohamad mohamed mohammad mohammed mohd mokhamad mokhammad
    muchamad muchammad muh muhamad muhamat muhammad muhammed muhd mukhamad mukhammad
    """
_WHOLE_WORDS = {
    **dict.fromkeys(_MUHAMMAD.split(), "muhamad"),
    **dict.fromkeys("achmad achmat akhmad akhmat ahmad ahmat achmed ahmed".split(), "ahmad"),
    **dict.fromkeys("abd abdul abdoel abdl abdel".split(), "abdul"),
    **dict.fromkeys("st siti sitti sity".split(), "siti"),
    **dict.fromkeys("nur noor noer nor".split(), "nur"),
    **dict.fromkeys("sri srie".split(), "sri"),
}
#: Older and newer spellings, applied in this order; what they make equal is only a hint.
_SPELLINGS = (
    ("tj", "c"),
    ("dj", "j"),
    ("nj", "ny"),
    ("sj", "sy"),
    ("oe", "u"),
    ("kh", "h"),
    ("ch", "h"),
    ("th", "t"),
    ("dh", "d"),
    ("dl", "d"),
    ("bh", "b"),
    ("gh", "g"),
    ("dz", "z"),
    ("ts", "s"),
    ("sy", "s"),
    ("sh", "s"),
    ("ph", "p"),
    ("ie", "i"),
    ("q", "k"),
    ("x", "ks"),
    ("v", "p"),
    ("f", "p"),
    ("z", "s"),
    ("j", "y"),
)
_LETTERS = re.compile(r"[^a-z]")
_DOUBLED = re.compile(r"(.)\1+")
_FINAL_Y = re.compile(r"(?<=[^aeiou])y$")
_FINAL_H = re.compile(r"(?<=[aeiou])h$")
_WORDS = re.compile(r"[^\s,]+")


def bare(name: str) -> str:
    """``name`` without titles, in one case: ``Hj. Siti Aminah, S.Pd.`` is ``siti aminah``."""
    return " ".join(_bare_words(name))


def sorting(name: str) -> str:
    """The place of ``name`` in a list: as it is read, whatever its titles. At most ``KEY_LENGTH`` letters."""
    return bare(name)[:KEY_LENGTH].strip()


def key(name: str) -> str:
    """What spellings of one name share: ``Moch. Soetedjo`` and ``Muhammad Sutejo`` have the same key.

    At most ``KEY_LENGTH`` letters.
    """
    return " ".join(_spelling(word) for word in _bare_words(name))[:KEY_LENGTH].strip()


def similarity(one: str, other: str) -> float:
    """How alike two names are, 0 to 1. 1: the same key, in any order of words."""
    return likeness(key(one), key(other))


def likeness(one: str, other: str, floor: float = 0.0) -> float:
    """How alike two keys are, 0 to 1; 0 as soon as it is clear that it will be below ``floor``.

    A word may be missing or shortened to its initial on one side (``Sutrisno`` and ``Sutrisno A.``).
    """
    if one == other:
        return 1.0 if one else 0.0
    if _cannot_reach(floor, _shape(one), _shape(other)):
        return 0.0
    first, left = sorted((one.split(), other.split()), key=lambda words: (len(words), words))
    weight = sum(map(len, first))
    if not weight:
        return 0.0
    total = float(_take_equal(first, left))
    for word in first:
        closeness, best = max((_closeness(word, candidate), candidate) for candidate in left)
        total += closeness * len(word)
        left.remove(best)
    missing = sum(min(len(word), 4) for word in left)
    found = total / (weight + missing * 0.35)
    return found if found >= floor else 0.0


def tidy(name: str) -> str:
    """``name`` as typed, but for blanks: no control signs, one blank between words."""
    kept = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in name)
    return " ".join(unicodedata.normalize("NFC", kept).split())


def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name.replace("’", "'").replace("`", "'")).casefold()
    return "".join(sign for sign in folded if not unicodedata.combining(sign))


@lru_cache(maxsize=1_000)
def _bare_words(typed: str) -> tuple[str, ...]:
    """Words of the name as letters only; titles before, and titles after (with a comma or without), are gone."""
    name, _comma, rest = _plain(typed).partition(",")
    words = _words(name) + [word for word in _words(rest) if not _is_title_after(word)]
    while len(words) > 1 and _is_title_before(words[0]):
        words.pop(0)
    while len(words) > 1 and _is_title_after(words[-1]):
        words.pop()
    return tuple(letters for letters in (_LETTERS.sub("", word) for word in words) if letters)


def _words(text: str) -> list[str]:
    """Words, where ``dr.budi`` and ``h.m.ali`` are several, ``s.pd.i`` is one and ``s. pd.`` becomes one."""
    found: list[str] = []
    for word in _WORDS.findall(text):
        if found and len(found[-1].strip(".")) == 1 and _is_title_after(found[-1] + word):
            found[-1] += word
        elif "." in word.strip(".") and not _is_title_after(word):
            found += [f"{part}." for part in word.split(".") if part]
        else:
            found.append(word)
    return [word for word in found if _LETTERS.sub("", word)]


def _is_title_before(word: str) -> bool:
    return _LETTERS.sub("", word) in _BEFORE


def _is_title_after(word: str) -> bool:
    letters = _LETTERS.sub("", word)
    return letters in _AFTER and not (word.isalpha() and letters in _ALSO_NAMES)


@lru_cache(maxsize=20_000)
def _spelling(word: str) -> str:
    whole = _WHOLE_WORDS.get(word)
    if whole:
        return whole
    for old, new in _SPELLINGS:
        word = word.replace(old, new)
    word = _DOUBLED.sub(r"\1", word)
    word = _FINAL_Y.sub("i", word)
    return _FINAL_H.sub("", word)


def _take_equal(first: list[str], left: list[str]) -> int:
    """Take the words that both have out of both; returns how many letters they have."""
    taken = 0
    for word in list(first):
        if word in left:
            first.remove(word)
            left.remove(word)
            taken += len(word)
    return taken


class _Shape(NamedTuple):
    """What can be said of a key at a glance: its words, its letters (one bit each), whether it has initials."""

    words: int
    weight: int
    letters: int
    initials: bool


@lru_cache(maxsize=8_000)
def _shape(key: str) -> _Shape:
    words = key.split()
    letters = 0
    for letter in set(key) - {" "}:
        letters |= 1 << (ord(letter) & 31)
    return _Shape(len(words), sum(map(len, words)), letters, any(len(word) == 1 for word in words))


def _cannot_reach(floor: float, one: _Shape, other: _Shape) -> bool:
    """Each letter of the name with fewer words that the other lacks altogether costs at least 1.5 of its weight.

    An initial may stand for any letters, so nothing can be said then.
    """
    if one.initials or other.initials or floor <= 0:
        return False
    least = min(_loss(a, b) for a, b in ((one, other), (other, one)) if a.words <= b.words)
    return 1 - least < floor


def _loss(one: _Shape, other: _Shape) -> float:
    return 1.5 * (one.letters & ~other.letters).bit_count() / max(one.weight, 1)


@lru_cache(maxsize=16_000)
def _closeness(one: str, other: str) -> float:
    """1 for equal words; an initial stands for its word; else by the letters that must change."""
    if one == other:
        return 1.0
    if min(len(one), len(other)) == 1:
        return 0.8 if one[0] == other[0] else 0.0
    longest = max(len(one), len(other))
    # At least the letters that one of them lacks must change: most pairs of words are settled by that alone.
    lacking = max(len(set(one) - set(other)), len(set(other) - set(one)))
    return max(0.0, 1 - 1.5 * edits(one, other) / longest) if 1.5 * lacking < longest else 0.0


def edits(one: str, other: str) -> int:
    """Letters to insert, drop, change or swap with their neighbour (optimal string alignment)."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        above, row = rows[-1], [i]
        for j, opposite in enumerate(other, 1):
            cost = min(above[j] + 1, row[-1] + 1, above[j - 1] + (letter != opposite))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == opposite:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]
