"""The paper of one attempt: which questions, in which order, with their options in which order.

Drawn from the attempt's id alone (``shuffling.py``), so every node draws the same paper and nothing about
it needs to travel. In JavaScript: ``web/static/js/paper.mjs``, held to the same ``vectors/paper.json``.
"""

from collections.abc import Iterator, Sequence
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

    ``rules.draw`` questions are drawn (all, when ``None``), or as many of each pool as it says. A shuffled test shows
    them in drawn order and shuffles the options of every kind that may be shuffled; otherwise the author's order
    stays, except where it would be the key.
    """
    stream = numbers(attempt)
    order = _drawn(rules, questions, stream)
    if not rules.shuffle:
        order.sort()
    places = []
    for index in order:
        question = questions[index]
        options = [option.id for option in question.options]
        if shuffles(question.kind, rules):
            options = shuffled(stream, options)
        places.append(Place(question.slug, tuple(options)))
    return tuple(places)


def _drawn(rules: Rules, questions: Sequence[Question], stream: Iterator[int]) -> list[int]:
    """The indexes of the questions on the paper, in the order in which they were drawn."""
    if rules.pools:
        places = {question.slug: index for index, question in enumerate(questions)}
        pools = [([places[slug] for slug in pool.questions], pool.draw) for pool in rules.pools]
        drawn = [index for members, count in pools for index in shuffled(stream, members)[:count]]
        return shuffled(stream, drawn) if rules.shuffle else drawn
    order = list(range(len(questions)))
    return shuffled(stream, order)[: rules.draw] if rules.shuffle or rules.draw is not None else order


def shuffles(kind: str, rules: Rules) -> bool:
    """Whether the options of a question of this kind change places."""
    when = QUESTION_KINDS[kind].shuffle
    return when == "always" or (when == "if_asked" and rules.shuffle)
