"""Matching: each item on the left has one partner on the right; some on the right may be nobody's."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .published import Key, Question
from .question_kinds import FULL, Line, Misread, QuestionKind, Sides, Written, claims_all, pairs_fit, register

_PAIR = re.compile(r"- (?P<item>.*?) *=>(?: +(?P<option>.*?))? *$")


def _read(lines: Sequence[Line]) -> Written:
    items: list[str] = []
    options: list[str] = []
    right: list[int] = []
    for line in lines:
        if not line.text.strip():
            continue
        item, option = _pair(line)
        if item in items:
            raise Misread(line.number, _("“{text}” di sisi kiri tertulis dua kali.").format(text=item))
        if not item and option in options:
            raise Misread(line.number, _("Pengecoh “{text}” sudah ada di sisi kanan.").format(text=option))
        if option not in options:
            options.append(option)
        if item:
            items.append(item)
            right.append(options.index(option))
    if len(items) < 2 or len(options) < 2:
        raise Misread(
            lines[0].number, _("Soal pasangan perlu sedikitnya dua baris kiri dan dua jawaban kanan berbeda.")
        )
    return Written(tuple(options), tuple(right), tuple(items))


def _pair(line: Line) -> tuple[str, str]:
    found = _PAIR.match(line.text)
    if not found:
        raise Misread(line.number, _("Baris ini bukan pasangan. Tulis “- kiri => kanan”, atau “- => pengecoh”."))
    if not found["option"]:
        raise Misread(line.number, _("Sisi kanan pasangan ini kosong. Tulis isinya setelah “=>”."))
    return found["item"].strip(), found["option"]


def _sides(written: Written, options: Sequence[str], items: Sequence[str]) -> Sides:
    return tuple(f"{item}:{options[place]}" for item, place in zip(items, written.right, strict=True)), ()


def _fits(chosen: AbstractSet[str], question: Question) -> bool:
    return pairs_fit(chosen, [item.id for item in question.items], [option.id for option in question.options])


def mark_matching(chosen: AbstractSet[str], key: Key) -> int:
    """The share of items with their own partner, rounded down. An item with two partners (a tampered form) has none."""
    by_item: dict[str, set[str]] = {}
    for pair in chosen:
        by_item.setdefault(pair.partition(":")[0], set()).add(pair)
    matched = sum(by_item.get(pair.partition(":")[0]) == {pair} for pair in key.right)
    return matched * FULL // len(key.right)


register(
    QuestionKind(
        name="matching",
        starts=re.compile(r"- .*=>"),
        claims=claims_all,
        read=_read,
        sides=_sides,
        fits=_fits,
        mark=mark_matching,
        shuffle="always",
        instruction=gettext_lazy("Pilih pasangan untuk setiap baris"),
        control="pairs",
    )
)
