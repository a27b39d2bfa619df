"""Pieces of a test's pages, rendered once a process and language: papers differ only in how they are put together.

A paper of ten questions is some fifty pieces; rendering them anew took most of the time of the page.
"""

import re
from functools import lru_cache
from html import escape
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from . import controls, frames, telling
from .contents import Content
from .question_kinds import QUESTION_KINDS

_LAST_PARAGRAPH = re.compile(r"(?P<before>.*)<p>(?P<last>(?:(?!<p>).)*)</p>\s*", re.DOTALL)
#: Where the options and what was chosen go, in the template of a question.
_GAP = "<!--gap-->"
#: Where an answer's number goes: the same answer stands at another place of every paper.
_NUMBER = str(frames.gap("number"))
_RESULTS = {"right": _("Benar"), "partial": _("Sebagian benar"), "wrong": _("Belum tepat")}


def question(test: Content, slug: str, number: int, options: tuple[str, ...], chosen: tuple[str, ...]) -> str:
    """A question at place ``number`` of a paper, ``options`` in their order, those ``chosen`` checked.

    What was chosen is repeated in a hidden field, so that the form tells what its page changed.
    """
    frame = _frame if test.lasting else _frame.__wrapped__
    before, between, after = frame(test, slug, number, get_language() or "id")
    base = f'<input type="hidden" name="d.{slug}" value="{escape(",".join(sorted(chosen)))}">' if chosen else ""
    return f"{before}{controls.drawn(test, slug, options, chosen)}{between}{base}{after}"


@lru_cache(maxsize=2048)
def _frame(test: Content, slug: str, number: int, language: str) -> tuple[str, str, str]:
    asked = test.by_slug[slug]
    context = _asked(test, slug) | {"number": number, "kind": QUESTION_KINDS[asked.kind]}
    before, between, after = render_to_string("assessments/parts/question.html", context).split(_GAP)
    return before, between, after


def answer(test: Content, slug: str, number: int, chosen: tuple[str, ...], result: str, shown: bool) -> str:
    """A marked question; the right options and the explanation only when they may be ``shown``."""
    draw = _answer if test.lasting else _answer.__wrapped__
    return draw(test, slug, chosen, result, shown, get_language() or "id").replace(_NUMBER, str(number))


@lru_cache(maxsize=2048)
def _answer(test: Content, slug: str, chosen: tuple[str, ...], result: str, shown: bool, language: str) -> str:
    key, asked = test.keys[slug], test.by_slug[slug]
    lesson = test.lesson(slug)
    context = _asked(test, slug) | {
        "number": frames.gap("number"),
        "result": result,
        "label": _RESULTS[result] if chosen else _("Tidak dijawab"),
        "chosen": telling.given(asked, key, chosen),
        "told": telling.right(asked, key) if shown and result != "right" else [],
        "shown": shown,
        "explanation": key.explanation if shown else "",
        "lesson": lesson,
        "lesson_url": test.lesson_url(slug),
    }
    return render_to_string("assessments/parts/answer.html", context)


def _asked(test: Content, slug: str) -> dict[str, Any]:
    """What stands above, and the last paragraph: the question itself, which names the group of options."""
    stem = test.by_slug[slug].stem
    found = _LAST_PARAGRAPH.fullmatch(stem)
    before, last = (found["before"], found["last"]) if found else (stem, "")
    language = test.test.version.language
    return {"slug": slug, "language": language, "before": before, "stem": last}


def words() -> SafeString:
    """What the script on the paper says, as attributes of its form."""
    return _words(get_language() or "id")


@lru_cache(maxsize=8)
def _words(language: str) -> SafeString:
    return render_to_string("assessments/parts/words.html")


def overview(count: int, practice: bool) -> SafeString:
    """The last screen of the paper, filled in by the script."""
    return _overview(count, practice, get_language() or "id")


@lru_cache(maxsize=128)
def _overview(count: int, practice: bool, language: str) -> SafeString:
    return render_to_string("assessments/parts/overview.html", {"numbers": range(1, count + 1), "practice": practice})
