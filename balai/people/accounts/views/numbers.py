"""/orang/<id>/nomor: a phone number that is new, given up, or now belongs to somebody else."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from balai.common import phone
from balai.common.problems import Refusal
from balai.people.access import Request, holding, person_in_reach
from balai.people.accounts import numbers
from balai.people.accounts.forms import refuse
from balai.people.models import Person
from balai.people.reach import CHANGE_PERSONS
from balai.regions.models import attach_parents


class NumberForm(forms.Form):
    """A mobile number in any way of writing."""

    number = forms.CharField(
        label=gettext_lazy("Nomor HP sekarang"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off", "class": "short"}),
    )

    def clean_number(self) -> str:
        try:
            return phone.read(self.cleaned_data["number"])
        except Refusal as refusal:
            raise forms.ValidationError([refusal.title, refusal.cure]) from refusal


@require_http_methods(["GET", "HEAD", "POST"])
@holding(*CHANGE_PERSONS)
def number(request: Request, id: UUID) -> HttpResponse:
    """Who has the number is shown first; with ``yakin`` it passes on."""
    person = person_in_reach(request, id)
    form = NumberForm(request.POST or None, initial={"number": phone.shown(person.phone)})
    others: list[Person] = []
    status = 200
    if form.is_valid():
        wanted = form.cleaned_data["number"]
        try:
            others = numbers.others_with(wanted, person, request.person)
            if not others or "yakin" in request.POST:
                numbers.hand_over(wanted, person, request.person)
                messages.success(
                    request,
                    _("Nomor HP {name} sekarang {number}.").format(name=person.name, number=phone.shown(wanted)),
                )
                return redirect("accounts:account", person.pk)
        except Refusal as refusal:
            status = refuse(form, refusal)
    attach_parents(other.region for other in others)
    context = {"person": person, "form": form, "others": others}
    return render(request, "accounts/number.html", context, status=422 if form.errors and status == 200 else status)


@require_POST
@holding(*CHANGE_PERSONS)
def release(request: Request, id: UUID) -> HttpResponse:
    """The number on record is nobody's, or not theirs any more."""
    person = person_in_reach(request, id)
    numbers.release(person, request.person)
    messages.success(request, _("Nomor HP dilepas dari {name}.").format(name=person.name))
    return redirect("accounts:account", person.pk)
