"""Pages of certificates for their owners and for whoever speaks for the issuer."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from balai.common.problems import NOT_ALLOWED, Refusal
from balai.people.access import Request, signed_in

from . import documents, qr, rules
from .forms import LetterheadForm, RevocationForm
from .models import Certificate, Letterhead
from .revoking import revoke
from .sharing import Share

_PAGE = 20


@require_safe
@signed_in
def certificates(request: Request) -> HttpResponse:
    """The certificates of whoever is signed in."""
    rows = Certificate.objects.of(request.person).prefetch_related("revocations")
    page = Paginator(rows, _PAGE).get_page(request.GET.get("halaman"))
    context = {"page": page, "heading": _("Sertifikat saya"), "is_issuer": rules.is_issuer(request.person)}
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
def letterhead(request: Request) -> HttpResponse:
    """What is printed on certificates from now on."""
    if not rules.is_issuer(request.person):
        raise Http404
    form = LetterheadForm(request.POST or None, instance=Letterhead.current())
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Tersimpan. Berlaku untuk sertifikat yang terbit mulai sekarang."))
        return redirect("credentials:letterhead")
    return render(request, "credentials/letterhead.html", {"form": form, "heading": _("Penerbit sertifikat")})


def _reached(request: Request, id: UUID) -> Certificate:
    """A certificate within reach. Raises ``Http404``."""
    seen = Certificate.objects.seen_by(request.person).select_related("person")
    return get_object_or_404(seen.prefetch_related("revocations"), pk=id)


def _slug(certificate: Certificate) -> str:
    return "".join(sign if sign.isalnum() else "-" for sign in certificate.number)


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
