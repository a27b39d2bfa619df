"""/privasi, the notice, /saya/data, and the requests that somebody has to decide."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from balai.common import clock
from balai.common.problems import NOT_FOUND, Refusal
from balai.people.access import Request, holding, own
from balai.people.accounts import signing_in
from balai.people.accounts.views.security import fresh
from balai.people.delegation.rank import outranks
from balai.people.models import AccessEvent, Account, ErasureRequest
from balai.people.reach import CHANGE_PERSONS

from . import erasing, exporting, purposes
from .stores import STORES


@require_safe
def page(request: Request) -> HttpResponse:
    """What is kept, what for, who sees it, how long: for anybody."""
    context = {"fields": purposes.FIELDS, "policies": purposes.personal(), "fates": purposes.FATES}
    return render(request, "privacy/page.html", context | {"stores": STORES.values()})


@require_http_methods(["GET", "HEAD", "POST"])
@own
def notice(request: Request) -> HttpResponse:
    """The same in a few sentences, at the first sign-in."""
    then = signing_in.safe_next(request.POST.get("lanjut") or request.GET.get("lanjut") or "/")
    if request.method == "POST":
        Account.objects.filter(pk=request.user.pk, notice_read_at=None).update(notice_read_at=clock.wall())
        return HttpResponseRedirect(signing_in.after_notice(request.user, then))
    return render(request, "privacy/notice.html", {"then": then})


@require_safe
@own
def mine(request: Request) -> HttpResponse:
    """One's own data: see, download, put right, have it erased."""
    requests = ErasureRequest.objects.filter(person=request.person).order_by("-asked_at")
    return render(request, "privacy/mine.html", {"person": request.person, "requests": requests})


@require_safe
@fresh
def export(request: Request, form: str) -> HttpResponse:
    """Everything about oneself, as ``json`` or ``zip``."""
    values = exporting.collect(request.person)
    AccessEvent.objects.create(
        kind=AccessEvent.Kind.EXPORTED, person=request.person.pk, actor=request.person.pk, detail=form
    )
    headers = {"Content-Disposition": f'attachment; filename="data-saya.{form}"'}
    if form == "json":
        return JsonResponse(values, json_dumps_params={"ensure_ascii": False, "indent": 2}, headers=headers)
    return HttpResponse(exporting.packed(values), content_type="application/zip", headers=headers)


class ErasureForm(forms.Form):
    """Why, if the person wants to say."""

    reason = forms.CharField(
        label=gettext_lazy("Alasan"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    sure = forms.BooleanField(label=gettext_lazy("Saya mengerti: data yang sudah dihapus tidak dapat dikembalikan"))


@require_http_methods(["GET", "HEAD", "POST"])
@fresh
def ask_erasure(request: Request) -> HttpResponse:
    """Ask that one's data be erased."""
    form = ErasureForm(request.POST or None)
    if form.is_valid():
        erasing.ask(request.person, form.cleaned_data["reason"])
        messages.success(request, _("Permintaan terkirim. Anda masih dapat membatalkannya sampai dijawab."))
        return redirect("privacy:mine")
    return render(request, "privacy/ask_erasure.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@own
def cancel_erasure(request: Request) -> HttpResponse:
    """Take the request back."""
    erasing.withdraw_request(request.person)
    messages.success(request, _("Permintaan dibatalkan. Tidak ada yang dihapus."))
    return redirect("privacy:mine")


class DecisionForm(forms.Form):
    """What the person is told when it is declined; that it was they who asked, when it is granted."""

    answer = forms.CharField(
        label=gettext_lazy("Jawaban untuk orangnya"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Wajib bila ditolak: sebutkan alasan dan dasar hukumnya."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sure = forms.BooleanField(
        label=gettext_lazy("Saya sudah memastikan bahwa orangnya sendiri yang meminta"), required=False
    )


@require_safe
@holding(*CHANGE_PERSONS)
def requests(request: Request) -> HttpResponse:
    """Who asks to be erased, in one's regions."""
    waiting = erasing.waiting_for(request.person).select_related("person__region")
    return render(request, "privacy/requests.html", {"requests": waiting})


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*CHANGE_PERSONS)
def decide(request: Request, id: UUID) -> HttpResponse:
    """Grant or decline one request."""
    reachable = request.person.reach.people(*CHANGE_PERSONS)
    found = ErasureRequest.objects.filter(pk=id, person__in=reachable).select_related("person__region").first()
    if found is None:
        raise Refusal(NOT_FOUND)
    form = DecisionForm(request.POST or None)
    if form.is_valid() and _decided(request, found, form):
        return redirect("privacy:requests")
    context = {"asked": found, "form": form, "below": outranks(request.person, found.person)}
    return render(request, "privacy/decide.html", context, status=422 if form.errors else 200)


def _decided(request: Request, found: ErasureRequest, form: DecisionForm) -> bool:
    """Do what was decided; what is still missing becomes an error of ``form``."""
    if "hapus" in request.POST and form.cleaned_data["sure"]:
        erasing.grant(found, request.person)
        messages.success(request, _("Data sudah dihapus."))
    elif "hapus" in request.POST:
        form.add_error("sure", _("Pastikan dulu: telepon atau temui orangnya."))
    elif form.cleaned_data["answer"]:
        erasing.decline(found, request.person, form.cleaned_data["answer"])
        messages.success(request, _("Jawaban disimpan. Orangnya diberi tahu saat masuk."))
    else:
        form.add_error("answer", _("Tulis alasannya."))
    return not form.errors
