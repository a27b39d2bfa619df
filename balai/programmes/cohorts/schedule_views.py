"""Setting up batches and their sessions."""

from typing import Any
from uuid import UUID

import msgspec
from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from balai.common.problems import NOT_FOUND, Refusal
from balai.log.record import record
from balai.people.access import Request, holding
from balai.people.models import Person
from balai.programmes import rules
from balai.programmes.documents import edit
from balai.programmes.seats.counting import held_in_sessions

from . import pages
from .entries import BatchChanged, BatchRegistered, SessionChanged, SessionRegistered
from .forms import BatchForm, SessionForm
from .models import Batch, Cohort, Session


def _batch(person: Person, id: UUID) -> tuple[Batch, Cohort]:
    """A batch of a cohort that ``person`` sets up. Raises ``Refusal`` (404)."""
    found = Batch.objects.filter(pk=id).first()
    if found is None:
        raise Refusal(NOT_FOUND)
    return found, pages.steered(person, found.cohort_id)


def _session(person: Person, id: UUID) -> tuple[Session, Cohort]:
    """A session of a cohort that ``person`` sets up. Raises ``Refusal`` (404)."""
    found = Session.objects.select_related("batch").filter(pk=id).first()
    if found is None:
        raise Refusal(NOT_FOUND)
    return found, pages.steered(person, found.batch.cohort_id)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*rules.STEERERS)
def add_batch(request: Request, id: UUID) -> HttpResponse:
    """A new batch of a cohort."""
    cohort = pages.steered(request.person, id)
    form = BatchForm(data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        payload = msgspec.convert({**form.values(), "cohort": str(cohort.pk)}, BatchRegistered)
        _say(request, "batch.registered", payload, cohort)
        messages.success(request, _("Tahap tersimpan. Langkah berikutnya: tambah sesinya."))
        return redirect("programmes:cohort", cohort.pk)
    return _form(request, form, _("Tahap baru"), cohort)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*rules.STEERERS)
def change_batch(request: Request, id: UUID) -> HttpResponse:
    """Change a batch."""
    batch, cohort = _batch(request.person, id)
    form = BatchForm(batch, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _edited(request, "batch.changed", BatchChanged, batch.pk, form.edited(), cohort)
    return _form(request, form, _("Ubah tahap"), cohort)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*rules.STEERERS)
def add_session(request: Request, id: UUID) -> HttpResponse:
    """A new session of a batch."""
    batch, cohort = _batch(request.person, id)
    form = SessionForm(data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        payload = msgspec.convert({**form.values(), "batch": str(batch.pk)}, SessionRegistered)
        _say(request, "session.registered", payload, cohort)
        messages.success(request, _("Sesi tersimpan."))
        return redirect("programmes:cohort", cohort.pk)
    return _form(request, form, _("Sesi baru di {batch}").format(batch=batch.name), cohort)


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*rules.STEERERS)
def change_session(request: Request, id: UUID) -> HttpResponse:
    """Change a session: with more room, who waits longest moves up."""
    session, cohort = _session(request.person, id)
    form = SessionForm(session, request.POST or None, held=held_in_sessions([session.pk])[session.pk])
    if request.method == "POST" and form.is_valid():
        return _edited(request, "session.changed", SessionChanged, session.pk, form.edited(), cohort)
    return _form(request, form, _("Ubah sesi di {batch}").format(batch=session.batch.name), cohort)


def _say(request: Request, kind: str, payload: Any, cohort: Cohort) -> None:
    record(kind, payload, actor=request.person.pk, audience=cohort.programme.region_id)


def _edited(
    request: Request, kind: str, payload: type, id: UUID, values: dict[str, Any], cohort: Cohort
) -> HttpResponse:
    edited = edit(kind, payload, id, values, request.person, cohort.programme.region_id)
    messages.success(request, _("Tersimpan.") if edited else _("Tidak ada yang berubah."))
    return redirect("programmes:cohort", cohort.pk)


def _form(request: Request, form: Form, heading: str, cohort: Cohort) -> HttpResponse:
    context = {"form": form, "heading": heading, "crumbs": pages.crumbs_of(cohort, here=True)}
    return render(request, "programmes/schedule_form.html", context, status=422 if request.method == "POST" else 200)
