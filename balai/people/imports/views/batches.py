"""/orang/impor/<id>: work going on, the preview, what was saved, the way back."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.common import clock
from balai.common.problems import CATALOGUE, NOT_FOUND, Refusal
from balai.people.access import Request, holding
from balai.people.imports import deciding, jobs, problems, results, showing, vault
from balai.people.imports.models import Import, Row, Run, Saved, Undone
from balai.people.imports.undoing import undoable
from balai.people.pairs import listing as pairs
from balai.people.reach import CHANGE_PERSONS

from . import own
from .uploads import workbook

Work, Outcome = Run.Work, Row.Outcome
#: Values of the filter ``hasil``, beside the outcomes.
_SAVED, _UNDONE = "saved", "undone"


@dataclass(frozen=True)
class Going:
    """Work that is going on: what, how far, how long it will take."""

    run: Run

    @property
    def left(self) -> timedelta | None:
        """About how long it will take still; ``None`` while nothing can be said."""
        spent = clock.wall() - self.run.started_at
        if not self.run.done or self.run.done > self.run.total:
            return None
        return spent * (self.run.total / self.run.done - 1)

    @property
    def seconds(self) -> int:
        return max(1, round(self.left.total_seconds())) if self.left else 0


@require_safe
@holding(*CHANGE_PERSONS)
def batch(request: Request, id: UUID) -> HttpResponse:
    """One import, as far as it is."""
    found = own(request, id)
    run = found.last_run
    crumbs = [(_("Orang"), "/orang"), (_("Impor"), "/orang/impor")]
    context: dict[str, Any] = {"batch": found, "run": run, "crumbs": crumbs}
    if run and run.ended_at is None:
        return render(request, "imports/going.html", {**context, "going": Going(run)})
    context["problem"] = _problem(run) if run and run.problem else None
    if not found.ended(Work.CHECK):
        return _unread(request, found, context)
    return render(request, "imports/preview.html", {**context, **_preview(request, found)})


def _unread(request: Request, found: Import, context: dict[str, Any]) -> HttpResponse:
    if found.sheets and not context["problem"]:
        return redirect("imports:columns", found.pk)
    return render(request, "imports/stopped.html", context)


def _problem(run: Run) -> Refusal:
    return Refusal(CATALOGUE[run.problem], **run.facts)


def _preview(request: Request, found: Import) -> dict[str, Any]:
    chosen = request.GET.get("hasil", "")
    page = Paginator(_filtered(found, chosen), 50).get_page(request.GET.get("halaman"))
    counts = found.counts()
    saved = Saved.objects.filter(row__batch=found).count()
    return {
        "counts": counts,
        "filters": [(value, label, counts[value]) for value, label in Outcome.choices if counts[value]],
        "chosen": chosen,
        "page": page,
        "lines": showing.lines(found, page.object_list),
        "all": sum(counts.values()),
        "ready": found.rows.savable().count(),
        "saved": saved,
        "undone": Undone.objects.filter(saved__row__batch=found).count(),
        "kept": _kept(found).count(),
        "doubtful": _doubtful(found).count(),
        "alike": pairs.waiting(request.person, pairs.Wish(batch=found.pk)) if saved else 0,
        "next_look": found.rows.filter(outcome=Outcome.LOOK, saved=None).order_by("sheet", "number").first(),
    }


def _filtered(found: Import, chosen: str) -> QuerySet[Row]:
    rows = found.rows.select_related("saved__undone").order_by("sheet", "number")
    if chosen in Outcome.values:
        rows = rows.filter(outcome=chosen)
    elif chosen == _SAVED:
        rows = rows.filter(saved__isnull=False)
    elif chosen == _UNDONE:
        rows = rows.filter(pk__in=_kept(found).values("saved__row"))
    return rows


def _kept(found: Import) -> QuerySet[Undone]:
    """What taking back left standing, wholly or in part."""
    return Undone.objects.filter(saved__row__batch=found).exclude(kept={})


def _doubtful(found: Import) -> QuerySet[Row]:
    """Rows with a doubt that can be accepted."""
    return found.rows.filter(doubted=True, accepted_at=None, saved=None)


@require_POST
@holding(*CHANGE_PERSONS)
def acceptance(request: Request, id: UUID) -> HttpResponse:
    """All doubts about cells are unfounded: the table is right."""
    found = own(request, id)
    rows = list(_doubtful(found))
    for row in rows:
        row.batch = found
    count = deciding.accept(rows)
    messages.success(request, _("{count} baris diterima apa adanya.").format(count=count))
    return redirect("imports:batch", found.pk)


@require_POST
@holding(*CHANGE_PERSONS)
def saving(request: Request, id: UUID) -> HttpResponse:
    """Save what is ready."""
    return _start(request, id, Work.APPLY)


@require_POST
@holding(*CHANGE_PERSONS)
def checking(request: Request, id: UUID) -> HttpResponse:
    """Try once more what broke off."""
    found = own(request, id)
    return _start(request, id, Work.CHECK if found.sheets else Work.READ)


def _start(request: Request, id: UUID, work: str) -> HttpResponse:
    found = own(request, id)
    jobs.start(found, work)
    return redirect("imports:batch", found.pk)


@require_POST
@holding(*CHANGE_PERSONS)
def stopping(request: Request, id: UUID) -> HttpResponse:
    """Ask the work that goes on to end at its next chunk."""
    found = own(request, id)
    Run.objects.filter(batch=found, ended_at=None, stop_asked_at=None).update(stop_asked_at=clock.wall())
    return redirect("imports:batch", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*CHANGE_PERSONS)
def undoing(request: Request, id: UUID) -> HttpResponse:
    """What taking the import back means; POST does it."""
    found = own(request, id)
    if request.method == "POST":
        return _start(request, id, Work.UNDO)
    left = undoable(found)
    if not left.exists():
        raise Refusal(NOT_FOUND)
    made = left.filter(row__outcome=Outcome.NEW).count()
    crumbs = [(_("Orang"), "/orang"), (_("Impor"), "/orang/impor"), (found.file_name, f"/orang/impor/{found.pk}")]
    context = {"batch": found, "made": made, "changed": left.count() - made, "crumbs": crumbs}
    return render(request, "imports/undoing.html", context)


@require_POST
@holding(*CHANGE_PERSONS)
def discarding(request: Request, id: UUID) -> HttpResponse:
    """Throw the file and the staged rows away. What was saved stays saved, without a way back."""
    found = own(request, id)
    if found.runs.filter(ended_at=None).exists():
        raise Refusal(problems.BUSY)
    vault.forget(found.pk)
    found.delete()
    messages.success(request, _("Berkas dan pratinjaunya dihapus."))
    return redirect("imports:imports")


@require_safe
@holding(*CHANGE_PERSONS)
def result(request: Request, id: UUID) -> HttpResponse:
    """The table as it was sent, with what happened with each row and what is wrong at its cell."""
    found = own(request, id)
    name = found.file_name.rpartition(".")[0] or found.file_name
    safe = "".join(sign if sign.isalnum() or sign in " -_" else "-" for sign in name).encode("ascii", "ignore").decode()
    return workbook(results.workbook(found), f"{safe or 'impor'} - {_('hasil')}.xlsx")
