"""Signing in and out: by password, by one-time code, as one of a demo's people; then the second factor."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.common.problems import Refusal
from balai.people import problems
from balai.people.access import Visit
from balai.people.accounts import codes, guarding, signing_in
from balai.people.accounts.forms import CodeForm, NewPasswordForm, SecondForm, SignInForm, refuse
from balai.people.accounts.masking import masked
from balai.people.accounts.second import SecondFactor
from balai.people.models import AccessCode, Account


def _then(request: Visit) -> str:
    return signing_in.safe_next(request.POST.get("lanjut") or request.GET.get("lanjut") or "/")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: Visit) -> HttpResponse:
    """The door. In a demo it also lists the people whom one may be."""
    then, status = _then(request), 200
    if request.person and request.method != "POST":
        return HttpResponseRedirect(then)
    form = SignInForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            return _known(request, *signing_in.by_password(request, given["username"], given["password"], then))
        except Refusal as refusal:
            status = refuse(form, refusal)
    return _door(request, form, then, status)


def _door(request: Visit, form: SignInForm, then: str, status: int, refusal: Refusal | None = None) -> HttpResponse:
    demo = signing_in.examples() if settings.BALAI_DEMO else []
    context = {"form": form, "then": then, "demo": demo, "refusal": refusal}
    return render(request, "accounts/sign_in.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def passkey(request: Visit) -> HttpResponse:
    """Signing in with a passkey alone. GET: what the browser needs to ask for one (JSON). POST: what it got."""
    if request.method != "POST":
        return JsonResponse(signing_in.ask_passkey(request))
    try:
        return HttpResponseRedirect(signing_in.by_passkey(request, request.POST.get("credential", ""), _then(request)))
    except Refusal as refusal:
        return _door(request, SignInForm(), _then(request), refusal.problem.status, refusal)


def _known(request: Visit, account: Account, address: str) -> HttpResponse:
    """On with whoever gave the right password; their browser is known from now on."""
    response = HttpResponseRedirect(address)
    guarding.remember(request, response, account)
    return response


@require_POST
def demo(request: Visit) -> HttpResponse:
    """One tap, and somebody is one of the demo's people."""
    if not settings.BALAI_DEMO:
        raise Refusal(problems.ONLY_IN_DEMO)
    return HttpResponseRedirect(signing_in.as_example(request, _id(request.POST.get("orang", "")), _then(request)))


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Refusal(problems.ONLY_IN_DEMO) from error


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: Visit) -> HttpResponse:
    """Signing out, on this device."""
    if request.method == "POST":
        logout(request)
        return HttpResponseRedirect("/")
    return render(request, "accounts/leave.html")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: Visit) -> HttpResponse:
    """A code is typed; what it opens is shown, and nothing is used up yet."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        found = codes.find(form.cleaned_data["kode"])
        if found:
            return _welcome(request, found, form.cleaned_data["kode"])
        status = refuse(form, Refusal(problems.UNKNOWN_CODE))
        return render(request, "accounts/code.html", {"form": form}, status=status)
    return render(request, "accounts/code.html", {"form": form})


@never_cache
@require_safe
def link(request: Visit, text: str) -> HttpResponse:
    """The link of a slip or a message. Looking at it (a preview, a second phone) uses nothing up."""
    found = codes.find(text)
    if found:
        return _welcome(request, found, text)
    return _unknown(request, text)


def _unknown(request: Visit, text: str) -> HttpResponse:
    form = CodeForm({"kode": text})
    status = refuse(form, Refusal(problems.UNKNOWN_CODE)) if form.is_valid() else 422
    return render(request, "accounts/code.html", {"form": form}, status=status)


def _welcome(
    request: Visit, found: AccessCode, text: str, form: NewPasswordForm | None = None, status: int = 200
) -> HttpResponse:
    """Whose code it is, masked, and the field for a password of their own."""
    account = found.person.account
    context = {
        "form": form or NewPasswordForm(account=account),
        "code": found,
        "text": codes.grouped(codes.read(text)),
        "name": masked(found.person.name),
        "account": account,
        "then": _then(request),
        "first": found.purpose == AccessCode.Purpose.FIRST,
    }
    return render(request, "accounts/new_password.html", context, status=status)


@never_cache
@require_POST
def use_code(request: Visit) -> HttpResponse:
    """The code is used up, its person has a password and is in."""
    text = request.POST.get("kode", "")
    found = codes.find(text)
    if found is None:
        return _unknown(request, text)
    form = NewPasswordForm(request.POST, account=found.person.account)
    if not form.is_valid():
        return _welcome(request, found, text, form, status=422)
    return _known(request, *signing_in.by_code(request, text, form.cleaned_data["password"], _then(request)))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second(request: Visit) -> HttpResponse:
    """The second factor, of whoever has given the password a moment ago."""
    waiting = signing_in.halfway(request)
    if waiting is None:
        return HttpResponseRedirect("/masuk")
    account, then = waiting
    form, status = SecondForm(request.POST or None), 200
    if form.is_valid():
        try:
            SecondFactor(account).check(form.cleaned_data["code"])
            return HttpResponseRedirect(signing_in.enter(request, account, then))
        except Refusal as refusal:
            status = refuse(form, refusal)
    context = {"form": form, "factor": SecondFactor(account)}
    return render(request, "accounts/second.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_passkey(request: Visit) -> HttpResponse:
    """GET: what the browser needs to ask for a passkey (JSON of WebAuthn). POST: what it got."""
    waiting = signing_in.halfway(request)
    if waiting is None:
        raise Refusal(problems.SIGNED_OUT)
    account, then = waiting
    factor = SecondFactor(account)
    if request.method != "POST":
        return JsonResponse(factor.passkey_options())
    try:
        factor.check_passkey(request.POST.get("credential", ""))
    except Refusal as refusal:
        context = {"form": SecondForm(), "factor": factor, "refusal": refusal}
        return render(request, "accounts/second.html", context, status=refusal.problem.status)
    return HttpResponseRedirect(signing_in.enter(request, account, then))
