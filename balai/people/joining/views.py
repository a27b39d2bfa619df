"""The page on which somebody makes an account by themselves."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from balai.common.problems import Refusal
from balai.people.access import Visit
from balai.people.accounts import guarding, signing_in
from balai.people.accounts.forms import refuse
from balai.regions.views import suggestions

from . import joining
from .forms import JoinForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: Visit) -> HttpResponse:
    """Make an account and come in; what was done on this phone before is offered on the course's page."""
    then, status = signing_in.safe_next(request.POST.get("lanjut") or request.GET.get("lanjut") or "/pelatihan"), 200
    if request.person and request.method != "POST":
        return HttpResponseRedirect(then)
    if request.method == "POST":
        joining.count_try(request)
    form = JoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            joining.count(request)
            account = joining.join(form.cleaned_data)
            response = HttpResponseRedirect(signing_in.enter(request, account, then))
            guarding.remember(request, response, account)
            return response
        except Refusal as refusal:
            status = refuse(form, refusal)
    status = 422 if form.errors and status == 200 else status
    context = {"form": form, "then": then, "heading": _("Buat akun")}
    return render(request, "joining/join.html", context, status=status)


@require_safe
def villages(request: HttpRequest) -> JsonResponse:
    """Places as somebody without an account types where they live; not faster than a hall full of people types."""
    joining.count_search(request)
    return suggestions(request)
