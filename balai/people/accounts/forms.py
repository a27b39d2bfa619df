"""The forms of coming in and of one's own account."""

import json
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from balai.common.problems import Refusal
from balai.people.models import Account

_PLAIN = {"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}


def refuse(form: forms.Form, refusal: Refusal) -> int:
    """Put a refusal at the top of ``form``. Returns the HTTP status of the page that shows it."""
    form.add_error(None, [refusal.title, refusal.cure])
    return refusal.problem.status


def _password(label: Any, autocomplete: str, help_text: Any = "") -> forms.CharField:
    attrs = {"autocomplete": autocomplete, "data-peek": "", **_PLAIN}
    widget = forms.PasswordInput(attrs=attrs)
    return forms.CharField(label=label, strip=False, max_length=200, widget=widget, help_text=help_text)


class SignInForm(forms.Form):
    """A user name or a phone number, in any way of writing, and the password."""

    username = forms.CharField(
        label=_("Nama pengguna atau nomor HP"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "username", **_PLAIN}),
    )
    password = _password(_("Kata sandi"), "current-password")


class CodeForm(forms.Form):
    """A one-time code, typed from a slip or heard on the phone."""

    kode = forms.CharField(
        label=_("Kode masuk"),
        max_length=40,
        help_text=_("12 huruf dan angka, misalnya 7K3M-P9QX-2RTV. Huruf kecil boleh, tanda hubung boleh tidak."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "class": "code", **_PLAIN, "autocapitalize": "characters"}
        ),
    )


class NewPasswordForm(forms.Form):
    """A password for ``account``."""

    password = _password(
        _("Kata sandi baru"),
        "new-password",
        _("Paling sedikit 8 huruf atau angka. Beberapa kata yang mudah Anda ingat paling baik."),
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.account)
        return password


class ConfirmForm(forms.Form):
    """The password once more, before something that matters."""

    password = _password(_("Kata sandi Anda sekarang"), "current-password")


class SecondForm(forms.Form):
    """A code of the app, or a spare code."""

    code = forms.CharField(
        label=_("Kode pengaman"),
        max_length=20,
        help_text=_("6 angka dari aplikasi kode, atau 8 angka dari daftar kode cadangan Anda."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "code short", **_PLAIN}
        ),
    )


class AppForm(forms.Form):
    """The first code that a new app shows, as proof that it works."""

    code = forms.CharField(
        label=_("6 angka yang tampil di aplikasi"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "class": "code short", **_PLAIN}
        ),
    )


class PasskeyForm(forms.Form):
    """A name for a passkey, and what the browser made (JSON, filled in by ``passkey.mjs``)."""

    name = forms.CharField(
        label=_("Nama untuk kunci ini"), max_length=60, help_text=_("Misalnya HP Samsung, atau laptop kantor.")
    )
    credential = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20_000)

    def clean_credential(self) -> Any:
        """What a browser made; none for what only a program would send (numbers and nesting without end)."""
        try:
            return json.loads(self.cleaned_data["credential"] or "null")
        except (ValueError, RecursionError):
            return None
