"""What a question is answered with, as HTML: boxes to tick, lists to choose from, a line to type in.

All fields of a question have one name, so forms and scripts treat every kind alike. Only what is the same for
everybody is kept: lists are put together for each paper, as their options stand in another order on each.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from html import escape

from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .contents import Content
from .published import Option, Question
from .question_kinds import QUESTION_KINDS, Control

#: The longest that may be typed, in characters.
_TYPED = {"number": 40, "text": 200}


def drawn(test: Content, slug: str, options: Sequence[str], chosen: Sequence[str]) -> str:
    """The controls of the question ``slug``, its ``options`` in their order, what is ``chosen`` filled in."""
    question = test.by_slug[slug]
    draw = _CONTROLS[QUESTION_KINDS[question.kind].control]
    return draw(test, question, options, chosen)


def needs_style(question: Question) -> bool:
    """Whether its controls are drawn by the style sheet of questions."""
    return QUESTION_KINDS[question.kind].control not in {"radio", "checkbox"}


def _boxes(test: Content, question: Question, options: Sequence[str], chosen: Sequence[str]) -> str:
    language = get_language() or "id"
    draw = _box if test.lasting else _box.__wrapped__
    return "".join(draw(test, question.slug, id, id in chosen, language) for id in options)


@lru_cache(maxsize=8192)
def _box(test: Content, slug: str, option: str, chosen: bool, language: str) -> str:
    asked = test.by_slug[slug]
    shown = next(one for one in asked.options if one.id == option)
    context = {"slug": slug, "kind": QUESTION_KINDS[asked.kind], "option": shown, "chosen": chosen}
    return render_to_string("assessments/parts/option.html", context)


def _pairs(test: Content, question: Question, options: Sequence[str], chosen: Sequence[str]) -> str:
    texts = {option.id: strip_tags(option.html) for option in question.options}
    offered = [(id, texts[id]) for id in options]
    rows = (_row(question.slug, item, offered, chosen, _("Pilih …")) for item in question.items)
    return f'<div class="pairs">{"".join(rows)}</div>'


def _places(test: Content, question: Question, options: Sequence[str], chosen: Sequence[str]) -> str:
    steps = {option.id: option for option in question.options}
    offered = [(str(place), str(place)) for place in range(1, len(options) + 1)]
    rows = (_row(question.slug, steps[id], offered, chosen, "–") for id in options)
    return f'<div class="pairs" data-places {_words(get_language() or "id")}>{"".join(rows)}</div>'


@lru_cache(maxsize=8)
def _words(language: str) -> str:
    """What the script says that turns the numbers into buttons."""
    said = {
        "up": _("Naikkan: {step}"),
        "down": _("Turunkan: {step}"),
        "moved": _("{step}: nomor {place} dari {count}"),
        "keep": _("Urutannya sudah begini"),
        "how": _("Tekan panah sampai urutannya benar"),
    }
    return " ".join(f'data-{name}="{escape(text)}"' for name, text in said.items())


def _row(slug: str, item: Option, offered: Iterable[tuple[str, str]], chosen: Sequence[str], nothing: str) -> str:
    id = f"j-{slug}-{item.id}"
    options = "".join(
        f'<option value="{item.id}:{value}"{" selected" if f"{item.id}:{value}" in chosen else ""}>{text}</option>'
        for value, text in offered
    )
    label = f'<label for="{id}">{item.html}</label>'
    select = f'<select id="{id}" name="j.{slug}"><option value="">{nothing}</option>{options}</select>'
    return f'<div class="pair">{label}{select}</div>'


def _line(test: Content, question: Question, options: Sequence[str], chosen: Sequence[str]) -> str:
    control = QUESTION_KINDS[question.kind].control
    context = {
        "slug": question.slug,
        "control": control,
        "unit": question.unit,
        "length": _TYPED[control],
        "value": next(iter(chosen), ""),
    }
    return render_to_string("assessments/parts/line.html", context)


_CONTROLS: dict[Control, Callable[[Content, Question, Sequence[str], Sequence[str]], str]] = {
    "radio": _boxes,
    "checkbox": _boxes,
    "pairs": _pairs,
    "places": _places,
    "number": _line,
    "text": _line,
}
