"""What anybody may ask: whether a certificate is genuine, and the lists that answer it without us."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from balai.common import formats
from balai.common.problems import TOO_LARGE, Refusal

from . import checking, documents, register, throttle, verifying
from .models import Certificate
from .verdict import Verdict

_TONES = {
    "valid": ("good", "done"),
    "listed": ("", "info"),
    "expired": ("wait", "clock"),
    "replaced": ("wait", "warning"),
    "demo": ("wait", "warning"),
    "unreadable": ("wait", "help"),
    "unknown": ("wait", "help"),
}
_FIVE_MINUTES = "public, max-age=300"


@require_http_methods(["GET", "HEAD", "POST"])
def verification(request: HttpRequest) -> HttpResponse:
    """Type a number, paste a link, or upload a file."""
    if request.method == "POST":
        return _uploaded(request)
    code = request.GET.get("kode", "").strip()
    if not code:
        return _page(request)
    throttle.count(request)
    return _page(request, verifying.verify(code), code)


@require_safe
def scanned(request: HttpRequest, text: str) -> HttpResponse:
    """The address in a QR."""
    return _page(request, register.verifier().text(f"/V/{text}"))


@require_safe
def shared(request: HttpRequest, id: UUID) -> HttpResponse:
    """The address in a shared text: as good as having the paper."""
    found = get_object_or_404(Certificate, pk=id)
    return _page(request, register.verifier().text(f"/V/{found.signed}"))


def _uploaded(request: HttpRequest) -> HttpResponse:
    throttle.count(request)
    upload = request.FILES.get("berkas")
    if upload is None:
        return _page(request, mistake=_("Pilih dulu berkasnya."))
    if (upload.size or 0) > checking.LARGEST:
        limit = formats.limit(checking.LARGEST)
        raise Refusal(TOO_LARGE, size=formats.size(upload.size or 0), limit=limit)
    return _page(request, register.verifier().content(upload.read()))


def _page(request: HttpRequest, verdict: Verdict | None = None, code: str = "", mistake: str = "") -> HttpResponse:
    tone, icon = _TONES.get(verdict.state, ("bad", "refused")) if verdict else ("", "")
    if verdict and verdict.unchecked and tone == "good":
        tone, icon = _TONES["unreadable"]
    context = {
        "verdict": verdict,
        "statement": verdict.statement if verdict else None,
        "tone": tone,
        "verdict_icon": icon,
        "code": code,
        "mistake": mistake,
        "limit": checking.LARGEST,
    }
    response = render(request, "credentials/verification.html", context)
    response["Cache-Control"] = "no-store"
    # A shared link shows a person's name: search engines stay out.
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """``kunci.json``: the issuer's public keys, for checking without a network."""
    return _document(documents.key_file(), "application/json")


@require_safe
def did(request: HttpRequest) -> HttpResponse:
    """The issuer's DID document."""
    return _document(documents.did_document(), "application/did+ld+json")


@require_safe
def revocations(request: HttpRequest) -> HttpResponse:
    """``pencabutan.json``: the signed list of revoked numbers."""
    return _document(documents.revocation_file(), "application/json")


@require_safe
def status_list(request: HttpRequest, number: int) -> HttpResponse:
    """A W3C status list, for verifiers of Open Badges."""
    content = documents.status_list(number)
    if content is None:
        raise Http404
    return _document(content, "application/vc+ld+json")


def _document(content: bytes, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Cache-Control"] = _FIVE_MINUTES
    # Verifiers run in other sites' pages, too; nothing here is secret.
    response["Access-Control-Allow-Origin"] = "*"
    return response
