"""Pages of certificates for their owners and for whoever speaks for the issuer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.common.problems import NOT_ALLOWED, Refusal
from balai.courses import progress
from balai.log import blobs
from balai.people.access import Request, signed_in
from balai.programmes.models import Programme

from . import documents, earning, qr, rules, scanning
from .correcting import correct
from .forms import CorrectionForm, LetterheadForm, RevocationForm
from .models import Certificate, Letterhead
from .revoking import revoke
from .sharing import Share

_PAGE = 20
_PROGRAMMES = 50


@require_safe
@signed_in
def certificates(request: Request) -> HttpResponse:
    """The certificates of whoever is signed in."""
    rows = Certificate.objects.of(request.person).with_ends()
    page = Paginator(rows, _PAGE).get_page(request.GET.get("halaman"))
    standings = earning.standings(request.person, progress.started(request.person)) if page.number == 1 else []
    context = {
        "page": page,
        "heading": _("Sertifikat saya"),
        "is_issuer": rules.is_issuer(request.person),
        "may_sweep": rules.sweeps(request.person),
        "ahead": [standing for standing in standings if not standing.certificate][:_PAGE],
    }
    return render(request, "credentials/certificates.html", context)


@require_safe
@signed_in
def certificate(request: Request, id: UUID) -> HttpResponse:
    """One certificate: what it says, its QR, the files, a text to share."""
    found = _reached(request, id)
    context = {
        "certificate": found,
        "is_own": found.person_id in request.person.identities,
        "is_issuer": rules.is_issuer(request.person),
        "qr": qr.draw(documents.link(found))[0],
        "share": Share(found),
        "largest": scanning.LARGEST,
    }
    return render(request, "credentials/certificate.html", context)


@require_safe
@signed_in
def paper(request: Request, id: UUID) -> HttpResponse:
    """The PDF."""
    found = _reached(request, id)
    return _file(documents.pdf(found), "application/pdf", f"sertifikat-{_slug(found)}.pdf")


@require_safe
@signed_in
def credential(request: Request, id: UUID) -> HttpResponse:
    """The Open Badges credential."""
    found = _reached(request, id)
    return _file(documents.credential(found), "application/ld+json", f"kredensial-{_slug(found)}.json")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def revocation(request: Request, id: UUID) -> HttpResponse:
    """Revoking a certificate, with the reason."""
    found = _reached(request, id)
    if not rules.is_issuer(request.person):
        raise Refusal(NOT_ALLOWED)
    form = RevocationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        revoke(found, form.cleaned_data["reason"], request.person)
        messages.success(request, _("Sertifikat dicabut. Pemeriksa melihatnya mulai sekarang."))
        return redirect("credentials:certificate", found.pk)
    context = {"form": form, "certificate": found, "heading": _("Cabut sertifikat ini?")}
    return render(request, "credentials/revocation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def correction(request: Request, id: UUID) -> HttpResponse:
    """Putting a certificate right: a new one takes its place."""
    found = _reached(request, id)
    if not rules.is_issuer(request.person):
        raise Refusal(NOT_ALLOWED)
    form = CorrectionForm(request.POST or None, initial={"name": found.person.name, "place": found.place})
    if request.method == "POST" and form.is_valid():
        new = correct(found, actor=request.person, **form.cleaned_data)
        messages.success(request, _("Sertifikat baru terbit. Yang lama sekarang terbaca “Diganti”."))
        return redirect("credentials:certificate", new.pk)
    context = {"form": form, "certificate": found, "heading": _("Betulkan sertifikat")}
    return render(request, "credentials/correction.html", context)


@require_POST
@signed_in
def scan(request: Request, id: UUID) -> HttpResponse:
    """Attaching the office's own paper."""
    found = _reached(request, id)
    if not rules.is_issuer(request.person):
        raise Refusal(NOT_ALLOWED)
    upload = request.FILES.get("berkas")
    scanning.attach(found, upload.read(scanning.LARGEST + 1) if upload else b"", request.person)
    messages.success(request, _("Terlampir. Pemiliknya sekarang dapat mengunduhnya."))
    return redirect("credentials:certificate", found.pk)


@require_safe
@signed_in
def office_paper(request: Request, id: UUID) -> HttpResponse:
    """The office's own paper, as it was brought; always a download."""
    found = _reached(request, id)
    if found.scan is None:
        raise Http404
    return _file(blobs.read(found.scan.sha256), "application/pdf", f"sertifikat-kantor-{_slug(found)}.pdf")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def letterhead(request: Request) -> HttpResponse:
    """What is printed on certificates from now on."""
    if not rules.is_issuer(request.person):
        raise Http404
    programmes = Programme.objects.order_by("name", "pk")[:_PROGRAMMES]
    own = set(
        Letterhead.objects.filter(programme__in=[one.pk for one in programmes]).values_list("programme", flat=True)
    )
    lines = [(programme, programme.pk in own) for programme in programmes]
    return _letterhead(request, Letterhead.current(), _("Penerbit sertifikat"), {"programmes": lines})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def programme_letterhead(request: Request, id: UUID) -> HttpResponse:
    """The same for those who came to a course through one programme: begins as a copy of the issuer's own."""
    if not rules.is_issuer(request.person):
        raise Http404
    programme = get_object_or_404(Programme, pk=id)
    found = Letterhead.objects.filter(programme=id).first()
    if found is None:
        found = Letterhead.current()
        found.pk, found.programme = None, id
    return _letterhead(request, found, programme.name, {"programme": programme})


def _letterhead(request: Request, found: Letterhead, heading: str, more: dict[str, Any]) -> HttpResponse:
    form = LetterheadForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Tersimpan. Berlaku untuk sertifikat yang terbit mulai sekarang."))
        return redirect(request.path)
    return render(request, "credentials/letterhead.html", {"form": form, "heading": heading, **more})


def _reached(request: Request, id: UUID) -> Certificate:
    """A certificate within reach. Raises ``Http404``."""
    seen = Certificate.objects.seen_by(request.person).select_related("person")
    return get_object_or_404(seen.with_ends(), pk=id)


def _slug(certificate: Certificate) -> str:
    return "".join(sign if sign.isalnum() else "-" for sign in certificate.number)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
