"""The form of joining: as little as a certificate and a coordinator need."""

import re
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from balai.common import names
from balai.common import phone as phones
from balai.common.problems import Refusal
from balai.people.models import Account, Person
from balai.regions.fields import RegionField

_USERNAME = re.compile(r"(?=.*[a-z])[a-z0-9]+([._][a-z0-9]+)*")
_PLAIN = {"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}


class JoinForm(forms.Form):
    """Who joins. ``cleaned_data`` holds values as entries want them."""

    name = forms.CharField(
        label=_("Nama lengkap"),
        max_length=120,
        help_text=_("Seperti di sertifikat nanti."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    region = RegionField(
        label=_("Desa atau kelurahan"),
        help_text=_("Ketik namanya, lalu pilih. Banyak yang senama? Tambahkan kabupatennya: Sukamaju Cianjur."),
        level=4,
        asks="joining:villages",
    )
    phone = forms.CharField(
        label=_("Nomor HP"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    username = forms.CharField(
        label=_("Nama pengguna"),
        min_length=3,
        max_length=24,
        help_text=_("Untuk masuk. Huruf kecil, angka, dan titik, misalnya siti.rahayu."),
        widget=forms.TextInput(attrs={"autocomplete": "username", **_PLAIN}),
    )
    password = forms.CharField(
        label=_("Kata sandi"),
        strip=False,
        max_length=200,
        help_text=_("Paling sedikit 8 huruf atau angka. Beberapa kata yang mudah Anda ingat paling baik."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "data-peek": "", **_PLAIN}),
    )

    def clean_name(self) -> str:
        name = names.tidy(self.cleaned_data["name"])
        if not names.key(name):
            raise forms.ValidationError(_("Nama belum berisi huruf."))
        return name

    def clean_phone(self) -> str:
        typed = self.cleaned_data["phone"]
        try:
            return phones.read(typed) if typed else ""
        except Refusal as refusal:
            raise forms.ValidationError(f"{refusal.title} {refusal.cure}") from refusal

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"].strip().casefold()
        if not _USERNAME.fullmatch(name):
            raise forms.ValidationError(_("Pakai huruf kecil, angka, dan titik saja, paling sedikit satu huruf."))
        if Account.objects.filter(username=name).exists():
            raise forms.ValidationError(_("Nama pengguna ini sudah dipakai. Tambahkan angka, misalnya tahun."))
        return name

    def clean(self) -> dict[str, Any]:
        """The password is judged beside the rest: it must not be the name."""
        data = self.cleaned_data
        if "password" in data:
            person = Person(name=data.get("name", ""), phone=data.get("phone", ""))
            try:
                validate_password(data["password"], Account(person=person, username=data.get("username", "")))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return data
