"""An answer in words for the page of results: what was given, what is right, and what is told about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.translation import gettext as _

from .published import Key, Question
from .question_kinds import QUESTION_KINDS


@dataclass(frozen=True)
class Told:
    """One line of an answer as clean HTML; whether it is right, and what its author tells who chose it."""

    html: str
    right: bool
    feedback: str = ""


def given(question: Question, key: Key, chosen: Sequence[str]) -> list[Told]:
    """What was answered, in the order in which one reads it."""
    return list(_TELLERS[QUESTION_KINDS[question.kind].control](question, key, chosen))


def right(question: Question, key: Key) -> list[Told]:
    """The right answer."""
    told = given(question, key, key.right)
    notes = []
    if key.tolerance:
        notes.append(_("Boleh berselisih {tolerance}.").format(tolerance=_with_unit(key.tolerance, key)))
    if key.also:
        notes.append(_("Juga diterima: {texts}.").format(texts=", ".join(key.also)))
    return told + [Told(escape(note), True) for note in notes]


def _chosen(question: Question, key: Key, chosen: Sequence[str]) -> Iterator[Told]:
    for option in question.options:
        if option.id in chosen:
            yield Told(option.html, option.id in key.right, key.feedback.get(option.id, ""))


def _pairs(question: Question, key: Key, chosen: Sequence[str]) -> Iterator[Told]:
    options = {option.id: option.html for option in question.options}
    partners = dict(one.split(":", 1) for one in chosen if ":" in one)
    for item in question.items:
        partner = partners.get(item.id, "")
        if partner in options:
            yield Told(f"{item.html} → {options[partner]}", f"{item.id}:{partner}" in key.right)


def _places(question: Question, key: Key, chosen: Sequence[str]) -> Iterator[Told]:
    places = dict(one.split(":", 1) for one in chosen if ":" in one)
    steps = [option for option in question.options if option.id in places]
    for step in sorted(steps, key=lambda one: (len(places[one.id]), places[one.id])):
        place = places[step.id]
        yield Told(f"{escape(place)}. {step.html}", f"{step.id}:{place}" in key.right)


def _typed(question: Question, key: Key, chosen: Sequence[str]) -> Iterator[Told]:
    for text in chosen:
        yield Told(escape(_with_unit(text, key)), bool(QUESTION_KINDS[question.kind].mark({text}, key)))


def _with_unit(text: str, key: Key) -> str:
    return f"{text} {key.unit}" if key.unit and not text.endswith(key.unit) else text


_TELLERS = {
    "radio": _chosen,
    "checkbox": _chosen,
    "pairs": _pairs,
    "places": _places,
    "number": _typed,
    "text": _typed,
}
