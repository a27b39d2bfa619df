"""/saya/keamanan: password, passkeys, code app, spare codes, devices, and what happened to one's account."""

import io
from typing import Any

from allauth.mfa.totp.internal import auth as totp
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.common.problems import Refusal
from balai.people import problems
from balai.people.access import Request, View, own
from balai.people.accounts import history, signing_in
from balai.people.accounts.forms import AppForm, ConfirmForm, NewPasswordForm, PasskeyForm, refuse
from balai.people.accounts.second import Adapter, SecondFactor

SHOWN = 20


def fresh(view: View) -> View:
    """For whoever signed in, or gave the password once more, a short while ago."""

    @own
    def door(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        if signing_in.is_fresh(request):
            return view(request, *args, **kwargs)
        back = request.path if request.method == "GET" else "/saya/keamanan"
        return HttpResponseRedirect(f"/saya/keamanan/konfirmasi?{urlencode({'lanjut': back})}")

    return door


@require_safe
@own
def overview(request: Request) -> HttpResponse:
    """What guards the account, and what happened to it lately."""
    lines = history.of(request.person)[:SHOWN]
    context = {"account": request.user, "factor": SecondFactor(request.user), "history": history.told(lines)}
    return render(request, "accounts/security.html", context)


@require_safe
@own
def offer(request: Request) -> HttpResponse:
    """After signing in: whoever answers for others is asked to guard the account better."""
    then = signing_in.safe_next(request.GET.get("lanjut", "/"))
    return render(request, "accounts/offer.html", {"then": then})


@require_http_methods(["GET", "HEAD", "POST"])
@own
def confirm(request: Request) -> HttpResponse:
    """The password once more."""
    then = signing_in.safe_next(request.POST.get("lanjut") or request.GET.get("lanjut") or "/saya/keamanan")
    form, status = ConfirmForm(request.POST or None), 200
    if form.is_valid():
        try:
            signing_in.confirm(request, request.user, form.cleaned_data["password"])
            return HttpResponseRedirect(then)
        except Refusal as refusal:
            status = refuse(form, refusal)
    return render(request, "accounts/confirm.html", {"form": form, "then": then}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def password(request: Request) -> HttpResponse:
    """A new password; other devices are signed out."""
    form = NewPasswordForm(request.POST or None, account=request.user)
    if form.is_valid():
        signing_in.change_password(request, request.user, form.cleaned_data["password"])
        messages.success(request, _("Kata sandi diganti. Perangkat lain sudah dikeluarkan."))
        return redirect("accounts:security")
    return render(request, "accounts/change_password.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@own
def devices(request: Request) -> HttpResponse:
    """Every other device is signed out."""
    signing_in.sign_out_everywhere(request, request.user)
    messages.success(request, _("Semua perangkat lain sudah dikeluarkan."))
    return redirect("accounts:security")


@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def passkey(request: Request) -> HttpResponse:
    """A new passkey."""
    form, status = PasskeyForm(request.POST or None), 200
    if form.is_valid():
        try:
            factor = SecondFactor(request.user)
            factor.set_up_passkey(form.cleaned_data["name"], form.cleaned_data["credential"])
            return redirect("accounts:spare")
        except Refusal as refusal:
            status = refuse(form, refusal)
    return render(request, "accounts/passkey.html", {"form": form}, status=status)


@require_safe
@fresh
def passkey_options(request: Request) -> HttpResponse:
    """What the browser needs to make a passkey (JSON of WebAuthn)."""
    return JsonResponse(SecondFactor(request.user).new_passkey_options())


@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def app(request: Request) -> HttpResponse:
    """A code app: its secret is shown once, and kept when the first code proves that it works."""
    secret = totp.get_totp_secret()
    form, status = AppForm(request.POST or None), 200
    if form.is_valid():
        if totp.validate_totp_code(secret, form.cleaned_data["code"]):
            SecondFactor(request.user).set_up_app(secret)
            totp.clear_totp_secret(request)
            return redirect("accounts:spare")
        status = refuse(form, Refusal(problems.WRONG_SECOND))
    context = {"form": form, "secret": _spaced(secret), "qr": _qr(request, secret)}
    return render(request, "accounts/app.html", context, status=status)


def _spaced(secret: str) -> str:
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def _qr(request: Request, secret: str) -> SafeString:
    import segno  # only here

    drawing = io.BytesIO()
    code = segno.make_qr(Adapter().build_totp_url(request.user, secret), error="m")
    code.save(drawing, kind="svg", border=3, xmldecl=False, svgns=False, nl=False, omitsize=True)
    return mark_safe(drawing.getvalue().decode())  # noqa: S308  (drawn by segno)


@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def spare(request: Request) -> HttpResponse:
    """The spare codes, to be written down or printed; POST makes new ones."""
    factor = SecondFactor(request.user)
    if not factor.demanded or factor.spare is None:
        raise Http404
    if request.method == "POST":
        factor.renew_spare()
        return redirect("accounts:spare")
    return render(request, "accounts/spare.html", {"codes": factor.spare.wrap().get_unused_codes()})


@require_POST
@fresh
def remove(request: Request, id: int) -> HttpResponse:
    """Take one passkey or the app away."""
    SecondFactor(request.user).remove(id)
    messages.success(request, _("Pengaman dilepas."))
    return redirect("accounts:security")
