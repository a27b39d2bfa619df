"""The page on which an author tries a test that is being written, beside its text or by itself."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from balai.common.ids import uuid7
from balai.common.problems import NOT_FOUND, Refusal
from balai.courses import panels
from balai.courses.models import Draft

from . import trials
from .trials import Trial

#: The paper that is shown first: always the same, so that a text that is being written does not jump about.
FIRST = UUID(int=1)


def page(request: HttpRequest, draft: Draft, path: str) -> HttpResponse:
    """The paper named by ``lembar``; with ``periksa``, the answers to it marked; ``semua``: with every question.

    Answers are fields ``j.<question>`` as on a learner's paper, in the address: nothing is changed by them.
    """
    trial = trials.of(draft, path)
    if trial is None:
        raise Refusal(NOT_FOUND)
    everything = "semua" in request.GET
    if everything:
        trial.show_all()
    seed = _seed(request)
    context = {
        "test": trial,
        "draft": draft,
        "path": path,
        "seed": seed,
        "other": uuid7(),
        "everything": everything,
        "part": trial.length < len(trial.questions),
        "faults": [fault for fault in trial.build.found if fault.path == path],
    }
    if "periksa" in request.GET:
        context |= trial.marked(seed, _chosen(request, trial))
    else:
        context["questions"] = trial.sheet(seed)
    return render(request, "assessments/trial.html", context)


def _seed(request: HttpRequest) -> UUID:
    try:
        return UUID(request.GET.get("lembar", ""))
    except ValueError:
        return FIRST


def _chosen(request: HttpRequest, trial: Trial) -> dict[str, list[str]]:
    fields = {slug: request.GET.getlist(f"j.{slug}") for slug in trial.by_slug}
    return {slug: sorted({" ".join(text.split()) for text in given} - {""}) for slug, given in fields.items()}


panels.register_trial(page)
