"""Answers as people give them: some know more, some questions are harder, and one misleads those who know most."""

from collections.abc import Sequence
from random import Random
from uuid import UUID

from balai.assessments.contents import Content
from balai.assessments.marking import Given
from balai.assessments.published import Key, Question

#: A question of the post-test whose wording misleads whoever knows more: its author finds it by its figures.
MISLEADING = "sebab-silpa"


def answers(test: Content, attempt: UUID, level: float, random: Random) -> tuple[tuple[Given, ...], int]:
    """What somebody who knows ``level`` (0 to 1) of it answers, and how many seconds it took."""
    given, second = [], random.randrange(10, 40)
    budget = (test.rules.minutes or 60) * 60 // (test.length + 1)
    for place in test.paper(attempt):
        key, question = test.keys[place.question], test.by_slug[place.question]
        knows = random.random() < _chance(place.question, level)
        chosen = list(key.right) if knows else _mistake(key, question, random)
        second += random.randrange(min(15, budget - 1), min(75, budget))
        given.append(Given(place.question, tuple(sorted(set(chosen))), second))
    return tuple(given), second + random.randrange(5, 20)


def _chance(slug: str, level: float) -> float:
    if slug == MISLEADING:
        return min(0.95, max(0.05, 1.2 - 1.15 * level))
    hardness = Random(slug).uniform(-0.18, 0.14)
    return min(0.98, max(0.05, level + hardness))


def _mistake(key: Key, question: Question, random: Random) -> list[str]:
    """A wrong answer of the question's kind."""
    if key.kind in {"number", "words"}:
        return ["0"] if key.kind == "number" else ["belum tahu"]
    if key.kind == "several":
        return [*random.sample(key.right, len(key.right) - 1), *random.sample(key.wrong, min(1, len(key.wrong)))]
    if key.kind in {"matching", "ordering"}:
        return _swapped(key.right, random)
    return [random.choice(key.wrong)]


def _swapped(right: Sequence[str], random: Random) -> list[str]:
    """``item:partner`` pairs of which two have changed their partners."""
    pairs = [one.split(":", 1) for one in right]
    one, other = random.sample(range(len(pairs)), 2)
    pairs[one][1], pairs[other][1] = pairs[other][1], pairs[one][1]
    return [":".join(pair) for pair in pairs]
