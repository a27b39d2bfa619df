"""Taking a test on the hub: start, save, submit."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from balai.common.problems import Refusal
from balai.log.record import Deed, record_many
from balai.people.models import Person

from . import judging, limits, problems
from .contents import Content, content
from .drafts import Draft
from .entries import AttemptSubmitted
from .history import History
from .marking import Given, fits

Chosen = Mapping[str, Sequence[str]]


def start(person: Person, test: Content, moment: datetime) -> Draft:
    """The open draft of ``person`` at ``test``, begun now when there is none. Raises ``Refusal``."""
    current = Draft.objects.current(person, test.identity)
    if current:
        return current
    history = History.of(person.pk, test)
    if not history.may_start:
        raise Refusal(problems.ALREADY_PASSED if history.passed else problems.NO_ATTEMPTS_LEFT)
    end = _end(test, history, moment)
    try:
        with transaction.atomic():
            return Draft.begin(person, test, moment, end)
    except IntegrityError:
        # The same button on another device was faster: its draft is taken up.
        return Draft.objects.open().get(person=person, identity=test.identity)


def _end(test: Content, history: History, moment: datetime) -> datetime | None:
    """Until when an attempt that starts now may be written. Raises ``Refusal`` outside of the window."""
    given = history.extensions if test.rules.closes else ()
    outside = limits.window(test.rules, given, moment)
    if outside:
        raise Refusal(problems.NOT_YET_OPEN if outside == "before" else problems.CLOSED)
    return limits.deadline(test.rules, moment, given)


def save(draft: Draft, chosen: Chosen, moment: datetime) -> None:
    """Keep answers of an open draft. Raises ``Refusal``; nothing is kept then."""
    if draft.submitted_at:
        raise Refusal(problems.ALREADY_SUBMITTED)
    if draft.late(moment):
        raise Refusal(problems.TIME_UP)
    draft.keep(valid(draft, chosen), moment)


def valid(draft: Draft, chosen: Chosen) -> dict[str, list[str]]:
    """``chosen`` by question, when it fits the paper of ``draft``. Raises ``Refusal``."""
    test = content(draft.test)
    asked = {place.question for place in test.paper(draft.id)}
    if any(question not in asked or not fits(ids, test.by_slug[question]) for question, ids in chosen.items()):
        raise Refusal(problems.NOT_AN_ANSWER)
    return {question: sorted(set(ids)) for question, ids in chosen.items()}


def submit(person: Person, draft_id: UUID, changed: Callable[[Draft], Chosen], moment: datetime) -> None:
    """Turn a draft into its one entry, and mark it. Doing it twice is doing it once.

    ``changed(draft)``: answers that come with the submission; those after the deadline are kept and not counted.
    Raises ``Draft.DoesNotExist``, ``Refusal``.
    """
    with transaction.atomic():
        draft = Draft.objects.held(person, draft_id)
        if draft is None:
            raise Draft.DoesNotExist
        if draft.submitted_at:
            return
        saved = draft.given()
        record_many(_deeds(person, draft, _given(draft, saved, valid(draft, changed(draft)), moment)))
        draft.close(moment)


def _given(draft: Draft, saved: list[Given], changed: dict[str, list[str]], moment: datetime) -> list[Given]:
    """The saved answers, then what changed with the submission; an answer sent again keeps its earlier time."""
    known = {one.question: list(one.chosen) for one in saved}
    at = draft.since_start(moment)
    fresh = [Given(question, tuple(ids), at) for question, ids in changed.items() if known.get(question) != ids]
    if not draft.late(moment):
        replaced = {one.question for one in fresh}
        saved = [one for one in saved if one.question not in replaced]
    return saved + fresh


def _deeds(person: Person, draft: Draft, given: list[Given]) -> list[Deed]:
    """The submission, and at once its mark, unless others of this person still wait: those are marked first."""
    test = content(draft.test)
    submission = Deed(
        "attempt.submitted",
        AttemptSubmitted(draft.test, draft.started_at, tuple(given)),
        actor=person.id,
        subject=person.id,
        audience=person.region_id,
        id=draft.id,
    )
    may = True
    if test.rules.attempts is not None:
        judging.lock(person.id)
        history = History.of(person.pk, test)
        if history.waiting:
            return [submission]
        may = history.left != 0
    seconds = limits.seconds(draft.started_at, draft.deadline)
    decision = judging.decide(test, draft.id, given, may, seconds, ours=True)
    return [submission, judging.deed(decision, person.id, person.region_id)]
