"""The paper of one attempt: which questions, in which order, with their options in which order.

Drawn from the attempt's id alone (``shuffling.py``), so every node draws the same paper and nothing about
it needs to travel. In JavaScript: ``web/static/js/paper.mjs``, held to the same ``vectors/paper.json``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from .published import Question, Rules
from .question_kinds import QUESTION_KINDS
from .shuffling import numbers, shuffled


@dataclass(frozen=True)
class Place:
    """One place on a paper: the question's slug and the ids of its options, as shown."""

    question: str
    options: tuple[str, ...]


def draw(rules: Rules, questions: Sequence[Question], attempt: UUID) -> tuple[Place, ...]:
    """The paper of ``attempt``.

    ``rules.draw`` questions are drawn (all, when ``None``). A shuffled test shows them in drawn order and
    shuffles the options of every kind that may be shuffled; otherwise the author's order stays.
    """
    stream = numbers(attempt)
    order = list(range(len(questions)))
    if rules.shuffle or rules.draw is not None:
        order = shuffled(stream, order)[: rules.draw]
    if not rules.shuffle:
        order.sort()
    places = []
    for index in order:
        question = questions[index]
        options = [option.id for option in question.options]
        if rules.shuffle and QUESTION_KINDS[question.kind].may_shuffle:
            options = shuffled(stream, options)
        places.append(Place(question.slug, tuple(options)))
    return tuple(places)
