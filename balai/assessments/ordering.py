"""Ordering: steps are shown shuffled, and each is given its place."""

import re
from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import combinations
from math import comb

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .published import Key, Question
from .question_kinds import FULL, Line, Misread, QuestionKind, Sides, Written, claims_all, pairs_fit, register

STEP = re.compile(r"(?P<number>\d{1,3})\.(?: +(?P<text>.*?))? *$")
#: Two steps would be a choice between two.
_FEWEST = 3


def _read(lines: Sequence[Line]) -> Written:
    steps: list[str] = []
    for line in lines:
        if line.text.strip():
            steps.append(_step(line, len(steps) + 1, steps))
    if len(steps) < _FEWEST:
        raise Misread(lines[0].number, _("Soal urutan perlu sedikitnya tiga langkah: “1. …”, “2. …”, “3. …”."))
    return Written(tuple(steps), tuple(range(len(steps))))


def _step(line: Line, expected: int, before: Sequence[str]) -> str:
    found = STEP.match(line.text)
    if not found:
        raise Misread(line.number, _("Baris ini bukan langkah. Tulis “1. …”, “2. …” dalam urutan yang benar."))
    if int(found["number"]) != expected:
        raise Misread(line.number, _("Nomor langkah ini harus {expected}.").format(expected=expected))
    if not found["text"]:
        raise Misread(line.number, _("Langkah ini kosong. Tulis isinya setelah nomornya."))
    if found["text"] in before:
        raise Misread(line.number, _("Langkah “{text}” tertulis dua kali.").format(text=found["text"]))
    return found["text"]


def _sides(written: Written, options: Sequence[str], items: Sequence[str]) -> Sides:
    return tuple(f"{option}:{place}" for place, option in enumerate(options, 1)), ()


def _fits(chosen: AbstractSet[str], question: Question) -> bool:
    places = [str(place) for place in range(1, len(question.options) + 1)]
    return pairs_fit(chosen, [option.id for option in question.options], places)


def mark_ordering(chosen: AbstractSet[str], key: Key) -> int:
    """Of all pairs of steps the share in the right order, less the share the wrong way round, never below nothing.

    So two neighbours changed cost little, and guessing earns nothing on average. A step without a place, and a
    place that two steps share, count neither way. Rounded down to a per mille.
    """
    steps = [one.partition(":")[0] for one in key.right]
    at = _places(chosen, steps)
    pairs = [(at[one], at[other]) for one, other in combinations(steps, 2) if one in at and other in at]
    gained = sum(1 if one < other else -1 for one, other in pairs)
    return max(0, gained) * FULL // comb(len(steps), 2)


def _places(chosen: AbstractSet[str], steps: Sequence[str]) -> dict[str, int]:
    """The place of every one of ``steps`` that has one, which no other has."""
    numerals = {str(place): place for place in range(1, len(steps) + 1)}
    given = [(step, numerals[place]) for step, place in (one.split(":", 1) for one in chosen if ":" in one)
             if step in steps and place in numerals]  # fmt: skip
    steps_used, places_used = Counter(step for step, _place in given), Counter(place for _step, place in given)
    return {step: place for step, place in given if steps_used[step] == places_used[place] == 1}


register(
    QuestionKind(
        name="ordering",
        starts=STEP,
        claims=claims_all,
        read=_read,
        sides=_sides,
        fits=_fits,
        mark=mark_ordering,
        shuffle="always",
        instruction=gettext_lazy("Beri nomor urut pada setiap langkah"),
        control="places",
    )
)
