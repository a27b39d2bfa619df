"""/saya: one's own account; /saya/profil: one's own data, to be put right by oneself."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from balai.common import names, phone
from balai.common.problems import Refusal
from balai.log.record import record_many
from balai.people.access import Request, own, signed_in
from balai.people.accounts import signing_in
from balai.people.changing import change
from balai.people.models import Person, Position, Role
from balai.regions.models import attach_parents


class ProfileForm(forms.Form):
    """What people may change of their own record."""

    name = forms.CharField(
        label=gettext_lazy("Nama lengkap"),
        max_length=120,
        help_text=gettext_lazy("Seperti di KTP, boleh dengan gelar. Nama ini dicetak di sertifikat."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Nomor HP"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("Untuk masuk dan untuk dihubungi koordinator."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Alamat email"), max_length=254, required=False, widget=forms.EmailInput()
    )

    def clean_name(self) -> str:
        name = names.tidy(self.cleaned_data["name"])
        if not names.bare(name):
            raise forms.ValidationError(_("Tulis nama dengan huruf."))
        return name

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        try:
            return phone.read(typed) if typed else ""
        except Refusal as refusal:
            raise forms.ValidationError([refusal.title, refusal.cure]) from refusal


@require_safe
@signed_in
def overview(request: Request) -> HttpResponse:
    """The door to everything about oneself."""
    person = request.person
    if request.seeing is None:
        for line in signing_in.told(person):
            messages.info(request, line)
    roles = Role.objects.current().filter(person__in=person.identities).prefetch_related("scopes__region")
    titles = Position.objects.filter(person__in=person.identities, ends=None).select_related("institution", "region")
    context = {"person": person, "roles": roles.order_by("granted_at"), "positions": titles.order_by("held_at")}
    return render(request, "accounts/own.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@own
def profile(request: Request) -> HttpResponse:
    """Name, phone number and e-mail, changed by their owner; the rest is shown with who can put it right."""
    person = request.person
    form = ProfileForm(request.POST or None, initial=_shown(person))
    if form.is_valid():
        changes = {field: new for field, new in form.cleaned_data.items() if new != getattr(person, field)}
        if changes:
            record_many([change(person, changes, person)])
        messages.success(request, _("Tersimpan.") if changes else _("Tidak ada yang berubah."))
        return redirect("accounts:own")
    attach_parents([person.region])
    context = {"form": form, "person": person}
    return render(request, "accounts/profile.html", context, status=422 if form.errors else 200)


def _shown(person: Person) -> dict[str, str]:
    return {"name": person.name, "phone": phone.shown(person.phone), "email": person.email}
