"""A person's transcript: one's own, and of those whom one looks after."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from balai.people.access import Request, signed_in
from balai.people.models import Person
from balai.people.reach import CHANGE_PERSONS

from . import archiving, transcript, transcript_files
from .forms import ArchiveForm
from .models import ArchivedCertificate


@require_safe
@signed_in
def own(request: Request) -> HttpResponse:
    """One's own."""
    return _page(request, request.person)


@require_safe
@signed_in
def of_person(request: Request, id: UUID) -> HttpResponse:
    """Of somebody within reach."""
    return _page(request, _reached(request, id))


@require_safe
@signed_in
def pdf(request: Request, id: UUID) -> HttpResponse:
    """To print and hand in."""
    content = transcript_files.pdf(transcript.of(_reached(request, id)))
    return _file(content, "application/pdf", "transkrip.pdf")


@require_safe
@signed_in
def excel(request: Request, id: UUID) -> HttpResponse:
    """For the personnel office."""
    content = transcript_files.workbook(transcript.of(_reached(request, id)))
    return _file(content, transcript_files.CONTENT_TYPE, "transkrip.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def archived(request: Request, id: UUID) -> HttpResponse:
    """Writing down a certificate of earlier years, for a person whom one looks after."""
    person = get_object_or_404(request.person.reach.people(*CHANGE_PERSONS).select_related("region"), pk=id)
    form = ArchiveForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        archiving.archive(person, actor=request.person, **form.cleaned_data)
        messages.success(request, _("Tercatat. JP-nya ikut dihitung dalam transkrip."))
        return redirect("credentials:transcript", person.pk)
    context = {"form": form, "person": person, "heading": _("Catat sertifikat lama")}
    return render(request, "credentials/archived.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def archive_withdrawal(request: Request, id: UUID) -> HttpResponse:
    """What was written down by mistake does not count any more."""
    people = request.person.reach.people(*CHANGE_PERSONS)
    found = ArchivedCertificate.objects.standing().filter(person__in=people).select_related("person__region")
    certificate = get_object_or_404(found, pk=id)
    if request.method == "POST":
        archiving.withdraw(certificate, request.person)
        messages.success(request, _("Ditarik. Sertifikat itu tidak lagi dihitung dalam transkrip."))
        return redirect("credentials:transcript", certificate.person_id)
    context = {"certificate": certificate, "heading": _("Tarik catatan ini?")}
    return render(request, "credentials/archive_withdrawal.html", context)


def _page(request: Request, person: Person) -> HttpResponse:
    heading = _("Transkrip pelatihan")
    context = {"transcript": transcript.of(person), "person": person, "heading": heading}
    context["is_own"] = person.pk == request.person.pk
    code = person.region.code if person.region else ""
    context["may_archive"] = not context["is_own"] and request.person.reach.covers(code, *CHANGE_PERSONS)
    return render(request, "credentials/transcript.html", context)


def _reached(request: Request, id: UUID) -> Person:
    """Oneself, or a person within reach. Raises ``Http404``."""
    if id in request.person.identities:
        return request.person
    return get_object_or_404(request.person.reach.people().select_related("region"), pk=id)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
